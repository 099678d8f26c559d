"""Where in a document a fact stands: the row that it is read from, with its table and part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from planparse.text import squash

Data = dict[str, Any]


class Place(NamedTuple):
    """A row of a table, and the part of the document that holds the table."""

    row: Data
    table: Data
    part: Data


def rows_of(document: Data) -> dict[str, Place]:
    """The rows of all tables by their ids, which are the block ids of the facts that are read from them."""
    return {
        row["id"]: Place(row, table, part)
        for part in document["parts"]
        for table in _tables(part["blocks"])
        for row in table["rows"]
    }


def _tables(blocks: list[Data]) -> Iterator[Data]:
    for block in blocks:
        if block["type"] == "table":
            yield block
        else:
            yield from _tables(block.get("blocks", []))


def task_of(place: Place) -> str:
    """What a row is about: its cell in the first column of content, on one line, without a dash before it; "" where there
    is none."""
    cells = zip(place.table["columns"], place.row["cells"], strict=False)
    return next((squash(cell).lstrip("-–+• ") for column, cell in cells if column["kind"] == "content" and cell.strip()), "")
