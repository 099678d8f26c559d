"""The command line. Thin: arguments in, one call, exit code out; everything heavy is imported where it is used."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

DONE, FELL_SHORT, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="planparse",
    help="Read Vietnamese plan documents (kế hoạch, quyết định ban hành kế hoạch) into a typed plan model.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """An output format of `extract`."""

    json = "json"
    md = "md"


class Lang(StrEnum):
    """A language of messages and labels."""

    en = "en"
    vi = "vi"


class Severity(StrEnum):
    """How bad a diagnostic is."""

    info = "info"
    warning = "warning"
    error = "error"


Files = Annotated[list[str], typer.Argument(help='Text files to read; "-" reads standard input.', metavar="FILE...")]
GrammarFolder = Annotated[
    str | None,
    typer.Option("--grammar", metavar="DIR", help="A folder of your own grammar rows, laid over the shipped ones."),
]
Language = Annotated[
    Lang | None, typer.Option("--lang", help="Language of messages; else that of the locale, else English.")
]


def _say_version(wanted: bool) -> None:
    if wanted:
        from planparse.version import __version__

        typer.echo(f"planparse {__version__}")
        raise typer.Exit


@app.callback()
def main_options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_say_version)
    ] = False,
) -> None:
    """Read Vietnamese plan documents (kế hoạch, quyết định ban hành kế hoạch) into a typed plan model."""


@app.command()
def extract(
    files: Files,
    format: Annotated[Format, typer.Option("--format", "-f", help="Output format.")] = Format.json,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="A file to write; for several FILEs, a folder."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if a document has an error diagnostic.")] = False,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """Turn documents into the plan model, as JSON or Markdown.

    One document prints indented JSON; several print one JSON document a line.

    Examples:

      planparse extract plan.txt > plan.json

      planparse extract plan.txt -f md -o plan.md

      cat plan.txt | planparse extract -
    """
    from planparse.messages import language
    from planparse.writing.targets import targets_of

    speak = language(lang)
    targets = targets_of(files, output, format.value)
    worst = DONE
    for name, target in targets:
        document = _parse(name, grammar, speak)
        if format is Format.json:
            from planparse.writing.json import write_json

            text = write_json(document, indent=2 if target is not None or len(files) == 1 else None) + "\n"
        else:
            from planparse.writing.markdown import write_markdown

            text = write_markdown(document, lang=speak)
        if target is None:
            sys.stdout.write(text)
        else:
            from planparse.writing.files import write_whole

            write_whole(target, text)
        if strict and any(item["severity"] == "error" for item in document["diagnostics"]):
            worst = FELL_SHORT
    raise typer.Exit(worst)


@app.command()
def show(
    files: Files,
    depth: Annotated[int | None, typer.Option("--depth", "-d", min=1, help="Show so many levels of sections.")] = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """Show the outline of documents as a tree.

    Example:

      planparse show plan.txt --depth 2
    """
    from planparse.messages import language
    from planparse.writing.terminal import show_outline

    console = _console()
    for name in files:
        show_outline(console, _parse(name, grammar, language(lang)), depth=depth, lang=language(lang))


@app.command()
def check(
    files: Files,
    fail_on: Annotated[Severity, typer.Option("--fail-on", help="Exit with 1 from this severity on.")] = Severity.error,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List what is odd in documents: missing numbers, cut-off text, sums that do not add up.

    Exits with 0 if nothing is as bad as --fail-on says, else with 1.

    Examples:

      planparse check plan.txt

      planparse check --lang vi --fail-on warning *.txt
    """
    from planparse.messages import language
    from planparse.writing.terminal import show_diagnostics

    console = _console()
    order = [severity.value for severity in Severity]
    worst = DONE
    for name in files:
        document = _parse(name, grammar, language(lang))
        show_diagnostics(console, document, name, lang=language(lang))
        if any(order.index(item["severity"]) >= order.index(fail_on.value) for item in document["diagnostics"]):
            worst = FELL_SHORT
    raise typer.Exit(worst)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the plan model.

    Example:

      planparse schema > planparse.schema.json
    """
    import json

    from planparse.model import PlanDocument

    typer.echo(json.dumps(PlanDocument.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))


def _parse(name: str, grammar: str | None, lang: str) -> dict[str, Any]:
    from planparse.grammar import load
    from planparse.pipeline import parse_source
    from planparse.reading.text import read_file

    rows = load(grammar)
    return parse_source(read_file(name), rows, lang)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


from planparse import cli_facts  # noqa: E402, F401 - it puts its commands on `app`, which is ready now
