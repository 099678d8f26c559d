"""An Excel workbook of one sheet. Every text is written as a text: never a formula, never a link."""

from __future__ import annotations

import io
import math
from pathlib import Path

from planparse.errors import OutputError
from planparse.writing.files import write_whole
from planparse.writing.sheets import Cell, Sheet, clean

#: What a sheet and a cell of Excel hold, and the digits of a number that it keeps.
MAX_ROWS = 1_048_576
MAX_CHARACTERS = 32_767
_EXACT = 10**15
_WIDTHS = {0: 12, 1: 14, 2: 20, 3: 28, 4: 40, 5: 60}


def make_workbook(sheet: Sheet) -> bytes:
    """The bytes of a workbook. Raises OutputError where a sheet cannot hold so many rows."""
    import xlsxwriter

    if len(sheet.rows) >= MAX_ROWS:
        raise OutputError("output.too_many_rows", rows=len(sheet.rows))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet.title[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        grouped = book.add_format({"num_format": "#,##0", "valign": "top"})
        top = book.add_format({"valign": "top"})
        for at, (name, column) in enumerate(zip(sheet.header, sheet.columns, strict=True)):
            page.set_column(at, at, _WIDTHS[column.share])
            page.write_string(0, at, clean(name), bold)
        for line, row in enumerate(sheet.rows, 1):
            for at, cell in enumerate(row):
                kept = as_kept(cell)
                if isinstance(kept, str):
                    page.write_string(line, at, kept, wrapped)
                elif kept is not None:
                    page.write_number(line, at, kept, grouped if abs(kept) >= 10_000 else top)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
    return out.getvalue()


def as_kept(cell: Cell) -> Cell:
    """A cell as Excel keeps it: a text without what XML forbids, cut at the limit of a cell; a number of more digits than
    Excel keeps, or an infinite one, as text."""
    if isinstance(cell, str):
        return _cut(clean(cell))
    if cell is not None and (not math.isfinite(cell) or abs(cell) >= _EXACT):
        return str(cell)
    return cell


def _cut(text: str) -> str:
    """A text of no more than MAX_CHARACTERS, counted as Excel counts (UTF-16); a longer one ends in "…"."""
    if 2 * len(text) <= MAX_CHARACTERS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CHARACTERS:
        return text
    return units[: 2 * (MAX_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def write_xlsx(path: Path, sheet: Sheet) -> None:
    """Write a workbook, as `write_whole` writes every file: there whole, or all as it was before."""
    write_whole(path, make_workbook(sheet))
