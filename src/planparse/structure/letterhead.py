"""The letterhead: issuer, national name and motto, number, place and date, in whatever setting they were left."""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.layout.lines import BAR, BLANK, PAGE, RULE, Lines
from planparse.text import fold_tones, is_caps, squash

_PLACE_KINDS = ("TỈNH", "THÀNH PHỐ", "TP.", "TP", "HUYỆN", "QUẬN", "THỊ XÃ", "XÃ", "PHƯỜNG", "THỊ TRẤN", "ĐẶC KHU")
_CODE = re.compile(r"(?:\d+[a-z]?/(?:(?:19|20)\d\d/)?|\d+[a-z]?-)(?P<code>[A-Za-zĐđ]+)")
# "Quận 3", "Phường 12": what a number may be the name of.
_NUMBERED = ("Quận", "Phường")
#: The kinds of places of two words that a date line gives with the name.
_TOWNS = ("Thành phố", "Thị xã", "Thị trấn")
#: A proper name has no more words.
_LONGEST_NAME = 3
#: A body that is not in capitals is no longer, in characters.
_SHORT = 60
_RULES = re.compile(r"(?:[-–—_*=~]\s?){3,}")
# Party documents set it under the name of the body; no name holds one.
_STAR = "*"
_SPACE_IN_DIGITS = re.compile(r"(?<=\d)\s(?=\d)")


class Letterhead(NamedTuple):
    """What a letterhead says; None for what it does not say.

    issuer: in capitals, as printed, the last body where two stand one under the other.
    """

    issuer: str | None
    number: str | None
    place: str | None
    issued_on: str | None
    national: bool
    motto: bool


def read_letterhead(grammar: Grammar, lines: Lines, first: int, last: int) -> Letterhead:
    """What the lines of a letterhead say, together: names may be broken anywhere ("ỦY" / "BAN NHÂN DÂN")."""
    text = _broken_line(lines, first, last)
    text = squash(_RULES.sub(" ", fold_tones(text)).replace(_STAR, "|").replace("|", " | "))
    found: dict[str, bool] = {}
    number = place = issued_on = None
    match = _date(grammar, text)
    if match:
        day, month, year = (int(_digits(match[name])) for name in ("day", "month", "year"))
        issued_on = _iso(year, month, day)
    else:
        match = _search(grammar, "date_left_open", text)
    if match:
        before = text[: match.start()].rstrip(" ,")
        place = _trim_place(before.rsplit("|", 1)[-1])
        cut = before.rfind(place) if place else len(before)
        text = f"{text[:cut]} | {text[match.end() :]}"
    if match := _search(grammar, "number", text):
        number = re.sub(r"\s+", "", match["value"]) or None
        text = f"{text[: match.start()]} | {text[match.end() :]}"
    for kind in ("motto", "national_name", "stamp"):
        if match := _search(grammar, kind, text):
            found[kind] = True
            text = f"{text[: match.start()]} | {text[match.end() :]}"
    issuer = _issuer(grammar, text)
    return Letterhead(issuer, number, place, issued_on, "national_name" in found, "motto" in found)


def code_of(number: str | None) -> str | None:
    """What stands in a number for the type: "15/2024/QĐ-UBND" has "QĐ"."""
    found = _CODE.match(number or "")
    return found["code"] if found else None


def _broken_line(lines: Lines, first: int, last: int) -> str:
    """The lines as one, with "|" where one surely ends: at a blank line, a bar, a rule, and between a sentence and
    capitals, as where a site's line stands above the issuer."""
    pieces: list[str] = []
    for i in range(first, last):
        if lines.kind[i] in (BLANK, BAR, RULE, PAGE):
            pieces.append("|")
            continue
        if pieces and pieces[-1][-1] in ".;!?…" and not is_caps(pieces[-1]) and is_caps(lines.text[i]):
            pieces.append("|")
        pieces.append(lines.text[i])
    return " ".join(pieces)


def _search(grammar: Grammar, kind: str, text: str) -> re.Match[str] | None:
    for pattern in grammar.phrase(kind):
        if found := pattern.search(text):
            return found
    return None


def _date(grammar: Grammar, text: str) -> re.Match[str] | None:
    """The date that ends a piece of a letterhead, else the first: a line of a site above it may name another document's
    ("… Quyết định số 22/2013/QĐ-TTg ngày 26 tháng 4 năm 2013 của Thủ tướng …")."""
    dates = [match for pattern in grammar.phrase("date") for match in pattern.finditer(text)]
    return next((date for date in dates if text[date.end() :].lstrip(" .;,/")[:1] in ("", "|")), dates[0] if dates else None)


def _digits(text: str) -> str:
    return _SPACE_IN_DIGITS.sub("", text.strip())


def _iso(year: int, month: int, day: int) -> str | None:
    """The date in ISO 8601, or None for a date that is none (31 February)."""
    from datetime import date

    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _trim_place(text: str) -> str | None:
    """The place without what stands before it on the line: "224/KH-UBND Cần Thơ" is "Cần Thơ"."""
    words = text.replace("|", " ").split()
    kept: list[str] = []
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.isdigit() and not kept and words[at - 1] in _NUMBERED:
            kept.append(word)
            continue
        if kept and at and f"{words[at - 1]} {word}" in _TOWNS:
            kept += [word, words[at - 1]]  # "Thành phố | Hồ Chí Minh"
            break
        if (not word[0].isupper() and word not in {"-", "–"}) or (word.isupper() and len(word) > 2 and word != "TP."):
            break
        if any(letter.isdigit() for letter in word):
            break
        kept.append(word)
    place = " ".join(reversed(kept)).strip(" -–,")
    return place or None


def _issuer(grammar: Grammar, text: str) -> str | None:
    """The body that a letterhead names: the first piece in capitals that begins as a known body does, else the first that
    is in capitals at all, else a short one that begins so in small letters; a number or a code is none."""
    pieces = [_before_number(grammar, piece).strip(" -–,.;:") for piece in text.split("|")]
    caps = [piece for piece in pieces if len(piece) > 3 and is_caps(piece) and not any(map(str.isdigit, piece.split()[0]))]
    small = [piece for piece in pieces if len(piece) < _SHORT and not is_caps(piece)] if not caps else []
    known = (piece for piece in (*caps, *small) if grammar.issuer_of(piece.upper()) is not None)
    issuer = next(known, caps[0] if caps else None)
    following = caps[caps.index(issuer) + 1 :] if issuer in caps else []
    if issuer and following and _lacks_place(grammar, issuer) and following[0].startswith(_PLACE_KINDS):
        # "ỦY BAN NHÂN DÂN | CỘNG HÒA … | THÀNH PHỐ HUẾ | Độc lập …": two columns read line by line.
        issuer, following = f"{issuer} {following[0]}", following[1:]
    if issuer and following and grammar.says("above_a_unit", issuer):
        # "UBND TỈNH LÀO CAI | … | SỞ CÔNG THƯƠNG", where a table is read row by row.
        unit = grammar.found("letterhead_unit", following[0])
        if unit and unit.start() == 0:
            return f"{issuer} {following[0]}"
    return issuer


def _lacks_place(grammar: Grammar, issuer: str) -> bool:
    """Whether a letterhead names the kind of a local body and nothing more: "ỦY BAN NHÂN DÂN"."""
    name = issuer.upper()
    named = grammar.issuer_of(name)
    return named is not None and named[0] == name and grammar.says("body_of_a_place", name) is not None


def _before_number(grammar: Grammar, piece: str) -> str:
    label = grammar.found("number_label", piece)
    return piece[: label.start()] if label else piece


def canonical_issuer(grammar: Grammar, printed: str | None, province_hint: str | None) -> tuple[str | None, str | None]:
    """The issuer in its usual spelling and its province: "ỦY BAN NHÂN DÂN TỈNH AN GIANG" → ("Ủy ban nhân dân tỉnh An
    Giang", "An Giang"). The province is None for central bodies."""
    if not printed:
        return None, province_hint
    text = fold_tones(squash(printed.upper()))
    if session := grammar.found("session", text):
        text = text[: session.start()].rstrip(" ,-–")
    if (headed := _body_of_head(grammar, text)) is not None:
        text = headed
    province = find_province(grammar, text)
    units = [unit for row in grammar.seek("letterhead_unit") for unit in row.matches(text)]
    if units and grammar.says("above_a_unit", text):
        # "ỦY BAN NHÂN DÂN TỈNH LÀO CAI SỞ CÔNG THƯƠNG": the department issues.
        unit = text[units[-1].start() :]
        if text[units[-1].start() - 1] == " " and not unit.startswith("BAN NHÂN"):
            if joint := _joint(grammar, text, [found.start() for found in units]):
                return joint, province or province_hint
            text = unit
    central = province is None and grammar.says("central_body", text)
    if named := grammar.issuer_of(text):
        spelling, issuer = named
        rest = text[len(spelling) :].strip(" -–")
        local = issuer.scope not in {"central"} and not (issuer.scope == "party" and not rest)
        home = (province or province_hint) if local and not central else None
        return squash(f"{issuer.name} {_local_name(grammar, rest, home)}"), home
    return _sentence_case(grammar, text), None if central else province or province_hint


def _joint(grammar: Grammar, text: str, starts: list[int]) -> str | None:
    """Bodies that issue together, joined by dashes: "SỞ TÀI CHÍNH - SỞ CÔNG THƯƠNG"; None where one body does."""
    names: list[str] = []
    for start, end in zip(reversed(starts), [len(text), *reversed(starts[1:])], strict=True):
        named = grammar.issuer_of(text[start:end].rstrip(" -–"))
        if named is None or (names and text[start:end].rstrip()[-1] not in "-–"):
            break
        names.insert(0, named[1].name)
    return " - ".join(names) if len(names) > 1 else None


def named_body(grammar: Grammar, printed: str | None) -> str | None:
    """The known body that a text in capitals names, of its head the body itself: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X" →
    "ỦY BAN NHÂN DÂN TỈNH X"; None where there is none, as in "ỦY B AN NHÂN D ÂN"."""
    text = fold_tones(squash((printed or "").upper()))
    starts = [at + 1 for at, letter in enumerate(text) if letter == " "]
    after_head = starts if grammar.says("role", text) else []
    return next((text[at:] for at in (*after_head, 0) if grammar.issuer_of(text[at:]) is not None), None)


def _body_of_head(grammar: Grammar, text: str) -> str | None:
    """The body whose head a text names: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X" → "ỦY BAN NHÂN DÂN TỈNH X"."""
    if grammar.issuer_of(text) is not None or not (found := grammar.says("role", text)):
        return None
    body = text[found.end() :].lstrip(" ,")
    return body if grammar.issuer_of(body) is not None else None


class Byline(NamedTuple):
    """What the line under the type says: who decided, and where on the line the title begins, if it does."""

    letterhead: Letterhead
    title_at: int | None


def read_byline(grammar: Grammar, text: str) -> Byline | None:
    """What the line under the type says where there is no letterhead: "CỦA BỘ Y TẾ SỐ 15/2006/QĐ-BYT NGÀY …", "CỦA UBND
    TỈNH AN GIANG VỀ VIỆC …"; None for a line that names no body."""
    folded = fold_tones(text)
    found = grammar.says("byline", folded)
    if not found or (named := grammar.issuer_of(found["issuer"])) is None:
        return None
    rest = found["issuer"][len(named[0]) :].strip()
    if rest and not rest.startswith(_PLACE_KINDS):
        return None
    issued_on = _iso(int(found["year"]), int(found["month"]), int(found["day"])) if found["year"] else None
    title_at = found.start("subject") if found["subject"] else None
    return Byline(Letterhead(found["issuer"], found["number"], None, issued_on, False, False), title_at)


def find_province(grammar: Grammar, text: str) -> str | None:
    """The canonical name of the province that a text names."""
    found = grammar.province_in(text)
    return found.name if found else None


def _local_name(grammar: Grammar, rest: str, home: str | None) -> str:
    """ "TỈNH QUẢNG TRỊ" → "tỉnh Quảng Trị"; "TỈNH" alone is the province that the place tells."""
    if rest in ("TỈNH", "THÀNH PHỐ"):
        return f"{rest.lower()} {home}" if home else rest.lower()
    for kind in _PLACE_KINDS:
        if rest.startswith(kind + " ") or (rest.startswith(kind) and kind.endswith(".")):
            name = rest[len(kind) :].strip()
            spelled = find_province(grammar, name) if len(name) < 30 else None
            full = {"TP.": "thành phố", "TP": "thành phố"}.get(kind, kind.lower())
            return f"{full} {spelled if spelled and len(spelled) == len(name) else name.title()}"
    if len(rest.split()) > _LONGEST_NAME or grammar.says("central_body", rest):
        return _small_letters(grammar, rest)  # what the body is for: "QUỐC GIA VỀ PHÒNG, CHỐNG THIÊN TAI"
    return rest.title() if rest else ""


def _sentence_case(grammar: Grammar, text: str) -> str:
    """A body that the lexicon does not know: small letters but for the first."""
    small = _small_letters(grammar, text)
    return small[:1].upper() + small[1:]


def _small_letters(grammar: Grammar, text: str) -> str:
    """Words in capitals in small letters; a province and short forms stay as they are written."""
    from planparse.reading.syllables import is_syllable

    lowered = " ".join(word.lower() if is_syllable(word.strip(".,-–()")) else word for word in text.split(" "))
    if province := grammar.province_in(lowered):
        lowered = lowered.replace(province.name.lower(), province.name)
    return lowered
