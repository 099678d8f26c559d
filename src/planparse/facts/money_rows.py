"""Amounts in the rows of a table: one fact for each amount in a column of money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from planparse.facts.money import Money, Scale, cell_amounts, money_columns, scale_of
from planparse.facts.numbers import read_cell
from planparse.facts.passages import Passage
from planparse.facts.row_units import is_cost, unit_column
from planparse.facts.target_clauses import find_any
from planparse.facts.target_tables import cells_of
from planparse.facts.target_units import Units
from planparse.grammar.grammar import Grammar
from planparse.late import late

Data = dict[str, Any]

_YEARS = late(r"(?<!\d)((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?(?!\d)")
_LETTER = late(r"[^\W\d_]")


class MoneyTable(NamedTuple):
    """A table of amounts: its columns of money, each with its scale, whether it sums others and its source; its columns of
    times, of sources and of units (or -1); its rows; and for each column of money the rows that others add up to."""

    table: Data
    columns: tuple[tuple[Money, Scale, bool, str | None], ...]
    time: int
    source: int
    unit: int
    rows: dict[str, Data]
    sums: dict[int, frozenset[str]]

    def counted_in(self, row: Data, scale: Scale, column: int, units: Units, grammar: Grammar) -> Scale | None:
        """What an amount of a row is counted in, or None where it is none: in a table with a column of units ("ha", "triệu
        đồng") the row says it, unless the header does."""
        if self.unit < 0 or _says_money(self.table["columns"][column]["name"], units, grammar):
            return scale
        printed = row["cells"][self.unit]
        return scale_of(printed, units) if printed and is_cost(row, self.rows, grammar) else None


def money_table(table: Data, titles: str, units: Units, grammar: Grammar) -> MoneyTable | None:
    """The layout of a table of amounts; None where it is none.

    titles: the titles above the table; a column "Năm 2025" holds money only where the table, its unit, a header ("Tổng số
    (triệu đồng)") or the title says so.
    """
    money = money_columns(table, grammar)
    if not money:
        return None
    names = [column["name"] for column in table["columns"]]
    unit = scale_of(table["unit"] or "", units)
    said = " ".join([*names, table["caption"] or ""])
    place = unit_column(table, grammar)
    stated = [scale_of(_units_said(names[column.place]), units) for column in money]
    told = unit is not None or place >= 0 or any(stated)
    if not told and find_any(grammar, "money_words", f"{said} {titles}") is None:
        return None
    kinds = [column["kind"] for column in table["columns"]]
    columns = []
    # "Tổng kinh phí (triệu đồng) | Trong đó / NSTW": the first that says one says it for the others
    beside = next((scale for scale in stated if scale is not None), None)
    sums = grammar.pattern("money_sum")
    for column, own in zip(money, stated, strict=True):
        name = names[column.place]
        path = table["columns"][column.place]["path"]
        scale = own or unit or beside or Scale(1, "VND")
        source = find_any(grammar, "money_source", name)
        last = path[-1].lower() if len(path) > 1 else ""
        columns.append(
            (column, scale, len(money) > 1 and (column.total or bool(sums.match(last))), source[0] if source else None)
        )
    return MoneyTable(
        table,
        tuple(columns),
        next((i for i, kind in enumerate(kinds) if kind == "time"), -1),
        next((i for i, kind in enumerate(kinds) if kind == "funding_source"), -1),
        place,
        {row["id"]: row for row in table["rows"]},
        {column.place: _summed(table, column.place) for column in money},
    )


def _says_money(name: str, units: Units, grammar: Grammar) -> bool:
    """Whether a header says that its column holds money: "Kinh phí", "Thành tiền", "Năm 2025 (triệu đồng)"."""
    return scale_of(_units_said(name), units) is not None or find_any(grammar, "money_words", name) is not None


def _units_said(name: str) -> str:
    """What a header says in brackets: "Kinh phí (triệu đồng)"; "đồng" outside them may be another word."""
    return " ".join(re.findall(r"\(([^()]*)\)", name))


def _summed(table: Data, place: int) -> frozenset[str]:
    """The rows under which other rows have an amount in the same column."""
    return frozenset(
        row["parent"] for row in table["rows"] if row["parent"] is not None and read_cell(row["cells"][place]) is not None
    )


def read_money_row(passage: Passage, layout: MoneyTable, units: Units, grammar: Grammar) -> Iterator[Data]:
    """The amounts of a row. A row that sums others, and a column that sums others, is of kind total."""
    row = passage.block
    places = dict(cells_of(passage))
    label = row_label(row, layout.table)
    row_years = _YEARS.search(row["cells"][layout.time]) if layout.time >= 0 else None
    row_years = row_years or grammar.says("money_row_of_years", label or "")
    for column, scale, is_sum, source in layout.columns:
        cell = row["cells"][column.place]
        if column.place not in places:
            continue
        counted = layout.counted_in(row, scale, column.place, units, grammar)
        for amount, currency in cell_amounts(cell, counted, units) if counted is not None else ():
            total = is_sum or row["kind"] == "total" or row["id"] in layout.sums[column.place]
            year, period = _when(column.years, row_years)
            yield {
                "span": passage.locate(places[column.place], places[column.place] + len(cell)),
                "amount": amount,
                "currency": currency,
                "label": label,
                "year": year,
                "period": period,
                "source_of_money": source or (row["cells"][layout.source] or None if layout.source >= 0 else None),
                "column": layout.table["columns"][column.place]["name"] or None,
                "kind": "total" if total else "item",
            }


def column_sums(table: Data, layout: MoneyTable) -> Iterator[tuple[int, str]]:
    """What the outermost rows of each column add up to."""
    for column, scale, _, _ in layout.columns:
        numbers = [
            number
            for row in table["rows"]
            if row["parent"] is None
            and row["kind"] != "total"
            and (number := read_cell(row["cells"][column.place])) is not None
        ]
        if len(numbers) > 1:
            yield sum(number.times(scale.worth) for number in numbers), scale.currency


def row_label(row: Data, table: Data) -> str | None:
    """The work of a row: its cell of content, else its first cell with words in no column of money."""
    cells: list[str] = row["cells"]
    kinds = [column["kind"] for column in table["columns"]]
    named = (cell for cell, kind in zip(cells, kinds, strict=False) if kind == "content" and cell)
    other = (cell for cell, kind in zip(cells, kinds, strict=False) if kind != "money" and _LETTER.search(cell))
    return next(named, None) or next(other, None)


def _when(years: tuple[int, ...], printed: re.Match[str] | None) -> tuple[int | None, Data | None]:
    """The year, or the period, of an amount: of its column, else of its row."""
    if not years and printed is not None:
        years = tuple(int(year) for year in printed.groups() if year)
    if len(years) == 1:
        return years[0], None
    return None, {"start": years[0], "end": years[-1]} if years else None
