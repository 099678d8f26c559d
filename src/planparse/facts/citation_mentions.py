"""Mentions of documents in a text: type, number, date, issuer and subject, as each place prints them."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from planparse.facts.citation_laws import Law, find_laws
from planparse.facts.citation_numbers import Number, find_numbers, issuer_codes
from planparse.facts.times import iso_date
from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import said
from planparse.late import late
from planparse.text import WORD, fold_tones, holds_any, squash

_LONGEST_NAME = 90
#: The name of a province is no longer.
_LONGEST_PLACE = 24
_LONGEST_SUBJECT = 600
#: Words before "số" that can make up the name of a type ("Thông tư liên tịch").
_TYPE_WORDS = 4
_CLAUSE_END = late(r";|\.(?=\s|$)|\./\.|\n")
_QUOTE = {"“": "”", '"': '"'}
#: Names of the lexicons and values of their columns that a citation is given where it does not say them.
_LAW, _LETTER = "Luật", "Công văn"
_ASSEMBLY, _STANDING = "Quốc hội", "Ủy ban Thường vụ Quốc hội"
_COMMITTEE, _COUNCIL = "Ủy ban nhân dân", "Hội đồng nhân dân"
_CITY = "thành phố"
#: Their codes in numbers.
_STANDING_CODE, _COMMITTEE_CODE, _COUNCIL_CODE = "UBTVQH", "UBND", "HĐND"


class Home(NamedTuple):
    """Whose document cites: "của UBND tỉnh" is of its province; a hosting site's list has no home."""

    issuer: str | None
    province: str | None
    is_site: bool = False


class Mention(NamedTuple):
    """One place that cites a document; `None` for what it does not say.

    start, end: from the word for the type to number, date and issuer, whichever stands last.
    type: "Quyết định"; number: "1658/QĐ-TTg", None for a law by its name, which is then `name`.
    date: ISO 8601; year: of the date, of the number or printed alone.
    """

    start: int
    end: int
    type: str | None
    number: str | None
    name: str | None
    date: str | None
    year: int | None
    issuer: str | None
    subject: str | None


def read_mentions(
    text: str, grammar: Grammar, home: Home, *, basis: bool = False, folded: str | None = None
) -> list[Mention]:
    """The documents that a text mentions, in its order. `basis`: the text is a legal basis, where all that follows
    a document is its subject; `folded`: the text with tone placement folded, where the caller has it."""
    has_number = holds_any(text, grammar.signs("document_number"))
    has_law = holds_any(text, grammar.signs("law"))
    if not has_law and not has_number:
        return []
    folded = fold_tones(text) if folded is None else folded
    numbers = find_numbers(folded, grammar) if has_number else []
    laws = find_laws(folded, grammar) if has_law else []
    anchors = _anchors(folded, numbers, laws)
    mentions: list[Mention] = []
    for place, (law, number) in enumerate(anchors):
        before = mentions[-1] if mentions else None
        after = anchors[place + 1] if place + 1 < len(anchors) else None
        mentions.append(_mention(text, folded, law, number, before, after, grammar, home, basis))
    return mentions


Anchor = tuple[Law | None, Number | None]


def _anchors(folded: str, numbers: list[Number], laws: list[Law]) -> list[Anchor]:
    """Laws and numbers in order; a law that is directly followed by a number is one document with it."""
    left = deque(numbers)
    anchors: list[Anchor] = []
    for law in laws:
        while left and left[0].start < law.start:
            anchors.append((None, left.popleft()))
        if left and left[0].start < law.end:
            left.popleft()
            continue
        joined = None
        if left and folded[law.end : left[0].head].strip(" ,(") == "":
            joined = left.popleft()
        anchors.append((law, joined))
    return anchors + [(None, number) for number in left]


def _start(anchor: Anchor) -> int:
    law, number = anchor
    return law.start if law is not None else number.head if number is not None else 0


def _mention(
    text: str,
    folded: str,
    law: Law | None,
    number: Number | None,
    before: Mention | None,
    after: Anchor | None,
    grammar: Grammar,
    home: Home,
    basis: bool,
) -> Mention:
    limit = _start(after) if after is not None else len(text)
    if law is not None:
        start, end, kind = law.start, number.end if number is not None else law.end, law.type
    else:
        assert number is not None
        start, end = number.head, number.end
        kind = None
        floor = before.end if before is not None else 0
        if typed := _type_before(folded, floor, start, grammar):
            start, kind = typed
        elif number.code:
            named = grammar.types_by_code.get(number.code.upper())
            kind = named.name if named is not None else None
        elif before is not None and grammar.says("coordinate", folded[before.end : start] or " "):
            kind = before.type
        elif number.of_assembly:
            kind = _LAW
        elif number.issuer in issuer_codes(grammar):
            kind = _LETTER
    end, date, year, issuer = _tail(folded, end, limit, number, grammar, home)
    if law is not None or (number is not None and number.of_assembly):
        issuer = issuer or (_ASSEMBLY if number is None or _STANDING_CODE not in number.value else _STANDING)
    if number is not None:
        year = number.year or year
        issuer = issuer or _issuer_by_code(number, grammar, home)
    name = squash(text[law.start : law.end]) if law is not None else None
    subject = name or _subject(text, folded, end, after, grammar, basis)
    if home.is_site and number is not None and subject is not None:
        subject, issuer = _issued_by(subject, number, issuer, grammar, home)
    return Mention(start, end, kind, number.value if number is not None else None, name, date, year, issuer, subject)


def _type_before(folded: str, floor: int, end: int, grammar: Grammar) -> tuple[int, str] | None:
    """The name of a type that ends where "số" begins: its start, and the type."""
    low = max(floor, end - 40)
    words = list(WORD.finditer(folded[low:end]))
    if not words or folded[low + words[-1].end() : end].strip(' :(“"'):
        return None
    for count in range(min(_TYPE_WORDS, len(words)), 0, -1):
        start = low + words[-count].start()
        printed = squash(folded[start : low + words[-1].end()]).upper()
        named = grammar.type_of(printed)
        if named is not None and len(named[0]) == len(printed):
            return start, named[1].name
        if grammar.says("letter_word", printed):
            return start, _LETTER
    return None


def _tail(
    folded: str, end: int, limit: int, number: Number | None, grammar: Grammar, home: Home
) -> tuple[int, str | None, int | None, str | None]:
    """The date and the issuer behind a number or a name, in either order: where they end, date, year, issuer."""
    date = issuer = None
    year: int | None = None
    for _ in range(3):
        rest = folded[end : min(limit, end + 2 * _LONGEST_NAME)]
        if date is None and (found := grammar.says("cited_date", rest)):
            end += found.end()
            if found["only"]:
                year = int(found["only"])
            else:
                year = int("".join(found["year"].split()))
                date = iso_date(year, int(found["month"]), int(found["day"]))
            continue
        if issuer is None and (found := grammar.says("cited_of", rest)):
            named = _issuer(rest[found.end() :], grammar, home)
            if named is not None:
                issuer = f"{found['head'].capitalize()} {named[1]}" if said(found, "head") else named[1]
                end += found.end() + named[0]
                continue
        break
    return end, date, year, issuer


def _issuer(text: str, grammar: Grammar, home: Home) -> tuple[int, str] | None:
    """The body that a text begins with: where its name ends, and its usual name with place or term."""
    printed = text[:_LONGEST_NAME].upper()
    if len(printed) != len(text[:_LONGEST_NAME]):
        return None
    named = grammar.issuer_of(printed)
    if named is None:
        return None
    spelling, issuer = named
    end, name = len(spelling), issuer.name
    for place in grammar.listed("place"):
        # A name of the lexicon can end with the kind of its place: "Ủy ban nhân dân huyện".
        ending = f" {place}"
        if name.endswith(ending) and spelling.endswith(ending.upper()):
            end, name = end - len(ending), name.removesuffix(ending)
    if term := grammar.says("cited_term", text[end:]):
        return end + term.end(), f"{name} {term['term']}"
    if issuer.scope == "central":
        return end, name
    found = grammar.says("cited_place", text[end:])
    if found is None:
        told = text[end : end + _LONGEST_PLACE].lstrip()
        bare = grammar.province_in(told) if told[:1].isupper() else None
        if bare is None or not told.startswith(bare.name):
            return end, name
        return end + text[end:].index(bare.name) + len(bare.name), f"{name} {bare.name}"  # "Tỉnh ủy Hà Giang"
    kind = _CITY if said(found, "city") else found["kind"].lower()
    if found["name"]:
        printed = found["name"].strip()
        province = grammar.province_in(printed)
        if province is not None and printed.lower().startswith(province.name.lower()):
            spelled = len(found["name"]) - len(found["name"].lstrip()) + len(province.name)
            return end + found.start("name") + spelled, f"{name} {kind} {province.name}"
        return end + found.end(), f"{name} {kind} {printed.title() if printed.isupper() else printed}"
    if said(found, "province") and home.province:
        return end + found.end(), f"{name} {kind} {home.province}"
    return end + found.end(), f"{name} {kind}"


def _issuer_by_code(number: Number, grammar: Grammar, home: Home) -> str | None:
    """The body that a symbol names beyond doubt: TTg, CP, a ministry; UBND is the one of the document itself."""
    if number.issuer == _COMMITTEE_CODE and home.issuer and home.issuer.startswith(_COMMITTEE):
        return home.issuer
    return issuer_codes(grammar).get(number.issuer)


def _issued_by(subject: str, number: Number, issuer: str | None, grammar: Grammar, home: Home) -> tuple[str, str | None]:
    """The subject without "do … ban hành", and the body that the words name ("tỉnh Hà Giang": its committee)."""
    found = grammar.found("issued_by", fold_tones(subject))
    if found is None:
        return subject, issuer
    printed = found["issuer"]
    if said(found, "place") is not None:
        printed = f"{_COUNCIL if _COUNCIL_CODE in number.value else _COMMITTEE} {printed}"
    named = _issuer(printed, grammar, home)
    return subject[: found.start()], named[1] if named is not None else issuer


def _subject(text: str, folded: str, end: int, after: Anchor | None, grammar: Grammar, basis: bool) -> str | None:
    """What the document is about, as printed, without "về" and "về việc"; `after`: what is cited behind it."""
    rest = folded[end : end + _LONGEST_SUBJECT]
    lead = grammar.says("cited_subject", rest)
    if lead is not None:
        start = end + lead.end()
    elif basis and rest[:1] == " " and rest[1:2].islower() and not grammar.says("no_subject", rest):
        start = end + 1
    else:
        return None
    body = folded[start : start + _LONGEST_SUBJECT]
    stop = len(body)
    close = _QUOTE.get(body[:1])
    quoted = body.find(close, 1) + 1 if close else 0
    if found := _CLAUSE_END.search(body, quoted):
        stop = found.start()
    for kind in ("subject_end",) if basis else ("subject_end", "subject_comma"):
        for find in grammar.seek(kind):
            if found := find.search(body[quoted:stop]):
                stop = quoted + found.start()
    bracket = body.find(")", 0, stop)
    if bracket >= 0 and body.find("(", 0, bracket) < 0:
        stop = bracket
    subject = squash(text[start : _coordinate(folded, start, start + stop, after, grammar)]).rstrip(" ,:./")
    return subject or None


def _coordinate(folded: str, start: int, stop: int, after: Anchor | None, grammar: Grammar) -> int:
    """Where a subject stops: before a document that is cited beside this one ("… và Quyết định số …"), not before one
    that stands in the subject ("thực hiện Nghị quyết số …")."""
    if after is None or (place := _start(after)) >= stop:
        return stop
    low = max(start, place - 40)
    found = grammar.found("joint", folded[low:place])
    return stop if found is None else low + int(found.start())
