"""Several plans side by side as CSV: one row a line, one column a document; counts and amounts are numbers, what a document
does not say is an empty cell."""

from __future__ import annotations

from typing import Any

from planparse.diff.words import WORDS, target_side
from planparse.writing.compare_tables import money_rows
from planparse.writing.csv import write_csv
from planparse.writing.sheets import Cell, Sheet, clean

Data = dict[str, Any]


def write_compare_csv(comparison: Data, *, lang: str = "en") -> str:
    """All tables in one sheet: which table, which row, what is measured, and a cell for each document."""
    words = WORDS[lang]
    rows: list[list[Cell]] = []
    for target in comparison["targets"]:
        said = ["; ".join(dict.fromkeys(target_side(fact, lang) for fact in cell)) for cell in target["cells"]]
        rows.append([words["targets"], target["indicator"], None, *(text or None for text in said)])
    for agency in comparison["agencies"]:
        for role in ("leads", "supports"):
            if any(agency[role]):
                rows.append([words["agencies"], agency["name"], words[role], *agency[role]])
    for name, money in money_rows(comparison["funding"], words):
        rows.append([words["funding"], name, money["currency"], *money["amounts"]])
    header = [words["kind"], words["name"], words["measure"], *(document["name"] for document in comparison["documents"])]
    cleaned: list[list[Cell]] = [[clean(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return write_csv(Sheet(words["many"], [clean(name) for name in header], [], cleaned))
