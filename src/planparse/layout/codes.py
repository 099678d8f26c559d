"""The numbers of table rows: "1", "3.1.1", "A", "IV.", "-"; what each says, and which can come next."""

from __future__ import annotations

import re
from functools import lru_cache

from planparse.text import from_roman

_CODE = re.compile(r"(?:[IVXLCl1]{1,6}|[A-ZĐ]|\d{1,3}|\d{1,2}(?:\.\d{1,2}){1,4}|[a-zđ]|[-–+*•]|\(\d{1,2}\))\s*[.)]?$")


@lru_cache(maxsize=4096)
def is_code(text: str) -> bool:
    """Whether a cell holds a row number: "1", "3.1.1", "A", "IV.", "-"."""
    return len(text) < 12 and _CODE.match(text) is not None


#: The capitals that number rows, in their order.
LETTERS = "ABCDĐEGHIKLMNOPQRSTUVXY"


#: No row bears a longer number; Python reads none of more than 4,300 digits.
_LONGEST = 40


@lru_cache(maxsize=4096)
def read_code(text: str) -> tuple[str, tuple[int, ...]]:
    """The family of a row number and its value: ("1", (3,)) for "3.", ("d2", (3, 1)) for "3.1", ("I", (4,)) for "IV",
    ("A", (2,)) for "B", ("a", (2,)) for "b)". A dash and a plus have no value; an empty cell is of the family ""."""
    text = text.strip(" .()")
    if not text:
        return "", ()
    if text in "-–*•":
        return "-", ()
    if text == "+":
        return "+", ()
    if text[0].isdecimal() and len(text) <= _LONGEST:
        parts = tuple(int(part) for part in text.split(".") if part.isdecimal())
        return ("1" if len(parts) == 1 else f"d{len(parts)}"), parts
    roman = from_roman(text) or from_roman(text.replace("l", "I").replace("1", "I"))
    if roman and (roman < 40 or len(text) > 1):
        return "I", (roman,)
    return ("A" if text[0].isupper() else "a"), (LETTERS.find(text[0].upper()) + 1,)


class Codes:
    """The row numbers read so far: which number can come next."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, ...]] = {}

    def take(self, text: str) -> None:
        """Remember the number in a cell; a cell without one is passed over."""
        if is_code(text):
            family, value = read_code(text)
            self._last[family] = value

    def counts(self, text: str) -> bool:
        """Whether a number of the kind of this one was read."""
        return read_code(text)[0] in self._last

    def after(self, text: str) -> Codes:
        """The row numbers read once this cell has been read too."""
        after = Codes()
        after._last = dict(self._last)
        after.take(text)
        return after

    def plausible(self, text: str) -> bool:
        """Whether a cell can be the number of the next row: the successor of one of its kind, a first number, a dash."""
        if not is_code(text):
            return False
        family, value = read_code(text)
        if not value or value[-1] == 1:
            return True
        last = self._last.get(family)
        return (
            last is not None
            and value != last
            and (value == (*last[:-1], last[-1] + 1) or (len(value) > 1 and value[-1] - 1 <= 2) or value[-1] - last[-1] == 2)
        )
