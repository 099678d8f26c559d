"""Numbers and symbols of documents (số, ký hiệu): "32- NQ/TW" is 32-NQ/TW, "24/7" is none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.grammar.rows import values
from planparse.late import late

_SPACE = late(r"\s+")
_ASSEMBLY = late(r"(?:UBTV)?QH\d+\Z")
#: Codes of documents that several bodies issue together: liên tịch, liên ngành, liên bộ.
_JOINT_CODES = ("LT", "LN", "LB")


class Number(NamedTuple):
    """A number and symbol in a text.

    start, end: the range of number and symbol; head: where "số" before it begins, else `start`.
    value: without white space, with plain hyphens; code: of the type ("QĐ"), "" where the symbol names none.
    issuer: the code of the body ("UBND"); year: of a normative document, whose number holds it.
    of_assembly: of the National Assembly (QH15).
    """

    start: int
    end: int
    head: int
    value: str
    code: str
    issuer: str
    year: int | None
    of_assembly: bool


def find_numbers(text: str, grammar: Grammar) -> list[Number]:
    """The numbers of documents in a text whose tone placement is folded."""
    codes = _codes(grammar)
    found = []
    for find in grammar.seek("document_number"):
        for match in find.matches(text):
            number = _number(text, match, codes, grammar)
            if number is not None:
                found.append(number)
    return found


def _number(text: str, match: Any, codes: dict[str, str], grammar: Grammar) -> Number | None:
    """The number that a match says, or None where the letters are no symbol of a document."""
    start = match.start()
    near = text[max(0, start - 14) : start]
    so = grammar.found("number_word", near)
    head = start - len(near) + so.start() if so is not None else start
    if start and so is None:
        before = text[start - 1]
        if before.isalnum() or (before in "/.,:-–" and text[start - 2 : start - 1].isalnum()):
            return None
    symbol = _SPACE.sub("", match["symbol"]).replace("–", "-").replace("‑", "-").rstrip(".")
    end = match.end() - (len(match["symbol"]) - len(match["symbol"].rstrip(".")))
    named = so is not None and so["named"] is not None
    year = match["year"]
    groups = re.split(r"[-/]", symbol)
    if match["party"]:
        code, sign = match["party"], "/" if "/" in text[match.end("party") : match.start("symbol")] else "-"
        if not named and (sign == "-" or code.upper() not in codes):
            return None
        value = f"{match['number']}-{codes.get(code.upper(), code)}{sign}{symbol}"
        return Number(start, end, head, value, code, groups[0], None, False)
    of_assembly = _ASSEMBLY.match(groups[-1]) is not None
    code = groups[0] if groups[0].upper() in codes and not (len(groups) == 1 and of_assembly) else ""
    if not named and not of_assembly and not _is_telling(text, start, groups, code, grammar):
        return None
    issuer = groups[1] if code and len(groups) > 1 else groups[0]
    if code.upper().endswith(_JOINT_CODES):
        issuer = ""
    symbol = "-".join(codes.get(group.upper(), group) for group in symbol.split("-"))
    value = f"{match['number']}/{year + '/' if year else ''}{symbol}"
    return Number(start, end, head, value, code, issuer, int(year) if year else None, of_assembly)


def _is_telling(text: str, start: int, groups: list[str], code: str, grammar: Grammar) -> bool:
    """Whether a symbol is one without "số" before it: QĐ-UBND is, so is the CP of "Nghị định 61/CP"; "HTX" (of
    "2/HTX") is none."""
    if len(groups) == 1:
        return grammar.found("numbered_type", text[max(0, start - 14) : start]) is not None
    return bool(code) or groups[0] in issuer_codes(grammar)


@lru_cache(maxsize=8)
def issuer_codes(grammar: Grammar) -> dict[str, str | None]:
    """Code of a body → its name where it is the only one and a central body ("TTg"), else None ("TW", "UBND")."""
    names: dict[str, str | None] = {}
    for row in grammar.lexicon("issuers"):
        name = row.fields["canonical"] if row.fields["scope"] == "central" else None
        for code in values(row.fields["code"]):
            names[code] = name if code not in names else None
    return names


@lru_cache(maxsize=8)
def _codes(grammar: Grammar) -> dict[str, str]:
    """Code in capitals → as it is written ("CTR" → "CTr"), for titles that are set in capitals; of two that differ
    in case only, the one in capitals."""
    codes: dict[str, str] = {"TTG": "TTg"}
    for row in grammar.lexicon("document_types"):
        for code in values(row.fields["code"]):
            if codes.get(code.upper()) != code.upper():
                codes[code.upper()] = code
    return codes
