"""The columns that a grid really has: one in which no cell begins is none.

A merged cell may ask for more columns than its table has ("colspan=10" over three of them), and a table that was edited
keeps columns that nothing stands in any more. HTML calls a column without a cell of its own an error of the table's model,
and no program gives it any width.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from planparse.reading.native import Cell

#: No cell is wider in HTML, whatever it asks for (HTML Standard, "algorithm for processing rows").
_WIDEST = 1000
#: A table of more cells reaching down from above, counted again in each row, was made to hold the program up.
_MOST_REACHING = 1_000_000


def columns_between(begins: Iterable[int]) -> Callable[[int, int], int]:
    """How many columns of a grid lie between two edges, of which cells begin at `begins`; no cell has fewer than one."""
    edges = sorted(set(begins))
    return lambda left, right: max(1, bisect_left(edges, right) - bisect_left(edges, left))


def fitted(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows whose cells say how many columns they ask for, each with how many it has: a cell stands in the first place that
    no cell above it covers, and ends where one does."""
    reaching: list[tuple[int, int, int]] = []  # by columns: from, up to, and how many rows more
    placed: list[list[tuple[int, int]]] = []
    room = _MOST_REACHING
    for row in rows:
        room -= len(reaching)
        if room < 0:
            return rows
        above = iter([*reaching, (-1, -1, 0)])
        start, end, _ = next(above)
        own: list[tuple[int, int]] = []
        left = 0
        for cell in row:
            while start == left:
                left = end
                start, end, _ = next(above)
            wanted = left + max(1, min(cell.columns, _WIDEST))
            own.append((left, min(wanted, start) if start > left else wanted))
            left = own[-1][1]
        placed.append(own)
        reaching = sorted(
            [(start, end, more - 1) for start, end, more in reaching if more > 1]
            + [(*place, cell.rows - 1) for place, cell in zip(own, row, strict=True) if cell.rows > 1]
        )
    count = columns_between(left for own in placed for left, _ in own)
    return [
        [cell._replace(columns=count(*place)) for cell, place in zip(row, own, strict=True)]
        for row, own in zip(rows, placed, strict=True)
    ]
