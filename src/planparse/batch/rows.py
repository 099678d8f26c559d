"""The five tables of a batch: what their columns are, and a document's rows in them.

Every row begins with its document, as the manifest calls it; a fact's row goes on with its id, its block and its line.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

from planparse.writing.sheets import clean, comparator_code, plain_number

Data = dict[str, Any]
Value = str | int | float | None
Values = list[Value]

TEXT, WHOLE, NUMBER, DATE = "text", "whole", "number", "date"
_GREATEST = 2**63
_GREATEST_NUMBER = 1e300
_DATE = re.compile(r"\d{4}-\d\d-\d\d$")


class Field(NamedTuple):
    """A column: its name, what it holds (text, whole, number, date), its width in a workbook."""

    name: str
    kind: str = TEXT
    width: int = 14


_FACT = (Field("document", width=30), Field("id"), Field("block_id", width=18), Field("line", WHOLE, 8))

TABLES: dict[str, tuple[Field, ...]] = {
    "documents": (
        Field("document", width=30),
        Field("number", width=18),
        Field("type", width=8),
        Field("type_name"),
        Field("title", width=60),
        Field("issuer", width=30),
        Field("province", width=16),
        Field("issued_on", DATE, 12),
        Field("effective_on", DATE, 12),
        Field("period_start", WHOLE, 12),
        Field("period_end", WHOLE, 12),
        Field("signer", width=22),
        Field("layout"),
        Field("characters", WHOLE, 12),
        Field("sections", WHOLE, 10),
        Field("tables", WHOLE, 10),
        Field("tasks", WHOLE, 10),
        Field("targets", WHOLE, 10),
        Field("funding", WHOLE, 10),
        Field("citations", WHOLE, 10),
        Field("errors", WHOLE, 10),
        Field("warnings", WHOLE, 10),
        Field("coverage", NUMBER, 10),
        Field("sha256", width=20),
    ),
    "tasks": (
        *_FACT,
        Field("text", width=60),
        Field("role"),
        Field("lead", width=30),
        Field("lead_canonical", width=30),
        Field("supporting", width=30),
        Field("supporting_canonical", width=30),
        Field("time", width=20),
        Field("funding_source", width=20),
        Field("product", width=30),
    ),
    "targets": (
        *_FACT,
        Field("text", width=60),
        Field("indicator", width=40),
        Field("comparator"),
        Field("value", NUMBER),
        Field("value_max", NUMBER),
        Field("unit"),
        Field("year", WHOLE, 8),
        Field("baseline_year", WHOLE, 8),
    ),
    "funding": (
        *_FACT,
        Field("label", width=60),
        Field("amount", WHOLE, 20),
        Field("currency", width=8),
        Field("year", WHOLE, 8),
        Field("period_start", WHOLE, 12),
        Field("period_end", WHOLE, 12),
        Field("source_of_money", width=30),
        Field("kind", width=8),
        Field("column", width=30),
    ),
    "citations": (
        *_FACT,
        Field("text", width=50),
        Field("type"),
        Field("number", width=20),
        Field("date", DATE, 12),
        Field("issuer", width=30),
        Field("subject", width=60),
        Field("mentions", WHOLE, 10),
    ),
}


def rows_of(document: Data, name: str, counts: dict[str, int]) -> dict[str, list[Values]]:
    """The rows of a document, without anything that a file of tables could not hold.

    name: what the manifest calls it. counts: of its sections, tables, errors and warnings.
    """
    rows = {
        "documents": [_document(document, counts)],
        "tasks": [_task(fact) for fact in document["tasks"]],
        "targets": [_target(fact) for fact in document["targets"]],
        "funding": [_funding(fact) for fact in document["funding"]],
        "citations": [
            [
                fact["text"],
                fact["type"],
                fact["number"],
                fact["date"],
                fact["issuer"],
                fact["subject"],
                len(fact["mentions"]),
            ]
            for fact in document["citations"]
        ],
    }
    for kind in ("tasks", "targets", "funding", "citations"):
        for fact, row in zip(document[kind], rows[kind], strict=True):
            row[:0] = [fact["id"], fact["block_id"], fact["span"]["first_line"]]
    return {
        kind: [
            [name, *(_held(value, field) for value, field in zip(row, TABLES[kind][1:], strict=True))] for row in rows[kind]
        ]
        for kind in TABLES
    }


def _held(value: Any, field: Field) -> Value:
    """A value as its column holds it. A date that is no day, a month or a year alone, is left out, and a number that no
    database holds."""
    if value is None:
        return None
    if field.kind == TEXT:
        return clean(str(value))
    if field.kind == DATE:
        return value if is_date(value) else None
    fits = -_GREATEST <= value < _GREATEST if field.kind == WHOLE else abs(value) < _GREATEST_NUMBER
    return plain_number(value) if fits else None


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, "2025-12-15"."""
    if not _DATE.match(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _document(document: Data, counts: dict[str, int]) -> Values:
    about, source = document["metadata"], document["source"]
    period = about["period"] or {"start": None, "end": None}
    signers = "; ".join(signer["name"] for signer in about["signers"] if signer["name"]) or None
    return [
        *(about[key] for key in ("number", "type", "type_name", "title", "issuer", "province", "issued_on", "effective_on")),
        period["start"],
        period["end"],
        signers,
        source["layout"],
        source["characters"],
        counts["sections"],
        counts["tables"],
        *(len(document[kind]) for kind in ("tasks", "targets", "funding", "citations")),
        counts["error"],
        counts["warning"],
        source["coverage"],
        source["sha256"],
    ]


def _task(fact: Data) -> Values:
    return [
        fact["text"],
        fact["role"],
        *_names(fact["lead"]),
        *_names(fact["supporting"]),
        fact["time"],
        fact["funding_source"],
        fact["product"],
    ]


def _target(fact: Data) -> Values:
    # "=" would be a formula in a cell; `planparse targets -f csv` says "eq" as well.
    told = fact | {"comparator": comparator_code(fact["comparator"])}
    return [told[field.name] for field in TABLES["targets"][len(_FACT) :]]


def _names(agencies: list[Data]) -> tuple[str | None, str | None]:
    """Agencies as printed, and by their usual names where the lexicon knows them."""
    printed = "; ".join(agency["name"] for agency in agencies)
    usual = "; ".join(agency["canonical"] or agency["name"] for agency in agencies)
    return printed or None, usual or None


def _funding(fact: Data) -> Values:
    period = fact["period"] or {"start": None, "end": None}
    return [
        *(fact[key] for key in ("label", "amount", "currency", "year")),
        *(period[key] for key in ("start", "end")),
        *(fact[key] for key in ("source_of_money", "kind", "column")),
    ]
