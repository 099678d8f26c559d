"""A printed grid becomes a table: columns and their kinds, cells under the column that they belong to, and the tree of its
rows by number."""

from __future__ import annotations

from planparse.column_numbers import are_column_numbers
from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import Kind
from planparse.layout.cells import Grid
from planparse.structure.table_alignment import Aligner, keeps_padding
from planparse.structure.table_columns import column_count, header_rows_of, read_columns, without_padding
from planparse.structure.table_parts import Row, Table
from planparse.structure.table_stated import read_stated
from planparse.structure.table_tree import read_tree
from planparse.text import fold_tones

#: Kinds that a column of amounts may seem to be by its header, and how many figures tell one.
_MAY_BE_AMOUNTS = ("other", "content", "funding_source")
_FEWEST_FIGURES = 2


def read_table(grammar: Grammar, grid: Grid) -> Table:
    """The table that a grid prints."""
    table = _read_printed(grammar, grid) if grid.covers is None else read_stated(grammar, grid, grid.covers)
    numbering = table.rows.pop(0) if table.rows and are_column_numbers(table.rows[0].cells) else None
    _mend_content(grammar, table)
    read_tree(grammar, table)
    _find_amounts(grammar, table)
    _find_times(grammar, table)
    _find_name(grammar, table)
    if numbering is not None:
        _put_first(table, numbering)
    return table


def _put_first(table: Table, numbering: Row) -> None:
    """Put the row that numbers the columns back above the others."""
    for row in table.rows:
        row.parent = row.parent + 1 if row.parent is not None else None
    numbering.number = numbering.cells[0]
    table.rows.insert(0, numbering)


def _filled(table: Table, index: int) -> list[str]:
    """The cells of a column that hold anything."""
    return [row.cells[index] for row in table.rows if row.cells[index]]


def _mend_content(grammar: Grammar, table: Table) -> None:
    """Let the column that names the rows be that of the contents where the one that was taken for it holds figures: "Đơn vị"
    | "Tổng diện tích quy hoạch" of a table of districts."""
    kinds = grammar.columns_by_kind
    taken = next((i for i, column in enumerate(table.columns) if column.kind == "content"), None)
    if taken is None or not _are_figures(_filled(table, taken), kinds["money"].cell):
        return
    for index, column in enumerate(table.columns[:taken]):
        names = _filled(table, index) if column.kind == "quantity" else []
        if len(names) > 1 and all(map(kinds["content"].cell.match, names)):
            column.kind, table.columns[taken].kind = "content", "other"
            return


def _find_amounts(grammar: Grammar, table: Table) -> None:
    """Let the columns that hold amounts be columns of money, though their headers say but whose money it is: "Ngân sách
    tỉnh" | "Ngân sách huyện" | "Tổng cộng"; and so "Khác" beside them under one name."""
    money = grammar.columns_by_kind["money"].cell
    columns = table.columns
    may_be = [
        index
        for index, column in enumerate(columns)
        if column.kind in _MAY_BE_AMOUNTS and column.path and _are_figures(_filled(table, index), money)
    ]
    found = [index for index in may_be if grammar.found("money_source_column", columns[index].path[-1])]
    if len(found) > 1 or any(column.kind == "money" for column in columns):
        for index in found:
            columns[index].kind = "money"
    over = {tuple(column.path[:-1]) for column in columns if column.kind == "money"} - {()}
    for index in may_be:
        if tuple(columns[index].path[:-1]) in over:
            columns[index].kind = "money"


def _find_times(grammar: Grammar, table: Table) -> None:
    """Let a column that names a year or a period be one of times where its cells are: "Giai đoạn 2026-2030" over "Hằng năm",
    "2027". Where all are figures, "2000" may be an amount, but years of the period that is all of the header are none."""
    kinds = grammar.columns_by_kind
    for index, column in enumerate(table.columns):
        if column.kind != "money":
            continue
        cells = _filled(table, index)
        if not all(map(kinds["time"].cell.match, cells)):
            continue
        header = column.path[-1] if column.path else ""
        if not all(map(kinds["money"].cell.match, cells)) or _are_years_of(grammar, header, cells):
            column.kind = "time"


def _are_years_of(grammar: Grammar, header: str, cells: list[str]) -> bool:
    """Whether cells are years of the period that is all that a header says."""
    period = grammar.says("period_header", header)
    return period is not None and all(
        cell.isdecimal() and int(period["first"]) <= int(cell) <= int(period["last"]) for cell in cells
    )


def _find_name(grammar: Grammar, table: Table) -> None:
    """Let the column that names the rows be one of content, though its header reads like that of values: "Chỉ tiêu năm
    2025" | "Đơn vị tính" | "Mức đạt"."""
    content = grammar.columns_by_kind["content"]
    for index, column in enumerate(table.columns):
        if not column.path or not content.header.match(fold_tones(column.path[-1].lower())):
            continue
        if column.kind == "content":
            return
        if column.kind == "quantity":
            cells = _filled(table, index)
            if cells and all(map(content.cell.match, cells)):
                column.kind = "content"
                return


def _are_figures(cells: list[str], figure: Kind) -> bool:
    """Whether the cells of a column are figures, and several."""
    return len(cells) >= _FEWEST_FIGURES and all(map(figure.match, cells))


def _read_printed(grammar: Grammar, grid: Grid) -> Table:
    printed = [without_padding(row) for row in grid.rows]
    header_rows = header_rows_of(grammar, grid)
    count = column_count(grammar, grid, header_rows)
    columns, inferred = read_columns(grammar, printed[:header_rows], grid.rows[header_rows:], count)
    count = len(columns)
    table = Table(columns, [], inferred)
    aligner = Aligner(grammar, columns, keeps_padding(grid, header_rows, count))
    for index in range(header_rows, len(grid.rows)):
        cells = [cell.text for cell in grid.rows[index]]
        if index == header_rows and len(cells) >= count and are_column_numbers(cells):
            table.rows.append(Row(cells[:count], [], grid.rows[index]))
            continue
        row, fits = aligner.align(grid.rows[index])
        if not fits:
            table.ragged.append(len(table.rows))
        table.rows.append(row)
    return table
