"""The commands that list facts: tasks, targets, funding, citations, deadlines, of one document or several."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planparse.cli_base import UNUSABLE, Files, GrammarFolder, Language, TextEncoding, app, documents_of, put, terminal

if TYPE_CHECKING:
    from planparse.grammar import Grammar
    from planparse.writing.sheets import Found

_DASHES = re.compile(r"\s*[-–—]\s*")
_WORD = re.compile(r"[\w&-]+")

Fact = dict[str, Any]
Wanted = Callable[[Fact], bool]


class SheetFormat(StrEnum):
    """An output format of the lists of facts."""

    table = "table"
    csv = "csv"
    json = "json"
    md = "md"
    xlsx = "xlsx"


#: The format that each known ending of a file's name asks for.
_ENDINGS = {"txt": "table", "csv": "csv", "json": "json", "md": "md", "xlsx": "xlsx"}

Form = Annotated[
    SheetFormat | None,
    typer.Option(
        "--format",
        "-f",
        help="Output format; else that of OUT's ending, else a table: fitted to a terminal, elsewhere one line a fact with"
        " tabs between its cells. xlsx needs --output. In csv, a text that a spreadsheet would run as a formula (it begins"
        ' with "=", "+", "-" or "@") gets an apostrophe before it, for it could fetch or send data.',
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="OUT", help="A file to write.")]
Full = Annotated[bool, typer.Option("--full", help="On a terminal, show every line of a cell, not the first three of them.")]
Year = Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Only those of this year.", min=1900, max=2200)]


@app.command()
def tasks(
    files: Files,
    form: Form = None,
    output: Output = None,
    full: Full = False,
    agency: Annotated[
        str | None,
        typer.Option(
            "--agency",
            metavar="NAME",
            help="Only those that this agency leads or supports: its name or abbreviation, in any case, accents or not.",
        ),
    ] = None,
    year: Year = None,
    encoding: TextEncoding = None,
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
    _list("tasks", files, form, output, full, wanted, encoding, grammar, lang)


@app.command()
def targets(
    files: Files,
    form: Form = None,
    output: Output = None,
    full: Full = False,
    year: Year = None,
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List the targets that documents set (chỉ tiêu), with value, unit and year.

    Examples:

      planparse targets plan.txt --year 2030

      planparse targets *.txt -f csv > targets.csv
    """
    wanted: list[Wanted] = [] if year is None else [lambda fact: fact["year"] == year]
    _list("targets", files, form, output, full, wanted, encoding, grammar, lang)


@app.command()
def funding(
    files: Files,
    form: Form = None,
    output: Output = None,
    full: Full = False,
    year: Year = None,
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List the amounts of money, with what they pay for. With --year, also those of a period that holds the year.

    Examples:

      planparse funding plan.txt

      planparse funding plan.txt --year 2025 -o funding.xlsx
    """
    wanted: list[Wanted] = [] if year is None else [lambda fact: is_funded_in(fact, year)]
    _list("funding", files, form, output, full, wanted, encoding, grammar, lang)


@app.command()
def citations(
    files: Files,
    form: Form = None,
    output: Output = None,
    full: Full = False,
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List the documents that documents cite, with every line that cites them.

    Examples:

      planparse citations plan.txt

      planparse citations *.txt -f json > citations.json
    """
    _list("citations", files, form, output, full, [], encoding, grammar, lang)


@app.command()
def deadlines(
    files: Files,
    form: Form = None,
    output: Output = None,
    full: Full = False,
    year: Year = None,
    encoding: TextEncoding = None,
    grammar: GrammarFolder = None,
    lang: Language = None,
) -> None:
    """List the deadlines and reporting duties. With --year, those that name the year, not those of every year.

    Examples:

      planparse deadlines plan.txt

      planparse deadlines *.txt --year 2025 -f md
    """
    wanted: list[Wanted] = [] if year is None else [lambda fact: fact["year"] == year]
    _list("deadlines", files, form, output, full, wanted, encoding, grammar, lang)


# --- what is wanted ---------------------------------------------------------------------------------------------------
def concerns_agency(asked: str, grammar: Grammar) -> Wanted:
    """Whether a task is led or supported by an agency, by its usual name or as it is printed.

    Case, spaces around dashes and the place of tone marks do not matter, nor do accents where none are asked: "so tai
    chinh" finds "Sở Tài chính". A name or abbreviation that the lexicon knows stands for its usual name ("STC" finds "Sở
    Tài chính", "UBND tỉnh" "Ủy ban nhân dân tỉnh"), and for names that begin with it ("Công an": "Công an tỉnh").
    Agencies that the lexicon does not know, and names that it does not, are compared word by word: the asked words
    anywhere in a spelling of the name.
    """
    from planparse.facts.abbreviations import long_forms

    plain = _bare(asked) == _key(asked)
    key_of = _bare if plain else _key
    longs = {key_of(short): key_of(long) for short, long in long_forms(grammar).items()}

    def key(name: str) -> str:
        return _WORD.sub(lambda found: longs.get(found[0], found[0]), key_of(name))

    asked_key = key(asked)
    spellings = [(key_of(spelling), body.name) for spelling, body in grammar.bodies.items()]
    usual = {key(name) for spelling, name in spellings if spelling == key_of(asked)}
    # "LĐTBXH" is no name, but a word of one: of "Sở LĐTBXH", whose usual name does not hold it.
    holding = {name for spelling, name in spellings if f" {key_of(asked)} " in f" {spelling} "}
    wanted = usual | {asked_key}

    def is_asked(agency: Fact) -> bool:
        names = [key(name) for name in (agency["canonical"], agency["name"]) if name]
        if usual and agency["canonical"] is not None:
            return any(f"{name} ".startswith(f"{one} ") for name in names for one in wanted)
        if agency["canonical"] in holding:
            return True
        return any(f" {one} " in f" {name} " for name in names for one in wanted)

    return lambda task: any(is_asked(agency) for agency in (*task["lead"], *task["supporting"]))


def _key(name: str) -> str:
    """A name for comparison: composed, tone marks in their new places, small letters, single spaces, none around dashes."""
    from planparse.text import fold_tones, squash

    return _DASHES.sub("-", fold_tones(squash(unicodedata.normalize("NFC", name)).lower()))


def _bare(name: str) -> str:
    """A name for comparison without any accent: "so tai chinh"."""
    marked = unicodedata.normalize("NFD", _key(name)).replace("đ", "d")
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


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
    full: bool,
    wanted: list[Wanted],
    encoding: str | None,
    grammar: str | None,
    lang: str | None,
) -> None:
    """Read the documents, keep the wanted facts of a kind, write them. All documents are read before anything is written;
    of several, those that cannot be read are told and left out."""
    from planparse.errors import OutputError
    from planparse.messages import language
    from planparse.writing.sheets import gather
    from planparse.writing.targets import format_of, spare_documents

    speak = language(lang)
    form = form or SheetFormat(format_of(output, _ENDINGS, "table"))
    if output is None and form is SheetFormat.xlsx:
        raise OutputError("output.no_terminal", file="xlsx")
    if output is not None:
        spare_documents([output], files)
    failed: list[str] = []
    found = [
        item
        for name, document in documents_of(files, grammar, speak, failed, encoding)
        for item in gather(kind, _shown(name), document)
        if all(test(item.fact) for test in wanted)
    ]
    if len(failed) < len(files):
        _write(kind, found, files, form, output, full, speak)
    if failed:
        raise typer.Exit(UNUSABLE)


def _shown(name: str) -> str:
    """A name of bytes that are no UTF-8 is shown with them escaped."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _write(
    kind: str, found: list[Found], files: list[str], form: SheetFormat, output: Path | None, full: bool, lang: str
) -> None:
    from planparse.writing.labels import LABELS
    from planparse.writing.sheets import data_sheet, page_sheet

    several = len(files) > 1
    none = LABELS[lang]["none_found"]
    if form is SheetFormat.json:
        put(output, _as_json(found))
    elif form is SheetFormat.xlsx:
        from planparse.writing.xlsx import write_xlsx

        assert output is not None
        write_xlsx(output, data_sheet(kind, found, lang, with_file=several))
    elif form is SheetFormat.csv:
        from planparse.writing.csv import write_csv

        put(output, write_csv(data_sheet(kind, found, lang, with_file=several)))
    elif form is SheetFormat.md:
        from planparse.writing.summary import write_sheet

        put(output, write_sheet(page_sheet(kind, _near(found, files), lang, with_file=several), none=none))
    else:
        page = page_sheet(kind, _by_base_name(_near(found, files)), lang, with_file=several)
        if not page.rows:
            put(output, f"{none}\n")
        elif output is None and sys.stdout.isatty():
            from planparse.writing.grid import show_grid

            show_grid(terminal(), page, full=full)
        else:
            from planparse.writing.grid import write_lines

            put(output, write_lines(page))


def _near(found: list[Found], files: list[str]) -> list[Found]:
    """For a page: each document's path without the folders that all of them lie in."""
    import os

    named = [os.path.dirname(name) for name in files if name != "-"]
    try:
        common = os.path.commonpath(named) if named else ""
    except ValueError:  # some are relative, or on other drives
        common = ""
    return [item._replace(path=item.path.removeprefix(common).lstrip(os.sep) if common else item.path) for item in found]


def _by_base_name(found: list[Found]) -> list[Found]:
    """For a table: the documents' names without any folder, unless two would then be called the same."""
    import os

    bases = {item.path: os.path.basename(item.path) for item in found}
    if len(set(bases.values())) < len(bases):
        return found
    return [item._replace(path=bases[item.path]) for item in found]


def _as_json(found: list[Found]) -> str:
    """A list of facts, each with the path of its document."""
    import json

    return json.dumps([{"path": item.path, **item.fact} for item in found], ensure_ascii=False, indent=2) + "\n"
