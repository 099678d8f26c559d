"""Inline markup of a page: what a style hides or sets in capitals, and what a raised text says.

A superscript is a footnote's mark ("trường học¹"), a power ("10³") or part of a unit ("m²"), and a page says which only
by what stands before it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.I)
_CAPITALS = re.compile(r"text-transform\s*:\s*uppercase", re.I)
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b", re.I)
#: A style without one of these words says nothing of its text.
_TELLING = re.compile(r"none|hidden|collapse|hide|uppercase|white-space", re.I)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.I)
_NOTE_CLASS = re.compile(r"(?:foot|end)note(?:reference|anc|ref|sym|-ref)", re.I)
_NOTE_LINK = re.compile(r"#.{0,40}?(?:ftn|edn|foot_?-?note|end_?-?note|cite[_-]?(?:note|ref))", re.I)
_NUMBER = re.compile(r"\d{1,3}[a-z]?$")
_LENGTH = re.compile(r"(?:^|[^\w])(?:[kcdmhµμ]?m|dam|ft|in)$", re.I)
_TEN = re.compile(r"(?:^|[^\d.,])10$")
_POWERS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")


class Style(NamedTuple):
    """What an element's own style says of its text: not shown, shown in capitals, shown in the lines of the markup."""

    hidden: bool
    capitals: bool
    keeps_lines: bool


_PLAIN = Style(False, False, False)


def style_of(attributes: dict[str, str]) -> Style:
    """What the attributes of an element say of how it is shown."""
    if not attributes:
        return _PLAIN
    hidden = "hidden" in attributes and attributes["hidden"].lower() != "until-found"
    style = attributes.get("style")
    if not style or _TELLING.search(style) is None:
        return Style(True, False, False) if hidden else _PLAIN
    return Style(
        hidden or _HIDDEN.search(style) is not None,
        _CAPITALS.search(style) is not None,
        _KEEPS_LINES.search(style) is not None,
    )


def is_raised(tag: str, attributes: dict[str, str]) -> bool:
    """Whether an element is set as a superscript, or is the mark of a footnote by its class or by where it leads."""
    if tag == "sup":
        return True
    if not attributes:
        return False
    if tag == "a" and _NOTE_LINK.match(attributes.get("href", "")):
        return True
    if tag not in {"span", "a", "font"}:
        return False
    return (
        _NOTE_CLASS.search(attributes.get("class", "")) is not None
        or _RAISED.search(attributes.get("style", "")) is not None
    )


def raised_text(raised: str, before: str) -> str:
    """What a raised text stands for: "1" after a word is the footnote's mark "[1]", "2" after "m" a part of the unit, "3"
    after "10" a power. Anything else is what it says: "(1)" counts, "o" is a degree.

    >>> raised_text("1", "trường học"), raised_text("2", "15 km"), raised_text("3", "5 x 10"), raised_text("(1)", "về: ")
    ('[1]', '2', '³', '(1)')
    """
    words = raised.strip()
    if not _NUMBER.match(words):
        return raised
    if words in {"2", "3"} and _LENGTH.search(before):
        return words
    if _TEN.search(before):
        return words.translate(_POWERS)
    return raised.replace(words, f"[{words}]", 1)
