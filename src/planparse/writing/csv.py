"""CSV that Excel reads right (UTF-8 with byte order mark, RFC 4180) and that never becomes a formula.

Escaped is only what a spreadsheet would run as a formula when it opens the file, for a document's words could then fetch
or send data: a text that begins with one of FORMULA_STARTS ("=SUM(A1)", "- Sở Y tế") gets an apostrophe before it. A
plain number ("-5", "+84") and a sign alone ("-", an empty cell of many tables) are no formulas and stay as they are.
"""

from __future__ import annotations

import csv
import io
import re

from planparse.writing.sheets import Cell, Sheet

#: A cell that begins so may be a formula to a spreadsheet (OWASP, "CSV Injection"), the full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HARMLESS = re.compile(r"[-+](?:[0-9]+(?:[.,][0-9]+)*%?)?", re.ASCII)


def write_csv(sheet: Sheet) -> str:
    """The sheet as CSV: byte order mark, header, rows; lines end with CR LF. Numbers stay numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard(name) for name in sheet.header])
    writer.writerows([guard(cell) for cell in row] for row in sheet.rows)
    return "\ufeff" + out.getvalue()


def guard(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; all else as it is."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not _HARMLESS.fullmatch(cell):
        return f"'{cell}"
    return cell
