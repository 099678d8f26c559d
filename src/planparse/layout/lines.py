"""The physical lines of a text: what each holds, and where it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

BLANK, TEXT, BAR, RULE, PIPE, PAGE = range(6)

_RULE_STARTS = frozenset("-–—_=*.·~")
_RULE = re.compile(r"(?:[-–—_=*.·~]\s?){3,}$")


class Lines(NamedTuple):
    """The lines of a text as equal lists, by index from 0.

    kind: BLANK, TEXT, BAR (a line holding only "|", which closes a cell), RULE ("-------"), PIPE (cells in a row) or PAGE
        (the number of a page, and the blank lines around it).
    text: the line without the white space around it; runs of spaces are made one.
    start, end: the half-open range of that text in the clean text.
    """

    kind: list[int]
    text: list[str]
    start: list[int]
    end: list[int]

    def __len__(self) -> int:
        return len(self.kind)


def scan(clean: str) -> Lines:
    """The physical lines of a clean text."""
    raws = clean.split("\n")
    texts = list(map(str.strip, raws))
    kinds = [TEXT] * len(raws)
    has_bars = "|" in clean
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for i, text in enumerate(texts):
        raw = raws[i]
        start = position
        position += len(raw) + 1
        if not text:
            kinds[i] = BLANK
            starts.append(start)
            ends.append(start)
            continue
        if raw[0] == " ":
            start += len(raw) - len(raw.lstrip())
        if text[0] in _RULE_STARTS and _RULE.match(text):
            kinds[i] = RULE
        elif has_bars and "|" in text:
            kinds[i] = BAR if text == "|" else PIPE
        starts.append(start)
        ends.append(start + len(text))
    if "  " in clean:
        texts = [" ".join(text.split()) if "  " in text else text for text in texts]
    return Lines(kinds, texts, starts, ends)
