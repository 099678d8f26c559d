"""What merged cells repeat in the rows of the model."""

from __future__ import annotations

from typing import Any


def spread(row: dict[str, Any]) -> set[int]:
    """The columns of a row whose text a cell that spans several columns repeats from the column at their left: a group's
    title over the whole row ("I" | "Giống lúa" | "Giống lúa" | …) is printed once."""
    cells = row["cells"]
    return {index for index in row["carried"] if index and cells[index] == cells[index - 1]}
