"""Facts as a table: on a terminal in columns that fit it, anywhere else one line a fact, with tabs between its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planparse.text import squash
from planparse.writing.sheets import Cell, Sheet

if TYPE_CHECKING:
    from rich.console import Console

#: No column that wraps is narrower: the longest syllable of Vietnamese has seven letters, "2021-2025" nine.
NARROWEST = 9
#: A page is no narrower; a terminal that is wraps its lines itself.
_NARROWEST_PAGE = 72
#: From this width on, columns stand two spaces apart.
_ROOMY = 110
#: So many lines of a cell are shown where not all are asked for.
MOST_LINES = 3
_LONG_WORD = re.compile(rf"\S{{{NARROWEST},}}")
_PIECES = re.compile("[^/]*/|[^/]+")


def write_lines(sheet: Sheet) -> str:
    """The header and each fact on one line of its own, whole, with one tab between cells: made for grep, cut and sort."""
    rows: list[list[str]] = [sheet.header, *([_text(cell) for cell in row] for row in sheet.rows)]
    return "".join("\t".join(map(squash, row)) + "\n" for row in rows)


def show_grid(console: Console, sheet: Sheet, *, full: bool = False) -> None:
    """The sheet in columns that fit the console.

    A cell shows no more than MOST_LINES lines, the last then ending in "…", unless `full`. What is known by its end (the
    id of a block, the name of a file) stays on one line and loses its beginning.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console.width = max(console.width, _NARROWEST_PAGE)
    rows = [[_text(cell) for cell in row] for row in sheet.rows]
    gap = 1 if console.width < _ROOMY else 2
    wide = widths(sheet, rows, console.width, gap)
    cells = [
        [
            [end_of(squash(text), width)] if column.tail else _lines(console, text, width, full)
            for text, width, column in zip(row, wide, sheet.columns, strict=True)
        ]
        for row in rows
    ]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, gap - 1, 0, 0), pad_edge=False, header_style="bold")
    # A blank line between rows of several lines.
    table.leading = int(any(len(lines) > 1 for row in cells for lines in row))
    for name, column, width in zip(sheet.header, sheet.columns, wide, strict=True):
        table.add_column(Text(name), justify="right" if column.number else "left", overflow="fold", width=width)
    for row in cells:
        table.add_row(*(Text("\n".join(lines)) for lines in row))
    console.print(table)


def end_of(text: str, width: int) -> str:
    """The text, or "…" and as much of its end as fits: "…table-1/3.2"."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    kept = text
    while kept and cell_len(kept) > width - 1:
        kept = kept[1:]
    return f"…{kept}"


def widths(sheet: Sheet, rows: list[list[str]], width: int, gap: int) -> list[int]:
    """The width of each column: one that needs no more than its share takes what it needs, the others share the rest, none
    narrower than NARROWEST."""
    from rich.cells import cell_len

    needs = [
        max(cell_len(line) for text in (name, *texts) for line in text.split("\n"))
        for name, texts in zip(sheet.header, zip(*rows, strict=True), strict=True)
    ]
    shares = [column.share for column in sheet.columns]
    wide = [0 if share else need for share, need in zip(shares, needs, strict=True)]
    free = width - sum(wide) - gap * len(needs)
    open_columns = [at for at, share in enumerate(shares) if share]
    while open_columns:
        parts = sum(shares[at] for at in open_columns)
        quotas = {at: free * shares[at] // parts for at in open_columns}
        settled = {at: needs[at] for at in open_columns if needs[at] <= max(NARROWEST, quotas[at])}
        settled = settled or {at: NARROWEST for at in open_columns if quotas[at] < NARROWEST} or quotas
        for at, taken in settled.items():
            wide[at] = taken
            free -= taken
            open_columns.remove(at)
    return wide


def at_slashes(word: str, width: int) -> str:
    """A word that is wider than its column ("1658/QĐ-TTg") with line ends after its slashes."""
    lines = [""]
    for piece in _PIECES.findall(word):
        if len(lines[-1]) + len(piece) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines) if len(word) > width else word


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _lines(console: Console, text: str, width: int, full: bool) -> list[str]:
    """The lines that a cell shows."""
    from rich.cells import cell_len
    from rich.text import Text

    if len(text) > width and "/" in text:
        text = _LONG_WORD.sub(lambda found: at_slashes(found[0], width), text)
    lines = [line.plain.rstrip() for line in Text(text).wrap(console, width, overflow="fold")]
    if full or len(lines) <= MOST_LINES:
        return lines
    last = lines[MOST_LINES - 1]
    while cell_len(last) > width - 1:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: MOST_LINES - 1], f"{last.rstrip()}…"]
