"""Automatic numbers: the label that Word prints before a paragraph of a list ("1.2.", "a)", "-").

The file holds no numbers, only which list a paragraph is in and at what level (w:numPr, itself or by its style). They come
of counting all the paragraphs before it, as ISO/IEC 29500-1, 17.9, and Word do: the count belongs to the abstract list, so
that two lists over one abstract list go on with each other, unless one says where it starts (w:startOverride).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.reading.docx_number_formats import custom, written
from planparse.reading.docx_package import Element, W
from planparse.reading.docx_styles import Look, NumberProperties, Style, Styles, is_on, look_of, whole
from planparse.reading.docx_symbols import BULLET, PRIVATE, is_symbol_font, sign

_VAL = f"{W}val"
LEVELS = 9
_PLACE = re.compile("%([1-9])")
#: A label stands in the file once and in the text before each paragraph of its list; no list has a longer one.
_LONGEST_LABEL = 100
#: A list that points to a style that points to a list … ends after so many steps.
_LONGEST_CHAIN = 10


class Level(NamedTuple):
    """A level of a list.

    kind: the name of its number format; pattern: a format that is spelled out ("001, 002, ..."), or "".
    text: the label, "%1" for the number of the first level; suffix: what stands after the label.
    restart: the levels, from 1, whose items make this one start again: all above it where None; none where 0.
    legal: all numbers of the label are Arabic. style: the paragraph style that has this level.
    """

    start: int = 1
    kind: str = "decimal"
    pattern: str = ""
    text: str = ""
    suffix: str = " "
    restart: int | None = None
    legal: bool = False
    style: str = ""
    look: Look = Look()
    picture: bool = False


class List(NamedTuple):
    """A list (w:num): the abstract list that counts for it, its levels by number from 0, and where levels start."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Label(NamedTuple):
    """A label with what stands between it and the text, and what the list says of its letters."""

    text: str
    look: Look


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self.unknown: set[str] = set()
        self._styles = styles
        self._lists = {} if root is None else _lists(root, styles)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, own: NumberProperties, style: str | None) -> Label | None:
        """Count a paragraph, with the number properties of its own and its style; its label, None where it has none."""
        place = self._place(own, style)
        if place is None:
            return None
        list_id, at = place
        one = self._lists[list_id]
        level = one.levels[at]
        values = self._count(list_id, at)
        if level.look.hidden:
            return None
        if level.kind == "bullet":
            text = _bullet(level)
        else:
            text = _PLACE.sub(lambda found: self._number(one, values, int(found[1]) - 1, at, level.legal), level.text)
        return Label(text[:_LONGEST_LABEL] + level.suffix, level.look) if text else None

    def _place(self, own: NumberProperties, style: str | None) -> tuple[str, int] | None:
        """The list and level of a paragraph."""
        list_id, at = own
        if list_id is None:
            chain = self._styles.chain(style)
            by_style = [link.number.list_id for link in chain]
            depth = next((depth for depth, found in enumerate(by_style) if found is not None), None)
            if depth is None:
                return None
            list_id = by_style[depth]
            if at is None and list_id in self._lists:
                at = self._level_of_styles(list_id, chain[: depth + 1])
        at = at or 0
        if list_id not in self._lists or at not in self._lists[list_id].levels:  # numId 0: no number
            return None
        return list_id, at

    def _level_of_styles(self, list_id: str, chain: list[Style]) -> int | None:
        """The level that styles give, the nearest first: the level of the list that says it is the style's own, or the one
        that the style says."""
        levels = self._lists[list_id].levels
        for style in chain:
            linked = next((at for at, level in levels.items() if level.style == style.id), style.number.level)
            if linked is not None:
                return linked
        return None

    def _count(self, list_id: str, at: int) -> list[int | None]:
        one = self._lists[list_id]
        values = self._counts.setdefault(one.abstract, [None] * LEVELS)
        value = values[at]
        fresh = (list_id, at) not in self._begun and at in one.starts
        self._begun.add((list_id, at))
        if fresh or value is None:
            values[at] = one.starts.get(at, one.levels[at].start)
        else:
            values[at] = value + 1
        for above in range(at):
            if values[above] is None and above in one.levels:  # "1.1" without a "1" before it counts as one
                values[above] = one.starts.get(above, one.levels[above].start)
        for below in range(at + 1, LEVELS):
            restart = one.levels[below].restart if below in one.levels else None
            if restart is None or at < restart:
                values[below] = None
        return values

    def _number(self, one: List, values: list[int | None], of: int, at: int, legal: bool) -> str:
        """The number of a level in the label of another."""
        value = values[of]
        if of > at or value is None or of not in one.levels:
            return ""
        level = one.levels[of]
        if level.pattern and not legal:
            return custom(value, level.pattern)
        text = written(value, "decimal" if legal and level.kind not in ("none", "bullet") else level.kind)
        if text is None:
            self.unknown.add(level.kind)
            return str(value)
        return text


def _bullet(level: Level) -> str:
    """The sign of a bullet, as its font shows it."""
    font = level.look.font
    if level.picture or not level.text.strip():
        return BULLET if level.picture else ""
    if is_symbol_font(font):
        return "".join(sign(ord(letter), font) or BULLET for letter in level.text)
    return PRIVATE.sub(lambda found: sign(ord(found[0]), None) or BULLET, level.text)


def _lists(root: Element, styles: Styles) -> dict[str, List]:
    abstracts = {element.get(f"{W}abstractNumId", ""): element for element in root.iterfind(f"{W}abstractNum")}
    abstract_of = {}
    numbers = list(root.iterfind(f"{W}num"))
    for number in numbers:
        link = number.find(f"{W}abstractNumId")
        abstract_of[number.get(f"{W}numId", "")] = "" if link is None else link.get(_VAL, "")
    levels_of: dict[str, dict[int, Level]] = {}
    lists = {}
    for number in numbers:
        abstract = _linked(abstract_of[number.get(f"{W}numId", "")], abstracts, abstract_of, styles)
        if abstract not in abstracts:
            continue
        if abstract not in levels_of:
            levels_of[abstract] = _levels(abstracts[abstract])
        levels, starts = levels_of[abstract], {}
        for override in number.iterfind(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl"))
            levels = levels | _levels(override)
            if (start := override.find(f"{W}startOverride")) is not None:
                starts[at] = whole(start.get(_VAL))
        lists[number.get(f"{W}numId", "")] = List(abstract, levels, starts)
    return lists


def _linked(abstract: str, abstracts: dict[str, Element], abstract_of: dict[str, str], styles: Styles) -> str:
    """The abstract list that has the levels: one may refer to a list style, which has a list of its own."""
    for _ in range(_LONGEST_CHAIN):
        link = abstracts[abstract].find(f"{W}numStyleLink") if abstract in abstracts else None
        if link is None:
            break
        chain = styles.chain(link.get(_VAL))
        abstract = abstract_of.get((chain[0].number.list_id if chain else None) or "", "")
    return abstract


def _levels(element: Element) -> dict[int, Level]:
    found = {}
    for level in element.iterfind(f"{W}lvl"):
        at = whole(level.get(f"{W}ilvl"), -1)
        if 0 <= at < LEVELS:
            found[at] = _level(level)
    return found


def _level(element: Element) -> Level:
    def said(tag: str, default: str) -> str:
        found = element.find(f"{W}{tag}")
        return default if found is None else str(found.get(_VAL, default))

    # Word writes a format that is spelled out beside its nearest common one (mc:AlternateContent).
    formats = list(element.iter(f"{W}numFmt"))
    kinds = [kind.get(_VAL, "decimal") for kind in formats] or ["decimal"]
    pattern = next((kind.get(f"{W}format", "") for kind in formats if kind.get(_VAL) == "custom"), "")
    restart = element.find(f"{W}lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        start=whole(said("start", "0")),
        kind=next((kind for kind in kinds if kind != "custom"), "decimal"),
        pattern=pattern[:_LONGEST_LABEL],
        text=said("lvlText", "")[:_LONGEST_LABEL],
        suffix="" if said("suff", "tab") == "nothing" else " ",
        restart=None if restart is None else whole(restart.get(_VAL)),
        legal=legal is not None and is_on(legal),
        style=said("pStyle", ""),
        look=look_of(element.find(f"{W}rPr")),
        picture=element.find(f"{W}lvlPicBulletId") is not None,
    )
