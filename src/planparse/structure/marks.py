"""Section marks at the beginning of a line: "I.", "1.1.", "đ)", "-"; which families a line can belong to."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, NamedTuple

from planparse.grammar.grammar import Family, Grammar
from planparse.text import from_roman, leading_digits

Value = tuple[int, ...]

_ORDINALS = {
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "nhì": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "đầu": 0,
}
_SHORT = 10


class Mark(NamedTuple):
    """A mark that a line may bear.

    printed: as printed, without trailing punctuation ("Điều 1", "1.1", "-").
    number: its normal form ("III" for an OCR'd "Ill" and for "Iii", "1" for "01").
    value: where it stands in its sequence; empty for marks without numbers.
    key: marks of one key continue one list ("1." and "1)" have different keys).
    text_at: where the words begin in the line.
    """

    family: Family
    printed: str
    number: str
    value: Value
    key: str
    text_at: int


NO_MARK = Mark(None, "", "", (), "", 0)  # type: ignore[arg-type]
_KNOWN: dict[tuple[Family, str], Mark] = {}
_MOST_KNOWN = 5000


def marks_of(grammar: Grammar, line: str, following: str | None) -> list[Mark]:
    """The marks that a line may bear, in the order of the grammar; empty for a line that bears none.

    `following` is the next line: a mark may stand alone on its line ("10." / "Sở Giao thông vận tải").
    """
    families = grammar.families_by_first.get(line[0])
    if families is None:
        return []
    text = line
    if len(line) < _SHORT and following and " " not in line:
        text = f"{line} {following}"
    found = []
    for family in families:
        match = family.pattern.match(text)
        if match is not None and (mark := _read(family, text, match)) is not NO_MARK:
            found.append(mark)
    return found


def damaged_marks_of(grammar: Grammar, line: str, *, without: Container[str] = ()) -> list[Mark]:
    """The marks that may have been damaged into what a line begins with: "1, " is "1. ", "l. " too; none of the levels
    `without`."""
    found = []
    for family in grammar.damaged_by_first.get(line[0], ()):
        match = family.pattern.match(line) if family.level not in without else None
        if match is not None and (mark := _read(family, line, match)) is not NO_MARK:
            found.append(mark)
    return found


def may_open_title(grammar: Grammar, line: str) -> bool:
    """Whether a line in capitals may begin with a Roman number that lost its full stop ("II NHIỆM VỤ") or its shape ("l. MỤC
    TIÊU"); a figure may be a word of a title: "TRỒNG" / "1 TỶ CÂY XANH"."""
    return any(
        mark.family.level == "roman" and not mark.printed.isdigit() and (mark.value == (1,) or mark.printed == mark.number)
        for mark in damaged_marks_of(grammar, line)
    )


def _read(family: Family, text: str, match: Any) -> Mark:
    """The mark that a family's pattern matched."""
    # The mark is told by what stands before the words: "a) ", "1.1. ", and no document has many different ones.
    printed = text[: match.end()]
    known = _KNOWN.get((family, printed))
    if known is None:
        known = _mark(family, match.group("number"), text[: match.end("number")].strip("( "), printed) or NO_MARK
        if len(_KNOWN) < _MOST_KNOWN:
            _KNOWN[family, printed] = known
    return known


def _mark(family: Family, number: str, printed: str, text: str) -> Mark | None:
    text_at = len(text)
    numbering = family.numbering
    # What a scan misread goes on with the list of its level, whose family bears that name.
    key = family.level if family.ocr or family.damaged else family.id
    number = number.translate(family.misread)
    if numbering == "none":
        return Mark(family, printed, "-" if family.level == "dash" else number, (), key, text_at)
    if numbering == "arabic":
        digits = leading_digits(number)
        value: Value = (int(digits), ord(number[-1])) if digits != number else (int(number),)
        number = number.lstrip("0") or "0"
        if family.level == "arabic":
            close = text[len(printed) : len(printed) + 2].lstrip()[:1]
            key = f"{key}{close if close in ')/' else '.'}"
    elif numbering == "roman":
        letters = number.upper() if family.level == "paren" or family.ocr else number
        worth = from_roman(letters)
        if not worth:
            return None
        value, number = (worth,), letters if family.level != "paren" else number
    elif numbering == "decimal":
        value = tuple(int(part) for part in number.split("."))
        key = f"{family.id}{len(value)}"
    elif numbering == "letters":
        if family.ocr:
            number = number.lower()
        value = tuple(order.get(number, 0) for order in family.orders)
    else:
        last = number.split()[-1].lower()
        value = (int(last) if last.isdecimal() else from_roman(last.upper()) or _ORDINALS.get(last, 0),)
    if family.level == "paren":
        printed = f"({number})" if text.startswith("(") else number
    return Mark(family, printed, number, value, key, text_at)
