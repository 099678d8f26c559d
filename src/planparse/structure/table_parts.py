"""A table as structure reads it: columns and rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from planparse.layout.cells import Cell


@dataclass(slots=True, eq=False, repr=False)
class Heading:
    """A column: its header levels from the top, its kind, and whether either had to be inferred."""

    path: list[str]
    kind: str


@dataclass(slots=True, eq=False, repr=False)
class Row:
    """A row: one text a column; `carried` are the columns whose text stands in a row above, in a merged cell.

    spanning: the row prints a number and one text that spans what is left.
    untitled: the text in the place of a group's title belongs to another column.
    unnumbered: what stands in the number's column is a text that spans others too ("Tổng cộng").
    """

    cells: list[str]
    carried: list[int]
    source: list[Cell]
    number: str = ""
    parent: int | None = None
    level: int = 1
    kind: str = "item"
    spanning: bool = False
    untitled: bool = False
    number_lost: bool = False
    unnumbered: bool = False
    ocr: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Table:
    """A table with its rows in order; `parent` of a row is an index into `rows`.

    inferred: columns whose header is not printed; ragged: rows that do not fit the columns, by index.
    """

    columns: list[Heading]
    rows: list[Row]
    inferred: list[int] = field(default_factory=list)
    ragged: list[int] = field(default_factory=list)
