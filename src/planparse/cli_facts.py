"""The commands that list facts: tasks, targets, funding, citations, deadlines, of one document or several."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planparse.cli import Files, GrammarFolder, Language, app

if TYPE_CHECKING:
    from planparse.grammar import Grammar
    from planparse.writing.sheets import Found, Sheet

#: No column that wraps is narrower: the longest syllable of Vietnamese has seven letters, "2021-2025" nine.
_NARROWEST = 9

#: A page is no narrower; a terminal that is wraps its lines itself.
_NARROWEST_PAGE = 72
#: From this width on, columns stand two spaces apart.
_ROOMY = 110
_LONG_WORD = re.compile(rf"\S{{{_NARROWEST},}}")
_PIECES = re.compile("[^/]*/|[^/]+")

Fact = dict[str, Any]
Wanted = Callable[[Fact], bool]


class SheetFormat(StrEnum):
    """An output format of the lists of facts."""

    table = "table"
    csv = "csv"
    json = "json"
    md = "md"
    xlsx = "xlsx"


Form = Annotated[
    SheetFormat | None,
    typer.Option("--format", "-f", help="Output format; else that of OUT's name, else a table. xlsx needs --output."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="OUT", help="A file to write.")]
Year = Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Only those of this year.", min=1900, max=2200)]


@app.command()
def tasks(
    files: Files,
    form: Form = None,
    output: Output = None,
    agency: Annotated[
        str | None,
        typer.Option("--agency", metavar="NAME", help="Only those that this agency leads or supports, however spelled."),
    ] = None,
    year: Year = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List the tasks that documents assign: who leads, who supports, by when.

    Examples:

      planparse tasks plan.txt

      planparse tasks plan.txt --agency "Sở Tài chính" --year 2025

      planparse tasks *.txt -o tasks.xlsx
    """
    from planparse.grammar import load

    rows = load(grammar)
    wanted: list[Wanted] = []
    if agency is not None:
        wanted.append(concerns_agency(agency, rows))
    if year is not None:
        wanted.append(lambda fact: mentions_year(fact["time"], year, rows))
    _list("tasks", files, form, output, wanted, grammar, lang)


@app.command()
def targets(
    files: Files,
    form: Form = None,
    output: Output = None,
    year: Year = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List the targets that documents set (chỉ tiêu), with value, unit and year.

    Examples:

      planparse targets plan.txt --year 2030

      planparse targets *.txt -f csv > targets.csv
    """
    wanted: list[Wanted] = [] if year is None else [lambda fact: fact["year"] == year]
    _list("targets", files, form, output, wanted, grammar, lang)


@app.command()
def funding(
    files: Files,
    form: Form = None,
    output: Output = None,
    year: Year = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List the amounts of money, with what they pay for. With --year, also those of a period that holds the year.

    Examples:

      planparse funding plan.txt

      planparse funding plan.txt --year 2025 -o funding.xlsx
    """
    wanted: list[Wanted] = [] if year is None else [lambda fact: is_funded_in(fact, year)]
    _list("funding", files, form, output, wanted, grammar, lang)


@app.command()
def citations(
    files: Files, form: Form = None, output: Output = None, grammar: GrammarFolder = None, lang: Language = None
) -> None:
    """List the documents that documents cite, with every line that cites them.

    Examples:

      planparse citations plan.txt

      planparse citations *.txt -f json > citations.json
    """
    _list("citations", files, form, output, [], grammar, lang)


@app.command()
def deadlines(
    files: Files,
    form: Form = None,
    output: Output = None,
    year: Year = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List the deadlines and reporting duties. With --year, those that name the year, not those of every year.

    Examples:

      planparse deadlines plan.txt

      planparse deadlines *.txt --year 2025 -f md
    """
    wanted: list[Wanted] = [] if year is None else [lambda fact: fact["year"] == year]
    _list("deadlines", files, form, output, wanted, grammar, lang)


# --- what is wanted ---------------------------------------------------------------------------------------------------
def concerns_agency(asked: str, grammar: Grammar) -> Wanted:
    """Whether a task is led or supported by an agency.

    A name that the lexicon knows stands for its canonical name, so "Sở TC" finds "Sở Tài chính". Agencies that the lexicon
    does not know, and names that it does not, are compared letter by letter: the asked words anywhere in the printed name.
    """
    key = _key(asked)
    body = grammar.bodies.get(key)

    def is_asked(agency: Fact) -> bool:
        if body is not None and agency["canonical"] is not None:
            return bool(agency["canonical"] == body.name)
        return key in _key(agency["name"])

    return lambda task: any(is_asked(agency) for agency in (*task["lead"], *task["supporting"]))


def _key(name: str) -> str:
    """A name for comparison: composed, tone marks in their new places, small letters, single spaces."""
    import unicodedata

    from planparse.text import fold_tones, squash

    return fold_tones(squash(unicodedata.normalize("NFC", name)).lower())


def mentions_year(time: str | None, year: int, grammar: Grammar) -> bool:
    """Whether a time names a year, or a period that holds it: 2024 is in "2023 - 2025"."""
    from planparse.facts.times import find_times

    if not time:
        return False
    return str(year) in re.findall(r"\d+", time) or any(
        found.first_year is not None and found.last_year is not None and found.first_year <= year <= found.last_year
        for found in find_times(time, grammar)
    )


def is_funded_in(fact: Fact, year: int) -> bool:
    """Whether money is for a year, or for a period that holds it."""
    if fact["year"] is not None:
        return bool(fact["year"] == year)
    period = fact["period"]
    if period is None:
        return False
    start, end = period["start"] or period["end"], period["end"] or period["start"]
    return bool(start <= year <= end)


# --- reading and writing ----------------------------------------------------------------------------------------------
def _list(
    kind: str,
    files: list[str],
    form: SheetFormat | None,
    output: Path | None,
    wanted: list[Wanted],
    grammar: str | None,
    lang: str | None,
) -> None:
    """Read the documents, keep the wanted facts of a kind, write them. All documents are read before anything is written."""
    from planparse.messages import language

    speak = language(lang)
    form = form or _format_of(output)
    _check_output(form, output, files)
    found = [item for item in _read(kind, files, grammar, speak) if all(test(item.fact) for test in wanted)]
    several = len(files) > 1
    if form is SheetFormat.json:
        _put(output, _as_json(found))
        return
    from planparse.writing.sheets import data_sheet, page_sheet

    if form is SheetFormat.xlsx:
        from planparse.writing.xlsx import write_xlsx

        assert output is not None
        write_xlsx(output, data_sheet(kind, found, speak, with_file=several))
    elif form is SheetFormat.csv:
        from planparse.writing.csv import write_csv

        _put(output, write_csv(data_sheet(kind, found, speak, with_file=several)))
    else:
        page = page_sheet(kind, _near(found, files), speak, with_file=several)
        if form is SheetFormat.md:
            from planparse.writing.labels import LABELS
            from planparse.writing.summary import write_sheet

            _put(output, write_sheet(page, none=LABELS[speak]["none_found"]))
        else:
            _show(output, page, speak)


def _near(found: list[Found], files: list[str]) -> list[Found]:
    """For a page: each document's path without the folders that all of them lie in."""
    import os

    named = [os.path.dirname(name) for name in files if name != "-"]
    try:
        common = os.path.commonpath(named) if named else ""
    except ValueError:  # some are relative, or on other drives
        common = ""
    return [item._replace(path=item.path.removeprefix(common).lstrip(os.sep) if common else item.path) for item in found]


def _format_of(output: Path | None) -> SheetFormat:
    """The format that a file's name asks for, else a table."""
    suffix = output.suffix[1:].lower() if output is not None else ""
    return SheetFormat(suffix) if suffix in list(SheetFormat) else SheetFormat.table


def _check_output(form: SheetFormat, output: Path | None, files: list[str]) -> None:
    from planparse.errors import OutputError

    if output is None:
        if form is SheetFormat.xlsx:
            raise OutputError("xlsx: a workbook cannot be printed; name a file to write with --output")
        return
    for name in files:
        if name != "-" and output.exists() and Path(name).exists() and output.samefile(name):
            raise OutputError(f"{output}: is one of the documents to read; name another file to write")


def _read(kind: str, files: list[str], grammar: str | None, lang: str) -> list[Found]:
    from planparse.grammar import load
    from planparse.pipeline import parse_source
    from planparse.reading.text import read_file
    from planparse.writing.sheets import Found

    rows = load(grammar)
    # A name of bytes that are no UTF-8 is shown with them escaped.
    return [
        Found(name.encode("utf-8", "backslashreplace").decode("utf-8"), fact)
        for name in files
        for fact in parse_source(read_file(name), rows, lang)[kind]
    ]


def _as_json(found: list[Found]) -> str:
    """A list of facts, each with the path of its document."""
    import json

    return json.dumps([{"path": path, **fact} for path, fact in found], ensure_ascii=False, indent=2) + "\n"


def _put(output: Path | None, text: str) -> None:
    if output is None:
        # As bytes: line ends are written as they are.
        typer.echo(text.encode("utf-8", "backslashreplace"), nl=False)
        return
    from planparse.writing.files import write_whole

    write_whole(output, text)


def _show(output: Path | None, sheet: Sheet, lang: str) -> None:
    """The sheet as a table, in colour only on a terminal that wants it."""
    import io
    import os

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from planparse.writing.labels import LABELS

    out = sys.stdout if output is None else io.StringIO()
    plain = bool(os.environ.get("NO_COLOR")) or not out.isatty()
    console = Console(file=out, highlight=False, color_system=None if plain else "auto")
    console.width = max(console.width, _NARROWEST_PAGE)
    if not sheet.rows:
        console.print(Text(LABELS[lang]["none_found"]))
    else:
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.rows]
        gap = 1 if console.width < _ROOMY else 2
        widths = _widths(sheet, rows, console.width, gap)
        cells = [[_broken(text, width) for text, width in zip(row, widths, strict=True)] for row in rows]
        wraps = any(len(text) > width or "\n" in text for row in cells for text, width in zip(row, widths, strict=True))
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, gap - 1, 0, 0), pad_edge=False, header_style="bold")
        table.leading = int(wraps)  # a blank line between rows of several lines
        for name, column, width in zip(sheet.header, sheet.columns, widths, strict=True):
            table.add_column(Text(name), justify="right" if column.number else "left", overflow="fold", width=width)
        for row in cells:
            table.add_row(*map(Text, row))
        console.print(table)
    if isinstance(out, io.StringIO):
        _put(output, out.getvalue())


def _widths(sheet: Sheet, rows: list[list[str]], width: int, gap: int) -> list[int]:
    """The width of each column: one that needs no more than its share takes what it needs, the others share the rest, none
    narrower than _NARROWEST."""
    from rich.cells import cell_len

    needs = [
        max(cell_len(line) for text in (name, *texts) for line in text.split("\n"))
        for name, texts in zip(sheet.header, zip(*rows, strict=True), strict=True)
    ]
    shares = [column.share for column in sheet.columns]
    widths = [0 if share else need for share, need in zip(shares, needs, strict=True)]
    free = width - sum(widths) - gap * len(needs)
    open_columns = [at for at, share in enumerate(shares) if share]
    while open_columns:
        parts = sum(shares[at] for at in open_columns)
        quotas = {at: free * shares[at] // parts for at in open_columns}
        settled = {at: needs[at] for at in open_columns if needs[at] <= max(_NARROWEST, quotas[at])}
        settled = settled or {at: _NARROWEST for at in open_columns if quotas[at] < _NARROWEST} or quotas
        for at, wide in settled.items():
            widths[at] = wide
            free -= wide
            open_columns.remove(at)
    return widths


def _broken(text: str, width: int) -> str:
    """The text with a line end after a "/" of each word that is wider than its column ("1658/QĐ-TTg", a block's id)."""
    if len(text) <= width or "/" not in text:
        return text
    return _LONG_WORD.sub(lambda found: _at_slashes(found[0], width), text)


def _at_slashes(word: str, width: int) -> str:
    lines = [""]
    for piece in _PIECES.findall(word):
        if len(lines[-1]) + len(piece) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines) if len(word) > width else word
