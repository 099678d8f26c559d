"""Tables whose merged cells the format states: every place of the grid is known."""

from __future__ import annotations

from planparse.grammar.grammar import Grammar
from planparse.layout.cells import Cell, Grid
from planparse.layout.codes import is_code
from planparse.structure.table_columns import header_rows_of, kind_of_path, mend_content
from planparse.structure.table_parts import Heading, Row, Table

#: A merged cell is not wider than this; what asks for more was made to fill the memory.
_WIDEST = 200
#: Nor do merged cells cover more places of one table than this.
_MOST_COVERED = 1_000_000
#: A place of a grid: the cell that stands in it, and the row and column where that cell begins.
_Place = tuple[Cell, int, int]


def read_stated(grammar: Grammar, grid: Grid, covers: list[list[tuple[int, int]]]) -> Table:
    """The table of a grid whose merged cells are stated: what a cell covers is repeated and marked as carried."""
    places = _places(grid.rows, covers)
    count = max(map(len, places))
    header = _stated_header(grammar, grid, places)
    paths = [_stated_path(places[:header], index) for index in range(count)]
    columns = [Heading(path, kind_of_path(grammar, path)) for path in paths]
    mend_content(columns)
    table = Table(columns, [], [index for index, path in enumerate(paths) if not path])
    numbered = next((i for i, column in enumerate(columns) if column.kind == "number"), None)
    for at in range(header, len(places)):
        if grid.rows[at]:
            table.rows.append(_stated_row(grid.rows[at], places[at], at, count, numbered))
    return table


def _places(rows: list[list[Cell]], covers: list[list[tuple[int, int]]]) -> list[list[_Place | None]]:
    """Each row's places from the left: a cell stands in the first place that no cell above covers."""
    made: list[list[_Place | None]] = []
    reaching: dict[int, tuple[_Place, int]] = {}  # by column: the cell from above, and how many rows it still covers
    room = _MOST_COVERED
    for at, (row, sizes) in enumerate(zip(rows, covers, strict=True)):
        places: list[_Place | None] = []
        to_come = len(row)
        end = max(reaching, default=-1)
        while to_come or len(places) <= end:
            column = len(places)
            if column in reaching:
                above, left = reaching.pop(column)
                places.append(above)
                if left > 1:
                    reaching[column] = (above, left - 1)
            elif not to_come:
                places.append(None)
            else:
                cell, (height, width) = row[-to_come], sizes[-to_come]
                to_come -= 1
                own: _Place = (cell, at, column)
                wanted = range(column, column + max(1, min(width, _WIDEST, room)))
                # Two cells that claim one place: the one above has it.
                taken = range(column, next((place for place in wanted if place in reaching), wanted.stop))
                places += [own] * len(taken)
                if height > 1 and room:
                    reaching |= dict.fromkeys(taken, (own, height - 1))
        room = max(0, room - len(places) + len(row))
        made.append(places)
    return made


def _stated_header(grammar: Grammar, grid: Grid, places: list[list[_Place | None]]) -> int:
    """How many rows are header: as the format marks, or as they read, and as far down as their cells reach."""
    header = min(header_rows_of(grammar, grid), len(places) - 1)
    while header and header < len(places) - 1 and any(place and place[1] < header for place in places[header]):
        header += 1
    return header


def _stated_path(header: list[list[_Place | None]], index: int) -> list[str]:
    path: list[str] = []
    last: _Place | None = None
    for row in header:
        place = row[index] if index < len(row) else None
        if place is not None and place is not last and place[0].text:
            path.append(place[0].text.replace("\n", " "))
        last = place
    return path


def _stated_row(printed: list[Cell], places: list[_Place | None], at: int, count: int, numbered: int | None) -> Row:
    row = Row([""] * count, [], printed)
    for index, place in enumerate(places):
        if place is None:
            continue
        cell, top, left = place
        row.cells[index] = cell.text
        if (top, left) != (at, index):
            row.carried.append(index)
    own = {place[0] for place in places if place and place[1] == at and place[0].text}
    row.spanning = count > 2 and 0 < len(own) <= 2 and all(place is None or place[1] == at for place in places)
    if numbered is not None and numbered < len(places) and (place := places[numbered]) is not None:
        row.number_lost = place[1] < at
        wide = sum(other is not None and other[1:] == place[1:] for other in places) > 1
        row.unnumbered = wide and not is_code(place[0].text)
    return row
