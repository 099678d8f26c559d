"""Facts as Markdown: the summary at the head of a document, and a sheet as a table.

What the document says is escaped, as everywhere in the Markdown output.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from planparse.writing.labels import LABELS
from planparse.writing.markdown import escape
from planparse.writing.sheets import (
    Cell,
    Found,
    Sheet,
    amount_text,
    clean,
    number_text,
    page_sheet,
    years_text,
)

Data = dict[str, Any]

#: So many leading agencies are named.
MOST_LEADS = 10


def markdown_table(header: list[str], numeric: list[bool], rows: list[list[Cell]]) -> Iterator[str]:
    """The lines of a Markdown table, numbers set to the right, and a blank line."""
    yield "| " + " | ".join(map(markdown_cell, header)) + " |"
    yield "| " + " | ".join("---:" if right else "---" for right in numeric) + " |"
    for row in rows:
        yield "| " + " | ".join(markdown_cell(cell) or " " for cell in row) + " |"
    yield ""


def markdown_cell(cell: Cell) -> str:
    """A cell inside a Markdown table: escaped, on one line, its line breaks kept."""
    if cell is None:
        return ""
    return "<br>".join(escape(line) for line in clean(str(cell)).split("\n"))


def write_sheet(sheet: Sheet, *, none: str) -> str:
    """A sheet as Markdown under its title; `none` is said where it has no rows."""
    lines = [f"# {sheet.title}", ""]
    if sheet.rows:
        lines += markdown_table(sheet.header, [column.number for column in sheet.columns], sheet.rows)
    else:
        lines += [none, ""]
    return "\n".join(lines[:-1]) + "\n"


def write_summary(document: Data, lang: str) -> Iterator[str]:
    """The summary's lines: who leads how many tasks, targets, money by year, deadlines. None where there is no fact."""
    labels = LABELS[lang]
    lines = [
        *_leads(document["tasks"], labels),
        *_facts("targets", document["targets"], lang),
        *_money(document["funding"], labels, lang),
        *_facts("deadlines", document["deadlines"], lang),
    ]
    if lines:
        yield f"## {labels['summary']}"
        yield ""
        yield from lines


def _leads(tasks: list[Data], labels: dict[str, str]) -> Iterator[str]:
    """Agencies by the number of tasks that they lead, the most first, equal ones as they come in the text."""
    led: Counter[str] = Counter()
    unled = 0
    for task in tasks:
        names = dict.fromkeys(agency["canonical"] or agency["name"] for agency in task["lead"])
        led.update(names.keys())
        unled += not names
    if not tasks:
        return
    yield f"**{labels['tasks']}: {len(tasks)}**"
    yield ""
    if led:
        rows: list[list[Cell]] = [[name, count] for name, count in led.most_common(MOST_LEADS)]
        yield from markdown_table([labels["leads"], labels["tasks"]], [False, True], rows)
    if len(led) > MOST_LEADS:
        yield labels["more"].format(count=len(led) - MOST_LEADS)
        yield ""
    if unled:
        yield labels["unled"].format(count=unled)
        yield ""


def _facts(kind: str, facts: list[Data], lang: str) -> Iterator[str]:
    if not facts:
        return
    sheet = page_sheet(kind, [Found("", fact) for fact in facts], lang)
    # The block's id is of use to programs; the line is enough for a reader.
    yield f"**{sheet.title}: {len(facts)}**"
    yield ""
    yield from markdown_table(
        sheet.header[:-1], [column.number for column in sheet.columns[:-1]], [row[:-1] for row in sheet.rows]
    )


def _money(funding: list[Data], labels: dict[str, str], lang: str) -> Iterator[str]:
    """Sums of the items by year and currency. Totals of the document are counted, never added to the items again."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(list)
    for fact in funding:
        if fact["kind"] == "item":
            sums[years_text(fact) or "", fact["currency"]].append(fact["amount"])
    if not funding:
        return
    yield f"**{labels['money']}**"
    yield ""
    if sums:
        # Years in order, what names no year last.
        rows: list[list[Cell]] = [
            [years or labels["no_year"], len(amounts), amount_text({"amount": sum(amounts), "currency": currency}, lang)]
            for (years, currency), amounts in sorted(sums.items(), key=lambda entry: (not entry[0][0], entry[0]))
        ]
        yield from markdown_table([labels["years"], labels["items"], labels["sum"]], [False, True, True], rows)
    totals = [fact for fact in funding if fact["kind"] == "total"]
    if totals:
        yield labels["totals"].format(count=number_text(len(totals), lang))
        yield ""
