"""Several plans side by side as one HTML page (`html_page`): no script, no request to anywhere, for keyboard and phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planparse.diff.words import WORDS
from planparse.writing.compare_tables import Table, document_line, said_of, status_of, tables_of
from planparse.writing.html_page import TAIL, Bar, chart, contents, filters, head, hiding, row, safe, section, table
from planparse.writing.sheets import amount_text, number_text

Data = dict[str, Any]

_STATUSES = ("in_all", "in_some", "in_one")
#: Columns find more room on a sheet that lies.
_STYLE = "@page { size: landscape; }\n"


def write_compare_html(comparison: Data, *, lang: str = "en") -> str:
    """The documents, then a table for each family that was compared, with bars for tasks led and money."""
    return "".join(_page(comparison, lang))


def _page(comparison: Data, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    documents = comparison["documents"]
    tables = tables_of(comparison, lang)
    # Of two documents a row has both or one.
    statuses = [status for status in _STATUSES if status != "in_some" or len(documents) > 2]
    yield head(words["many"], lang, _STYLE + hiding(_STATUSES)) + "<ul>\n"
    yield "".join(f"<li>{safe(document_line(document, words, lang))}</li>\n" for document in documents) + "</ul>\n"
    yield f"<p>{safe(said_of(comparison, tables, words))}</p>\n"
    if tables:
        yield contents(words["contents"], [(made.family, made.title) for made in tables])
        yield from filters((status, words[status], True) for status in statuses)
        yield "<main>\n"
        names = [document["name"] for document in documents]
        for made in tables:
            charts = ""
            if made.family == "agencies":
                charts = _led(comparison["agencies"], names, lang)
            elif made.family == "funding":
                charts = _paid(comparison["funding"], names, words, lang)
            yield section(made.family, made.title, charts + _table(made, names))
        yield "</main>\n"
    yield TAIL


def _table(made: Table, names: list[str]) -> str:
    numeric = range(1, len(names) + 1) if made.numeric else ()
    rows = [row([line.name, *line.cells], numeric, status=status_of(line)) for line in made.rows]
    return table(made.title, [made.head, *names], rows, numeric)


def _led(agencies: list[Data], names: list[str], lang: str) -> str:
    bars = [
        (
            agency["name"],
            [Bar(name, count, number_text(count, lang)) for name, count in zip(names, agency["leads"], strict=True)],
        )
        for agency in agencies
    ]
    return chart("", bars)


def _paid(funding: Data, names: list[str], words: dict[str, str], lang: str) -> str:
    bars = [
        (
            words[title],
            [
                Bar(name, amount or 0, words["empty"] if amount is None else amount_text(row | {"amount": amount}, lang))
                for name, amount in zip(names, row["amounts"], strict=True)
            ],
        )
        for family, title in (("totals", "total"), ("stated", "stated"))
        for row in funding[family]
    ]
    return chart("", bars)
