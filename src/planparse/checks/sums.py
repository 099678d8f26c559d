"""The sums of a budget table: years to a total, items to their group, rows to the total, table to text.

Amounts are counted in thousandths of the table's unit, as integers: "1.318,5" is 1318500. No floating point.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from planparse.checks.finding import Case, Data, Finding, at
from planparse.column_numbers import rows_of
from planparse.facts.money import Money, money_columns, scale_of
from planparse.facts.numbers import read_cell
from planparse.facts.target_units import Units, units_of


def amount(text: str) -> int | None:
    """The amount in a cell, in thousandths; None for a cell without one ("", "-")."""
    number = read_cell(text)
    return number.times(1000) if number is not None else None


#: A sum that says of itself "(làm tròn)" may differ by this share.
_ROUNDED = 0.005


class _Budget(NamedTuple):
    """A table of amounts: its place among the blocks, what is wrong in it, how many of its sums were checked, and what its
    rows add up to by years, in thousandths of a đồng."""

    place: int
    table: Data
    findings: list[Finding]
    checked: int
    sums: dict[tuple[int, ...], int]


def check_sums(case: Case) -> Iterator[Finding]:
    """Every sum that the tables of the document state, and every sum that the text states of a table."""
    budgets = [
        _check_table(case, place, block, columns)
        for place, block in enumerate(case.blocks)
        if block["type"] == "table" and (columns := money_columns(block, case.grammar))
    ]
    said = _check_text(_stated_sums(case), budgets) if budgets else {}
    for budget in budgets:
        told = said.get(budget.place, [])
        wrong = budget.findings + [finding for finding in told if finding is not None]
        checked = budget.checked + len(told)
        yield from wrong
        if checked:
            right = checked - sum(finding.code != "sum.rounded" for finding in wrong)
            yield at("sum.checked", budget.table, count=checked, right=right)


def _check_table(case: Case, place: int, table: Data, columns: list[Money]) -> _Budget:
    rows = rows_of(table)
    values = [[amount(row["cells"][column.place]) for column in columns] for row in rows]
    children: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row["parent"] is not None:
            children.setdefault(row["parent"], []).append(index)
    findings: list[Finding] = []
    checked = 0
    names = [table["columns"][column.place]["name"] for column in columns]
    total_at = next((k for k, column in enumerate(columns) if column.total), None)
    year_at = [k for k, column in enumerate(columns) if len(column.years) == 1]
    for index, row in enumerate(rows):
        shown = row["number"] or row["cells"][_content(table)][:40]
        own = values[index]
        if (
            total_at is not None
            and len(year_at) > 1
            and own[total_at] is not None
            and any(own[k] is not None for k in year_at)
        ):
            checked += 1
            _compare(
                case, findings, "sum.row", row, shown, names[total_at], own[total_at], sum(own[k] or 0 for k in year_at)
            )
        items = [i for i in children.get(row["id"], []) if any(value is not None for value in values[i])]
        # "Giá trước thuế", "Thuế GTGT", "Giá sau thuế": the last holds the others.
        items = [i for i in items if case.grammar.found("sum_of_others", _title(table, rows[i]))] or items
        for k, value in enumerate(own):
            if value is not None and items and any(values[i][k] is not None for i in items):
                checked += 1
                _compare(case, findings, "sum.column", row, shown, names[k], value, sum(values[i][k] or 0 for i in items))
    top = [i for i, row in enumerate(rows) if row["parent"] is None and row["kind"] != "total"]
    parts = [[value for i in top if (value := values[i][k]) is not None] for k in range(len(columns))]
    for index, row in enumerate(rows):
        if row["kind"] != "total":
            continue
        for k, value in enumerate(values[index]):
            if value is not None and len(parts[k]) > 1:
                checked += 1
                _compare(case, findings, "sum.total", row, "", names[k], value, sum(parts[k]))
    scale = _scale(table["unit"] or "", units_of(case.grammar))
    sums: dict[tuple[int, ...], int] = {}
    for k, column in enumerate(columns):
        if len(parts[k]) > 1:
            sums.setdefault(column.years, sum(parts[k]) * scale)
    return _Budget(place, table, findings, checked, sums)


def _compare(
    case: Case,
    findings: list[Finding],
    code: str,
    row: Data,
    shown: str,
    column: str,
    printed: int | None,
    computed: int,
) -> None:
    if printed is None or printed == computed:
        return
    rounded = any(case.grammar.found("rounded", cell.lower()) for cell in row["cells"])
    if not rounded or abs(printed - computed) > abs(printed) * _ROUNDED:
        findings.append(
            at(
                "sum.rounded" if _is_rounding(printed, computed) else code,
                row,
                row=shown,
                column=column,
                printed=_said(printed),
                computed=_said(computed),
                difference=_said(printed - computed),
            )
        )


def _is_rounding(printed: int, computed: int) -> bool:
    """Whether a sum is printed to the next thousand, ten thousand … million, as its items are not: 43.025.313.000 for
    43.025.313.200. Both in thousandths."""
    units = (10**power * 1000 for power in range(3, 7))
    return any(not printed % unit and computed % unit and (computed + unit // 2) // unit * unit == printed for unit in units)


def _said(thousandths: int) -> int | str:
    """The amount as it is said: a whole number, or one with a decimal comma."""
    whole, rest = divmod(abs(thousandths), 1000)
    sign = -1 if thousandths < 0 else 1
    return sign * whole if not rest else f"{'-' if sign < 0 else ''}{whole},{str(rest).zfill(3).rstrip('0')}"


def _title(table: Data, row: Data) -> str:
    return str(row["cells"][_content(table)]).lower()


def _content(table: Data) -> int:
    return next((i for i, column in enumerate(table["columns"]) if column["kind"] == "content"), 0)


class _Stated(NamedTuple):
    """A sum that the text states for a year or a period; `place` is that of its block, `amount` in thousandths of a đồng."""

    place: int
    block: Data
    years: tuple[int, ...]
    period: str
    amount: int


def _stated_sums(case: Case) -> Iterator[_Stated]:
    """The sums that the text states."""
    units = units_of(case.grammar)
    finds = case.grammar.seek("stated_sum")
    for place, block in enumerate(case.blocks):
        text = block.get("text") or ""
        if block["type"] == "table":
            continue
        for find in finds:
            for found in find.matches(text):
                years = (int(found["year"]),) if found["year"] else (int(found["start"]), int(found["end"]))
                if (printed := amount(found["amount"])) is not None:
                    yield _Stated(place, block, years, _period_said(found), printed * _scale(found["unit"], units))


def _check_text(stated: Iterator[_Stated], budgets: list[_Budget]) -> dict[int, list[Finding | None]]:
    """The sums that the text states, each held against one table, by the table's place: None for one that agrees.

    Of several tables for its years a sum is that of the one it agrees with, else of the next one, else of the last: a text
    tells of a table that follows, and another programme's table has another sum.
    """
    by_years: dict[tuple[int, ...], list[_Budget]] = {}
    agreeing: dict[tuple[tuple[int, ...], int], int] = {}
    for budget in budgets:
        for years, computed in budget.sums.items():
            by_years.setdefault(years, []).append(budget)
            agreeing.setdefault((years, computed), budget.place)
    held: dict[int, list[Finding | None]] = {}
    for said in stated:
        if not (tables := by_years.get(said.years)):
            continue
        if (place := agreeing.get((said.years, said.amount))) is not None:
            held.setdefault(place, []).append(None)
            continue
        next_at = bisect_right(tables, said.place, key=lambda budget: budget.place)
        budget = tables[min(next_at, len(tables) - 1)]
        computed = budget.sums[said.years]
        held.setdefault(budget.place, []).append(
            at(
                "sum.text",
                said.block,
                column=said.period,
                printed=_said(said.amount),
                computed=_said(computed),
                difference=_said(said.amount - computed),
            )
        )
    return held


def _period_said(found: re.Match[str]) -> str:
    """The year or period as printed: "giai đoạn 2022-2025"."""
    end = found.end("year") if found["year"] else found.end("end")
    return found[0][: end - found.start()]


def _scale(unit: str, units: Units) -> int:
    scale = scale_of(unit, units)
    return scale.worth if scale is not None else 1
