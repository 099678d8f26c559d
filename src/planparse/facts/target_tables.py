"""Targets in tables: a row names the indicator, a column the year; and the cells of other tables that hold text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from planparse.facts.money import scale_of
from planparse.facts.numbers import only_value
from planparse.facts.passages import Passage
from planparse.facts.row_units import is_cost, unit_column
from planparse.facts.target_units import Units
from planparse.grammar.grammar import Grammar
from planparse.late import late

Data = dict[str, Any]

_YEAR = late(r"(?<!\d)(?:(20\d\d)\s*[-–]\s*)?(20\d\d)(?!\d)")
_BRACKETS = late(r"\(([^()]{1,30})\)")
_SIGNS = (("≥", ">="), (">=", ">="), ("≤", "<="), ("<=", "<="), (">", ">"), ("<", "<"))
_TEXT = frozenset({"content", "product", "note", "other", "quantity"})


class Values(NamedTuple):
    """A column of values: its place, the year or the years and the unit that its header names, and the indicator, where
    that stands in the header and the rows are places: "Tỷ lệ học sinh biết bơi (%) / Năm 2020" over "Huyện Lục Nam"; and
    whether it says that they are goals."""

    place: int
    since: int | None
    year: int | None
    unit: str | None
    indicator: str | None
    aims: bool


class Layout(NamedTuple):
    """The columns of a table of targets: the one that names the indicator, the one that names a group of them (often the
    same), the one that holds the unit (or -1), and those that hold values."""

    name: int
    over: int
    unit: int
    values: tuple[Values, ...]
    rows: dict[str, Data]


@lru_cache(maxsize=4)
def _layout_of(table: Table, grammar: Grammar) -> Layout | None:
    return table.layout(grammar)


class Table:
    """A table by identity, so that its layout is read once, and the title above it."""

    __slots__ = ("data", "title")

    def __init__(self, data: Data, title: str) -> None:
        self.data = data
        self.title = title

    def __hash__(self) -> int:
        return id(self.data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and other.data is self.data

    def layout(self, grammar: Grammar) -> Layout | None:
        """The columns, or None where the table is none of targets."""
        names = [column["name"] for column in self.data["columns"]]
        kinds = [column["kind"] for column in self.data["columns"]]
        unit = unit_column(self.data, grammar)
        label = next((i for i, kind in enumerate(kinds) if kind == "content" and i != unit), -1)
        if label < 0:
            return None
        titled = grammar.says("target_table_title", self.data["caption"] or self.title) is not None
        listed = _is(grammar, "target_goals", names[label]) or unit >= 0
        goals = titled or listed
        values = []
        planned = {
            year[2]
            for name in names
            if _is(grammar, "target_value_column", name) and (year := _YEAR.search(name)) is not None
        }
        for i, name in enumerate(names):
            if i in {unit, label} or kinds[i] in {"number", "lead", "support", "note", "price", "funding_source"}:
                continue
            year = _YEAR.search(name)
            ends = grammar.found("target_end_column", name)
            aims = _is(grammar, "target_value_column", name) or (ends is not None and ends["year"] in planned)
            if (aims or (goals and year and kinds[i] != "time")) and not _is(grammar, "target_past_column", name):
                bracket = _BRACKETS.search(name)
                over = self._indicator(i) if titled and not listed else None
                until = int(year[2]) if year else None
                since = int(year[1]) if year and year[1] else until
                said = _is(grammar, "target_value_column", name)
                values.append(Values(i, since, until, bracket[1] if bracket else None, over, said))
        if not values or _is(grammar, "money_words", " ".join(names) + " " + (self.data["unit"] or "")):
            return None
        # "Tên tiêu chí | Nội dung tiêu chí | Chỉ tiêu": of several columns of words the nearest to the values names them.
        first = values[0].place
        taken = {column.place for column in values}
        near = [i for i, kind in enumerate(kinds[:first]) if kind == "content" and i != unit and i not in taken]
        rows = {row["id"]: row for row in self.data["rows"]}
        return Layout(near[-1] if near else label, label, unit, tuple(values), rows)

    def _indicator(self, place: int) -> str | None:
        """What the header of a column says is measured: its first level that names no year, without its unit."""
        path = [_BRACKETS.sub("", name).strip() for name in self.data["columns"][place]["path"]]
        return next((name for name in path if name and not _YEAR.search(name)), path[0] if path else None)


def read_target_row(
    passage: Passage, title: str, year: int | None, issued: int | None, units: Units, grammar: Grammar
) -> list[Data]:
    """The targets of a row of a table of targets; none where it is another table, or the row holds text.

    title: what stands above the table: "Chỉ tiêu phổ cập bơi giao các huyện" says that its years hold targets.
    issued: the year of the document; a period that began before it and has ended by then is what was reached.
    """
    assert passage.table is not None
    layout = _layout_of(Table(passage.table, title), grammar)
    if layout is None:
        return []
    row = passage.block
    if layout.unit >= 0 and scale_of(row["cells"][layout.unit], units) and is_cost(row, layout.rows, grammar):
        return []
    places = dict(cells_of(passage))
    found = []
    for index, since, of_year, header_unit, indicator, aims in layout.values:
        if issued and since and of_year and since < of_year <= issued and not aims:
            continue
        cell = row["cells"][index]
        value = only_value(cell) if index in places else None
        if value is None:
            continue
        start = places[index] + value.start
        name = row["cells"][layout.name]
        found.append(
            {
                "span": passage.locate(places[index], places[index] + len(cell)),
                "text": f"{name}: {cell}" if name else cell,
                "indicator": " / ".join(filter(None, (indicator, _named(row, layout)))) or None,
                "comparator": next(
                    (sign for mark, sign in _SIGNS if passage.text[places[index] : start].strip() == mark), "="
                ),
                "value": value.low.as_value(),
                "value_max": value.high.as_value() if value.high else None,
                "unit": _unit(row, cell, layout, header_unit, units),
                "year": of_year or year,
                "baseline_year": None,
            }
        )
    return found


def cells_of(passage: Passage) -> Iterator[tuple[int, int]]:
    """Each cell that a row's text holds: (column, where it begins)."""
    at = 0
    carried = passage.block["carried"]
    for index, cell in enumerate(passage.block["cells"]):
        if cell and index not in carried:
            yield index, at
            at += len(cell) + 1


def text_cells(passage: Passage, kind: str) -> Iterator[tuple[int, int, str]]:
    """The cells of a row that hold running text: (start, end, kind of the section). What a table of costs counts, works and
    rates, is no target."""
    assert passage.table is not None
    columns = passage.table["columns"]
    if any(column["kind"] in {"money", "price"} for column in columns):
        return
    for index, at in cells_of(passage):
        if columns[index]["kind"] in _TEXT:
            yield at, at + len(passage.block["cells"][index]), kind


def _named(row: Data, layout: Layout) -> str:
    """A row's name, after that of the row above it by number: "Tỷ lệ hộ dùng nước sạch / Đô thị"."""
    name = str(row["cells"][layout.name]).strip(" -–+")
    parent = layout.rows.get(row["parent"] or "")
    if parent is not None and parent["number"] and not str(parent["number"]).isupper():
        return f"{parent['cells'][layout.over]} / {name}"
    return name


def _unit(row: Data, cell: str, layout: Layout, header_unit: str | None, units: Units) -> str | None:
    """The unit of a value: of the cell, of the unit column, of the header, or in brackets after the row's name."""
    if cell.rstrip().endswith(("%", "‰")):
        return cell.rstrip()[-1]
    if layout.unit >= 0 and row["cells"][layout.unit]:
        return str(row["cells"][layout.unit])
    above = layout.rows.get(row["parent"] or "")
    for name in (row["cells"][layout.name], above["cells"][layout.name] if above else ""):
        for bracket in reversed(_BRACKETS.findall(name)):
            if units.after(bracket, 0) is not None:
                return str(bracket)
    return header_unit


def _is(grammar: Grammar, kind: str, text: str) -> bool:
    return grammar.found(kind, text) is not None
