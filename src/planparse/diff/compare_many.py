"""Several plans side by side, one column a document: their targets, who leads how much, and their money.

Between plans names of provinces and agencies are neutral, as when two are compared (`keys`). What a document does not say
is None, or an empty cell, never 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

from planparse.diff.facts import agencies_of, years_of
from planparse.diff.families import FAMILIES_OF_MANY
from planparse.diff.keys import Keys
from planparse.diff.many_targets import compare_targets_of_many
from planparse.grammar.grammar import Grammar

Data = dict[str, Any]

SCHEMA_VERSION = "1.0"
_SAID_OF_ITSELF = ("number", "type_name", "title", "issuer", "province", "issued_on")


def brief(document: Data) -> Data:
    """What is compared of a model, without its blocks: many documents are held at once."""
    return {key: document[key] for key in ("source", "metadata", "tasks", "targets", "funding")}


def compare_many(
    documents: Sequence[Data], grammar: Grammar, *, only: tuple[str, ...] = FAMILIES_OF_MANY, successors: bool = False
) -> Data:
    """Models, whole or brief, side by side, in their order.

    only: the families to compare; the others are empty. successors: count agencies under those that took over in 2025.
    """
    keys = [Keys(grammar, neutral=True, province=document["metadata"]["province"]) for document in documents]
    targets = compare_targets_of_many([d["targets"] for d in documents], keys) if "targets" in only else []
    agencies = _agencies([d["tasks"] for d in documents], keys, successors) if "agencies" in only else []
    amounts = [document["funding"] for document in documents] if "funding" in only else [[] for _ in documents]
    return {
        "schema_version": SCHEMA_VERSION,
        "documents": _documents(documents),
        "in_common": any(row["documents"] > 1 for row in (*targets, *agencies)),
        "targets": targets,
        "agencies": agencies,
        "funding": {
            "totals": _sums(amounts, lambda fact, side: ""),
            "stated": _stated(amounts),
            "by_year": _sums(amounts, lambda fact, side: years_of(fact)),
            "by_source": _named_by_source(amounts, keys),
        },
    }


# --- documents --------------------------------------------------------------------------------------------------------
def _documents(documents: Sequence[Data]) -> list[Data]:
    entries = []
    for document, name in zip(documents, names_of(documents), strict=True):
        metadata, tasks = document["metadata"], document["tasks"]
        entries.append(
            {
                "name": name,
                "path": document["source"]["path"],
                "sha256": document["source"]["sha256"],
                **{key: metadata[key] for key in _SAID_OF_ITSELF},
                "targets": len(document["targets"]),
                "tasks": len(tasks),
                "unled": sum(not task["lead"] for task in tasks),
                "amounts": len(document["funding"]),
            }
        )
    return entries


def names_of(documents: Sequence[Data]) -> list[str]:
    """A short name for each: province, else issuer, and number ("Hà Giang, 187/KH-UBND"), with the file's name where one of
    the two is missing or two documents would be called alike; no two are the same."""
    files = [PurePath(document["source"]["path"] or "").name for document in documents]
    said = [_said(document["metadata"]) for document in documents]
    plain = Counter(", ".join(pieces) for pieces in said)
    names = []
    for pieces, file in zip(said, files, strict=True):
        alone = len(pieces) == 2 and plain[", ".join(pieces)] == 1
        names.append(", ".join(pieces if alone or not file else [*pieces, file]))
    repeated = Counter(names)
    return [
        f"{name} ({place})".strip() if repeated[name] > 1 or not name else name for place, name in enumerate(names, start=1)
    ]


def _said(metadata: Data) -> list[str]:
    """Who issued a document, and its number, as far as it says so."""
    return [" ".join(piece.split()) for piece in (metadata["province"] or metadata["issuer"], metadata["number"]) if piece]


# --- agencies ---------------------------------------------------------------------------------------------------------
def _agencies(tasks: Sequence[list[Data]], keys: list[Keys], successors: bool) -> list[Data]:
    """How many tasks each agency leads and supports in each document; the one that leads most comes first."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    counts: dict[str, dict[str, list[int]]] = {}
    for side, found in enumerate(tasks):
        for task in found:
            for role, counted in (("lead", "leads"), ("supporting", "supports")):
                for name in agencies_of(task[role], successors):
                    key = " ".join(keys[side].bag(name)) or name
                    names[key][name] += 1
                    row = counts.setdefault(key, {"leads": [0] * len(tasks), "supports": [0] * len(tasks)})
                    row[counted][side] += 1
    rows = [
        {
            # Of the names that are one between plans ("Công an tỉnh", "Công an thành phố") the one in most use.
            "name": names[key].most_common(1)[0][0],
            "documents": sum(any(pair) for pair in zip(row["leads"], row["supports"], strict=True)),
            **row,
        }
        for key, row in counts.items()
    ]
    return sorted(rows, key=lambda row: (-sum(row["leads"]), -row["documents"], -sum(row["supports"])))


# --- money ------------------------------------------------------------------------------------------------------------
def _sums(amounts: Sequence[list[Data]], key_of: Callable[[Data, int], str]) -> list[Data]:
    """Sums of each document's items by a key and the currency; None where a document has none. Totals that a document states
    are not added to its items again."""
    sums: dict[tuple[str, str], list[int | None]] = {}
    for side, facts in enumerate(amounts):
        for fact in facts:
            if fact["kind"] == "item":
                row = sums.setdefault((key_of(fact, side), fact["currency"]), [None] * len(amounts))
                row[side] = (row[side] or 0) + fact["amount"]
    # What names no year, or no source, comes last.
    ordered = sorted(sums.items(), key=lambda item: (not item[0][0], item[0]))
    return [{"key": key, "currency": currency, "amounts": row} for (key, currency), row in ordered]


def _stated(amounts: Sequence[list[Data]]) -> list[Data]:
    """The largest total that each document states, by currency."""
    stated: dict[str, list[int | None]] = {}
    for side, facts in enumerate(amounts):
        for fact in facts:
            if fact["kind"] == "total":
                row = stated.setdefault(fact["currency"], [None] * len(amounts))
                row[side] = fact["amount"] if (known := row[side]) is None else max(known, fact["amount"])
    return [{"key": "", "currency": currency, "amounts": row} for currency, row in sorted(stated.items())]


def _named_by_source(amounts: Sequence[list[Data]], keys: list[Keys]) -> list[Data]:
    """Sums by the source of the money; spellings that differ in case or the province's name alone are one source."""
    names: dict[str, str] = {}

    def source_of(fact: Data, side: int) -> str:
        printed = " ".join((fact["source_of_money"] or "").split())
        key = " ".join(keys[side].bag(printed))
        names.setdefault(key, printed)
        return key

    return [row | {"key": names.get(row["key"], "")} for row in _sums(amounts, source_of)]
