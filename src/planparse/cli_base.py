"""What every command shares: the Typer app, exit codes, common options, and the documents that are named."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from planparse.errors import PlanparseError
    from planparse.reading.source import Source

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
    txt = "txt"


class Lang(StrEnum):
    """A language of messages and labels."""

    en = "en"
    vi = "vi"


Files = Annotated[
    list[str], typer.Argument(help='Files to read: text, HTML, Word, PDF; "-" reads standard input.', metavar="FILE...")
]


def _encoding(asked: str | None) -> str | None:
    """The encoding that --encoding names."""
    if asked is None:
        return None
    from planparse.reading.encodings import ENCODINGS, encoding_named

    if (name := encoding_named(asked)) is None:
        raise typer.BadParameter(f"{asked!r} is not one of {', '.join(ENCODINGS)}")
    return name


TextEncoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME", callback=_encoding, help="The encoding of texts, such as tcvn3; else told by itself."
    ),
]
GrammarFolder = Annotated[
    str | None,
    typer.Option("--grammar", metavar="DIR", help="A folder of your own grammar rows, laid over the shipped ones."),
]


#: The --lang of the command that runs: an error that ends it is told when it has ended.
_asked: Lang | None = None


def _heard(asked: Lang | None) -> Lang | None:
    global _asked
    _asked = asked
    return asked


def asked_language() -> Lang | None:
    """The language that the last command was asked to speak; None where it was not asked."""
    return _asked


Language = Annotated[
    Lang | None,
    typer.Option("--lang", callback=_heard, help="Language of messages; else that of the locale, else English."),
]


def documents_of(
    files: list[str], grammar: str | None, lang: str, failed: list[str], encoding: str | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each document with the name of its file, in order; as `sources_of`."""
    from planparse.grammar import load
    from planparse.pipeline import parse_source

    for name, source in sources_of(files, grammar, lang, failed, encoding):
        yield name, parse_source(source, load(grammar), lang)


def sources_of(
    files: list[str], grammar: str | None, lang: str, failed: list[str], encoding: str | None = None
) -> Iterator[tuple[str, Source]]:
    """What each file holds, with its name, in order; `encoding` is that of texts, None where it is to be told.

    Of several, one that cannot be read is told on standard error and named in `failed`, and the others follow; the only
    one raises InputError, as does a second "-". A wrong grammar raises GrammarError before any is read.
    """
    from planparse.errors import InputError
    from planparse.grammar import load
    from planparse.reading.text import read_file

    if files.count("-") > 1:
        raise InputError("stdin.twice", file='"-"')
    rows = load(grammar)
    for name in files:
        try:
            with _pages_shown(name):
                source = read_file(name, encoding, rows)
        except InputError as error:
            tell(error, name, files, failed, lang)
        else:
            yield name, source


@contextmanager
def _pages_shown(name: str) -> Iterator[None]:
    """A bar on standard error, where it is a terminal, while the pages of a scan are recognised."""
    if not sys.stderr.isatty():
        yield
        return
    from planparse.reading.steps import watched_by

    bars: list[Any] = []

    def show(done: int, total: int) -> None:
        if not bars:
            from rich.console import Console
            from rich.progress import Progress

            bars.append(Progress(console=Console(stderr=True), transient=True))
            bars[0].start()
            bars[0].add_task(name, total=total)
        bars[0].update(0, completed=done)

    try:
        with watched_by(show):
            yield
    finally:
        for bar in bars:
            bar.stop()


def put(output: Path | None, content: str | Iterable[bytes]) -> None:
    """Write a result, a text or chunks of UTF-8, to a file, whole or not at all, or to standard output, with its line ends
    as they are."""
    if output is None:
        for chunk in [content.encode("utf-8", "backslashreplace")] if isinstance(content, str) else content:
            typer.echo(chunk, nl=False)
        return
    from planparse.writing.files import write_whole

    write_whole(output, content)


def terminal(file: IO[str] | None = None) -> Console:
    """A console on standard output or a file; colour and bold only on a terminal, and not with NO_COLOR."""
    import os

    from rich.console import Console

    return Console(file=file, highlight=False, markup=False, color_system=None if os.environ.get("NO_COLOR") else "auto")


def tell(error: PlanparseError, name: str, files: list[str], failed: list[str], lang: str) -> None:
    """Say on standard error what is wrong with one of several documents; with the only one, all is over."""
    from planparse.errors import printable

    if len(files) == 1:
        raise error
    failed.append(name)
    typer.echo(f"planparse: {printable(error.say(lang))}", err=True)
