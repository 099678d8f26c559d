"""Several plans side by side as Markdown. What the documents say is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planparse.diff.words import WORDS
from planparse.writing.compare_tables import document_line, said_of, tables_of
from planparse.writing.escape import escape
from planparse.writing.summary import markdown_table

Data = dict[str, Any]


def write_compare_markdown(comparison: Data, *, lang: str = "en") -> str:
    """The documents, then a table for each family that was compared."""
    return "\n".join(_lines(comparison, lang)).rstrip("\n") + "\n"


def _lines(comparison: Data, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    tables = tables_of(comparison, lang)
    names = [document["name"] for document in comparison["documents"]]
    yield f"# {words['many']}"
    yield ""
    for document in comparison["documents"]:
        yield f"- {escape(document_line(document, words, lang))}"
    yield ""
    yield said_of(comparison, tables, words)
    yield ""
    for table in tables:
        yield f"## {table.title}"
        yield ""
        numeric = [False, *(table.numeric for _ in names)]
        yield from markdown_table([table.head, *names], numeric, [[row.name, *row.cells] for row in table.rows])
