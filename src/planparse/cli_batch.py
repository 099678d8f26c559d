"""The command for many documents."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planparse.cli_base import DONE, FELL_SHORT, INTERRUPTED, Format, GrammarFolder, Language, TextEncoding, app


class TableFormat(StrEnum):
    """A format of the tables of all documents."""

    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    sqlite = "sqlite"


class ReportFormat(StrEnum):
    """A format of the report."""

    md = "md"
    html = "html"


@app.command()
def batch(
    folders: Annotated[
        list[str],
        typer.Argument(help='Folders, files or globs; "-" reads a list of files from standard input.', metavar="FOLDER..."),
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="The folder to write to, or its URL.")],
    formats: Annotated[
        str, typer.Option("--format", "-f", metavar="LIST", help="Formats, with commas between: json, md.")
    ] = "json",
    tables: Annotated[
        str,
        typer.Option("--tables", metavar="LIST", help="Also tables of all documents: csv, xlsx, parquet, sqlite."),
    ] = "",
    include: Annotated[
        list[str] | None,
        typer.Option(
            "--include", metavar="GLOB", help="Which files of a folder to read; else *.txt, html, htm, docx, doc, rtf, pdf."
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Files and folders to leave out.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", "-j", min=1, max=1024, help="Worker processes; else one a core.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="ADDRESS", help="A dask scheduler whose workers do it: tcp://HOST:PORT."),
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that one document may take.")] = 60.0,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Also try again what failed before and did not change.")
    ] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove outputs of documents that are gone.")] = False,
    report: Annotated[ReportFormat | None, typer.Option("--report", help="Also write a report to OUT.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """Turn folders of documents into a tree of outputs, and into tables.

    Never stops for one document: OUT/manifest.jsonl says how each went. Run again, it does only what is new or changed.
    Exits with 1 if a document failed, with 130 after Ctrl-C, which finishes what was begun.

    Examples:

      planparse batch decisions -o out

      planparse batch decisions -o out -f json,md --tables xlsx,sqlite --report html

      find . -name '*.txt' -print0 | planparse batch - -o out
    """
    from planparse.batch.batch import Request, run_batch
    from planparse.batch.choice import DEFAULT_INCLUDE, Choice
    from planparse.batch.progress import summary_text, watcher_for
    from planparse.batch.urls import is_url
    from planparse.messages import language

    if cluster is not None and workers is not None:
        raise typer.BadParameter("is for one machine; a cluster has the workers that were started", param_hint="--workers")
    speak = language(lang)
    request = Request(
        asked=tuple(folders),
        out=output if is_url(output) else str(Path(output)),
        forms=_chosen(formats, Format, "--format") or ("json",),
        tables=_chosen(tables, TableFormat, "--tables"),
        report=report.value if report else None,
        choice=Choice(tuple(include or DEFAULT_INCLUDE), tuple(exclude or ())),
        listed=_listed() if "-" in folders else None,
        workers=workers or _cores(),
        cluster=cluster,
        timeout=timeout,
        retry_failed=retry_failed,
        prune=prune,
        encoding=encoding,
        grammar=grammar,
        lang=speak,
    )
    _check_extra(request.tables)
    summary = run_batch(request, watcher_for(sys.stderr, speak, quiet=quiet))
    if not quiet:
        sys.stdout.write(summary_text(summary, speak))
    raise typer.Exit(INTERRUPTED if summary.interrupted else FELL_SHORT if summary.fell_short else DONE)


def _chosen(text: str, kinds: type[StrEnum], option: str) -> tuple[str, ...]:
    """The names of a list with commas, each once, in the order of the kinds."""
    asked = {name.strip().lower() for name in text.split(",") if name.strip()}
    known = [kind.value for kind in kinds]
    if unknown := sorted(asked - set(known)):
        raise typer.BadParameter(f"{unknown[0]!r} is not one of {', '.join(known)}", param_hint=option)
    return tuple(name for name in known if name in asked)


def _listed() -> bytes:
    from planparse.errors import InputError, Wording

    if sys.stdin is None:
        raise InputError("stdin.no_list", file=Wording("name.stdin"))
    return sys.stdin.buffer.read()


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check_extra(tables: tuple[str, ...]) -> None:
    from importlib.util import find_spec

    from planparse.errors import OutputError

    if "parquet" in tables and find_spec("pyarrow") is None:
        raise OutputError("package.missing", file="--tables parquet", package="pyarrow", extra="parquet")
