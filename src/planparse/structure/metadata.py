"""The metadata of a document, from its letterhead, title, bases and signature; what it does not say stays null."""

from __future__ import annotations

import itertools
import re
from typing import Any

from planparse.grammar.grammar import Grammar, Province
from planparse.structure.closing import Signer, read_recipients, read_signature
from planparse.structure.drafts import PartDraft
from planparse.structure.letterhead import canonical_issuer, code_of, find_province, named_body
from planparse.text import fold_tones

Data = dict[str, Any]

#: A signature falls into no more pieces before its name.
_MOST_PIECES = 6


def read_metadata(grammar: Grammar, drafts: list[PartDraft], parts: list[Data], site: dict[str, str | None]) -> Data:
    """The metadata of the document that the parts make up."""
    main = next((draft for draft in drafts if draft.kind != "other"), None)
    data: Data = {
        "number": None,
        "type": None,
        "type_name": None,
        "title": None,
        "issuer": None,
        "province": None,
        "place": None,
        "issued_on": None,
        "effective_on": None,
        "period": None,
        "signers": [],
        "recipients": [],
        "legal_bases": [],
        "site": site,
    }
    if main is None:
        return data
    part = next(part for part in parts if part["span"]["first_line"] >= 1 and part["kind"] == main.kind)
    head = main.letterhead
    if head is not None:
        hint = _place_province(grammar, head.place)
        number = head.number or _number_of_site(grammar, drafts[: drafts.index(main)], main)
        data |= {"number": number, "place": head.place, "issued_on": head.issued_on}
        printed = head.issuer
        if main.authority:
            # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …" says which "ỦY BAN NHÂN DÂN" the letterhead names.
            at = fold_tones(main.authority).find(fold_tones(printed)) if printed else 0
            if at >= 0:
                printed = main.authority[at:]
            elif named_body(grammar, printed) is None:
                printed = named_body(grammar, main.authority) or printed
        if not printed and head.number and not grammar.central_codes.isdisjoint(re.split(r"[-/]", head.number)):
            hint = None  # Hà Nội is the seat of the ministries too.
        data["issuer"], data["province"] = canonical_issuer(grammar, printed, hint)
        if data["issuer"] and (home := grammar.province_in(data["province"] or "")):
            told = [main.title or "", *(value or "" for key, value in site.items() if grammar.says("issuer_of_site", key))]
            data["issuer"] += _own_place(grammar, part, data["issuer"], home, told)
    elif main.authority:
        data["issuer"], data["province"] = canonical_issuer(grammar, main.authority, None)
    data["title"] = main.title
    if main.type is not None:
        data["type"], data["type_name"] = main.type.code or None, main.type.name
    code = code_of(data["number"])
    if code and code.upper() in grammar.types_by_code and not contradicts(grammar, main, code):
        data["type"] = code
        data["type_name"] = data["type_name"] or grammar.types_by_code[code.upper()].name
    data["signers"] = [_signer(s) for s in _signers(grammar, drafts)]
    data["recipients"] = next((found for draft in drafts if (found := _recipients(grammar, draft))), [])
    data["legal_bases"] = [
        {"text": block["text"], "citation_ids": [], "span": block["span"]}
        for block in part["blocks"]
        if block["type"] == "legal_basis" and not grammar.says("proposal", block["text"])
    ]
    data["effective_on"] = _effective(grammar, part, data["issued_on"])
    data["period"] = _period(grammar, data["title"], parts)
    return data


def _number_of_site(grammar: Grammar, before: list[PartDraft], main: PartDraft) -> str | None:
    """The number that a line of the site above the document gives it, where the letterhead left it open: "Kế hoạch
    75/KH-UBND phát triển …" above "Số:      /KH-UBND"."""
    for line in (line for draft in before for piece in draft.head for line in piece.text.split("\n")):
        named = grammar.type_in_any_letters(line)
        if named is None or (main.type is not None and named[1] is not main.type):
            continue
        if found := grammar.says("number_of_site", line[len(named[0]) :]):
            return str(found["value"])
    return None


def _own_place(grammar: Grammar, part: Data, issuer: str, home: Province, told: list[str]) -> str:
    """The place that a committee or a council has, where its letterhead has lost it (" tỉnh Hà Giang"), when the document
    is dated from Hà Giang; else nothing. The text before the first section says it ("UBND tỉnh ban hành Kế hoạch …"), or
    what is `told`: the title ("… TỈNH HÀ GIANG NĂM 2024"), the site's row for the issuer ("Tỉnh Hà Giang"). What it is
    called is what it was then: Đồng Nai was a province before it became a city."""
    if not grammar.says("body_of_a_place", issuer.upper()):
        return ""
    opening = [
        block["text"]
        for block in itertools.takewhile(lambda block: block["type"] != "section", part["blocks"])
        if block["type"] in {"paragraph", "legal_basis"}
    ]
    for kind in home.kinds:
        acts = any(_is_own_act(grammar, text, issuer, home, kind) for text in opening)
        if acts or any(_names_province(grammar, text, home, kind) for text in told):
            return f" {kind} {home.name}"
    return ""


def _is_own_act(grammar: Grammar, text: str, issuer: str, home: Province, kind: str) -> bool:
    """Whether a text says that the issuer, a body of the province, decides: "UBND tỉnh ban hành Kế hoạch …"."""
    found = grammar.found("own_act", fold_tones(text))
    if not found or found["kind"].lower() != kind:
        return False
    body = grammar.issuer_of(found["body"].upper())
    at_home = found["name"] is None or find_province(grammar, found["name"]) == home.name
    return at_home and body is not None and body[1].name == issuer


def _names_province(grammar: Grammar, text: str, home: Province, kind: str) -> bool:
    """Whether a text names the province, and no district or commune of it, or speaks of its area ("TRÊN ĐỊA BÀN TỈNH")."""
    low = fold_tones(text.lower())
    area = grammar.found("own_area", low)
    if area and area["kind"] == kind:
        return True
    at = low.find(f"{kind} {fold_tones(home.name.lower())}")
    return at >= 0 and grammar.found("unit_before_province", low[:at]) is None


def contradicts(grammar: Grammar, draft: PartDraft, code: str) -> bool:
    """Whether the line of the type names another type than the number does; the line is what the text is titled."""
    named = draft.type if draft.type_alone else None
    return (
        named is not None and bool(named.code) and named.name not in grammar.names_by_code.get(code.upper(), (named.name,))
    )


def _place_province(grammar: Grammar, place: str | None) -> str | None:
    if not place:
        return None
    seat = grammar.seats.get(fold_tones(place.lower()))
    return find_province(grammar, place) or (seat.name if seat else None)


def _recipients(grammar: Grammar, draft: PartDraft) -> list[str]:
    """The recipients of a part; pieces of the list may stand between those of the signature."""
    return [name for piece in draft.tail if piece.kind == "recipients" for name in read_recipients(grammar, piece.text)]


def _signers(grammar: Grammar, drafts: list[PartDraft]) -> list[Signer]:
    """Who signed, part by part; the pieces of a signature up to a name are one, where recipients stand between them."""
    signers: list[Signer] = []
    for draft in drafts:
        begun: list[str] = []
        for piece in draft.tail:
            if piece.kind != "signature":
                continue
            begun.append(piece.text)
            signer = read_signature(grammar, "\n".join(begun).strip())
            if signer.name is not None or len(begun) == _MOST_PIECES:
                signers.append(signer)
                begun = []
        if begun:
            signers.append(read_signature(grammar, "\n".join(begun).strip()))
    return signers


def _signer(signer: Signer) -> Data:
    return {"name": signer.name, "role": signer.role, "authority": signer.authority}


def _effective(grammar: Grammar, part: Data, issued_on: str | None) -> str | None:
    """The day that the document says it takes effect: the day of signing, or a date."""
    for block in part["blocks"]:
        text = block.get("text") or block.get("heading") or ""
        if "hiệu lực" not in text and "kể từ ngày" not in text:
            continue
        found = grammar.says("in_force", text)
        if found:
            if found["signing"]:
                return issued_on
            return f"{int(found['year']):04}-{int(found['month']):02}-{int(found['day']):02}"
    return None


def _period(grammar: Grammar, title: str | None, parts: list[Data]) -> Data | None:
    """The years that the plan covers: from its title, else from its section on time."""
    texts = [title or ""]
    texts += [part["title"] or "" for part in parts if part["kind"] == "plan"]
    for part in parts:
        if part["kind"] == "plan":
            texts += [f"{b['heading'] or ''} {b['text'] or ''}" for b in _walk(part["blocks"]) if b.get("role") == "time"]
    for text in texts:
        if found := grammar.says("period", text):
            start, end = int(found["start"]), int(found["end"])
            if start <= end:
                return {"start": start, "end": end}
    return None


def _walk(blocks: list[Data]) -> list[Data]:
    found = []
    for block in blocks:
        if block["type"] == "section":
            found.append(block)
            found += _walk(block["blocks"])
    return found
