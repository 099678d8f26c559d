"""Times that a text names: dates, months, quarters, years, periods and what comes again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from planparse.grammar.grammar import Grammar, load
from planparse.grammar.patterns import Pattern
from planparse.text import fold_tones, from_roman

#: Where none of these stands, a text names no time.
_SIGNS = ("ăm", "uý", "uí", "háng", "gày", "uần", "20", "19", "hường", "iên", "kỳ")
_EVERY = {"năm": "yearly", "niên": "yearly", "quý": "quarterly", "tháng": "monthly", "tuần": "weekly", "ngày": "daily"}
_MONTHS = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
_COUNTS = {"một": 1, "ba": 3, "sáu": 6}


_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Time(NamedTuple):
    """A time in a text.

    start, end: the range of its words; kind: date, month, quarter, half, year, period, recurrence, open, event.
    first_year, last_year: the years that it names (the same for one year), else None.
    date: ISO 8601 for a day; "--11-30" where no year is printed, "---25" where no month is.
    recurrence: yearly, half-yearly, quarterly, monthly, weekly, daily, or "every-2-years" and the like.
    """

    start: int
    end: int
    kind: str
    first_year: int | None = None
    last_year: int | None = None
    month: int | None = None
    quarter: int | None = None
    date: str | None = None
    recurrence: str | None = None


def find_times(text: str, grammar: Grammar | None = None) -> list[Time]:
    """The times in a text, in its order; of two that overlap, the one that begins first, then the longer
    ("ngày 30 tháng 11 hằng năm" is one date that comes again, not three times)."""
    if not any(sign in text for sign in _SIGNS):
        return []
    folded = fold_tones(text)
    found = [_time(match) for pattern in (grammar or load()).finds("time") for match in matches(pattern, folded)]
    found.sort(key=lambda time: (time.start, -time.end))
    kept: list[Time] = []
    for time in found:
        if not kept or time.start >= kept[-1].end:
            kept.append(time)
    return kept


def matches(pattern: Pattern, text: str) -> Iterator[Any]:
    """All matches of a grammar pattern in a text, shipped or a user's own."""
    if isinstance(pattern, re.Pattern):
        return pattern.finditer(text)
    found = pattern.search(text)
    return iter([found] if found else [])


def _time(match: Any) -> Time:
    """The time that a match says; the names of the groups are those of the rows of times.toml."""
    said = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    year = int(said["year"]) if "year" in said else None
    month = int(said["month"]) if "month" in said else None
    recurrence = _recurrence(said)
    if "day" in said:
        date = iso_date(year, month, int(said["day"]))
        if date is not None:
            return Time(start, end, "date", year, year, month, None, date, recurrence)
        return Time(start, end, "month" if month else "year", year, year, month, None, None, recurrence)
    if "until" in said:
        return Time(start, end, "period", year, int(said["until"]))
    if "quarter" in said:
        value = said["quarter"]
        return Time(start, end, "quarter", year, year, None, from_roman(value) or int(value))
    if month is not None:
        return Time(start, end, "month", year, year, month, None, None, recurrence)
    if "half" in said:
        return Time(start, end, "half", year, year)
    if year is not None:
        return Time(start, end, "year", year, year)
    if recurrence is not None:
        return Time(start, end, "recurrence", recurrence=recurrence)
    return Time(start, end, "open" if "open" in said else "event")


def _recurrence(said: dict[str, str]) -> str | None:
    if "yearly" in said:
        return "yearly"
    if "every" in said:
        words = said["every"].lower()
        if "quý" in words:
            return "quarterly"
        if words in {"nửa năm", "bán niên"}:
            return "half-yearly"
        return next(
            (value for word, value in _EVERY.items() if words.endswith(word)), "monthly" if "tháng" in words else None
        )
    for count, unit in (("count", "unit"), ("count_after", "unit_after")):
        if count in said:
            number = _COUNTS.get(said[count]) or int(said[count])
            if said[unit] == "năm":
                return "yearly" if number == 1 else f"every-{number}-years"
            return _MONTHS.get(number, f"every-{number}-months")
    return None


def iso_date(year: int | None, month: int | None, day: int) -> str | None:
    """The day in ISO 8601, as much of it as is known; None for a day that is none (31 June)."""
    if month is None:
        return f"---{day:02}"
    if (
        not 1 <= month <= 12
        or not day
        or day > _LONGEST_MONTH[month - 1]
        or (year and month == 2 and day == 29 and not _leaps(year))
    ):
        return None
    return f"{year:04}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"


def _leaps(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
