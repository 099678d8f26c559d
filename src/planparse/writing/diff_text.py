"""A comparison for the terminal: a summary that fits one screen, then the detail. Nothing needs colour to be understood:
what only the left text says stands in [-…-], what only the right text says in {+…+}."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planparse.diff.families import FAMILIES
from planparse.diff.words import (
    WORDS,
    ambition,
    apart_line,
    citation_name,
    money_name,
    money_side,
    name_of,
    places,
    shown_statuses,
    sum_rows,
    sum_text,
    target_name,
    target_side,
)
from planparse.writing.indented import Indented
from planparse.writing.sheets import clean, number_text

Data = dict[str, Any]

_STYLES = {
    "changed": "yellow", "moved": "cyan", "split": "magenta", "joined": "magenta", "only_left": "red", "only_right": "green",
    "same": "dim",
}  # fmt: skip
#: From this width on, texts stand side by side.
_WIDE = 120
#: So much of an unchanged run is shown on either side of a change, and so much of a text that only one side has.
_CONTEXT, _LONGEST = 60, 400
#: Texts less alike are shown one under the other: marking words would leave none unmarked.
_ALIKE = 0.5


def show_comparison(console: Console, comparison: Data, *, lang: str) -> None:
    """Print a comparison. Unchanged entries are counted, not listed."""
    for piece in _pieces(comparison, lang, console.width >= _WIDE):
        console.print(piece)


def _pieces(comparison: Data, lang: str, wide: bool) -> Iterator[RenderableType]:
    words = WORDS[lang]
    summary = comparison["summary"]
    yield Text(words[comparison["kind"]], style="bold")
    for side in ("left", "right"):
        yield Text(f"  {words[side]}: {_line(name_of(comparison[side], words))}")
    if not summary["different"]:
        yield Text(words["nothing"])
        return
    if not summary["in_common"]:
        yield Text(apart_line(comparison, lang))
        return
    yield ""
    yield _summary(summary, words, lang)
    yield from _metadata(comparison["metadata"], words)
    yield from _sections(comparison["sections"], summary, words, wide)
    yield from _targets(comparison["targets"], words, lang)
    yield from _tasks(comparison["tasks"], words)
    yield from _agencies(comparison["agencies"], words)
    yield from _funding(comparison["funding"], words, lang)
    yield from _citations(comparison["citations"], words)


def _summary(summary: Data, words: dict[str, str], lang: str) -> Table:
    statuses = shown_statuses(summary)
    table = _table([words["summary"], *(words[status] for status in statuses)], set(range(1, len(statuses) + 1)))
    for family in FAMILIES:
        counts = summary[family]
        if any(counts.values()):
            table.add_row(words[family], *(number_text(counts[s], lang) if counts[s] else "–" for s in statuses))
    return table


def _title(name: str) -> Text:
    return Text(f"\n{name}", style="bold")


def _differing(entries: Iterable[Data]) -> list[Data]:
    return [entry for entry in entries if entry["status"] != "same"]


def _metadata(entries: list[Data], words: dict[str, str]) -> Iterator[RenderableType]:
    from planparse.writing.labels import LABELS

    labels = LABELS["vi" if words is WORDS["vi"] else "en"]
    if found := _differing(entries):
        yield _title(words["metadata"])
        for entry in found:
            yield Text(f"  {labels[entry['field']]}")
            yield from _two(entry["left"], entry["right"])


def _two(left: str | None, right: str | None) -> Iterator[RenderableType]:
    """Two texts, one under the other; None for a side that says nothing."""
    for text, mark, style in ((left, "-", "red"), (right, "+", "green")):
        if text:
            yield Indented(Text(f"{mark} {_short(text)}", style=style), 4)


def _sections(entries: list[Data], summary: Data, words: dict[str, str], wide: bool) -> Iterator[RenderableType]:
    found = _differing(entries)
    if not found and not summary["renumbered"]:
        return
    yield _title(words["sections"])
    for entry in found:
        yield Text.assemble(("  " + words[entry["status"]], _STYLES[entry["status"]]), f"  {_line(places(entry))}")
        if entry["left"] and entry["right"]:
            yield from _changes(entry, wide)
        else:
            left, right = _sides(entry["changes"])
            yield from _two(left, right)
    if summary["renumbered"]:
        yield Text("  " + words["renumbered_sections"].format(count=summary["renumbered"]))


def _sides(changes: list[Data]) -> tuple[str, str]:
    return "".join(change["left"] for change in changes), "".join(change["right"] for change in changes)


def _changes(entry: Data, wide: bool) -> Iterator[RenderableType]:
    changes = entry["changes"]
    if wide and entry["similarity"] < 1:
        table = Table.grid(expand=True, padding=(0, 2))
        table.add_column(ratio=1, overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        table.add_row(_marked(changes, "left"), _marked(changes, "right"))
        yield Padding(table, (0, 0, 0, 4), expand=False)
    elif entry["similarity"] == 1:
        yield Indented(Text(_short(_sides(changes)[0])), 4)
    elif entry["similarity"] >= _ALIKE:
        yield Indented(_marked(changes, "both"), 4)
    else:
        yield from _two(*_sides(changes))


def _marked(changes: list[Data], shown: str) -> Text:
    """The words with their changes marked: of one side, or of both in one text."""
    text = Text()
    for place, change in enumerate(changes):
        if change["op"] == "equal":
            first, last = place == 0, place == len(changes) - 1
            text.append(_around(_line(change["right" if shown == "both" else shown]), first, last))
            continue
        for side, opening, closing, style in (("left", "[-", "-]", "red"), ("right", "{+", "+}", "green")):
            if change[side] and shown in (side, "both"):
                words = change[side].strip()
                gap = " " if change[side] != change[side].rstrip() else ""
                text.append(f"{opening}{_line(words)}{closing}", style=style)
                text.append(gap)
    return text


def _around(text: str, first: bool, last: bool) -> str:
    """An unchanged run, its middle left out where it is long."""
    if len(text) <= 2 * _CONTEXT + 20:
        return text
    head = "" if first else text[:_CONTEXT].rsplit(" ", 1)[0] + " "
    tail = "" if last else " " + text[-_CONTEXT:].split(" ", 1)[-1]
    return f"{head}…{tail}"


def _targets(entries: list[Data], words: dict[str, str], lang: str) -> Iterator[RenderableType]:
    if found := _differing(entries):
        yield _title(words["targets"])
        table = _table([words["targets"], words["left"], words["right"], words["status"]], set())
        for entry in found:
            note = ambition(entry, words) or words[entry["status"]]
            table.add_row(
                _short(target_name(entry)), *(_line(target_side(entry[side], lang)) for side in ("left", "right")), note
            )
        yield table


def _tasks(entries: list[Data], words: dict[str, str]) -> Iterator[RenderableType]:
    # A task that differs in its words alone was shown with its section.
    found = [entry for entry in _differing(entries) if entry["differs"] != ["text"]]
    if found:
        yield _title(words["tasks"])
    for entry in found:
        fact = entry["left"] or entry["right"]
        yield Text.assemble(("  " + words[entry["status"]], _STYLES[entry["status"]]), f"  {_short(fact['text'])}")
        for field in entry["differs"]:
            if field != "text":
                left, right = (_task_field(entry[side][field], words) for side in ("left", "right"))
                yield Indented(Text(f"{words[field]}: {left} → {right}"), 4)
        if not entry["differs"] and fact["lead"]:
            yield Indented(Text(f"{words['lead']}: {_task_field(fact['lead'], words)}"), 4)


def _task_field(value: list[str] | str | None, words: dict[str, str]) -> str:
    return _line("; ".join(value) if isinstance(value, list) else value or "") or words["empty"]


def _agencies(entries: list[Data], words: dict[str, str]) -> Iterator[RenderableType]:
    if found := _differing(entries):
        yield _title(words["agencies"])
        sides = [f"{words[side]}, {words[role]}" for role in ("leads", "supports") for side in ("left", "right")]
        table = _table([words["agency"], *sides], {1, 2, 3, 4})
        for entry in found:
            counts = (entry[f"{side}_{role}"] for role in ("leads", "supports") for side in ("left", "right"))
            table.add_row(_line(entry["name"]), *(str(count or "–") for count in counts))
        yield table


def _funding(funding: Data, words: dict[str, str], lang: str) -> Iterator[RenderableType]:
    found = _differing(funding["items"])
    if not found:
        return
    yield _title(words["funding"])
    table = _table([words["funding"], words["left"], words["right"]], {1, 2})
    for name, row in sum_rows(funding, words):
        if row["left"] != row["right"] or row in funding["totals"]:
            table.add_row(_line(name), sum_text(row, "left", lang), sum_text(row, "right", lang))
    for entry in found:
        table.add_row(_short(money_name(entry)), money_side(entry["left"], lang), money_side(entry["right"], lang))
    yield table


def _citations(entries: list[Data], words: dict[str, str]) -> Iterator[RenderableType]:
    if found := _differing(entries):
        yield _title(words["citations"])
        for entry in found:
            yield Text.assemble(
                ("  " + words[entry["status"]], _STYLES[entry["status"]]), f"  {_short(citation_name(entry))}"
            )


def _table(header: list[str], numeric: set[int]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for place, name in enumerate(header):
        table.add_column(Text(name), justify="right" if place in numeric else "left", overflow="fold")
    return table


def _line(text: str) -> str:
    """A text on one line, without what a terminal would obey. Spaces at its ends stay: words stand beside it."""
    text = clean(text)
    return " ".join(text.split("\n")) if "\n" in text else text


def _short(text: str) -> str:
    text = " ".join(clean(text).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
