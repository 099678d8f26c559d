"""What the styles of a Word file say of paragraphs and runs, as far as it changes the words that are printed."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from planparse.reading.docx_package import Element, W

_VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off"})
#: A chain of styles is not longer; a ring of them ends here.
_LONGEST_CHAIN = 50


class Look(NamedTuple):
    """What is said of a run: None where nothing is said. hidden: not printed; caps: small letters are printed as capitals;
    font: its name, "" for one of the theme's; bold, italic."""

    hidden: bool | None = None
    caps: bool | None = None
    font: str | None = None
    bold: bool | None = None
    italic: bool | None = None

    def over(self, under: Look) -> Look:
        """This, and where it says nothing what stands under it."""
        return Look(
            under.hidden if self.hidden is None else self.hidden,
            under.caps if self.caps is None else self.caps,
            under.font if self.font is None else self.font,
            under.bold if self.bold is None else self.bold,
            under.italic if self.italic is None else self.italic,
        )


class NumberProperties(NamedTuple):
    """w:numPr: the list and the level in it from 0, each None where it is not said."""

    list_id: str | None = None
    level: int | None = None


class Style(NamedTuple):
    """A style: its id and name, the style that it is based on, what it says of its runs and of its number, and on which side
    its lines stand ("center"), "" where it does not say."""

    id: str
    name: str
    based_on: str | None
    look: Look
    number: NumberProperties
    side: str


class Styles:
    """The styles of a document, with what they take from one another."""

    def __init__(self, root: Element | None) -> None:
        styles: list[Style] = [] if root is None else [_style(element) for element in root.iter(f"{W}style")]
        self._styles = {style.id: style for style in styles}
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._defaults = look_of(defaults)
        # A paragraph or a run that names no style has the default one.
        self._default = {
            element.get(f"{W}type", ""): element.get(f"{W}styleId", "")
            for element in ([] if root is None else root.iter(f"{W}style"))
            if element.get(f"{W}default", "0") not in _OFF
        }
        self.look = cache(self._look)
        self.chain = cache(self._chain)

    def _chain(self, style: str | None) -> list[Style]:
        """A paragraph's style, None for one that names none, and those that it is based on, the nearest first."""
        found: list[Style] = []
        at = style if style in self._styles else self._default.get("paragraph")
        while at is not None and at in self._styles and len(found) < _LONGEST_CHAIN:
            found.append(self._styles[at])
            at = found[-1].based_on
        return found

    def _look(self, paragraph: str | None, run: str | None) -> Look:
        """What the styles of a paragraph and of a run in it say; None for a style that is not named."""
        chain = [*(self._chain(run) if run in self._styles else []), *self._chain(paragraph)]
        look = Look()
        for style in chain:
            look = look.over(style.look)
        return look.over(self._defaults)

    def is_centred(self, properties: Element | None, style: str | None) -> bool:
        """Whether a paragraph of a style is centred, by its own properties (w:pPr) or its style's."""
        side = None if properties is None else properties.find(f"{W}jc")
        if side is not None:
            return bool(side.get(_VAL) == "center")
        return next((link.side for link in self.chain(style) if link.side), "") == "center"

    def is_contents(self, style: str | None) -> bool:
        """Whether a paragraph's style is one of a table of contents ("toc 1"), whose lines repeat the headings."""
        name = self._styles[style].name.lower() if style in self._styles else ""
        return name.startswith("toc ") and name[4:].isdigit()


def _style(element: Element) -> Style:
    name, based_on = element.find(f"{W}name"), element.find(f"{W}basedOn")
    side = element.find(f"{W}pPr/{W}jc")
    return Style(
        element.get(f"{W}styleId", ""),
        "" if name is None else name.get(_VAL, ""),
        None if based_on is None else based_on.get(_VAL),
        look_of(element.find(f"{W}rPr")),
        number_of(element.find(f"{W}pPr/{W}numPr")),
        "" if side is None else side.get(_VAL, ""),
    )


def is_on(element: Element) -> bool:
    """Whether a switch such as w:vanish is on: it is where it says nothing else."""
    return element.get(_VAL, "1") not in _OFF


def look_of(properties: Element | None) -> Look:
    """What w:rPr says of a run itself."""
    hidden = caps = font = bold = italic = None
    for child in () if properties is None else properties:
        tag = child.tag
        if tag == f"{W}rFonts":
            font = _font(child)
        elif tag == f"{W}vanish":
            hidden = is_on(child)
        elif tag == f"{W}caps":
            caps = is_on(child)
        elif tag == f"{W}b":
            bold = is_on(child)
        elif tag == f"{W}i":
            italic = is_on(child)
    return Look(hidden, caps, font, bold, italic)


def _font(element: Element) -> str | None:
    """The font of the letters that ASCII has not, which for Vietnamese are those that tell the encoding."""
    for kind in ("hAnsi", "ascii"):
        if element.get(f"{W}{kind}Theme"):
            return ""
        if name := element.get(f"{W}{kind}"):
            return str(name)
    return None


def number_of(properties: Element | None) -> NumberProperties:
    """What w:numPr says."""
    if properties is None:
        return NumberProperties()
    list_id, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    return NumberProperties(
        None if list_id is None else list_id.get(_VAL),
        None if level is None else whole(level.get(_VAL)),
    )


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of the XML; the default for what is none, or is absurdly long."""
    if text is None or len(text) > 10:
        return default
    try:
        return int(text)
    except ValueError:
        return default
