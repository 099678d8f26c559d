"""The boxes of a document as paragraphs and tables: data keeps its grid, a table that only frames text is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from planparse.reading.grid_columns import fitted
from planparse.reading.html_page import Box, Text
from planparse.reading.native import Cell, Paragraph, Table

_GROUPS = {"thead", "tbody", "tfoot"}
_SPAN = re.compile(r"\s*(\d{1,9})")
#: A cell that holds more than this share of the words of its table may frame the document.
_MOST = 0.6
#: So long, in so many paragraphs, no cell of data is.
_FRAMED_SIZE, _FRAMED_TEXTS = 3000, 20


class _Row(NamedTuple):
    """A row: its cells, each with the rows that it covers within its group, and with its columns."""

    cells: list[tuple[Box, int, int]]
    heads: bool


class Setter:
    """Sets the boxes of a document.

    keeps: whether a text of the page belongs to the document.
    starts: whether a text begins with a mark of its own, so that a bullet before it says nothing.
    heads: whether a text is of a letterhead.
    nested: how many tables stood inside cells of others and were set as their words.
    """

    def __init__(self, keeps: Callable[[Text], bool], starts: Callable[[str], bool], heads: Callable[[str], bool]) -> None:
        self._keeps = keeps
        self._starts = starts
        self._heads = heads
        self.nested = 0

    def pieces(self, box: Box) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables of a box, in order."""
        for child in box.children:
            if isinstance(child, Text):
                if self._keeps(child):
                    yield Paragraph(self.printed(child))
            elif child.last > child.first:
                if child.tag == "table":
                    yield from self._table(child)
                else:
                    yield from self.pieces(child)

    def printed(self, text: Text) -> str:
        """A text with its label, but for a bullet before a mark of its own ("• - Sở Y tế") and a number said twice."""
        label = text.label
        if label and (text.text.startswith(label) or (not label[:1].isalnum() and self._starts(text.text))):
            return text.text
        return text.printed

    # --- tables -----------------------------------------------------------------------------------------------
    def _table(self, table: Box) -> Iterator[Paragraph | Table]:
        loose: list[Text] = []
        rows = list(self._rows(table, loose))
        yield from (Paragraph(self.printed(text)) for text in loose)
        filled = [[cell for cell, _, _ in row.cells if self._holds(cell)] for row in rows]
        if max(map(len, filled), default=0) < 2:
            for cells in filled:
                for cell in cells:
                    yield from self.pieces(cell)
            return
        framing = [any(self._frames(cell, table) for cell in cells) for cells in filled]
        run: list[_Row] = []
        for row, cells, frames in zip(rows, filled, framing, strict=True):
            if not frames:
                run.append(row)
                continue
            yield from self._data(run)
            run = []
            for cell in cells:
                yield from self.pieces(cell)
        yield from self._data(run)

    def _data(self, rows: list[_Row]) -> Iterator[Table]:
        """The table of rows that hold data, if they hold any."""
        if not any(self._holds(cell) for row in rows for cell, _, _ in row.cells):
            return
        header = next((at for at, row in enumerate(rows) if not row.heads), 0)
        cells = [[Cell(self._words(cell), height, width) for cell, height, width in row.cells] for row in rows]
        yield Table(fitted(cells), header)

    def _rows(self, table: Box, loose: list[Text]) -> Iterator[_Row]:
        """The rows of a table, without those of tables inside; `loose` takes the texts that stand outside of cells."""
        group: list[Box] = []
        for child in table.children:
            if isinstance(child, Box) and child.tag == "tr":
                group.append(child)
                continue
            yield from self._group(group, loose, in_head=False)
            group = []
            if isinstance(child, Text):
                loose += [child] if self._keeps(child) else []
            elif child.tag in _GROUPS:
                rows = []
                for row in child.children:
                    if isinstance(row, Box) and row.tag == "tr":
                        rows.append(row)
                    else:
                        loose += self._texts(row)
                yield from self._group(rows, loose, in_head=child.tag == "thead")
            else:
                loose += self._texts(child)
        yield from self._group(group, loose, in_head=False)

    def _group(self, rows: list[Box], loose: list[Text], *, in_head: bool) -> Iterator[_Row]:
        """The rows of a group; a cell does not reach out of it."""
        shown = [row for row in rows if not row.hidden or self._holds(row)]
        for at, row in enumerate(shown):
            cells = []
            for child in row.children:
                if isinstance(child, Box) and child.tag in {"td", "th"}:
                    if not child.hidden or self._holds(child):
                        height = _span(child, "rowspan")
                        left = len(shown) - at
                        cells.append((child, min(height or left, left), max(1, _span(child, "colspan"))))
                else:
                    loose += self._texts(child)
            yield _Row(cells, in_head or (bool(cells) and all(cell.tag == "th" for cell, _, _ in cells)))

    def _frames(self, cell: Box, table: Box) -> bool:
        """Whether a cell holds a document, not data: a letterhead and more, or a table of its own and most of the words,
        or very many paragraphs."""
        if cell.last - cell.first < 2:
            return False
        texts = self._texts(cell)
        inner = self._holds_table(cell)
        if (inner or len(texts) >= _FRAMED_TEXTS) and any(self._heads(text.text) for text in texts[:_FRAMED_TEXTS]):
            return True
        if cell.size <= _MOST * table.size:
            return False
        return inner or (cell.size > _FRAMED_SIZE and len(texts) >= _FRAMED_TEXTS)

    def _holds_table(self, cell: Box) -> bool:
        """Whether a row of a table inside a cell has two cells with words."""
        stack = [cell]
        while stack:
            for child in stack.pop().children:
                if not isinstance(child, Box) or child.last - child.first < 2:
                    continue
                cells = [box for box in child.children if isinstance(box, Box)] if child.tag == "tr" else []
                if sum(box.tag in {"td", "th"} and self._holds(box) for box in cells) > 1:
                    return True
                stack.append(child)
        return False

    def _words(self, cell: Box) -> str:
        """All that a cell says, a paragraph a line; a table inside has a line for each of its rows."""
        lines: list[str] = []
        for child in cell.children:
            if isinstance(child, Text):
                if self._keeps(child):
                    lines.append(self.printed(child))
            elif child.tag == "table":
                loose: list[Text] = []
                rows = [
                    [words for inner, _, _ in row.cells if (words := self._words(inner).replace("\n", " "))]
                    for row in self._rows(child, loose)
                ]
                lines += [self.printed(text) for text in loose]
                lines += [" | ".join(row) for row in rows if row]
                self.nested += max(map(len, rows), default=0) > 1
            elif words := self._words(child):
                lines.append(words)
        return "\n".join(lines)

    def _texts(self, child: Box | Text) -> list[Text]:
        if isinstance(child, Text):
            return [child] if self._keeps(child) else []
        found: list[Text] = []
        stack: list[Box | Text] = [child]
        while stack:
            at = stack.pop()
            if isinstance(at, Text):
                found += [at] if self._keeps(at) else []
            else:
                stack += reversed(at.children)
        return found

    def _holds(self, cell: Box) -> bool:
        """Whether a cell has words of the document."""
        return cell.last > cell.first and bool(self._texts(cell))


def _span(cell: Box, name: str) -> int:
    """How many rows or columns a cell asks for; 1 where it does not say, 0 for "to the end of the group"."""
    found = _SPAN.match(cell.attributes.get(name, ""))
    return int(found[1]) if found else 1
