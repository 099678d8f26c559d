"""Blank lines that part no paragraphs: between every two lines of a hard-wrapped text, as some converters of PDF files
write it, and between the rows of a table.

    chuyển đổi sang phương án trồng rừng, gắn với việc đa mục

    đích nhằm nâng cao giá trị

They are told from blank lines between paragraphs by the sentences that they break.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from planparse.late import late
from planparse.reading.edits import Edit

#: A text shorter than this, in lines, is not judged.
_FEWEST_LINES = 20
#: Of the lines, so many have as many blank lines behind them, of which so many break a sentence. (Texts of paragraphs break
#: up to 3 of 100, and those that are wrapped 35 and more.)
_SPACED, _BREAKING = 0.7, 0.1
#: So many rows of a table with a blank line between are no chance.
_FEWEST_ROWS = 3
_POINT = late(r"[a-zđ](?:[.)/]|\s?\))")
_ENDS = ".;:!?|"


def spaced_lines(clean: str) -> list[Edit]:
    """What takes the blank lines out of a clean text that part no paragraphs."""
    if "|" not in clean and clean.count("\n\n") < _FEWEST_LINES * _SPACED and "\n \n" not in clean:
        return []
    raws = clean.split("\n")
    texts = [raw.strip() for raw in raws]
    filled = [i for i, text in enumerate(texts) if text]
    neighbours = list(pairwise(filled))
    usual = Counter(after - before for before, after in neighbours).most_common(1)[0][0] if neighbours else 0
    spaced = [(before, after) for before, after in neighbours if after - before == usual]
    if (
        usual == 1
        or len(filled) < _FEWEST_LINES
        or len(spaced) < _SPACED * len(neighbours)
        or not _break_sentences(texts, spaced)
    ):
        spaced = _between_rows(texts, neighbours)
    starts, at = [], 0
    for raw in raws:
        starts.append(at)
        at += len(raw) + 1
    blank = (i for before, after in spaced for i in range(before + 1, after))
    return [Edit(starts[i], starts[i] + len(raws[i]) + 1, "") for i in blank]


def _break_sentences(texts: list[str], pairs: list[tuple[int, int]]) -> bool:
    """Whether so many of the blank lines between two lines stand inside a sentence that none parts paragraphs."""
    breaking = sum(
        texts[after][0].islower() and texts[before][-1] not in _ENDS and not _POINT.match(texts[after])
        for before, after in pairs
    )
    return breaking >= _BREAKING * len(pairs)


def _between_rows(texts: list[str], neighbours: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The rows of tables that blank lines part, where more rows are parted so than are not."""
    rows = [(before, after) for before, after in neighbours if _is_row(texts[before]) and _is_row(texts[after])]
    spaced = [(before, after) for before, after in rows if after - before > 1]
    return spaced if len(spaced) >= _FEWEST_ROWS and 2 * len(spaced) > len(rows) else []


def _is_row(text: str) -> bool:
    return "|" in text and len(text) > 1
