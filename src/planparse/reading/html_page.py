"""A page as a tree of boxes: the elements that stand as blocks, and the texts in them as a browser shows them.

The parser's events are taken one by one, so that neither depth nor length of a page costs more than its size. Inline
markup is made text on the way: line breaks, superscripts, labels of lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HTMLParser

from planparse.reading.html_inline import is_raised, raised_text, style_of
from planparse.reading.html_lists import ItemList

#: Elements that stand as blocks of their own and may hold others.
_BOXES = frozenset(
    "html body div section article main header footer nav aside form fieldset center blockquote figure details dialog"
    " table thead tbody tfoot tr td th caption ul ol menu dir li dl".split()
)
#: Elements that begin and end a paragraph.
_PARAGRAPHS = frozenset(
    "p h1 h2 h3 h4 h5 h6 pre address figcaption summary legend dt dd hr hgroup search listing xmp".split()
)
#: Elements whose content is no text of the page, by what the diagnostic calls them.
_UNREAD = dict.fromkeys(
    "script style noscript template xml svg canvas object applet iframe frameset audio video map".split(), "code"
)
_UNREAD |= {"title": "code"}
_UNREAD |= dict.fromkeys("select option optgroup datalist button textarea progress meter rp".split(), "controls")
#: Boxes are not nested deeper; what lies deeper keeps its text and its paragraphs.
DEEPEST = 120
#: Stands for a forced line break until a paragraph's spaces are made one.
_BREAK = "\x00"
#: So thin a picture is a line, or counts visitors.
_LINE = re.compile(r"\s*[0-4](?:px)?\s*$")


@dataclass(slots=True)
class Text:
    """A paragraph of a page.

    text: its words, lines parted by "\\n"; label: what a browser prints before it, of a list ("1.").
    linked: how many of its characters are links to other pages.
    hidden: a browser does not show it; box: the box that it stands in.
    """

    text: str
    label: str
    linked: int
    hidden: bool
    box: Box

    @property
    def printed(self) -> str:
        """The text with its label."""
        return f"{self.label} {self.text}" if self.label else self.text


@dataclass(slots=True)
class Box:
    """An element that stands as a block. `first` and `last`: the range of its texts in the page; `size`: how many
    characters of them are shown."""

    tag: str
    attributes: dict[str, str]
    parent: Box | None
    hidden: bool
    first: int
    last: int = 0
    size: int = 0
    children: list[Box | Text] = field(default_factory=list)

    @property
    def signature(self) -> str:
        """What rows of portals are matched with: "div#content.text.wide"."""
        name = self.attributes.get("id", "").strip()
        return ".".join([f"{self.tag}#{name}" if name else self.tag, *self.attributes.get("class", "").split()])


@dataclass(slots=True)
class PageTree:
    """A page: its outermost box, all its texts in order, how many characters of what were left out, its pictures
    as (texts before it, box that it stands in), and whether boxes were nested too deep to be kept apart."""

    root: Box
    texts: list[Text]
    left_out: dict[str, int]
    pictures: list[tuple[int, Box]]
    too_deep: bool


def parse_page(data: bytes) -> PageTree:
    """The tree of a page given as UTF-8. Any bytes give a tree; nothing is fetched that the page names."""
    builder = _Builder()
    parser = HTMLParser(encoding="utf-8", target=builder, huge_tree=True, no_network=True)
    try:
        etree.fromstring(data, parser)
    except etree.LxmlError:  # nothing in it that is markup or text
        builder.close()
    return builder.tree


class _Open:
    """An open element: its box, and what ends with it."""

    __slots__ = ("box", "list_", "muted", "raised", "style", "tag")

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.box: Box | None = None
        self.list_: ItemList | None = None
        self.muted = False
        self.raised: int | None = None
        self.style: tuple[bool, bool] = (False, False)


class _Builder:
    """Takes the parser's events."""

    def __init__(self) -> None:
        root = Box("page", {}, None, False, 0)
        self.tree = PageTree(root, [], {}, [], False)
        self.box = root
        self.depth = 0
        self.open: list[_Open] = []
        self.lists: list[ItemList] = []
        self.parts: list[str] = []
        self.linked = self.links = 0
        self.muted = ""
        self.mutes = 0
        self.hidden = 0
        self.capitals = self.keeps_lines = 0
        self.label = ""

    # --- events of the parser -----------------------------------------------------------------------------
    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        entry = _Open(tag)
        self.open.append(entry)
        if self.mutes:
            return
        if tag == "br":
            self.parts.append(_BREAK)
            return
        if tag == "img":
            if not _LINE.match(attributes.get("height", "")) and not _LINE.match(attributes.get("width", "")):
                self.tree.pictures.append((len(self.tree.texts), self.box))
            return
        style = style_of(attributes)
        if tag in _UNREAD:
            self._mute(entry, _UNREAD[tag])
        elif tag in _BOXES:
            self._flush()
            self._open_box(entry, tag, attributes, style.hidden)
        elif style.hidden:
            if tag in _PARAGRAPHS:
                self._flush()
            self._mute(entry, "hidden")
        elif tag in _PARAGRAPHS:
            self._flush()
        elif tag == "a":
            if attributes.get("href", "#")[:1] != "#":
                self.links += 1
                entry.muted = True
        if not self.mutes:
            if is_raised(tag, attributes):
                entry.raised = len(self.parts)
            keeps = style.keeps_lines or tag in {"pre", "listing", "xmp"}
            if keeps or style.capitals:
                entry.style = (style.capitals, keeps)
                self.capitals += style.capitals
                self.keeps_lines += keeps

    def end(self, tag: str) -> None:
        """An element ends. The parser closes what the page leaves open; ends that open nothing change nothing."""
        if not self.open or self.open[-1].tag != tag:
            return
        entry = self.open.pop()
        if self.mutes:
            if entry.muted:
                self.mutes = 0
                if entry.list_ is not None:
                    self.lists.pop()
            return
        if tag == "a" and entry.muted:
            self.links -= 1
        if entry.raised is not None and entry.raised <= len(self.parts):
            raised = "".join(self.parts[entry.raised :])
            del self.parts[entry.raised :]
            self.parts.append(raised_text(raised, "".join(self.parts[-3:])))
        if entry.box is not None:
            self._flush()
            self._close_box(entry)
        elif tag in _PARAGRAPHS or tag in _BOXES:
            self._flush()
            if entry.list_ is not None:
                self.lists.pop()
        self.capitals -= entry.style[0]
        self.keeps_lines -= entry.style[1]

    def data(self, text: str) -> None:
        """Text, of any length."""
        if self.mutes:
            left_out = self.tree.left_out
            left_out[self.muted] = left_out.get(self.muted, 0) + len(text.strip())
            return
        if self.keeps_lines:
            text = text.replace("\r\n", _BREAK).replace("\n", _BREAK)
        self.parts.append(text.upper() if self.capitals else text)
        if self.links:
            self.linked += len(text.strip())

    def close(self) -> None:
        """The page ends."""
        self._flush()
        box: Box | None = self.box
        while box is not None:
            box.last = len(self.tree.texts)
            if box.parent is not None:
                box.parent.size += box.size
            box = box.parent
        self.box = self.tree.root

    # --- paragraphs and boxes -----------------------------------------------------------------------------
    def _mute(self, entry: _Open, kind: str) -> None:
        entry.muted = True
        self.mutes = 1
        self.muted = kind

    def _flush(self) -> None:
        """The text so far is a paragraph, or several where empty lines part it."""
        if not self.parts:
            return
        text = "".join(self.parts)
        linked = self.linked
        self.parts.clear()
        self.linked = 0
        if _BREAK not in text:
            if words := " ".join(text.split()):
                self._paragraph(words, linked)
            return
        lines = [" ".join(line.split()) for line in text.split(_BREAK)]
        begun = 0
        for at in range(len(lines) + 1):
            if at == len(lines) or not lines[at]:
                if begun < at:
                    self._paragraph("\n".join(lines[begun:at]), linked)
                    linked = 0
                begun = at + 1

    def _paragraph(self, text: str, linked: int) -> None:
        texts = self.tree.texts
        found = Text(text, self.label, min(linked, len(text)), self.hidden > 0, self.box)
        self.label = ""
        texts.append(found)
        self.box.children.append(found)
        if not self.hidden:
            self.box.size += len(text)

    def _open_box(self, entry: _Open, tag: str, attributes: dict[str, str], hidden: bool) -> None:
        if tag in {"ol", "ul", "menu", "dir"}:
            entry.list_ = ItemList.of(tag, attributes)
            self.lists.append(entry.list_)
        elif tag == "li":
            items = self.lists[-1] if self.lists else ItemList.of("ul", {})
            own = items.label(attributes)
            self.label = f"{self.label} {own}".strip()
        if self.depth >= DEEPEST:
            self.tree.too_deep = True
            if hidden:
                self._mute(entry, "hidden")
            return
        box = Box(tag, dict(attributes), self.box, hidden, len(self.tree.texts))
        self.box.children.append(box)
        self.box = entry.box = box
        self.depth += 1
        self.hidden += hidden

    def _close_box(self, entry: _Open) -> None:
        box = entry.box
        assert box is not None and box.parent is not None
        if entry.list_ is not None:
            self.lists.pop()
        if entry.tag == "li" and self.label:
            # An item without text still shows its number: cells of a table are numbered so. A lone bullet says nothing.
            number, self.label = self.label, ""
            if number[0].isalnum():
                self._paragraph(number, 0)
        box.last = len(self.tree.texts)
        box.parent.size += box.size
        self.hidden -= box.hidden
        self.box = box.parent
        self.depth -= 1
