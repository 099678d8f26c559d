"""Blank lines that part no paragraphs: between every two lines of a hard-wrapped text, as some converters of PDF files
write it, and between the rows of a table.

    chuyển đổi sang phương án trồng rừng, gắn với việc đa mục

    đích nhằm nâng cao giá trị

They are told from blank lines between paragraphs by the sentences that they break.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from planparse.reading.edits import Edit, line_starts
from planparse.text import breaks_sentence

#: A text shorter than this, in lines, is not judged.
_FEWEST_LINES = 20
#: Of the lines, so many have as many blank lines behind them, of which so many break a sentence. (Texts of paragraphs break
#: up to 3 of 100, and those that are wrapped 35 and more.)
_SPACED, _BREAKING = 0.7, 0.1
#: So many rows of a table with a blank line between are no chance.
_FEWEST_ROWS = 3
#: So many characters tell how a text is set.
_SAMPLE = 12_000
#: A row that ends with a bar and has a blank line below it.
_SPACED_ROW = "|\n\n"


class _Pair(NamedTuple):
    """A line that is not blank and the next, the index of the first, and how many lines on the second stands."""

    before: str
    after: str
    line: int
    distance: int


def spaced_lines(clean: str) -> list[Edit]:
    """What takes the blank lines out of a clean text that part no paragraphs."""
    wrapped = _neighbours(clean[:_SAMPLE]) if "\n\n" in clean or "\n " in clean else []
    usual = _usual_distance(wrapped)
    if usual > 1 and _breaks_sentences(wrapped, usual):
        return _closing(clean, lambda before, after, distance: distance == usual)
    if clean.count(_SPACED_ROW) >= _FEWEST_ROWS:
        rows = [pair for pair in _neighbours(clean) if _is_row(pair.before) and _is_row(pair.after)]
        if sum(pair.distance > 1 for pair in rows) * 2 > len(rows):
            return _closing(clean, lambda before, after, distance: distance > 1 and _is_row(before) and _is_row(after))
    return []


def _neighbours(clean: str) -> list[_Pair]:
    """The lines of a text that are not blank, each with the next."""
    texts = [line.strip() for line in clean.split("\n")]
    filled = [i for i, text in enumerate(texts) if text]
    return [_Pair(texts[before], texts[after], before, after - before) for before, after in pairwise(filled)]


def _usual_distance(pairs: list[_Pair]) -> int:
    """The distance, in lines, that most lines of a text have from the next; 0 where there is no usual one."""
    distances = Counter(pair.distance for pair in pairs).most_common(1)
    if len(pairs) < _FEWEST_LINES or distances[0][1] < _SPACED * len(pairs):
        return 0
    return distances[0][0]


def _breaks_sentences(pairs: list[_Pair], usual: int) -> bool:
    """Whether so many of the blank lines between two lines stand inside a sentence that none parts paragraphs."""
    judged = [pair for pair in pairs if pair.distance == usual]
    breaking = sum(breaks_sentence(pair.before, pair.after) for pair in judged)
    return breaking >= _BREAKING * len(judged)


def _closing(clean: str, closes: Callable[[str, str, int], bool]) -> list[Edit]:
    """What takes out the blank lines between the lines that belong together."""
    starts = line_starts(clean.split("\n"))
    edits = []
    for pair in _neighbours(clean):
        if closes(pair.before, pair.after, pair.distance):
            edits += [Edit(starts[i], starts[i + 1], "") for i in range(pair.line + 1, pair.line + pair.distance)]
    return edits


def _is_row(text: str) -> bool:
    return "|" in text and len(text) > 1
