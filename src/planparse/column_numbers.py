"""The row under a header that numbers the columns and says how they are reckoned: "(1)", "(2)", "(3) = (4) + (5)". It is
kept as a row, and holds no facts and no amounts."""

from __future__ import annotations

from typing import Any

from planparse.late import late

#: Fewer cells may be those of any row.
_FEWEST = 3
_NUMBER = late(r"\(?(?P<number>\d{1,2})\)?(?:\s?=[\d()\s.,:x×*/+–-]+)?\Z")
_LETTER = late(r"\(?[A-ZĐ]\)?\Z")


def are_column_numbers(cells: list[str]) -> bool:
    """Whether the cells of a row count the columns from 1 on; letters may stand before: "A", "B", "1", "2 = 3 + 4"."""
    cells = [cell.strip() for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    letters = 0
    while letters < len(cells) and _LETTER.match(cells[letters]):
        letters += 1
    numbers = [_NUMBER.match(cell) for cell in cells[letters:]]
    if len(cells) < _FEWEST or not all(numbers):
        return False
    return [int(found["number"]) for found in numbers if found] == list(range(1, len(numbers) + 1))


def rows_of(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table of the model but for the one that numbers its columns."""
    rows: list[dict[str, Any]] = table["rows"]
    return rows[1:] if rows and are_column_numbers(rows[0]["cells"]) else rows
