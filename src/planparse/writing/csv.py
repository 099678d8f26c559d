"""CSV that Excel reads right (UTF-8 with byte order mark, RFC 4180) and that never becomes a formula."""

from __future__ import annotations

import csv
import io

from planparse.writing.sheets import Cell, Sheet

#: A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection"), the full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(sheet: Sheet) -> str:
    """The sheet as CSV: byte order mark, header, rows; lines end with CR LF. Numbers stay numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard(name) for name in sheet.header])
    writer.writerows([guard(cell) for cell in row] for row in sheet.rows)
    return "\ufeff" + out.getvalue()


def guard(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; all else as it is."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
