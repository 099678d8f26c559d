"""The physical lines of a text: what each holds, and where it stands."""
from __future__ import annotations

import re
from typing import NamedTuple

BLANK, TEXT, BAR, RULE, PIPE = range(5)

_RULE = re.compile(r"(?:[-–—_=*.·~]\s?){3,}$")


class Lines(NamedTuple):
    """The lines of a text as equal lists, by index from 0.

    kind: BLANK, TEXT, BAR (a line holding only "|", which closes a cell), RULE ("-------") or PIPE (cells in a row).
    text: the line without the white space around it; runs of spaces are made one.
    start, end: the half-open range of that text in the clean text.
    """

    kind: list[int]
    text: list[str]
    start: list[int]
    end: list[int]

    def __len__(self) -> int:  # type: ignore[override]
        return len(self.kind)


def scan(clean: str) -> Lines:
    """The physical lines of a clean text."""
    kinds: list[int] = []
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for raw in clean.split("\n"):
        text = raw.strip()
        start = position
        if not text:
            kind = BLANK
        else:
            if raw[0] == " ":
                start += len(raw) - len(raw.lstrip())
            if "|" in text:
                kind = BAR if text == "|" else PIPE
            elif text[0] in "-–—_=*.·~" and _RULE.match(text):
                kind = RULE
            else:
                kind = TEXT
        kinds.append(kind)
        starts.append(start)
        ends.append(start + len(text))
        if "  " in text:
            text = " ".join(text.split())
        texts.append(text)
        position += len(raw) + 1
    return Lines(kinds, texts, starts, ends)
