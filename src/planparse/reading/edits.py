"""Changes to a text that are kept track of, so that offsets find the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

#: Where two texts part, as two equal lists of offsets (here, there); empty where they are the same.
Breaks = tuple[list[int], list[int]]


class Edit(NamedTuple):
    """What a range of a text is made."""

    start: int
    end: int
    made: str


def line_starts(lines: Iterable[str]) -> list[int]:
    """Where lines begin in the text that they make."""
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def applied(text: str, edits: Sequence[Edit]) -> tuple[str, Breaks]:
    """The text with ranges of it, in their order, made something else, and where the two part: (made, text)."""
    parts: list[str] = []
    made_at: list[int] = []
    text_at: list[int] = []
    done = length = 0
    for start, end, made in edits:
        parts += text[done:start], made
        length += start - done + len(made)
        done = end
        made_at.append(length)
        text_at.append(end)
    parts.append(text[done:])
    return "".join(parts), (made_at, text_at)


def mapped(offset: int, here: list[int], there: list[int]) -> int:
    """An offset on the other side; inside of what was changed, none after its end."""
    if not here:
        return offset
    at = bisect_right(here, offset) - 1
    made = offset if at < 0 else there[at] + offset - here[at]
    return made if at + 1 == len(there) else min(made, there[at + 1])


def composed(breaks: Breaks, edit: Breaks) -> Breaks:
    """The way from a text that was edited once more to the first, at the borders of both edits."""
    here, there = edit
    if not here:
        return breaks
    borders = sorted({*here, *(mapped(offset, there, here) for offset in breaks[0])})
    return borders, [mapped(mapped(border, here, there), *breaks) for border in borders]
