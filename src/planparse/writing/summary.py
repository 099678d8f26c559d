"""Facts as Markdown: the summary at the head of a document, and a sheet as a table.

What the document says is escaped, as everywhere in the Markdown output.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from planparse.text import squash
from planparse.writing.escape import escape
from planparse.writing.labels import LABELS
from planparse.writing.places import Place, rows_of
from planparse.writing.sheets import (
    TITLES,
    Cell,
    Found,
    Sheet,
    amount_text,
    clean,
    gather,
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
    """The summary's lines: who leads how many tasks, targets, money, deadlines. None where there is no fact.

    Every number is written in the habit of the language: 2.400 and 11,8 in Vietnamese, 2,400 and 11.8 in English.
    """
    labels = LABELS[lang]
    lines = [
        *_leads(document["tasks"], labels, lang),
        *_facts("targets", document, lang),
        *_money(document, labels, lang),
        *_facts("deadlines", document, lang),
    ]
    if lines:
        yield f"## {labels['summary']}"
        yield ""
        yield from lines


def _leads(tasks: list[Data], labels: dict[str, str], lang: str) -> Iterator[str]:
    """Agencies by the number of tasks that they lead, the most first, equal ones as they come in the text; one that begins
    a sentence ("Các phòng") is the one within another ("các phòng"), under the name that comes first."""
    led: Counter[str] = Counter()
    first: dict[str, str] = {}
    unled = 0
    for task in tasks:
        names = [agency["canonical"] or agency["name"] for agency in task["lead"]]
        led.update(dict.fromkeys(first.setdefault(name.lower(), name) for name in names).keys())
        unled += not names
    if not tasks:
        return
    yield f"**{labels['tasks']}: {number_text(len(tasks), lang)}**"
    yield ""
    if led:
        rows: list[list[Cell]] = [[name, number_text(count, lang)] for name, count in led.most_common(MOST_LEADS)]
        yield from markdown_table([labels["leads"], labels["tasks"]], [False, True], rows)
    if len(led) > MOST_LEADS:
        yield labels["more"].format(count=number_text(len(led) - MOST_LEADS, lang))
        yield ""
    if unled:
        yield labels["unled"].format(count=number_text(unled, lang))
        yield ""


def _facts(kind: str, document: Data, lang: str) -> Iterator[str]:
    found = gather(kind, "", document)
    if found:
        yield f"**{TITLES[kind][lang]}: {number_text(len(found), lang)}**"
        yield ""
        yield from _listed(kind, found, lang)


def _listed(kind: str, found: list[Found], lang: str) -> Iterator[str]:
    """Facts as a table, without their block ids: those are of use to programs, the line is enough for a reader."""
    sheet = page_sheet(kind, found, lang)
    yield from markdown_table(
        sheet.header[:-1], [column.number for column in sheet.columns[:-1]], [row[:-1] for row in sheet.rows]
    )


# --- money ------------------------------------------------------------------------------------------------------------
def _money(document: Data, labels: dict[str, str], lang: str) -> Iterator[str]:
    """The money of each table by year, then what the text says of money, fact by fact.

    Nothing is added across tables or in the text: an appendix details what a table of the text phases, and paragraphs
    tell the sums of both.
    """
    funding: list[Data] = document["funding"]
    if not funding:
        return
    places = rows_of(document)
    in_text: list[Found] = []
    tables: dict[str, list[tuple[Data, Place]]] = {}
    for fact in funding:
        place = places.get(fact["block_id"])
        if place is None:
            in_text.append(Found("", fact))
        else:
            tables.setdefault(place.table["id"], []).append((fact, place))
    yield f"**{labels['money']}**"
    yield ""
    for stated in tables.values():
        yield f"*{escape(_title(stated[0][1], labels, lang))}*"
        yield ""
        yield from _by_year(stated, labels, lang)
    if in_text:
        yield f"*{labels['in_text']}*"
        yield ""
        yield from _listed("funding", in_text, lang)


def _title(place: Place, labels: dict[str, str], lang: str) -> str:
    """A table by its caption, else by the label and title of its part, and its line."""
    part, table = place.part, place.table
    title = table["caption"] or ". ".join(piece.strip(" .:") for piece in (part["label"], part["title"]) if piece)
    line = number_text(table["span"]["first_line"], lang)
    return labels["in_table"].format(title=squash(title) or labels["table"], line=line)


def _by_year(stated: list[tuple[Data, Place]], labels: dict[str, str], lang: str) -> Iterator[str]:
    """The items of one table by year and currency, beside them the totals that the table states for all of them."""
    items: dict[tuple[str, str], list[int]] = defaultdict(list)
    totals: dict[tuple[str, str], list[int]] = defaultdict(list)
    for fact, place in stated:
        key = years_text(fact) or "", fact["currency"]
        if fact["kind"] == "item":
            items[key].append(fact["amount"])
        elif place.row["kind"] == "total":
            totals[key].append(fact["amount"])
    # Years in order, then periods, what names no year last.
    keys = sorted({*items, *totals}, key=lambda key: (not key[0], "–" in key[0], key))
    rows: list[list[Cell]] = [
        [
            years or labels["no_year"],
            number_text(len(items[years, currency]), lang) if items[years, currency] else None,
            _amounts([sum(items[years, currency])] if items[years, currency] else [], currency, lang),
            _amounts(totals[years, currency], currency, lang),
        ]
        for years, currency in keys
    ]
    header = [labels["years"], labels["items"], labels["sum"], labels["stated"]]
    kept = [at for at in range(len(header)) if any(row[at] for row in rows)]
    if rows:
        yield from markdown_table(
            [header[at] for at in kept], [at > 0 for at in kept], [[row[at] for at in kept] for row in rows]
        )


def _amounts(amounts: list[int], currency: str, lang: str) -> str:
    return "; ".join(dict.fromkeys(amount_text({"amount": amount, "currency": currency}, lang) for amount in amounts))
