"""Rows of the grammar files: read with the file and line that they stand on, and laid over one another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from planparse.errors import GrammarError

_PATTERN: dict[str, tuple[type, bool]] = {"kind": (str, True), "pattern": (str, True), "signs": (list, False)}
#: The files of the facts' language: a `phrase` is matched at the beginning of a text, a `find` anywhere in it.
FACT_FILES = ("citations", "times", "tasks", "targets", "money")

#: The tables that each TOML file may hold, and the fields of their rows: name → (type, required).
TOML_TABLES: dict[str, dict[str, dict[str, tuple[type, bool]]]] = {
    "markers": {
        "marker": {
            "level": (str, True),
            "first": (str, True),
            "pattern": (str, True),
            "numbering": (str, True),
            "orders": (list, False),
            "ocr": (bool, False),
            "damaged": (bool, False),
            "misread": (list, False),
            "needs": (list, False),
        },
    },
    "phrases": {"phrase": _PATTERN, "find": _PATTERN},
    "columns": {
        "column": {
            "header": (str, True),
            "cell": (str, True),
            "weight": (int, True),
            "cells": (list, False),
            "counter_cells": (list, False),
        },
        "group": {"header": (str, True), "children": (list, True), "sure": (bool, False), "alone": (bool, False)},
        "total": {"pattern": (str, True)},
    },
    "words": {"words": {"kind": (str, True), "words": (str, True)}},
    "sites": {"site": {"kind": (str, True), "pattern": (str, True)}},
    "portals": {"portal": _PATTERN},
    "roles": {"role": {"pattern": (str, True)}},
    "pdf": {"line": _PATTERN},
    "ocr": {"damaged": {"place": (str, True), "text": (str, True), "errors": (int, True)}},
    **{name: {"phrase": _PATTERN, "find": _PATTERN} for name in FACT_FILES},
}
#: The columns of the lexicons; the first is the key.
LEXICONS: dict[str, tuple[str, ...]] = {
    "provinces": ("name", "kind", "aliases", "seats"),
    "document_types": ("code", "name", "part_kind", "printed"),
    "issuers": ("canonical", "code", "scope", "variants", "heads"),
    "agencies": ("canonical", "variants", "kind", "successor", "valid_to"),
    "abbreviations": ("short", "long"),
    "units": ("unit", "kind", "variants", "worth", "currency"),
}
_PROOF = {"examples": (list, True), "counter_examples": (list, True)}
#: Fields that only the proof of a row reads.


class Row(NamedTuple):
    """One row: its table, its fields, where it stands, and whether a user's folder brought it."""

    table: str
    fields: dict[str, Any]
    file: Path
    line: int
    own: bool

    @property
    def id(self) -> str:
        return str(self.fields["id"])

    def error(self, problem: str) -> GrammarError:
        """The error that says which row is wrong, and how."""
        return _wrong(self.file, self.line, problem)


def _wrong(file: Path, line: int, problem: str) -> GrammarError:
    return GrammarError("grammar.row", file=f"{file}:{line}", problem=problem)


def builtin_folder() -> Path:
    """Where the shipped grammar lies: inside the installed package, or beside `src/` in a checkout.

    A wheel takes the folder in by force-include, which an editable install does not see.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "grammars", package.parents[1] / "grammars"):
        if (folder / "markers.toml").is_file():
            return folder
    raise GrammarError("grammar.not_installed")


def read_toml(folder: Path, name: str, own: bool, *, located: bool = False) -> tuple[list[Row], dict[str, Any]]:
    """The rows of one TOML file, and its plain tables (`ranks`). A folder without the file has no rows.

    `located` finds the line of each row and checks its fields; a user's own rows always are. Shipped rows come without
    their examples unless they are `located`.
    """
    path = folder / f"{name}.toml"
    try:
        source = path.read_text("utf-8")
    except FileNotFoundError:
        return [], {}
    except (OSError, UnicodeDecodeError) as error:
        raise GrammarError("grammar.unreadable", file=f"{path}:1", reason=str(error)) from error
    try:
        data = tomli.loads(source)
    except tomli.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise GrammarError("grammar.not_toml", file=f"{path}:{found[1] if found else 1}", reason=str(error)) from error
    rows: list[Row] = []
    plain: dict[str, Any] = {}
    for table, content in data.items():
        if isinstance(content, dict):
            plain[table] = content
            continue
        fields = TOML_TABLES[name].get(table)
        if fields is None:
            known = ", ".join(f"[[{known}]]" for known in TOML_TABLES[name])
            raise _wrong(path, _line_of(source, table, 0), f"unknown table {table!r}; this file holds {known}")
        for index, entry in enumerate(content):
            row = Row(table, entry, path, _line_of(source, table, index) if own or located else 0, own)
            if own or located:
                _check_fields(row, fields | _PROOF | {"id": (str, True)})
            rows.append(row)
    return rows, plain


def read_lexicon(folder: Path, name: str, own: bool) -> list[Row]:
    """The rows of one lexicon (`lexicons/NAME.tsv`); fields with several values are split at " | "."""
    path = folder / "lexicons" / f"{name}.tsv"
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise GrammarError("grammar.unreadable", file=f"{path}:1", reason=str(error)) from error
    header: list[str] | None = None
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            missing = [column for column in LEXICONS[name] if column not in header]
            if missing:
                raise _wrong(path, number, f"the header lacks the column {missing[0]!r}")
            continue
        if len(cells) != len(header):
            raise _wrong(path, number, f"{len(cells)} fields, the header has {len(header)}; separate by tabs")
        fields = dict(zip(header, cells, strict=True))
        fields["id"] = fields[header[0]] + (":" + fields["name"] if name == "document_types" else "")
        rows.append(Row(name, fields, path, number, own))
    return rows


def overlay(shipped: list[Row], own: list[Row]) -> list[Row]:
    """The shipped rows with a user's rows laid over them: the same table and id replaces, others are added."""
    if not own:
        return shipped
    replaced = {(row.table, row.id): row for row in own}
    kept = [replaced.pop((row.table, row.id), row) for row in shipped]
    return kept + list(replaced.values())


def values(cell: str) -> list[str]:
    """The values of a lexicon field ("Hoà Bình | Hòa Bình")."""
    return [value for part in cell.split(" | ") if (value := part.strip())]


def words_in(field: str) -> list[str]:
    """The words of a row of words: parted by blanks, or by "|" where there is one ("chủ trì|phối hợp")."""
    return [word.strip() for word in field.split("|" if "|" in field else None)]


def _line_of(source: str, table: str, index: int) -> int:
    found = list(re.finditer(rf"^[ \t]*\[\[\s*{re.escape(table)}\s*\]\]", source, re.M))
    return source.count("\n", 0, found[index].start()) + 1 if index < len(found) else 1


def _check_fields(row: Row, fields: dict[str, tuple[type, bool]]) -> None:
    for name, (kind, required) in fields.items():
        if name not in row.fields:
            if required:
                raise row.error(f"the row lacks the field {name!r}")
        elif not isinstance(row.fields[name], kind):
            raise row.error(f"the field {name!r} must be a {kind.__name__}")
    for name in row.fields:
        if name not in fields:
            raise row.error(f"unknown field {name!r}; the row takes {', '.join(sorted(fields))}")
