"""Short names of bodies that a document defines for itself: "Cục Kiểm lâm vùng (Cục KLV)" makes "Cục KLV" that body."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from planparse.facts.passages import Passage
from planparse.grammar.grammar import Body, Grammar
from planparse.text import WORD, squash

_BREAK = re.compile(r"[.;:()“”\"\n]")
#: A long name begins within so many characters before its bracket.
_LONGEST = 140


def defined_bodies(passages: Iterable[Passage], grammar: Grammar) -> dict[str, Body]:
    """The short names that passages define, in small letters, each with its body; none that the lexicon knows."""
    found: dict[str, Body] = {}
    heads = grammar.pattern("body_head")
    brackets = grammar.pattern("body_short")
    for passage in passages:
        if "(" not in passage.text:
            continue
        text = passage.folded
        for bracket in brackets.finditer(text):
            short = f"{bracket['head'] or ''}{bracket['short']}".lower()
            if short in found or short in grammar.bodies:
                continue
            start = _start(text, bracket.start(), bracket["head"] or "", bracket["short"])
            head = heads.match(text[start : start + 40]) if start >= 0 else None
            if head:
                long = squash(passage.text[start : bracket.start()])
                known = grammar.bodies.get(squash(text[start : bracket.start()]).lower())
                found[short] = known or Body(long, head[0].lower(), None)
    return found


def _start(text: str, end: int, head: str, short: str) -> int:
    """Where the long name of a short one begins that ends at a place, or -1. The words that the two share begin it, and
    its initials are the letters of the short one, small words aside ("và")."""
    low = max(0, end - _LONGEST)
    breaks = [mark.end() for mark in _BREAK.finditer(text, low, end)]
    low = breaks[-1] if breaks else low
    letters = [_base(letter) for letter in short if letter.isalpha()]
    if head:
        at = text.rfind(head, low, end)
        return at if at >= 0 and _spells(WORD.findall(text, at + len(head), end), letters) else -1
    for word in WORD.finditer(text, low, end):
        if _base(word[0][0]) == letters[0] and _spells(WORD.findall(text, word.start(), end), letters):
            return word.start()
    return -1


def _spells(words: list[str], letters: list[str]) -> bool:
    """Whether letters are the initials of words, each word's or of those with a capital and some others: the first and
    the last word are never left out, and no word with a capital."""
    at = 0
    for place, word in enumerate(words):
        if at < len(letters) and _base(word[0]) == letters[at]:
            at += 1
        elif place in (0, len(words) - 1) or word[0].isupper():
            return False
    return bool(words) and at == len(letters)


def _base(letter: str) -> str:
    """A letter in capitals without its marks: "ứ" is U, "đ" stays Đ."""
    return unicodedata.normalize("NFD", letter)[0].upper()
