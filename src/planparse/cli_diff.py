"""The command that sets two documents side by side, and the schema of what it prints."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planparse.cli_base import DONE, FELL_SHORT, GrammarFolder, Language, app

if TYPE_CHECKING:
    from planparse.diff.kind import Kind


class DiffFormat(StrEnum):
    """An output format of `diff`."""

    text = "text"
    json = "json"
    md = "md"
    html = "html"


class DiffKind(StrEnum):
    """What two documents are to each other."""

    versions = "versions"
    plans = "plans"


class SchemaOf(StrEnum):
    """What a schema is printed of."""

    plan = "plan"
    diff = "diff"


_SUFFIXES = {".json": DiffFormat.json, ".md": DiffFormat.md, ".html": DiffFormat.html, ".htm": DiffFormat.html}
_NARROWEST_PAGE = 72


@app.command()
def diff(
    left: Annotated[str, typer.Argument(metavar="A", help='A document, or JSON of extract; "-" reads standard input.')],
    right: Annotated[str, typer.Argument(metavar="B", help="The document to set beside it.")],
    form: Annotated[
        DiffFormat | None, typer.Option("--format", "-f", help="Output format; else that of OUT's name, else text.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="OUT", help="A file to write.")] = None,
    kind: Annotated[
        DiffKind | None, typer.Option("--as", help="Compare as versions of one document or as plans; else told by itself.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="LIST",
            help="Only these, with commas between: metadata, sections, targets, tasks, agencies, funding, citations.",
        ),
    ] = None,
    successors: Annotated[
        bool, typer.Option("--successors", help="Count agencies under those that took over their work in 2025.")
    ] = False,
    stat: Annotated[bool, typer.Option("--stat", help="Print one line of counts.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything differs, with 0 if not.")] = False,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """Set two plans, or two versions of one, side by side.

    Examples:

      planparse diff old.txt new.txt

      planparse diff an-giang.txt can-tho.txt --only targets,funding

      planparse diff old.json new.txt -o changes.html
    """
    from planparse.diff.compare import FAMILIES, compare
    from planparse.diff.inputs import read_model
    from planparse.errors import InputError
    from planparse.grammar import load
    from planparse.messages import language

    speak = language(lang)
    form = form or (_SUFFIXES.get(output.suffix.lower(), DiffFormat.text) if output is not None else DiffFormat.text)
    wanted = _families(only, FAMILIES)
    if left == right == "-":
        raise InputError("standard input: can be read once; name a file for one of the two documents")
    _check_output(output, (left, right))
    rows = load(grammar)
    how: Kind | None = None if kind is None else kind.value
    comparison = compare(
        read_model(left, rows, speak), read_model(right, rows, speak), rows, kind=how, only=wanted, successors=successors
    )
    if stat:
        from planparse.diff.words import stat_line

        _put(output, stat_line(comparison, speak) + "\n")
    else:
        _write(comparison, form, output, speak)
    raise typer.Exit(FELL_SHORT if exit_code and comparison["summary"]["different"] else DONE)


@app.command()
def schema(
    of: Annotated[SchemaOf, typer.Option("--of", help="Of the plan model, or of what diff prints.")] = SchemaOf.plan,
) -> None:
    """Print the JSON Schema of the plan model, or of a comparison.

    Examples:

      planparse schema > planparse.schema.json

      planparse schema --of diff
    """
    import json

    if of is SchemaOf.diff:
        from planparse.diff.result import Comparison

        made = Comparison.model_json_schema(mode="serialization")
    else:
        from planparse.model import PlanDocument

        made = PlanDocument.model_json_schema(mode="serialization")
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2))


def _families(only: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The families that --only names."""
    if only is None:
        return known
    asked = [name.strip() for name in only.split(",") if name.strip()]
    for name in asked:
        if name not in known:
            raise typer.BadParameter(f"{name!r} is none of {', '.join(known)}", param_hint="--only")
    if not asked:
        raise typer.BadParameter(f"names nothing; name some of {', '.join(known)}", param_hint="--only")
    return tuple(asked)


def _check_output(output: Path | None, names: tuple[str, str]) -> None:
    """No document is written over with what was read from it."""
    import os

    from planparse.errors import OutputError

    for name in names:
        if output is not None and name != "-" and os.path.isfile(output) and os.path.isfile(name):
            if os.path.samefile(output, name):
                raise OutputError(f"{output}: is one of the documents to read; name another file to write")


def _write(comparison: dict[str, Any], form: DiffFormat, output: Path | None, lang: str) -> None:
    if form is DiffFormat.json:
        import json

        _put(output, json.dumps(comparison, ensure_ascii=False, indent=2) + "\n")
    elif form is DiffFormat.md:
        from planparse.writing.diff_markdown import write_diff_markdown

        _put(output, write_diff_markdown(comparison, lang=lang))
    elif form is DiffFormat.html:
        from planparse.writing.diff_html import write_diff_html

        _put(output, write_diff_html(comparison, lang=lang))
    else:
        _show(comparison, output, lang)


def _show(comparison: dict[str, Any], output: Path | None, lang: str) -> None:
    import io
    import os

    from rich.console import Console

    from planparse.writing.diff_text import show_comparison

    out = sys.stdout if output is None else io.StringIO()
    plain = bool(os.environ.get("NO_COLOR")) or not out.isatty()
    console = Console(file=out, highlight=False, markup=False, color_system=None if plain else "auto")
    console.width = max(console.width, _NARROWEST_PAGE)
    show_comparison(console, comparison, lang=lang)
    if isinstance(out, io.StringIO):
        _put(output, out.getvalue())


def _put(output: Path | None, text: str) -> None:
    if output is None:
        # As bytes: line ends are written as they are.
        typer.echo(text.encode("utf-8", "backslashreplace"), nl=False)
        return
    from planparse.writing.files import write_whole

    write_whole(output, text)
