"""Several plans side by side for the terminal. Documents are known by letters, which the head explains; where their columns
find no room, each row is a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from planparse.diff.words import WORDS
from planparse.writing.compare_tables import Table, document_line, said_of, tables_of
from planparse.writing.indented import Indented
from planparse.writing.sheets import clean

Data = dict[str, Any]

#: The room that a row's name and a text take at least, and so much of a name is shown.
_NAME, _CELL, _LONGEST = 24, 16, 200
_GAP = 3


def show_compare(console: Console, comparison: Data, *, lang: str) -> None:
    """Print the documents with their letters, then the tables."""
    for piece in _pieces(comparison, lang, console.width):
        console.print(piece)


def _pieces(comparison: Data, lang: str, width: int) -> Iterator[RenderableType]:
    words = WORDS[lang]
    tables = tables_of(comparison, lang)
    letters = [letter_of(place) for place in range(len(comparison["documents"]))]
    yield Text(words["many"], style="bold")
    for letter, document in zip(letters, comparison["documents"], strict=True):
        yield Indented(Text(f"{letter}  {document_line(document, words, lang)}"), 2)
    yield Text(said_of(comparison, tables, words))
    for table in tables:
        yield Text(f"\n{table.title}", style="bold")
        widths = [max(len(line) for row in table.rows for line in row.cells[at].split("\n")) for at in range(len(letters))]
        # Texts are wrapped, numbers are not.
        if _NAME + sum(_GAP + (wide if table.numeric else min(wide, _CELL)) for wide in widths) <= width:
            yield _grid(table, letters)
        else:
            yield from _lists(table, letters, words)


def letter_of(place: int) -> str:
    """A, B … Z, AA, AB …"""
    letter = chr(ord("A") + place % 26)
    return letter if place < 26 else letter_of(place // 26 - 1) + letter


def _grid(table: Table, letters: list[str]) -> Grid:
    grid = Grid(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    grid.add_column(Text(table.head), overflow="fold", min_width=_NAME)
    for letter in letters:
        grid.add_column(Text(letter), justify="right" if table.numeric else "left", no_wrap=table.numeric)
    for row in table.rows:
        grid.add_row(Text(_short(row.name)), *(Text(clean(cell)) for cell in row.cells))
    return grid


def _lists(table: Table, letters: list[str], words: dict[str, str]) -> Iterator[RenderableType]:
    """Each row's name, and under it what each document says; those that say nothing stand together."""
    for row in table.rows:
        missing = [letter for letter, cell in zip(letters, row.cells, strict=True) if cell == words["empty"]]
        yield Indented(Text(_short(row.name)), 2)
        for letter, cell in zip(letters, row.cells, strict=True):
            if cell != words["empty"]:
                yield Indented(Text(f"{letter}  " + ", ".join(clean(cell).split("\n"))), 4)
        if missing:
            yield Indented(Text(f"{words['empty']}  {', '.join(missing)}"), 4)


def _short(text: str) -> str:
    text = " ".join(clean(text).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
