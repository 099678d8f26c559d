"""The labels that a browser prints before the items of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse.text import to_roman

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.I)
_QUOTED = re.compile(r"""["']([^"']{1,4})["']""")
#: The bullets of unordered lists, and the kinds of numbers of ordered ones, by the name in `type` or in a style.
_BULLETS = {"disc": "•", "circle": "○", "square": "■"}
_NUMBERS = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "lower-latin": "lower-alpha",
    "upper-latin": "upper-alpha",
}
_KINDS = {"none", "decimal", "decimal-leading-zero", *_NUMBERS.values(), *_BULLETS}
_INTEGER = re.compile(r"\s*[-+]?\d{1,9}")


@dataclass(slots=True)
class ItemList:
    """A list: how its items are labelled, the number of the next one, and by how much it changes."""

    kind: str
    next: int = 1
    step: int = 1

    @staticmethod
    def of(tag: str, attributes: dict[str, str]) -> ItemList:
        """The list that an element begins."""
        ordered = tag == "ol"
        kind = _kind(attributes, "decimal" if ordered else "disc")
        step = -1 if "reversed" in attributes else 1
        # A reversed list without a start counts down from the number of its items, which is not known yet: from 1 up.
        start = _integer(attributes.get("start"))
        return ItemList(kind, 1 if start is None else start, step if start is not None else 1)

    def label(self, attributes: dict[str, str]) -> str:
        """The label of the next item; "" where none is printed."""
        if (value := _integer(attributes.get("value"))) is not None:
            self.next = value
        number, self.next = self.next, self.next + self.step
        kind = _kind(attributes, self.kind)
        if kind in _BULLETS:
            return _BULLETS[kind]
        if kind == "none":
            return ""
        return f"{_number(kind, number)}." if kind in _KINDS else kind.strip()


def _kind(attributes: dict[str, str], usual: str) -> str:
    """The kind of labels that attributes ask for; a style's own text ('"- "') is a kind too."""
    if found := _STYLE.search(attributes.get("style", "")):
        if quoted := _QUOTED.search(found[1]):
            return quoted[1]
        for word in found[1].lower().split():
            if (kind := _NUMBERS.get(word, word)) in _KINDS:
                return kind
    asked = attributes.get("type", "").strip()
    asked = _NUMBERS.get(asked, asked.lower())
    return asked if asked in _KINDS else usual


def _number(kind: str, number: int) -> str:
    if kind == "decimal-leading-zero":
        return f"{number:02}"
    if kind.endswith("alpha") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if kind == "upper-alpha" else letters
    if kind.endswith("roman") and 0 < number < 4000:
        roman = to_roman(number)
        return roman if kind == "upper-roman" else roman.lower()
    return str(number)


def _integer(text: str | None) -> int | None:
    found = _INTEGER.match(text) if text else None
    return int(found[0]) if found else None
