"""Rows of a table whose cells are set apart by tabs, as a copy from Word, a spreadsheet or a browser has them:
"1⇥Trồng rừng⇥Sở Y tế⇥2024".

A tab stands for a cell where rows with the same number of them follow one another; behind the number of an item
("1.⇥Mục đích") and in front of a paragraph it is a blank. A cell that goes on over lines is told by what its row lacks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from planparse.late import late
from planparse.reading.edits import Edit, line_starts

#: A table has at least so many columns, of which a tab parts two; and so many rows of the usual number of cells.
_FEWEST_TABS = 2
_COLUMNS_OF_LETTERHEAD = 2
_FEWEST_ROWS, _FEWEST_ROWS_OF_TWO_COLUMNS = 2, 3
_MOST_TABS = 40
#: The last cell of a row goes on over no more lines than this.
_MOST_LINES_OF_CELL = 4
#: What opens an item of a list, or a row of a table.
_NUMBER = late(r"\s*\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐa-zđ]|[-–+•*])[.)/]?\s*$")


class _Row(NamedTuple):
    """The lines of a row, and its tabs."""

    first: int
    last: int
    tabs: int


def tab_rows(text: str) -> tuple[list[Edit], int]:
    """What makes rows with bars of the rows with tabs in a text, and how many rows they are."""
    if text.count("\t") < _FEWEST_TABS:
        return [], 0
    lines = text.split("\n")
    starts = line_starts(lines)
    edits: list[Edit] = []
    count = 0
    for rows in _tables(lines):
        if _is_aligned(lines, rows):
            continue
        for row in rows:
            count += 1
            for i in range(row.first, row.last + 1):
                tabs = (starts[i] + at for at, letter in enumerate(lines[i]) if letter == "\t")
                edits += [Edit(at, at + 1, " | ") for at in tabs]
            end = starts[row.last] + len(lines[row.last].rstrip("\r"))
            edits.append(Edit(end, end, " |"))
    return edits, count


def _tables(lines: list[str]) -> Iterator[list[_Row]]:
    """The tables among the lines of a text, each as its rows."""
    i = 0
    while i < len(lines):
        if not _is_row(lines[i]):
            i += 1
            continue
        end = _end_of_block(lines, i)
        counts = Counter(lines[j].count("\t") for j in range(i, end) if _is_row(lines[j]))
        wide = {tabs: often for tabs, often in counts.items() if tabs >= _FEWEST_TABS}
        if sum(wide.values()) >= _FEWEST_ROWS:
            usual = max(wide, key=lambda tabs: (wide[tabs], tabs))
            first, last = _bounds(lines, i, end)
            if usual <= _MOST_TABS:
                yield list(_rows(lines, first, last, usual))
        elif counts[1] >= _FEWEST_ROWS_OF_TWO_COLUMNS and not any(_is_item(lines[j]) for j in range(i, end)):
            yield list(_rows(lines, i, end, 1))
        i = end


def _is_aligned(lines: list[str], rows: list[_Row]) -> bool:
    """Whether tabs do no more than move a second column to the right, as in a letterhead or beside a signature."""
    return any(row.tabs >= _FEWEST_TABS for row in rows) and all(
        sum(bool(cell.strip()) for cell in lines[i].split("\t")) <= _COLUMNS_OF_LETTERHEAD
        for row in rows
        for i in range(row.first, row.last + 1)
    )


def _bounds(lines: list[str], first: int, end: int) -> tuple[int, int]:
    """The lines of a table without the items of lists that stand right above and below it ("III.⇥DANH MỤC")."""
    wide = [i for i in range(first, end) if lines[i].count("\t") >= _FEWEST_TABS]
    first = wide[0]
    while end - 1 > wide[-1] and _is_item(lines[end - 1]):
        end -= 1
    return first, end


def _is_row(line: str) -> bool:
    """Whether a line may be one of a row: two of its cells hold words, and no bar stands in it."""
    return "\t" in line and "|" not in line and sum(bool(cell.strip()) for cell in line.split("\t")) > 1


def _is_item(line: str) -> bool:
    """Whether a line is an item of a list, with a tab behind its number."""
    before, _, after = line.strip().partition("\t")
    return bool(_NUMBER.match(before)) and "\t" not in after


def _end_of_block(lines: list[str], first: int) -> int:
    """The line after the last of a run of rows; lines without a tab stand within it where they go on with a cell and a
    row follows soon."""
    end = first + 1
    most = tabs = lines[first].count("\t")
    while end < len(lines):
        following = end
        while following < len(lines) and following - end < _MOST_LINES_OF_CELL and _goes_on(lines[following], tabs < most):
            following += 1
        if following == len(lines) or "\t" not in lines[following].strip(" \r") or "|" in lines[following]:
            break
        here = lines[following].count("\t")
        tabs = tabs + here if tabs + here <= most else here
        most = max(most, tabs)
        end = following + 1
    return end


def _goes_on(line: str, lacking: bool) -> bool:
    """Whether a line may be one more of a cell: it holds words and no tab, and goes on with a sentence or a list where the
    row is not `lacking` cells."""
    words = line.strip()
    return bool(words) and "\t" not in line and "|" not in line and (lacking or words[0].islower() or words[0] in "-–+•*")


def _rows(lines: list[str], first: int, end: int, usual: int) -> Iterator[_Row]:
    """The rows of a run of lines. A line with tabs is a row, and so is one that fills up what the row before it lacks,
    where a cell plainly goes on into it: "1⇥Trồng rừng" / "ngập mặn⇥Sở Y tế⇥2024"."""
    begun, tabs = first, lines[first].count("\t")
    for i in range(first + 1, end):
        here = lines[i].count("\t")
        goes_on = "\t" not in lines[i - 1] or lines[i].lstrip()[:1].islower()
        if here and not (goes_on and tabs + here == usual):
            yield _Row(begun, i - 1, tabs)
            begun, tabs = i, 0
        tabs += here
    yield _Row(begun, end - 1, tabs)
