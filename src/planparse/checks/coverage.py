"""How much of the source the blocks hold, counted from the blocks' own spans."""

from __future__ import annotations

from typing import Any, NamedTuple

from planparse.reading.source import INVISIBLE

_BLANK = {ord(mark): None for mark in INVISIBLE}


class Gap(NamedTuple):
    """A range of the source that no block's span holds, although something stands there."""

    start: int
    end: int


def spans_of(blocks: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """The ranges of blocks, in order of the text."""
    return sorted((block["span"]["start"], block["span"]["end"]) for block in blocks)


def measure_coverage(text: str, blocks: list[dict[str, Any]]) -> tuple[float, list[Gap]]:
    """The share of the text's non-blank characters that lie in the span of one of the blocks (of all, nested ones
    included), and what lies outside."""
    gaps: list[Gap] = []
    missing = 0
    done = 0
    for start, end in (*spans_of(blocks), (len(text), len(text))):
        if start > done:
            between = text[done:start]
            if between.strip():
                missed = _count(between)
                if missed:
                    missing += missed
                    gaps.append(Gap(done, start))
        if end > done:
            done = end
    if not missing:
        return 1.0, []
    return 1.0 - missing / _count(text), gaps


def _count(text: str) -> int:
    return len("".join(text.split()).translate(_BLANK))
