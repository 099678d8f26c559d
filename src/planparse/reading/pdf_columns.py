"""Two columns side by side: the head of a document, and its recipients beside the signature."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from planparse.reading.pdf_lines import Line

#: The way between two columns is at least so wide, in sizes of the letters.
_WAY = 0.7
#: Each column has so many lines, or one beside several that are centred on one another; and this share of the text's width.
_FEWEST_LINES = 2
_NARROWEST = 0.12


class Columns(NamedTuple):
    """Two columns: the lines of the left one, and of the right one, from the top."""

    left: list[Line]
    right: list[Line]


def with_columns(lines: list[Line], left: float, right: float) -> list[Line | Columns]:
    """The lines of a page from the top, those of two columns together; `left` and `right` are the edges of the text."""
    made: list[Line | Columns] = []
    at = 0
    while at < len(lines):
        found = _columns_at(lines, at, left, right)
        if found is None:
            made.append(lines[at])
            at += 1
            continue
        columns, end, _, high = found
        above: list[Line] = []
        while made and isinstance(line := made[-1], Line) and _only_right(line, high, left, right, columns):
            above.insert(0, line)
            made.pop()
        made.append(Columns(columns.left, [*above, *columns.right]))
        at = end
    return made


def _columns_at(lines: list[Line], at: int, left: float, right: float) -> tuple[Columns, int, float, float] | None:
    """The columns that begin at a line, the line after them, and the way between them: at a line with a gap, or at two
    lines side by side that stand too near to be one under the other."""
    runs = lines[at].runs
    ways = [(before.x1, after.x0) for before, after in pairwise(runs)]
    if len(runs) == 1 and at + 1 < len(lines) and lines[at].y - lines[at + 1].y < 0.9 * lines[at].size:
        beside, below = sorted(lines[at : at + 2], key=lambda line: line.x0)
        ways = [(beside.x1, below.x0)] if beside.x1 < below.x0 else []
    found = (_down(lines, at, low, high, left, right) for low, high in ways)
    return max((columns for columns in found if columns is not None), key=lambda columns: columns[1], default=None)


def _down(
    lines: list[Line], at: int, low: float, high: float, left: float, right: float
) -> tuple[Columns, int, float, float] | None:
    """The columns on both sides of a way, as far down as it stays open."""
    columns = Columns([], [])
    end = at
    while end < len(lines):
        line = lines[end]
        way = _WAY * line.size
        left_runs = [run for run in line.runs if run.x1 <= high - way]
        right_runs = [run for run in line.runs if run.x0 >= low + way]
        new_low = max([low, *(run.x1 for run in left_runs)])
        new_high = min([high, *(run.x0 for run in right_runs)])
        if len(left_runs) + len(right_runs) != len(line.runs) or new_high - new_low < way:
            break
        if not left_runs and _is_centred_on_page(line, columns.right, left, right):
            break
        if not right_runs and _is_centred_on_page(line, columns.left, left, right):
            break
        if not right_runs and line.x0 < left + line.size and _past_left(line, columns, lines, end):
            break
        low, high = new_low, new_high
        for side, runs in ((columns.left, left_runs), (columns.right, right_runs)):
            if runs:
                side.append(line._replace(x0=runs[0].x0, x1=runs[-1].x1, runs=runs))
        end += 1
    few, many = sorted(columns, key=len)
    if len(many) < _FEWEST_LINES or (len(few) < _FEWEST_LINES and not _is_centred(many)):
        return None
    width = max(right - left, 1.0)
    if any(max(line.x1 - line.x0 for line in side) < _NARROWEST * width for side in columns):
        return None
    return columns, end, low, high


def _is_centred_on_page(line: Line, column: list[Line], left: float, right: float) -> bool:
    """Whether a line stands in the middle of the text, and not in that of its column: the title under the letterhead."""
    from_page = abs(line.middle - (left + right) / 2)
    if not column or from_page > 1.5 * line.size:
        return False
    middle = sorted(other.middle for other in column)[len(column) // 2]
    return from_page < abs(line.middle - middle)


def _is_centred(column: list[Line]) -> bool:
    """Whether the lines of a column stand in its middle, and not at one edge."""
    middles = [line.middle for line in column]
    begins = [line.x0 for line in column]
    size = column[0].size
    return max(middles) - min(middles) < size and max(begins) - min(begins) > 0.2 * size


def _past_left(line: Line, columns: Columns, lines: list[Line], at: int) -> bool:
    """Whether a line at the left edge goes on below the column: it is set larger than the column is, or far below it."""
    if not columns.left:
        return False
    last = columns.left[-1]
    return line.size > 1.12 * last.size or last.y - line.y > 3.5 * line.size


def _only_right(line: Line, high: float, left: float, right: float, columns: Columns) -> bool:
    """Whether a line above the columns is the top of the right one, which begins higher."""
    return (
        line.x0 >= high - line.size
        and line.y - columns.right[0].y < 2.2 * line.size
        and not _is_centred_on_page(line, columns.right, left, right)
    )
