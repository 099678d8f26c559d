"""Rows of a table that counts different things: what each row is counted in, and which rows are costs."""

from __future__ import annotations

from typing import Any

from planparse.grammar.grammar import Grammar

Data = dict[str, Any]

#: A row is named in one of its first cells.
_NAMING = 2


def unit_column(table: Data, grammar: Grammar) -> int:
    """The place of the column that says what each row is counted in ("ĐVT"), or -1."""
    names = [column["name"] for column in table["columns"]]
    return next((place for place, name in enumerate(names) if grammar.found("target_unit_column", name)), -1)


def is_cost(row: Data, rows: dict[str, Data], grammar: Grammar) -> bool:
    """Whether a row, or one that it stands under, is named as a cost: "Kinh phí thực hiện" / "- Ngân sách tỉnh"."""
    above: Data | None = row
    while above is not None:
        if any(grammar.found("money_cost_row", cell) for cell in above["cells"][:_NAMING]):
            return True
        above = rows.get(above["parent"] or "")
    return False
