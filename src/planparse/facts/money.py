"""Money: amounts in running text and in cells, and the columns of a table that hold amounts. Integers throughout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from planparse.facts.numbers import find_values, read_cell
from planparse.facts.target_units import Units
from planparse.grammar.grammar import Grammar
from planparse.late import late
from planparse.text import WORD, fold_tones

Data = dict[str, Any]

_FACTOR = late(r"(?<!\d)1(?:[. ]?000)+(?!\d)\s*$")
_YEAR = late(r"(?:19|20)\d\d")
_PERIOD = late(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")


class Amount(NamedTuple):
    """An amount in a text: its place, the words of the unit included; how much of which currency; whether it is a rate for
    one of something ("đồng/người")."""

    start: int
    end: int
    amount: int
    currency: str
    rate: bool


class Scale(NamedTuple):
    """What the numbers of a column are counted in: "triệu đồng" is a million VND."""

    worth: int
    currency: str


class Money(NamedTuple):
    """A column of amounts: its place, and the year or period that it is for."""

    place: int
    years: tuple[int, ...]
    total: bool


def find_amounts(text: str, start: int, end: int, units: Units) -> Iterator[Amount]:
    """The amounts in a part of a text: "3.802,8 triệu đồng", "1 tỷ 200 triệu đồng", "5-7 tỷ đồng" (both ends)."""
    begun: tuple[int, int, int] | None = None  # start, end and worth of "1 tỷ" before "200 triệu đồng"
    for value in find_values(text, start, end):
        unit = units.after(text, value.end)
        first, more = value.start, 0
        if begun is not None and not text[begun[1] : value.start].strip():
            first, more = begun[0], begun[2]
        begun = None
        if unit is None:
            continue
        if unit.kind == "scale":
            begun = first, unit.end, more + value.low.times(unit.worth)
        elif unit.kind == "currency":
            rate = unit.per < unit.end and units.times.match(text, unit.per) is None
            for number in (value.low, value.high):
                if number is not None:
                    yield Amount(first, unit.end, more + number.times(unit.worth), unit.currency, rate)


def scale_of(text: str, units: Units) -> Scale | None:
    """What a header or a table's unit says its numbers are counted in: "ĐVT: triệu đồng", "(1.000 đ)", "tỷ"; or None."""
    for found in WORD.finditer(text):
        unit = units.after(text, found.start())
        if unit is not None and unit.kind in {"currency", "scale"} and unit.start == found.start():
            factor = _FACTOR.search(text, 0, found.start())
            digits = int("".join(filter(str.isdecimal, factor[0]))) if factor else 1
            return Scale(unit.worth * digits, unit.currency or "VND")
    return None


def cell_amounts(cell: str, scale: Scale, units: Units) -> list[tuple[int, str]]:
    """The amounts of a cell of money: a number in the column's unit, or numbers with units of their own."""
    number = read_cell(cell)
    if number is not None:
        return [(number.times(scale.worth), scale.currency)]
    return [(found.amount, found.currency) for found in find_amounts(cell, 0, len(cell), units)]


def money_columns(table: Data, grammar: Grammar) -> list[Money]:
    """The columns whose amounts can be added up."""
    columns = []
    sums = grammar.pattern("money_sum")
    for index, column in enumerate(table["columns"]):
        if column["kind"] != "money":
            continue
        name = fold_tones(column["name"].lower())
        years = tuple(sorted({int(year) for year in _YEAR.findall(name)}))
        if period := _PERIOD.search(name):
            years = (int(period[1]), int(period[2]))
        columns.append(Money(index, years, len(years) != 1 and bool(sums.search(name) or len(years) == 2)))
    return columns
