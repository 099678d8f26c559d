"""A printed grid becomes a table: columns and their kinds, cells under the column that they belong to, and the tree of its
rows by number."""

from __future__ import annotations

from planparse.grammar.grammar import Grammar
from planparse.layout.cells import Grid
from planparse.structure.table_alignment import Aligner, keeps_padding
from planparse.structure.table_columns import column_count, header_rows_of, read_columns, without_padding
from planparse.structure.table_parts import Table
from planparse.structure.table_stated import read_stated
from planparse.structure.table_tree import read_tree


def read_table(grammar: Grammar, grid: Grid) -> Table:
    """The table that a grid prints."""
    if grid.covers is not None:
        return read_stated(grammar, grid, grid.covers)
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
    read_tree(grammar, table)
    return table
