"""A printed grid becomes a table: columns and their kinds, cells under the column that they belong to, and the tree of its
rows by number."""

from __future__ import annotations

from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import Kind
from planparse.layout.cells import Grid
from planparse.structure.table_alignment import Aligner, keeps_padding
from planparse.structure.table_columns import column_count, header_rows_of, read_columns, without_padding
from planparse.structure.table_parts import Table
from planparse.structure.table_stated import read_stated
from planparse.structure.table_tree import read_tree
from planparse.text import fold_tones

#: Kinds that a column of amounts may seem to be by its header, and how many figures tell one.
_MAY_BE_AMOUNTS = ("other", "content", "funding_source")
_FEWEST_FIGURES = 2


def read_table(grammar: Grammar, grid: Grid) -> Table:
    """The table that a grid prints."""
    table = _read_printed(grammar, grid) if grid.covers is None else read_stated(grammar, grid, grid.covers)
    _find_amounts(grammar, table)
    _find_times(grammar, table)
    _find_name(grammar, table)
    return table


def _find_amounts(grammar: Grammar, table: Table) -> None:
    """Let the columns that hold amounts be columns of money, though their headers say but whose money it is: "Ngân sách
    tỉnh" | "Ngân sách huyện" | "Tổng cộng"."""
    money = next(column.cell for column in grammar.columns if column.id == "money")
    found = [
        index
        for index, column in enumerate(table.columns)
        if column.kind in _MAY_BE_AMOUNTS
        and column.path
        and grammar.found("money_source_column", column.path[-1])
        and _holds_figures([row.cells[index] for row in table.rows], money)
    ]
    if len(found) > 1 or any(column.kind == "money" for column in table.columns):
        for index in found:
            table.columns[index].kind = "money"


def _find_times(grammar: Grammar, table: Table) -> None:
    """Let a column that names a year or a period be one of times where its cells are: "Giai đoạn 2026-2030" over "Hằng năm",
    "2027"."""
    time = next(column.cell for column in grammar.columns if column.id == "time")
    for index, column in enumerate(table.columns):
        if column.kind == "money":
            filled = [row.cells[index] for row in table.rows if row.cells[index]]
            if filled and all(time.match(cell) for cell in filled):
                column.kind = "time"


def _find_name(grammar: Grammar, table: Table) -> None:
    """Let the column that names the rows be one of content, though its header reads like that of values: "Chỉ tiêu năm
    2025" | "Đơn vị tính" | "Mức đạt"."""
    content = next(column for column in grammar.columns if column.id == "content")
    for index, column in enumerate(table.columns):
        if not column.path or not content.header.match(fold_tones(column.path[-1].lower())):
            continue
        if column.kind == "content":
            return
        if column.kind == "quantity":
            filled = [row.cells[index] for row in table.rows if row.cells[index]]
            if filled and all(content.cell.match(cell) for cell in filled):
                column.kind = "content"
                return


def _holds_figures(cells: list[str], figure: Kind) -> bool:
    """Whether the cells of a column are figures, where they hold anything, and several are."""
    filled = [cell for cell in cells if cell]
    return len(filled) >= _FEWEST_FIGURES and all(figure.match(cell) for cell in filled)


def _read_printed(grammar: Grammar, grid: Grid) -> Table:
    printed = [without_padding(row) for row in grid.rows]
    header_rows = header_rows_of(grammar, grid)
    count = column_count(grammar, grid, header_rows)
    columns, inferred = read_columns(grammar, printed[:header_rows], count)
    count = len(columns)
    kinds = {column.id: column for column in grammar.columns}
    table = Table(columns, [], inferred)
    aligner = Aligner(grammar, columns, kinds, keeps_padding(grid, header_rows, count))
    for index in range(header_rows, len(grid.rows)):
        row, fits = aligner.align(grid.rows[index])
        if not fits:
            table.ragged.append(len(table.rows))
        table.rows.append(row)
    _mend_content(grammar, table)
    read_tree(grammar, table)
    return table


def _mend_content(grammar: Grammar, table: Table) -> None:
    """Let the column that names the rows be that of the contents where the one that was taken for it holds figures: "Đơn vị"
    | "Tổng diện tích quy hoạch" of a table of districts."""
    kinds = {column.id: column.cell for column in grammar.columns}
    cells = [[row.cells[index] for row in table.rows if row.cells[index]] for index in range(len(table.columns))]
    taken = next((i for i, column in enumerate(table.columns) if column.kind == "content"), None)
    if taken is None or not _holds_figures(cells[taken], kinds["money"]):
        return
    for index, column in enumerate(table.columns[:taken]):
        if column.kind == "quantity" and len(cells[index]) > 1 and all(map(kinds["content"].match, cells[index])):
            column.kind, table.columns[taken].kind = "content", "other"
            return
