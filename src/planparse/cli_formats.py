"""The command that lists what this installation reads."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from planparse.cli_base import Language, app, put, terminal


class ListFormat(StrEnum):
    """An output format of `formats`."""

    table = "table"
    json = "json"


@app.command()
def formats(
    form: Annotated[ListFormat, typer.Option("--format", "-f", help="Output format.")] = ListFormat.table,
    lang: Language = None,
) -> None:
    """List the formats that this installation reads, and what it would need for the others.

    Examples:

      planparse formats

      planparse formats -f json
    """
    from planparse.messages import language

    rows = known_formats()
    if form is ListFormat.json:
        import json

        put(None, json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        from planparse.writing.terminal import show_formats

        show_formats(terminal(), rows, lang=language(lang))


def known_formats() -> list[dict[str, Any]]:
    """Each format with its id, its name, the encodings of texts, whether it can be read here, and what is missing for it
    with the command that installs it (null where nothing is)."""
    from planparse.reading.encodings import ENCODINGS
    from planparse.reading.formats import FORMATS

    rows: list[dict[str, Any]] = [_row("txt", "a text", list(ENCODINGS))]
    for kind in FORMATS:
        missing = kind.missing()
        rows.append(_row(kind.id, str(kind.name), [], *(missing or ())))
    return rows


def _row(
    id: str, name: str, encodings: list[str], missing: list[str] | None = None, install: str | None = None
) -> dict[str, Any]:
    return {
        "id": id,
        "name": name,
        "encodings": encodings,
        "ready": missing is None,
        "missing": missing or [],
        "install": install,
    }
