"""Passages: the texts that facts are read from, each with its place in the document and the way back to the source."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from typing import Any

from planparse.column_numbers import rows_of
from planparse.levels import ITEM_LEVELS
from planparse.merged import spread
from planparse.reading.source import Source
from planparse.text import fold_tones

Data = dict[str, Any]

_DIGIT = re.compile(r"\d")
_LINE_END = re.compile(r"\n")
_NOWHERE = array("q")
#: Words of the source: between them stand white space and the bars between cells, which may not stand in a passage.
_SOLID = re.compile(r"[^\s|]+")


class Passage:
    """The running text of one block: a section's heading and text, a paragraph, the cells of a table row.

    index: its place among the document's passages; parent: the index of the section (or, for a row, of the row above it
    by number) that it stands in, or -1.
    part: the kind of the part that it stands in: "decision", "plan", "appendix" or "other".
    kind: the block's type: "section", "paragraph", "title", "legal_basis", "recipients" …, or "row".
    level, role: of a section ("arabic", "money"), else "".
    text: heading and text with a space between; the cells of a row with a line end between, without those that were
    carried down from a merged cell; `heading` is the length of the heading in it, or of the sentence that leads in what
    stands under it ("… các mục tiêu như sau:"), which tells as much of that.
    block: the block itself; a row's table is `table`.
    """

    __slots__ = (
        "_base", "_folded", "_has_digit", "_line_ends", "_offsets", "_source", "_words", "block", "block_id", "heading",
        "index", "kind", "level", "parent", "part", "role", "table", "text",
    )  # fmt: skip

    def __init__(
        self,
        source: Source,
        line_ends: array[int],
        index: int,
        parent: int,
        part: str,
        block: Data,
        table: Data | None,
    ) -> None:
        self._source = source
        self._line_ends = line_ends
        #: Of each word of the source: how many solid characters stand before it, and where it begins.
        self._words = self._offsets = _NOWHERE
        self._base: int | None = None
        self._folded: str | None = None
        self._has_digit: bool | None = None
        self.index = index
        self.parent = parent
        self.part = part
        self.block = block
        self.table = table
        self.block_id: str = block["id"]
        self.heading = 0
        self.level = self.role = ""
        if table is not None:
            self.kind = "row"
            carried = block["carried"]
            self.text = "\n".join(cell for i, cell in enumerate(block["cells"]) if cell and i not in carried)
        else:
            self.kind = block["type"]
            self.text = block["text"] or ""
            if self.kind == "section":
                self.level, self.role = block["level"], block["role"] or ""
                if heading := block["heading"]:
                    self.heading = len(heading)
                    self.text = f"{heading} {self.text}" if self.text else heading
                elif block["blocks"] and self.text[-1:] == ":" and self.level not in ITEM_LEVELS:
                    self.heading = len(self.text)

    @property
    def folded(self) -> str:
        """The text with its tone placement folded, of the same length."""
        if self._folded is None:
            self._folded = fold_tones(self.text)
        return self._folded

    @property
    def has_digit(self) -> bool:
        """Whether a digit stands in the text: a cheap test before patterns."""
        if self._has_digit is None:
            self._has_digit = _DIGIT.search(self.text) is not None
        return self._has_digit

    @property
    def span(self) -> Data:
        """The span of the whole block."""
        return dict(self.block["span"])

    def locate(self, start: int, end: int) -> Data:
        """The span, in the text as it was read, of a range of the passage's text; the block's own span where the words
        do not stand there in one run (a cell put back under its column)."""
        if self._base is None:
            self._base = self._align()
        if self._base >= 0:
            low, high = self._base + start, self._base + end
            while low < high and self.text[low - self._base].isspace():
                low += 1
            while low < high and self.text[high - self._base - 1].isspace():
                high -= 1
        else:
            solid = len(_solid(self.text[:start]))
            last = solid + len(_solid(self.text[start:end])) - 1
            if last < solid or not self._words:
                return self.span
            low, high = self._offset(solid), self._offset(last) + 1
        if low >= high:
            return self.span
        source = self._source
        ends = self._line_ends
        return {
            "start": source.offset(low),
            "end": source.offset(high),
            "first_line": source.line(bisect_left(ends, low), low),
            "last_line": source.line(bisect_left(ends, high - 1), high - 1),
        }

    def _offset(self, solid: int) -> int:
        """Where a character stands in the clean text, by its number among those that are no white space and no bar."""
        word = bisect_right(self._words, solid) - 1
        return self._offsets[word] + solid - self._words[word]

    def _align(self) -> int:
        """Where the passage begins in the clean text, if its words stand there with one character between them; else
        -1, and `_words` and `_offsets` tell where they stand; both are empty where they do not."""
        span = self.block["span"]
        low, high = (self._source.clean_offset(span[key]) for key in ("start", "end"))
        printed = self._source.clean[low:high]
        # Marks stand before the words ("2.", "-"), so the words are looked for from the end.
        if printed.endswith(self.text):
            return high - len(self.text)
        at = printed.replace("\n", " ").rfind(self.text.replace("\n", " "))
        if at >= 0:
            return low + at
        wanted = _solid(self.text)
        at = _solid(printed).rfind(wanted)
        if at >= 0 and wanted:
            count = -at  # so that the passage's own first solid character is number 0
            words, offsets = array("q"), array("q")
            for found in _SOLID.finditer(printed):
                start, end = found.span()
                words.append(count)
                offsets.append(low + start)
                count += end - start
            self._words, self._offsets = words, offsets
        return -1


def _solid(text: str) -> str:
    """A text without white space and bars."""
    return "".join(text.replace("|", " ").split())


def own_cells(row: Data) -> list[str]:
    """The cells of a row by column; what a cell over several columns repeats to the right of itself is left out, so
    that a group's title is nobody's name and no product."""
    cells: list[str] = row["cells"]
    if not (repeated := spread(row)):
        return cells
    return ["" if index in repeated else cell for index, cell in enumerate(cells)]


class Passages:
    """All passages of a document in its order."""

    def __init__(self, passages: list[Passage]) -> None:
        self.all = passages

    def __iter__(self) -> Any:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, index: int) -> Passage:
        return self.all[index]

    def above(self, passage: Passage) -> list[Passage]:
        """The passages that a passage stands under, the nearest first."""
        chain = []
        while passage.parent >= 0:
            passage = self.all[passage.parent]
            chain.append(passage)
        return chain


def read_passages(document: Data, source: Source) -> Passages:
    """The passages of a document."""
    passages: list[Passage] = []
    line_ends = array("q", (found.start() for found in _LINE_END.finditer(source.clean)))

    def take(block: Data, parent: int, part: str, table: Data | None = None) -> int:
        passages.append(Passage(source, line_ends, len(passages), parent, part, block, table))
        return len(passages) - 1

    for part in document["parts"]:
        # Blocks still to visit, the next one last, with the index of the section that they stand in.
        waiting = [(block, -1) for block in reversed(part["blocks"])]
        while waiting:
            block, parent = waiting.pop()
            if block["type"] == "table":
                rows: dict[str, int] = {}
                for row in rows_of(block):
                    rows[row["id"]] = take(row, rows.get(row["parent"], parent), part["kind"], block)
                continue
            index = take(block, parent, part["kind"])
            if block["type"] == "section":
                waiting.extend((inner, index) for inner in reversed(block["blocks"]))
    return Passages(passages)
