"""Every row carries its own proof: the examples that it must match and the counter-examples that it must not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from planparse.errors import GrammarError
from planparse.grammar.patterns import Pattern, compile_damaged, compile_pattern, signs_of
from planparse.grammar.rows import (
    LEXICONS,
    TOML_TABLES,
    Row,
    builtin_folder,
    read_lexicon,
    read_toml,
    values,
    words_in,
)
from planparse.text import fold_tones, holds_any

_NUMBERINGS = {"roman", "arabic", "decimal", "letters", "ordinal", "none"}


def check(folder: Path | None = None) -> int:
    """Prove every row of a grammar folder (the shipped one where none is named); the number of rows proved.

    Raises GrammarError with file and line for the first row that fails.
    """
    own = folder is not None
    folder = folder or builtin_folder()
    proved = 0
    for name in TOML_TABLES:
        rows, _ = read_toml(folder, name, own, located=True)
        for row in rows:
            _check_toml(row)
            proved += 1
    for name in LEXICONS:
        for row in read_lexicon(folder, name, own):
            _check_lexicon(row)
            proved += 1
    if not proved:
        tables = ", ".join(f"{name}.toml" for name in TOML_TABLES)
        lexicons = ", ".join(f"lexicons/{name}.tsv" for name in LEXICONS)
        raise GrammarError("grammar.no_rows", file=str(folder), tables=tables, lexicons=lexicons)
    return proved


def _check_toml(row: Row) -> None:
    if not row.fields["examples"] or not row.fields["counter_examples"]:
        raise row.error("the row needs at least one example and one counter-example")
    if "signs" in row.fields:
        for text in row.fields["examples"]:
            _expect(row, holds_any(fold_tones(text), signs_of(row)), f"has no sign in its example {text!r}", None)
    if row.table == "marker":
        if row.fields["numbering"] not in _NUMBERINGS:
            raise row.error(f"unknown numbering {row.fields['numbering']!r}; one of {', '.join(sorted(_NUMBERINGS))}")
        levels = read_toml(builtin_folder(), "markers", own=False)[1]["ranks"]
        if row.fields["level"] not in levels:
            raise row.error(f"unknown level {row.fields['level']!r}; one of {', '.join(levels)}")
        for need in row.fields.get("needs", ()):
            if need != "capital":
                raise row.error(f"unknown need {need!r}; the only one is 'capital'")
        for pair in row.fields.get("misread", ()):
            if pair[1:2] != "=":
                raise row.error(f"{pair!r} names no sign that stands for another, as 'l=1' does")
        pattern = compile_pattern(row)
        for example in row.fields["examples"]:
            found = pattern.match(example["text"])
            _expect(
                row,
                found and example["text"][0] in row.fields["first"] and found["number"] == example["number"],
                f"does not read number {example['number']!r} in its example {example['text']!r}",
                pattern,
            )
        _refuse(row, pattern, row.fields["counter_examples"])
    elif row.table == "damaged":
        if row.fields["place"] not in {"whole", "begin"}:
            raise row.error(f"unknown place {row.fields['place']!r}; 'whole' or 'begin'")
        _prove(row, compile_damaged(row), str)
    elif row.table in {"phrase", "line", "site", "portal", "total"}:
        _prove(row, compile_pattern(row), str)
    elif row.table == "find":
        pattern = compile_pattern(row)
        for text in row.fields["examples"]:
            _expect(row, pattern.search(fold_tones(text)), f"is not found in its example {text!r}", pattern)
        for text in row.fields["counter_examples"]:
            _expect(row, not pattern.search(fold_tones(text)), f"is found in its counter-example {text!r}", pattern)
    elif row.table in {"column", "group"}:
        _prove(row, compile_pattern(row, "header"), lambda text: fold_tones(text.lower()))
        if row.table == "column":
            cell = compile_pattern(row, "cell", ignore_case=row.id != "number")
            for text in row.fields.get("cells", ()):
                _expect(row, cell.match(text), f"does not match its cell {text!r}", cell)
            _refuse(row, cell, row.fields.get("counter_cells", []))
    elif row.table == "role":
        _prove(row, compile_pattern(row), lambda text: fold_tones(text.lower()))
    elif row.table == "words":
        _check_words(row)


def _check_words(row: Row) -> None:
    words = words_in(row.fields["words"])
    kind = row.fields["kind"]

    def holds(text: str) -> bool:
        if kind in {"open", "counter", "year_counter", "head", "head_part"}:
            last = text.split()[-1]
            return last.lower() in words and (kind != "head" or last[0].isupper())
        if kind in {"verb", "name", "proper"}:
            return any(re.match(re.escape(word) + r"(?!\w)", text) for word in words)
        if kind in {"title_head", "closed"}:
            return any(text.endswith(word) for word in words)
        if kind == "compound":
            return any(text.lower() in pair.split("=") for pair in words)
        if kind.endswith("_sign"):
            return any(word in text for word in words)
        return text in words or text.lower().rstrip(".") in words

    for text in row.fields["examples"]:
        _expect(row, holds(text), f"does not hold its example {text!r}", None)
    for text in row.fields["counter_examples"]:
        _expect(row, not holds(text), f"holds its counter-example {text!r}", None)


def _check_lexicon(row: Row) -> None:
    examples, counters = values(row.fields.get("examples", "")), values(row.fields.get("counter_examples", ""))
    if not examples or not counters:
        raise row.error("the row needs at least one example and one counter-example")
    spellings = [row.fields[LEXICONS[row.table][0]]]
    for column in ("name", "aliases", "printed", "variants", "code", "long"):
        spellings += values(row.fields.get(column, ""))
    pattern = _any_of(spellings)
    with_heads = _any_of([*spellings, *values(row.fields.get("heads", ""))])
    for text in examples:
        _expect(row, with_heads.search(fold_tones(text.lower())), f"is not found in its example {text!r}", None)
    for text in counters:
        _expect(row, not pattern.search(fold_tones(text.lower())), f"is found in its counter-example {text!r}", None)


def _any_of(spellings: list[str]) -> re.Pattern[str]:
    folded = [re.escape(fold_tones(spelling.lower())) for spelling in spellings if spelling]
    return re.compile(r"(?<!\w)(?:" + "|".join(folded) + r")(?!\w)")


def _prove(row: Row, pattern: Pattern, fold: Callable[[str], str]) -> None:
    for text in row.fields["examples"]:
        _expect(row, pattern.match(fold(text)), f"does not match its example {text!r}", pattern)
    _refuse(row, pattern, [fold(text) for text in row.fields["counter_examples"]])


def _refuse(row: Row, pattern: Pattern, texts: list[str]) -> None:
    for text in texts:
        _expect(row, not pattern.match(text), f"matches its counter-example {text!r}", pattern)


def _expect(row: Row, holds: Any, problem: str, pattern: Pattern | None) -> None:
    if getattr(pattern, "ran_away", False):
        raise row.error("the pattern runs away (over 0.25 s on one text); make it simpler")
    if not holds:
        raise row.error(f"the row {row.id!r} {problem}")
