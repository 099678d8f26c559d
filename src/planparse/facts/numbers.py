"""Numbers as plans print them: dots or spaces between thousands, a comma before decimals, ranges. Integers throughout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planparse.late import late

#: What follows the first digit, up to 18 of them, in "7.000", "13.233.000.000", "80 000 000", "0,75", "8.5", "22000".
_REST = (
    r"(?:\d{0,2}(?:[.]\d{3}){1,6}(?:,\d{1,9})?|\d{0,2}(?:[ \u00a0]\d{3}){1,6}(?:,\d{1,9})?|\d{0,17}(?:[.,]\d{1,9})?)"
    r"(?![.,]?\d)"
)
#: What stands between the ends of a range.
_TO = r"(?:\s{0,2}[-–—÷]\s{0,2}|\s+đến\s+)"
#: A number or a range ("10 - 15", "12,5% - 13,0%", "5 đến 10"); no part of a date or of a document's number. A unit may be
#: printed right behind it ("200ha"), or what it is counted against ("40/100.000 trẻ"). The pattern begins with the digit
#: and not with what may not stand before it, which is faster.
_VALUE = late(
    rf"(?P<low>\d(?<![\w/]\d)(?<!\w[-–.,:+]\d){_REST})"
    rf"(?:\s?(?P<sign>[%‰])?{_TO}(?P<high>\d{_REST})(?!\s?[/-]\d))?"
    r"(?!/(?!1[.0]*00\s)\d|:\d|[-–]\w|/[A-ZĐ])"
)
#: The text of a cell that holds an amount and nothing else.
_CELL = late(r"(?P<minus>[-–])?(?P<whole>\d{1,3}(?:[. \u00a0]\d{3}){1,6}|\d{1,18})(?:,(?P<rest>\d{1,9}))?$")
_THREE_ZEROS = late(r"\d{1,3}(?:,\d{3})*,000$")


class Number(NamedTuple):
    """A decimal number without rounding: `digits` / 10 ** `places`; "0,75" is (75, 2)."""

    digits: int
    places: int

    def times(self, worth: int) -> int:
        """The number times a whole worth, to the nearest integer: "3.802,8" times a million is 3802800000."""
        divisor: int = 10**self.places
        whole, rest = divmod(abs(self.digits) * worth, divisor)
        whole += 2 * rest >= divisor
        return whole if self.digits >= 0 else -whole

    def as_value(self) -> float:
        """The number as the model's value, which is a float: the nearest one."""
        divisor: int = 10**self.places
        return self.digits / divisor


class Value(NamedTuple):
    """A number or range in a text: its place, and the upper end of a range."""

    start: int
    end: int
    low: Number
    high: Number | None


def read_number(text: str) -> Number:
    """The number that some printed digits stand for. A dot before one or two digits, or after a zero, is a decimal point
    ("8.5", "0.125"); a comma before three zeros stands between thousands ("355,000")."""
    whole, comma, rest = text.partition(",")
    if comma and _THREE_ZEROS.match(text):
        whole, rest = text.replace(",", ""), ""
    elif not comma and "." in whole:
        head, _, tail = whole.rpartition(".")
        if len(tail) != 3 or head == "0":
            whole, rest = head, tail
    digits = "".join(filter(str.isdecimal, whole)) + rest
    return Number(int(digits), len(rest))


def find_values(text: str, start: int, end: int) -> Iterator[Value]:
    """The numbers and ranges in a part of a text."""
    for found in _VALUE.finditer(text, start, end):
        high = found["high"]
        yield Value(found.start(), found.end(), read_number(found["low"]), read_number(high) if high else None)


def read_cell(text: str) -> Number | None:
    """The number in a cell that holds nothing else; None for a cell without one ("", "-")."""
    found = _CELL.match(text.strip())
    if found is None:
        return None
    rest = found["rest"] or ""
    digits = int("".join(filter(str.isdecimal, found["whole"])) + rest)
    return Number(-digits if found["minus"] else digits, len(rest))


def only_value(text: str) -> Value | None:
    """The number or range that is all of a text ("8,4-8,8", "95%", "≥ 90"); None where more is said or nothing."""
    body = text.lstrip(" ><≥≤=~").rstrip(" %‰.")
    found = _VALUE.fullmatch(body)
    if found is None:
        return None
    at = text.index(body)
    high = found["high"]
    return Value(at, at + len(body), read_number(found["low"]), read_number(high) if high else None)
