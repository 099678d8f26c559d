"""The command that sets two documents side by side."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planparse.cli_base import DONE, FELL_SHORT, GrammarFolder, Language, TextEncoding, app, put, terminal

if TYPE_CHECKING:
    from rich.console import Console

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


#: The format that each known ending of a file's name asks for.
_ENDINGS = {"txt": "text", "json": "json", "md": "md", "html": "html", "htm": "html"}
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
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """Set two plans, or two versions of one, side by side.

    Examples:

      planparse diff old.txt new.txt

      planparse diff an-giang.txt can-tho.txt --only targets,funding

      planparse diff old.json new.txt -o changes.html
    """
    from planparse.diff.compare import compare
    from planparse.diff.families import FAMILIES
    from planparse.diff.inputs import read_model
    from planparse.errors import InputError, Wording
    from planparse.grammar import load
    from planparse.messages import language
    from planparse.writing.targets import format_of, spare_documents

    speak = language(lang)
    form = form or DiffFormat(format_of(output, _ENDINGS, "text"))
    wanted = families_of(only, FAMILIES)
    if left == right == "-":
        raise InputError("stdin.both", file=Wording("name.stdin"))
    if output is not None:
        spare_documents([output], [left, right])
    rows = load(grammar)
    how: Kind | None = None if kind is None else kind.value
    one, other = (read_model(name, rows, speak, encoding) for name in (left, right))
    comparison = compare(one, other, rows, kind=how, only=wanted, successors=successors)
    if stat:
        from planparse.diff.words import stat_line

        put(output, stat_line(comparison, speak) + "\n")
    else:
        _write(comparison, form, output, speak)
    raise typer.Exit(FELL_SHORT if exit_code and comparison["summary"]["different"] else DONE)


def families_of(only: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
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


def _write(comparison: dict[str, Any], form: DiffFormat, output: Path | None, lang: str) -> None:
    if form is DiffFormat.json:
        from planparse.writing.json import write_json

        put(output, write_json(comparison) + "\n")
    elif form is DiffFormat.md:
        from planparse.writing.diff_markdown import write_diff_markdown

        put(output, write_diff_markdown(comparison, lang=lang))
    elif form is DiffFormat.html:
        from planparse.writing.diff_html import write_diff_html

        put(output, write_diff_html(comparison, lang=lang))
    else:
        from planparse.writing.diff_text import show_comparison

        page_of(output, lambda console: show_comparison(console, comparison, lang=lang))


def page_of(output: Path | None, show: Callable[[Console], None]) -> None:
    """What is shown on a terminal, shown there or written to a file."""
    import io

    page = None if output is None else io.StringIO()
    console = terminal(page)
    console.width = max(console.width, _NARROWEST_PAGE)
    show(console)
    if page is not None:
        put(output, page.getvalue())
