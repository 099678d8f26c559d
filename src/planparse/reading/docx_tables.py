"""The true grid of a table of Word: rows of cells with how many rows and columns of the grid each covers.

Word keeps for each cell how many columns of w:tblGrid it spans, and for a cell merged downwards a cell in each row that it
reaches, of which only the first is printed (ISO/IEC 29500-1, 17.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planparse.reading.grid_columns import columns_between
from planparse.reading.native import Cell

#: A column of the grid that is narrower comes of edges that were drawn not quite under one another; in twips, 1/20 point.
_SLIVER = 120
#: No table is wider; what says so was made to fill the memory.
_WIDEST = 500


class RawCell(NamedTuple):
    """A cell as it is kept: its text, the columns of the grid that it spans; merge: "restart" where a cell merged downwards
    begins, "continue" where it goes on, or "" for a cell of one row; joined: it goes on from the cell to its left."""

    text: str
    span: int = 1
    merge: str = ""
    joined: bool = False


class RawRow(NamedTuple):
    """A row as it is kept: its cells, the columns of the grid that stay free before and after them, whether it is header."""

    cells: list[RawCell]
    before: int = 0
    after: int = 0
    header: bool = False


class Grid(NamedTuple):
    """The rows of a table, how many of the first are header, and how many cells under a merged one held text, which Word
    does not print."""

    rows: list[list[Cell]]
    header: int
    covered: int


@dataclass(slots=True)
class _Placed:
    """A cell in its place: from an edge of the grid to another, over so many rows."""

    text: str
    left: int
    right: int
    merge: str = ""
    rows: int = 1


def make_grid(rows: list[RawRow], widths: list[int]) -> Grid:
    """The grid of a table. `widths` are those of the columns of w:tblGrid in twips, empty where they are not said."""
    placed = [_placed(row) for row in rows]
    covered = _merge_down(placed)
    same = _same_edges(placed, widths)
    count = columns_between(same[cell.left] for row in placed for cell in row)
    made = [
        [Cell(cell.text, cell.rows, count(same[cell.left], same[cell.right])) for cell in row if cell.merge != "continue"]
        for row in placed
    ]
    header = next((at for at, row in enumerate(rows) if not row.header), 0)
    return Grid(made, header, covered)


def _placed(row: RawRow) -> list[_Placed]:
    cells: list[_Placed] = []
    at = 0
    for text, span, merge, joined in (RawCell("", row.before), *row.cells, RawCell("", row.after)):
        right = min(at + max(0, span), _WIDEST)
        if right <= at and not text:
            continue
        right = max(right, at + 1)
        if joined and cells:
            cells[-1].right = right
            cells[-1].text = "\n".join(filter(None, (cells[-1].text, text)))
        else:
            cells.append(_Placed(text, at, right, merge))
        at = right
    return cells


def _merge_down(rows: list[list[_Placed]]) -> int:
    """Give each cell the rows that it reaches; how many of the cells that it covers held text. A cell that says it goes on
    where no cell of its width stands above is one of its own, as Word shows it."""
    covered = 0
    above: dict[tuple[int, int], _Placed] = {}
    for row in rows:
        reaching: dict[tuple[int, int], _Placed] = {}
        for cell in row:
            place = (cell.left, cell.right)
            if cell.merge == "continue" and place in above:
                above[place].rows += 1
                covered += bool(cell.text)
                reaching[place] = above[place]
            elif cell.merge:
                cell.merge = "restart"
                reaching[place] = cell
        above = reaching
    return covered


def _same_edges(rows: list[list[_Placed]], widths: list[int]) -> dict[int, int]:
    """Each edge at which a cell begins or ends, and the one that stands for it: two that are a sliver apart are one."""
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)} | {0})
    same = _without_slivers(edges, widths)
    if any(same[cell.left] == same[cell.right] for row in rows for cell in row):
        same = {edge: edge for edge in edges}
    return same


def _without_slivers(edges: list[int], widths: list[int]) -> dict[int, int]:
    """Each edge, and the one that stands for it."""
    same: dict[int, int] = {}
    kept = edges[0]
    for edge in edges:
        between = widths[kept:edge]
        apart = len(between) < edge - kept or sum(between) >= _SLIVER or not any(widths)
        if apart:
            kept = edge
        same[edge] = kept
    return same
