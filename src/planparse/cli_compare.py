"""The command that sets several plans side by side, one column each."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from planparse.cli_base import GrammarFolder, Language, TextEncoding, app, put
from planparse.cli_diff import families_of, page_of


class CompareFormat(StrEnum):
    """An output format of `compare`."""

    text = "text"
    md = "md"
    csv = "csv"
    html = "html"
    json = "json"


#: The format that each known ending of a file's name asks for.
_ENDINGS = {"txt": "text", "md": "md", "csv": "csv", "html": "html", "htm": "html", "json": "json"}


@app.command()
def compare(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help='Two documents or more, or JSON of extract; "-" reads standard input.'),
    ],
    form: Annotated[
        CompareFormat | None, typer.Option("--format", "-f", help="Output format; else that of OUT's name, else text.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="OUT", help="A file to write.")] = None,
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="LIST", help="Only these, with commas between: targets, agencies, funding."),
    ] = None,
    successors: Annotated[
        bool, typer.Option("--successors", help="Count agencies under those that took over their work in 2025.")
    ] = False,
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """Set several plans side by side: targets, who leads how much, money.

    Examples:

      planparse compare an-giang.txt can-tho.txt ca-mau.txt

      planparse compare plans/*.txt --only targets -f csv -o targets.csv

      planparse compare stored/*.json -o plans.html
    """
    from planparse.diff.compare_many import brief, compare_many
    from planparse.diff.families import FAMILIES_OF_MANY
    from planparse.diff.inputs import read_model
    from planparse.errors import InputError
    from planparse.grammar import load
    from planparse.messages import language
    from planparse.writing.targets import format_of, spare_documents

    if len(files) < 2:
        raise typer.BadParameter("name two documents or more", param_hint="FILE...")
    if files.count("-") > 1:
        raise InputError("stdin.twice", file='"-"')
    speak = language(lang)
    form = form or CompareFormat(format_of(output, _ENDINGS, "text"))
    wanted = families_of(only, FAMILIES_OF_MANY)
    if output is not None:
        spare_documents([output], files)
    rows = load(grammar)
    documents = [brief(read_model(name, rows, speak, encoding)) for name in files]
    _write(compare_many(documents, rows, only=wanted, successors=successors), form, output, speak)


def _write(comparison: dict[str, Any], form: CompareFormat, output: Path | None, lang: str) -> None:
    if form is CompareFormat.json:
        from planparse.writing.json import write_json

        put(output, write_json(comparison) + "\n")
    elif form is CompareFormat.md:
        from planparse.writing.compare_markdown import write_compare_markdown

        put(output, write_compare_markdown(comparison, lang=lang))
    elif form is CompareFormat.csv:
        from planparse.writing.compare_csv import write_compare_csv

        put(output, write_compare_csv(comparison, lang=lang))
    elif form is CompareFormat.html:
        from planparse.writing.compare_html import write_compare_html

        put(output, write_compare_html(comparison, lang=lang))
    else:
        from planparse.writing.compare_text import show_compare

        page_of(output, lambda console: show_compare(console, comparison, lang=lang))
