"""Several plans side by side as tables of texts, one column a document: what the writers of all formats but JSON show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from planparse.diff.words import WORDS, target_side
from planparse.writing.sheets import amount_text, clean, number_text

Data = dict[str, Any]


class Row(NamedTuple):
    """A row: its name, a text for each document, and how many of the documents have it."""

    name: str
    cells: list[str]
    documents: int


class Table(NamedTuple):
    """A table: the family that it shows, its title, what its rows are, whether its cells are numbers, its rows."""

    family: str
    title: str
    head: str
    numeric: bool
    rows: list[Row]


def tables_of(comparison: Data, lang: str) -> list[Table]:
    """The tables that have rows: targets, agencies by tasks led, money."""
    words = WORDS[lang]
    tables = [
        Table("targets", words["targets"], words["targets"], False, _targets(comparison["targets"], lang)),
        Table("agencies", words["leads_of"], words["agency"], True, _leads(comparison["agencies"], words, lang)),
        Table("funding", words["funding"], words["funding"], True, _money(comparison["funding"], words, lang)),
    ]
    return [table for table in tables if table.rows]


def said_of(comparison: Data, tables: list[Table], words: dict[str, str]) -> str:
    """What is said of the tables as a whole: how they are read, or that there is nothing to read."""
    if not tables:
        return words["nothing_found"]
    best = any(fact["most_ambitious"] for row in comparison["targets"] for cell in row["cells"] for fact in cell)
    legend = words["missing"] + (f"; {words['best']} {words['best_means']}" if best else "")
    asked = any(table.family != "funding" for table in tables)
    return f"{words['many_apart']} ({legend})" if asked and not comparison["in_common"] else legend


def document_line(document: Data, words: dict[str, str], lang: str) -> str:
    """A document in one line: its name, type, title and file, and how much was read from it."""
    about = [document["type_name"], document["title"], document["path"]]
    counts = [f"{words[key].lower()}: {number_text(document[key], lang)}" for key in ("targets", "tasks")]
    if document["unled"]:
        counts[1] += f" ({words['unled']}: {number_text(document['unled'], lang)})"
    counts.append(f"{words['funding'].lower()}: {number_text(document['amounts'], lang)}")
    pieces = [document["name"], *dict.fromkeys(piece for piece in about if piece and piece != document["name"])]
    return clean(f"{'; '.join(pieces)} ({', '.join(counts)})").replace("\n", " ")


def status_of(row: Row) -> str:
    """Whether all, several, or one of the documents have a row."""
    return "in_all" if row.documents == len(row.cells) else "in_some" if row.documents > 1 else "in_one"


def money_rows(funding: Data, words: dict[str, str]) -> list[tuple[str, Data]]:
    """The rows of money with their names, in the order in which they are shown."""
    return [
        (words[title] if name in {"totals", "stated"} else f"{words[title]}: {row['key'] or words['no_key']}", row)
        for name, title in (("totals", "total"), ("stated", "stated"), ("by_year", "by_year"), ("by_source", "by_source"))
        for row in funding[name]
        # Where no item names a year (a source), the sum by it says what the total says.
        if name in {"totals", "stated"} or len(funding[name]) > 1 or row["key"]
    ]


def _targets(rows: list[Data], lang: str) -> list[Row]:
    best = f" {WORDS[lang]['best']}"
    return [
        Row(
            row["indicator"],
            [
                "\n".join(dict.fromkeys(target_side(fact, lang) + (best if fact["most_ambitious"] else "") for fact in cell))
                or WORDS[lang]["empty"]
                for cell in row["cells"]
            ],
            row["documents"],
        )
        for row in rows
    ]


def _leads(rows: list[Data], words: dict[str, str], lang: str) -> list[Row]:
    return [
        Row(row["name"], [_shown(count or None, lambda n: number_text(n, lang), words) for count in row["leads"]], leading)
        for row in rows
        if (leading := sum(map(bool, row["leads"])))
    ]


def _money(funding: Data, words: dict[str, str], lang: str) -> list[Row]:
    rows = []
    for name, row in money_rows(funding, words):
        said = [
            _shown(amount, lambda n, row=row: amount_text({"amount": n, "currency": row["currency"]}, lang), words)  # type: ignore[misc]
            for amount in row["amounts"]
        ]
        rows.append(Row(name, said, sum(amount is not None for amount in row["amounts"])))
    return rows


def _shown(value: int | None, written: Callable[[int], str], words: dict[str, str]) -> str:
    return words["empty"] if value is None else written(value)
