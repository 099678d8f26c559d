"""Ruled tables of a document: cells with their text, and tables that go on over pages as one."""

from __future__ import annotations

from typing import NamedTuple

from planparse.reading.native import Cell, Table
from planparse.reading.pdf_grid import Place, Ruled
from planparse.reading.pdf_lines import begins_with_mark, glued, joined_text, lines_of

#: Columns of two pages are the same where their edges are no further apart than this, in points.
_SAME_EDGE = 4.0
#: A header has no more rows than this.
_MOST_HEADER = 4
_SENTENCE_ENDS = frozenset(".;:!?…")


#: A cell by its row, and its place among the row's cells.
_At = tuple[int, int]


class Printed(NamedTuple):
    """A table of one page: the edges of its columns, and its rows of cells."""

    page: int
    xs: list[float]
    rows: list[list[Cell]]


class Joins(NamedTuple):
    """What was decided where tables go on over pages: the pages whose repeated header was dropped, and those whose first
    row was joined to the last row of the page before."""

    headers: list[int]
    rows: list[int]


def printed_table(ruled: Ruled, page: int) -> Printed:
    """The table of a page with the text of its cells."""
    return Printed(page, ruled.xs, [[_cell(place) for place in row] for row in ruled.rows])


def _cell(place: Place) -> Cell:
    lines = lines_of(place.words)
    if not lines:
        return Cell("", place.rows, place.columns)
    inset = min(max(min(line.x0 for line in lines) - place.x0, 0.0), 8.0)
    right = max(max(line.x1 for line in lines), place.x1 - max(inset, 2.0))
    return Cell(joined_text(lines, right), place.rows, place.columns)


class OpenTable:
    """A table that may go on over the next page."""

    def __init__(self, first: Printed) -> None:
        self.page = first.page
        self.last = first.page
        self.xs = first.xs
        self.rows = [list(row) for row in first.rows]
        self.header = 0
        self.pages = [first.page] * len(first.rows)

    def goes_on(self, following: Printed) -> bool:
        """Whether the first table of the next page has the columns of this one."""
        return (
            following.page == self.last + 1
            and len(following.xs) == len(self.xs)
            and all(abs(a - b) <= _SAME_EDGE for a, b in zip(self._shifted(following), self.xs, strict=True))
        )

    def _shifted(self, following: Printed) -> list[float]:
        """The edges of the next page's columns from this table's left edge: a scan is never twice at one place."""
        by = self.xs[0] - following.xs[0]
        return [x + by for x in following.xs] if abs(by) < 40 else following.xs

    def add(self, following: Printed, joins: Joins) -> None:
        """Put the rows of the next page under this table's."""
        rows = list(following.rows)
        repeated = _repeated(self.rows, rows)
        if repeated:
            joins.headers.append(following.page)
            self.header = max(self.header, repeated)
            rows = rows[repeated:]
        if rows and self.rows:
            above = _covering(self.rows, len(self.xs) - 1)
            if _breaks(self.rows, above, rows[0]):
                self._join(above, rows.pop(0))
                joins.rows.append(following.page)
            else:
                rows[0] = self._reach(above, rows[0])
        self.rows += rows
        self.pages += [following.page] * len(rows)
        self.last = following.page

    def _join(self, above: list[_At | None], row: list[Cell]) -> None:
        """Put the cells of a row that goes on under those of the last row."""
        column = 0
        for cell in row:
            at, place = above[column] or (0, 0)
            upper = self.rows[at][place]
            self.rows[at][place] = _glued_cell(upper, cell)._replace(rows=upper.rows + cell.rows - 1)
            column += cell.columns

    def _reach(self, above: list[_At | None], row: list[Cell]) -> list[Cell]:
        """Let merged cells reach down into a row whose first cells are empty; the row without those cells. A cell that is
        merged over several rows is printed once, on its first page."""
        column = 0
        while row and not row[0].text and column < len(above) and (found := above[column]) is not None:
            at, place = found
            upper = self.rows[at][place]
            if upper.columns != row[0].columns or (upper.rows == 1 and row[0].rows == 1):
                break
            self.rows[at][place] = upper._replace(rows=upper.rows + row[0].rows)
            column += row[0].columns
            row = row[1:]
        return row

    def table(self) -> Table:
        """The whole table."""
        return Table(self.rows, self.header, self.page, self.pages)


def _repeated(above: list[list[Cell]], rows: list[list[Cell]]) -> int:
    """How many rows at the top of the next page repeat the header: as many as are alike in most cells, and reach no
    further down."""
    count = 0
    while count < min(_MOST_HEADER, len(above) - 1, len(rows)) and _alike(above[count], rows[count]):
        count += 1
    while count and any(cell.rows > count - at for at in range(count) for cell in rows[at]):
        count -= 1
    return count


def _alike(row: list[Cell], other: list[Cell]) -> bool:
    if [cell.columns for cell in row] != [cell.columns for cell in other]:
        return False
    same = sum(_bare(a.text) == _bare(b.text) for a, b in zip(row, other, strict=True))
    return same * 4 >= len(row) * 3 and any(_bare(cell.text) for cell in row)


def _bare(text: str) -> str:
    return "".join(text.split()).lower()


def _covering(rows: list[list[Cell]], columns: int) -> list[_At | None]:
    """For each column the cell that covers it in the last row, as (row, place in the row)."""
    left = [0] * columns  # how many rows the cell of a column still covers
    held: list[_At | None] = [None] * columns
    for at, row in enumerate(rows):
        column = 0
        for place, cell in enumerate(row):
            while column < columns and left[column]:
                column += 1
            for covered in range(column, min(columns, column + cell.columns)):
                held[covered], left[covered] = (at, place), cell.rows
            column += cell.columns
        if at + 1 < len(rows):
            for column in range(columns):
                left[column] = max(0, left[column] - 1)
                if not left[column]:
                    held[column] = None
    return held


def _breaks(rows: list[list[Cell]], above: list[_At | None], following: list[Cell]) -> bool:
    """Whether the first row of a page is the rest of the last one before: under the same cells, nothing new in the first
    one, and a cell that goes on in the midst of a sentence."""
    if sum(cell.columns for cell in following) != len(above) or len(following) < 2:
        return False
    pairs: list[tuple[str, str]] = []
    column = 0
    for cell in following:
        found = above[column]
        if found is None or any(above[column + step] != found for step in range(cell.columns)):
            return False
        upper = rows[found[0]][found[1]]
        if upper.columns != cell.columns:
            return False
        if cell.text:
            pairs.append((upper.text, cell.text))
        if column == 0 and cell.text and not _mid_sentence(upper.text, cell.text):
            return False
        column += cell.columns
    return any(_mid_sentence(a, b) for a, b in pairs) and all(a for a, _ in pairs)


def _mid_sentence(text: str, following: str) -> bool:
    return bool(text) and text[-1] not in _SENTENCE_ENDS and not begins_with_mark(following) and following[0].islower()


def _glued_cell(cell: Cell, rest: Cell) -> Cell:
    if not rest.text:
        return cell
    if cell.text and cell.text[-1] in _SENTENCE_ENDS:
        return cell._replace(text=f"{cell.text}\n{rest.text}")
    return cell._replace(text=glued(cell.text, rest.text) if cell.text else rest.text)
