"""The commands that read a document: extract, show and check."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planparse.cli_base import (
    DONE,
    FELL_SHORT,
    UNUSABLE,
    Files,
    Format,
    GrammarFolder,
    Language,
    TextEncoding,
    app,
    documents_of,
    put,
    sources_of,
    tell,
    terminal,
)


class Severity(StrEnum):
    """How bad a diagnostic is."""

    info = "info"
    warning = "warning"
    error = "error"


@app.command()
def extract(
    files: Files,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Output format; else that of OUT's ending (.json, .md, .txt), else json."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="A file to write; for several FILEs, a folder."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if a document has an error diagnostic.")] = False,
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """Turn documents into the plan model, as JSON or Markdown; or into the text that its spans and lines point into.

    One document prints indented JSON; several print one JSON document a line. One of several that cannot be read is told
    and skipped; the exit code is then 2.

    Examples:

      planparse extract plan.txt > plan.json

      planparse extract plan.txt -f md -o plan.md

      cat plan.txt | planparse extract -

      planparse extract plan.pdf -f txt
    """
    from planparse.errors import OutputError
    from planparse.grammar import load
    from planparse.messages import language
    from planparse.pipeline import parse_source
    from planparse.writing.targets import format_of, targets_of

    speak = language(lang)
    one = output if len(files) == 1 else None
    form = format or Format(format_of(one, {known.value: known.value for known in Format}, Format.json.value))
    targets = dict(targets_of(files, output, form.value))
    worst = DONE
    failed: list[str] = []
    for name, source in sources_of(files, grammar, speak, failed, encoding):
        target = targets[name]
        document = parse_source(source, load(grammar), speak) if strict or form is not Format.txt else {"diagnostics": []}
        content: str | Iterable[bytes]
        if form is Format.txt:
            content = source.text
        elif form is Format.json:
            from planparse.writing.json import json_chunks

            content = json_chunks(document, indent=target is not None or len(files) == 1)
        else:
            from planparse.writing.markdown import write_markdown

            content = write_markdown(document, lang=speak)
        try:
            put(target, content)
        except OutputError as error:
            tell(error, name, files, failed, speak)
        if strict and any(item["severity"] == "error" for item in document["diagnostics"]):
            worst = FELL_SHORT
    raise typer.Exit(UNUSABLE if failed else worst)


@app.command()
def show(
    files: Files,
    depth: Annotated[int | None, typer.Option("--depth", "-d", min=1, help="Show so many levels of sections.")] = None,
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """Show the outline of documents as a tree.

    Example:

      planparse show plan.txt --depth 2
    """
    from planparse.messages import language
    from planparse.writing.terminal import show_outline

    console = terminal()
    speak = language(lang)
    failed: list[str] = []
    for _, document in documents_of(files, grammar, speak, failed, encoding):
        show_outline(console, document, depth=depth, lang=speak)
    raise typer.Exit(UNUSABLE if failed else DONE)


@app.command()
def check(
    files: Files,
    fail_on: Annotated[Severity, typer.Option("--fail-on", help="Exit with 1 from this severity on.")] = Severity.error,
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List what is odd in documents: missing numbers, cut-off text, sums that do not add up.

    Exits with 0 if nothing is as bad as --fail-on says, else with 1; with 2 if a document could not be read.

    Examples:

      planparse check plan.txt

      planparse check --lang vi --fail-on warning *.txt
    """
    from planparse.messages import language
    from planparse.writing.terminal import show_diagnostics

    console = terminal()
    order = [severity.value for severity in Severity]
    speak = language(lang)
    worst = DONE
    failed: list[str] = []
    for name, document in documents_of(files, grammar, speak, failed, encoding):
        show_diagnostics(console, document, name, lang=speak)
        if any(order.index(item["severity"]) >= order.index(fail_on.value) for item in document["diagnostics"]):
            worst = FELL_SHORT
    raise typer.Exit(UNUSABLE if failed else worst)
