"""The tables of a format that states their grids (html, docx, pdf), as the lines of the text hold them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from planparse.grammar.grammar import Grammar
from planparse.layout.cells import Cell, Grid, cell_text
from planparse.layout.lines import BAR, PIPE, TEXT, Lines, scan
from planparse.layout.site import Edges
from planparse.reading.source import SetCell, SetTable, Setting

#: The letterhead's table is among the first pieces of the document: it begins within so many lines.
_LETTERHEAD_LINES = 40
#: What only a letterhead says, and what only a signature or a list of recipients says.
_HEAD = ("national_name", "motto", "place_date")
_CLOSING = ("recipients", "authority")


def native_lines(clean: str, setting: Setting) -> Lines:
    """The lines of a text that was set from such a format. It states where its tables are: a bar anywhere else is a bar that
    the document prints, and its line is text. In a table, a line holding only "|" closes a cell or is a word of one."""
    lines = scan(clean)
    if PIPE not in lines.kind and BAR not in lines.kind:
        return lines
    kinds = list(lines.kind)
    closing = {offset for table in setting.tables for offset in _closing_bars(table)}
    ranges = iter([*((table.start, table.end) for table in setting.tables), (len(clean) + 1,) * 2])
    start, end = next(ranges)
    for i, kind in enumerate(kinds):
        if kind not in (PIPE, BAR):
            continue
        while lines.start[i] >= end:
            start, end = next(ranges)
        is_set = lines.start[i] in closing if kind == BAR else lines.start[i] >= start
        kinds[i] = kind if is_set else TEXT
    return Lines(kinds, lines.text, lines.start, lines.end)


def _closing_bars(table: SetTable) -> Iterator[int]:
    """Where the bars stand that close the cells of a table."""
    for row in table.rows:
        for cell in row:
            yield cell.end + 1 if cell.end > cell.start else cell.start


def native_edges(lines: Lines, setting: Setting) -> Edges:
    """The lines of the document itself, as its reader found them."""
    return Edges(_line_at(lines, setting.begin), max(_line_at(lines, setting.begin), _line_after(lines, setting.end)))


def native_grids(lines: Lines, setting: Setting, grammar: Grammar) -> list[Grid]:
    """The data tables; letterheads, signatures and frames around text are set as tables too, and are none."""
    grids = (_grid(lines, table) for table in setting.tables)
    return [grid for grid in grids if _holds_data(grid, grammar, lines)]


def _grid(lines: Lines, table: SetTable) -> Grid:
    rows = [[_cell(lines, cell) for cell in row] for row in table.rows]
    covers = [[(cell.rows, cell.columns) for cell in row] for row in table.rows]
    first = _line_at(lines, table.start)
    return Grid(rows, table.header, first, _line_at(lines, table.end - 1), table.start, table.end, covers)


def _cell(lines: Lines, cell: SetCell) -> Cell:
    first = _line_at(lines, cell.start)
    if cell.end <= cell.start:
        return Cell("", cell.start, cell.start, first, first, True)
    last = _line_at(lines, cell.end - 1)
    return Cell(cell_text(lines, range(first, last + 1), stated=True), cell.start, cell.end, first, last, True)


def _line_at(lines: Lines, offset: int) -> int:
    return max(0, bisect_right(lines.start, offset) - 1)


def _line_after(lines: Lines, offset: int) -> int:
    """The first line that begins at an offset or after it."""
    at = bisect_right(lines.start, offset - 1)
    return min(at, len(lines))


def _holds_data(grid: Grid, grammar: Grammar, lines: Lines) -> bool:
    """Whether a table holds data: two columns and two rows at least, and nothing of a letterhead or a signature. A form
    to fill in, a header of three columns over empty rows, is such a table, too."""
    rows = [row for row in grid.rows if any(cell.text for cell in row)]
    is_form = len(rows) == 1 < len(grid.rows) and rows[0] is grid.rows[0] and sum(bool(cell.text) for cell in rows[0]) > 2
    if (len(rows) < 2 and not is_form) or max(map(len, rows)) < 2:
        return False
    printed = [line for row in rows[:6] for cell in row for line in cell.text.split("\n") if line]
    if grid.first < _LETTERHEAD_LINES and any(grammar.says(kind, line) for line in printed for kind in _HEAD):
        return False
    return len(rows) > 3 or not any(grammar.says(kind, line) for line in printed for kind in _CLOSING)
