"""Times that a text names: dates, months, quarters, years, periods and what comes again and again."""

from __future__ import annotations

from typing import Any, NamedTuple

from planparse.grammar.grammar import Grammar, load
from planparse.late import late
from planparse.text import fold_tones, from_roman

_DIGIT = late(r"\d")
#: Groups of the rows that say how often; "thường niên" (annual) is yearly too.
_EVERY = frozenset(("yearly", "quarterly", "monthly", "weekly", "daily"))
_MONTHS = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
#: Words before a time that belong to it take no more than this: "từ nay đến hết thời kỳ ".
_LONGEST_LEAD = 26
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


def find_times(text: str, grammar: Grammar | None = None, *, is_folded: bool = False) -> list[Time]:
    """The times in a text, in its order; of two that overlap, the one that begins first, then the longer
    ("ngày 30 tháng 11 hằng năm" is one date that comes again, not three times). `is_folded`: the text's tone
    placement is folded."""
    grammar = grammar or load()
    folded = text if is_folded else fold_tones(text)
    finds = grammar.seek("time_word")
    if _DIGIT.search(text):
        finds += grammar.seek("time")
    found = []
    for find in finds:
        for match in find.matches(folded) if find.sign in folded else ():
            if time := _time(match):
                found.append(time._replace(start=_lead(folded, time.start, grammar)))
    found.sort(key=lambda time: (time.start, -time.end))
    kept: list[Time] = []
    for time in found:
        if not kept or time.start >= kept[-1].end:
            kept.append(time)
    return kept


def _lead(folded: str, start: int, grammar: Grammar) -> int:
    """Where a time begins with the words before it: "từ nay đến hết" of "từ nay đến hết năm 2025"."""
    low = max(0, start - _LONGEST_LEAD)
    found = grammar.found("time_lead", folded[low:start])
    return low + int(found.start()) if found is not None else start


def _time(match: Any) -> Time | None:
    """The time that a match says, or None for one that is none (31/13/2025); the names of the groups are those of the
    rows of times.toml."""
    said = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    year = int(said["year"]) if "year" in said else None
    month = int(said["month"]) if "month" in said else None
    if "day" in said:
        date = iso_date(year, month, int(said["day"]))
        return Time(start, end, "date", year, year, month, None, date, _recurrence(said)) if date else None
    if "until" in said:
        return Time(start, end, "period", year, int(said["until"]))
    if "quarter" in said:
        value = said["quarter"]
        return Time(start, end, "quarter", year, year, None, from_roman(value) or int(value))
    if month is not None:
        return Time(start, end, "month", year, year, month, None, None, _recurrence(said))
    if "half" in said:
        return Time(start, end, "half", year, year)
    if year is not None:
        return Time(start, end, "year", year, year)
    if (recurrence := _recurrence(said)) is not None:
        return Time(start, end, "recurrence", recurrence=recurrence)
    return Time(start, end, "open" if "open" in said else "event")


def _recurrence(said: dict[str, str]) -> str | None:
    """How often: "hằng quý" is quarterly, "06 tháng/lần" half-yearly."""
    if "annual" in said:
        return "yearly"
    for group in said:
        if group in _EVERY:
            return group
    if "count" not in said:
        return None
    count = int(said["count"])
    if "years" in said:
        return "yearly" if count == 1 else f"every-{count}-years"
    return _MONTHS.get(count, f"every-{count}-months")


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
