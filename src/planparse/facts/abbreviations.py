"""Abbreviations that a text defines: "kinh tế tuần hoàn (KTTH)", "(sau đây gọi tắt là Ban Chỉ đạo)"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from planparse.facts.passages import Passages
from planparse.grammar.grammar import Grammar
from planparse.late import late
from planparse.text import UPPER_LETTERS, fold_tones, holds_any, squash

Data = dict[str, Any]

#: "(KTTH)", "(R&D)", "(PAR INDEX)", "(IoT)", "(TTX 3)" with the digit of a footnote.
_SHORT = late(rf"\(\s*(?P<short>[{UPPER_LETTERS}][\w&./-]{{1,14}}(?:\s[{UPPER_LETTERS}]{{2,10}})?)(?:\s\d{{1,2}})?\s*\)")
_BRACKET = late(r"\(([^()]{2,90})\)")
_REVERSED = late(rf"(?<!\w)(?P<short>[{UPPER_LETTERS}][{UPPER_LETTERS}&-]{{1,10}})\s\((?P<long>[^()\d]{{4,80}})\)")
_WORD = late(r"[^\W\d_]+(?:[&-][^\W\d_]+)*")
_BREAK = late(r"[.;:()“”\"\n]|,\s")
_LONGEST = 220
_MOST_WORDS = 12
#: Capitals of one name stand this close: "Tổ chức Phát triển Công nghiệp".
_BETWEEN_CAPITALS = 2


def read_abbreviations(passages: Passages, grammar: Grammar) -> list[Data]:
    """The abbreviations that the text defines, each at its first definition: what is short, what it stands for, and
    the span of both."""
    found: dict[str, Data] = {}
    for passage in passages:
        text = passage.text
        if "(" not in text or passage.kind in {"boilerplate", "recipients", "signature"}:
            continue
        for start, end, short, long in find_definitions(text, grammar, passage.folded):
            if short not in found:
                found[short] = {"short": short, "long": long, "span": passage.locate(start, end)}
    return list(found.values())


def find_definitions(text: str, grammar: Grammar, folded: str | None = None) -> list[tuple[int, int, str, str]]:
    """The definitions in a text: start of the long form, end of the bracket, short form, long form. `folded`: the text with
    tone placement folded, where the caller has it."""
    definitions = []
    folded = fold_tones(text) if folded is None else folded
    for bracket in _BRACKET.finditer(folded):
        if lead := _named(bracket[1], grammar):
            short = squash(text[bracket.start(1) + lead : bracket.end(1)]).strip(" .\"“”'")
            start = _by_name(folded, bracket.start(), short, grammar)
        elif plain := _SHORT.match(folded, bracket.start()):
            short = plain["short"]
            if not _is_short(short) or grammar.says("no_abbreviation", short):
                continue
            start = _by_initials(folded, bracket.start(), short, grammar)
            if start is None:
                start = _by_lexicon(folded, bracket.start(), short, grammar)
            if start is None:
                start = _by_edge(folded, bracket.start(), grammar)
        else:
            continue
        if start is not None and short:
            long = squash(text[start : bracket.start()]).strip(" ,\"“”'")
            if long and long != short:
                definitions.append((start, bracket.end(), short, long))
    for bracket in _REVERSED.finditer(folded):
        start, end = bracket.span("long")
        if _by_initials(folded, end, bracket["short"], grammar) == start:
            definitions.append((bracket.start(), bracket.end(), bracket["short"], squash(text[start:end])))
    return definitions


def _named(inside: str, grammar: Grammar) -> int:
    """Where, in a bracket, the short form begins behind "sau đây viết tắt là"; 0 where nothing says so."""
    if not holds_any(inside, grammar.signs("definition_lead")):
        return 0
    lead = grammar.says("definition_lead", inside)
    return int(lead.end()) if lead is not None else 0


def _is_short(text: str) -> bool:
    return (
        sum(map(str.isupper, text)) > 1
        and (" " not in text or text.isupper())
        and "/" not in text
        and not any(char.isdigit() for char in text[:2])
    )


def _by_initials(folded: str, end: int, short: str, grammar: Grammar) -> int | None:
    """Where the words begin whose initials a short form is made of, walking back from its bracket."""
    letters = [_base(char) for char in short if char.isupper()]
    words = list(_WORD.finditer(folded, max(0, end - _LONGEST), end))
    left = len(letters)
    for word in reversed(words):
        printed = word[0]
        if printed.isupper() and len(printed) > 1:
            parts = [_base(char) for char in printed if char.isalpha()]
        else:
            parts = [_base(piece[0]) for piece in re.split("[&-]", printed)]
        if parts == letters[max(0, left - len(parts)) : left]:
            left -= len(parts)
            if left == 0:
                return word.start()
        elif left == len(letters) or not grammar.says("initial_passed", printed.lower()):
            return None
    return None


def _base(letter: str) -> str:
    """The letter in capitals without its marks: "ứ" is U, "đ" stays Đ."""
    return unicodedata.normalize("NFD", letter)[0].upper()


def _by_lexicon(folded: str, end: int, short: str, grammar: Grammar) -> int | None:
    """Where the known words of a short form begin that stand directly before its bracket."""
    long = long_forms(grammar).get(short)
    before = folded[max(0, end - _LONGEST) : end].rstrip(" \"“”'").lower()
    if long is None or not before.endswith(long):
        return None
    return max(0, end - _LONGEST) + len(before) - len(long)


@lru_cache(maxsize=8)
def long_forms(grammar: Grammar) -> dict[str, str]:
    """Abbreviations in common use → what they stand for, in lower case with tone placement folded."""
    return {row.fields["short"]: fold_tones(row.fields["long"].lower()) for row in grammar.lexicon("abbreviations")}


def _by_edge(folded: str, end: int, grammar: Grammar) -> int | None:
    """Where the phrase before a bracket begins: at its quotation mark, its capital, a comma, or behind a small word."""
    low = max(0, end - _LONGEST)
    before = folded[low:end].rstrip()
    if before[-1:] in {"”", '"'}:
        opening = before.rfind("“" if before[-1] == "”" else '"', 0, -1)
        return low + opening + 1 if opening >= 0 else None
    breaks = [mark.end() for mark in _BREAK.finditer(before)]
    words = list(_WORD.finditer(before, breaks[-1] if breaks else 0))[-_MOST_WORDS:]
    # A name at the end ("… quốc gia Việt Nam") does not begin the phrase.
    tail = len(words)
    while tail and words[tail - 1][0][0].isupper():
        tail -= 1
    first = capital = None
    for at in range(tail - 1, -1, -1):
        word = words[at][0]
        if capital is not None and capital - at > _BETWEEN_CAPITALS:
            break
        if at < tail - 1 and grammar.says("phrase_edge", word.lower()):
            break
        if word[0].isupper():
            capital = at
        first = at
    if capital is not None:
        first = capital
    return low + words[first].start() if first is not None else None


def _by_name(folded: str, end: int, short: str, grammar: Grammar) -> int | None:
    """Where the long form of a name begins: where its bracket's first words stood before ("Ban Chỉ đạo quốc gia …"),
    else at its initials, else at the edge of its phrase."""
    low = max(0, end - 3 * _LONGEST)
    low = max(low, *(folded.rfind(mark, low, end) + 1 for mark in (". ", "; ", "\n")))
    key = fold_tones(short)
    pieces = key.split()
    for count in range(len(pieces), 0, -1):
        name = " ".join(pieces[:count]).rstrip(",")
        if not name:
            break  # "(gọi tắt là , Cục)"
        at = folded.rfind(name, low, end) if name[0].isupper() else folded.find(name, low, end)
        if at >= 0 and (at == 0 or not folded[at - 1].isalnum()) and (count > 1 or len(name) > 2):
            return at
    return _by_initials(folded, end, short, grammar) if key.isupper() else _by_edge(folded, end, grammar)
