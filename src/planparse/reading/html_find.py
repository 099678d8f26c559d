"""Where in a page the document stands: by a portal's row, else by what a document is: a letterhead or a title, numbered
sections, a signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planparse.grammar.grammar import ONLY_LETTERHEAD, Grammar
from planparse.reading.html_page import Box, PageTree, Text
from planparse.text import is_caps

#: What no list of contents says, and what it may say too.
_NEVER_LISTED = ("recipients", "authority", "footnote", "attached_to")
_SIGNS = (*ONLY_LETTERHEAD, *_NEVER_LISTED, "appendix")
#: So many texts a letterhead may spread over, from the first of its signs to the last.
_HEAD_REACH = 14
#: A line of a letterhead is not longer.
_LONGEST_LINE = 160
#: Boxes that hold no document but in a box inside them.
_NO_HOLDERS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul", "ol"})
#: A text of which this share is links to other pages is the site's.
_LINKED = 0.6
#: A body without a signature has so many section marks at least.
_SECTIONS = 3
#: Prose is not shorter; the site's own texts mostly are.
_PROSE = 80


class Found(NamedTuple):
    """Where the document stands.

    box: the box that holds it; first, last: the range of its texts in the page.
    hidden: it stands where a browser does not show it; sure: it was told by a portal's row, its letterhead or its title.
    """

    box: Box
    first: int
    last: int
    hidden: bool
    sure: bool


class Finder:
    """Looks for the document in a page."""

    def __init__(self, page: PageTree, grammar: Grammar) -> None:
        self.texts = page.texts
        self.root = page.root
        self.grammar = grammar
        self.boxes: list[Box] = []
        #: By text: the site's, wherever it stands.
        self.furniture = bytearray(len(page.texts))
        self._mark_boxes()

    def _mark_boxes(self) -> None:
        """List the boxes from the outer to the inner; those that a row calls furniture mark their texts, those that one
        calls hidden are."""
        grammar = self.grammar
        answers: dict[str, tuple[bool, bool]] = {}
        open_boxes = [self.root]
        while open_boxes:
            box = open_boxes.pop()
            self.boxes.append(box)
            open_boxes += [child for child in reversed(box.children) if isinstance(child, Box)]
            if not box.attributes and box.tag in {"td", "tr", "div", "li", "th", "tbody"}:
                continue
            signature = box.signature
            if signature not in answers:
                answers[signature] = (
                    bool(grammar.portal("furniture", signature)),
                    bool(grammar.portal("hidden", signature)),
                )
            furniture, hidden = answers[signature]
            if furniture:
                self.furniture[box.first : box.last] = b"\x01" * (box.last - box.first)
            if hidden:
                for text in self.texts[box.first : box.last]:
                    text.hidden = True

    # --- the whole ----------------------------------------------------------------------------------------
    def find(self) -> Found:
        """The document. Every page has one: where nothing tells it, it is all that is not the site's. A portal's
        row decides; what a browser shows comes before what it hides, and last what is called furniture."""
        furniture = self.furniture
        for marked in (furniture, bytearray(len(furniture))):
            self.furniture = marked
            for way in (self._by_portal, self._by_head):
                for hidden in (False, True):
                    if (found := way(hidden)) is not None:
                        return found
        self.furniture = furniture
        return self._by_bulk()

    def _usable(self, index: int, hidden: bool) -> bool:
        text = self.texts[index]
        return (hidden or not text.hidden) and not self.furniture[index]

    def _by_portal(self, hidden: bool) -> Found | None:
        """The box that a portal's row names, where it holds text; of several the one that holds most."""
        named = [
            box
            for box in self.boxes
            if box.last > box.first
            and self.grammar.portal("document", box.signature)
            and any(self._usable(index, hidden) for index in range(box.first, box.last))
        ]
        if not named:
            return None
        box = max(named, key=lambda box: sum(len(text.text) for text in self.texts[box.first : box.last]))
        return Found(box, box.first, box.last, hidden, True)

    # --- by its head ----------------------------------------------------------------------------------------
    def _by_head(self, hidden: bool) -> Found | None:
        """What stands under a letterhead, or under the title of a document that was saved without one."""
        head = self._letterhead(hidden) or self._title(hidden)
        if head is None:
            return None
        first, last = head
        box = self._around(self._holder(first, last), hidden)
        begin = self._begin(box, first, hidden)
        return Found(box, begin, self._end(box, last, hidden), hidden, True)

    def _letterhead(self, hidden: bool) -> tuple[int, int] | None:
        """The first and the last sign of the first letterhead. Two signs may be a site's banner ("Cộng hòa …" over its
        menu): three are a letterhead wherever they stand, two only where there are no three."""
        seen: list[tuple[int, str]] = []
        two: tuple[int, int] | None = None
        for index, text in enumerate(self.texts):
            if len(text.text) > _LONGEST_LINE * 3 or not self._usable(index, hidden) or _is_linked(text):
                continue
            for kind in self._head_signs(text):
                seen = [(at, other) for at, other in seen if index - at <= _HEAD_REACH and other != kind]
                seen.append((index, kind))
                if len(seen) > 2:
                    return seen[0][0], index
                if len(seen) == 2 and two is None:
                    two = seen[0][0], index
        return two

    def _title(self, hidden: bool) -> tuple[int, int] | None:
        """The type of a document in capitals ("KẾ HOẠCH") and the first text under it that bears out that it is one: what
        it is attached to, a legal basis, a numbered section."""
        title: int | None = None
        for index, text in enumerate(self.texts):
            if not self._usable(index, hidden) or _is_linked(text):
                continue
            line = text.text.split("\n", 1)[0]
            if title is not None and index - title > _HEAD_REACH:
                title = None
            if is_caps(line) and len(line) <= _LONGEST_LINE and self.grammar.type_of(line) is not None:
                title = index if title is None else title
            elif title is not None and (self._says(("attached_to", "legal_basis"), text) or self._is_section(text, line)):
                return title, index
        return None

    def _head_signs(self, text: Text) -> Iterator[str]:
        for line in text.text.split("\n"):
            if len(line) <= _LONGEST_LINE:
                for kind in ONLY_LETTERHEAD:
                    if self.grammar.says(kind, line):
                        yield kind

    def _holder(self, first: int, last: int) -> Box:
        """The smallest box around two texts that can hold a document: no part of a table but a cell."""
        box = self.texts[first].box
        while box.parent is not None and (box.tag in _NO_HOLDERS or not box.first <= last < box.last):
            box = box.parent
        return box

    def _around(self, box: Box, hidden: bool) -> Box:
        """The box that holds the document whose letterhead a box holds: as far out as what is added belongs to it."""
        outer = box.parent
        while outer is not None:
            after = list(self._shown(box.last, outer.last, hidden))
            if after:
                if not self._belongs(box, after, hidden):
                    break
                box = outer
            outer = outer.parent
        while box.tag in _NO_HOLDERS and box.parent is not None:
            box = box.parent
        return box

    def _belongs(self, box: Box, after: list[Text], hidden: bool) -> bool:
        """Whether what follows a box belongs to the document in it. A box without a body takes what looks like one; to
        a whole document only that is added which has what only documents have, and does not say it again, as a list of
        contents does. Links for the most part are no document."""
        signs = [text for text in after if self._is_sign(text)]
        links = sum(text.linked for text in after) > sum(len(text.text) for text in after) * _LINKED
        if not self._is_complete(box, hidden):
            return bool(signs) or not links
        said = {text.text for text in self._shown(box.first, box.last, hidden)} if signs else set()
        return not links and any(text.text not in said or self._says(_NEVER_LISTED, text) for text in signs)

    def _shown(self, first: int, last: int, hidden: bool) -> Iterable[Text]:
        return (self.texts[index] for index in range(first, last) if self._usable(index, hidden))

    def _is_sign(self, text: Text) -> bool:
        """Whether a text is what only a document has, and no site: a numbered section, a signature, a footnote."""
        if _is_linked(text):
            return False
        line = text.text.split("\n", 1)[0]
        return (
            self._is_section(text, line)
            or self._says(_SIGNS, text)
            or (is_caps(line) and self.grammar.type_of(line) is not None)
        )

    def _says(self, kinds: tuple[str, ...], text: Text) -> bool:
        line = text.text.split("\n", 1)[0]
        return any(self.grammar.says(kind, line) for kind in kinds)

    def _is_section(self, text: Text, line: str) -> bool:
        if text.label:
            return False
        for family in self.grammar.families_by_first.get(line[:1], ()):
            if family.numbering != "none" and family.pattern.match(line):
                return True
        return False

    def _is_body_section(self, text: Text) -> bool:
        return not _is_linked(text) and self._is_section(text, text.text)

    def _is_complete(self, box: Box, hidden: bool) -> bool:
        """Whether a box has the body of a document or its end."""
        sections = 0
        for text in self._shown(box.first, box.last, hidden):
            line = text.text.split("\n", 1)[0]
            if self.grammar.says("recipients", line) or self.grammar.says("authority", line):
                return True
            sections += self._is_section(text, line)
            if sections >= _SECTIONS:
                return True
        return False

    def _begin(self, box: Box, first: int, hidden: bool) -> int:
        """The first text of the document: the issuer stands before the first sign of the letterhead, in the same table
        or in lines of capitals; sections before it are the document's too."""
        before = [index for index in range(box.first, first) if self._usable(index, hidden)]
        sections = [self.texts[index].text for index in before if self._is_body_section(self.texts[index])]
        if len(sections) >= _SECTIONS:
            said = {text.text for text in self._shown(first, box.last, hidden)}  # a list of contents says what follows
            if sum(section not in said for section in sections) >= _SECTIONS:
                return box.first
        table = self.texts[first].box
        while table.parent is not None and table is not box and table.tag != "table":
            table = table.parent
        if table.tag == "table" and table is not box and first - table.first < _HEAD_REACH:
            return table.first
        begin = first
        for index in reversed([index for index in before if index < begin]):
            if not is_caps(self.texts[index].text) or _is_linked(self.texts[index]) or begin - index > 3:
                break
            begin = index
        return begin

    def _end(self, box: Box, last: int, hidden: bool) -> int:
        """The text after the document's last: the site's links at the end of the box are none of it."""
        end = box.last
        while end > last + 1 and (not self._usable(end - 1, hidden) or self._is_site(self.texts[end - 1])):
            end -= 1
        return end

    def _is_site(self, text: Text) -> bool:
        line = text.text.split("\n", 1)[0]
        return _is_linked(text) or bool(self.grammar.site("furniture", line) or self.grammar.site("related", line))

    # --- by its bulk ----------------------------------------------------------------------------------------
    def _by_bulk(self) -> Found:
        """Without letterhead: the smallest box that holds nearly all of the prose that is not the site's."""
        sizes = [
            len(text.text)
            if self._usable(index, False) and not _is_linked(text) and (len(text.text) >= _PROSE or self._is_sign(text))
            else 0
            for index, text in enumerate(self.texts)
        ]
        hidden = not any(self._usable(index, False) for index in range(len(self.texts)))
        sums = [0]
        for size in sizes:
            sums.append(sums[-1] + size)
        box = self.root
        while True:
            inner = [child for child in box.children if isinstance(child, Box)]
            largest = max(inner, key=lambda child: sums[child.last] - sums[child.first], default=None)
            if largest is None or (largest.tag in {"table", "ul", "ol"} and not _frames_much(largest)):
                break
            if sums[largest.last] - sums[largest.first] < 0.9 * (sums[box.last] - sums[box.first]) or not sums[-1]:
                break
            box = largest
        while (box.tag in _NO_HOLDERS or box.tag == "li") and box.parent is not None:
            box = box.parent
        return Found(box, box.first, self._end(box, box.first, hidden), hidden, False)


def _frames_much(table: Box) -> bool:
    """Whether one cell holds nearly all of a table: a frame."""
    stack = [table]
    cells: list[Box] = []
    while stack:
        box = stack.pop()
        for child in box.children:
            if isinstance(child, Box):
                (cells if child.tag in {"td", "th"} else stack).append(child)
    return bool(cells) and max(cell.size for cell in cells) > 0.6 * table.size


def _is_linked(text: Text) -> bool:
    return text.linked > _LINKED * len(text.text)
