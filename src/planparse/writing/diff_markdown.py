"""A comparison as Markdown. What the documents say is escaped; ~~struck out~~ stands on the left only, **bold** on the right
only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
from planparse.writing.escape import escape
from planparse.writing.labels import LABELS
from planparse.writing.sheets import Cell, clean
from planparse.writing.summary import markdown_table

Data = dict[str, Any]


def write_diff_markdown(comparison: Data, *, lang: str = "en") -> str:
    """The comparison as Markdown: summary, then every entry that differs."""
    return "\n".join(_lines(comparison, lang)).rstrip("\n") + "\n"


def _lines(comparison: Data, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    summary = comparison["summary"]
    yield f"# {words[comparison['kind']]}"
    yield ""
    for side in ("left", "right"):
        yield f"- {words[side]}: {_escaped(name_of(comparison[side], words))}"
    yield ""
    if not summary["different"] or not summary["in_common"]:
        yield words["nothing"] if not summary["different"] else apart_line(comparison, lang)
        return
    statuses = shown_statuses(summary)
    rows: list[list[Cell]] = [
        [words[family], *(summary[family][status] or "–" for status in statuses)]
        for family in FAMILIES
        if any(summary[family].values())
    ]
    yield f"## {words['summary']}"
    yield ""
    yield from markdown_table(
        [words["summary"], *(words[status] for status in statuses)], [False, *(True for _ in statuses)], rows
    )
    yield from _metadata(comparison["metadata"], words, lang)
    yield from _sections(comparison["sections"], summary, words)
    yield from _tables(comparison, words, lang)


def _metadata(entries: list[Data], words: dict[str, str], lang: str) -> Iterator[str]:
    rows: list[list[Cell]] = [
        [LABELS[lang][entry["field"]], entry["left"] or "–", entry["right"] or "–"]
        for entry in entries
        if entry["status"] != "same"
    ]
    yield from _titled(words["metadata"], [words["field"], words["left"], words["right"]], [False] * 3, rows)


def _sections(entries: list[Data], summary: Data, words: dict[str, str]) -> Iterator[str]:
    found = [entry for entry in entries if entry["status"] != "same"]
    if not found and not summary["renumbered"]:
        return
    yield f"## {words['sections']}"
    yield ""
    for entry in found:
        yield f"- **{words[entry['status']]}** {_escaped(places(entry))}"
        yield ""
        if text := _marked(entry):
            yield f"  {text}"
            yield ""
    if summary["renumbered"]:
        yield words["renumbered_sections"].format(count=summary["renumbered"])
        yield ""


def _marked(entry: Data) -> str:
    """The text with its changes marked; a text that only one side has needs no marks."""
    if entry["status"] in {"only_left", "only_right"}:
        return " ".join(_escaped(change["left"] or change["right"]) for change in entry["changes"])
    pieces = []
    for change in entry["changes"]:
        if change["op"] == "equal":
            pieces.append(_escaped(change["right"]))
        else:
            pieces += [f"~~{_escaped(change['left'])}~~"] if change["left"].strip() else []
            pieces += [f"**{_escaped(change['right'])}**"] if change["right"].strip() else []
    return " ".join(piece for piece in pieces if piece)


def _tables(comparison: Data, words: dict[str, str], lang: str) -> Iterator[str]:
    sides = [words["left"], words["right"]]
    targets = [entry for entry in comparison["targets"] if entry["status"] != "same"]
    yield from _titled(
        words["targets"],
        [words["targets"], *sides, words["status"]],
        [False] * 4,
        [
            [
                target_name(entry),
                *(target_side(entry[side], lang) for side in ("left", "right")),
                ambition(entry, words) or words[entry["status"]],
            ]
            for entry in targets
        ],
    )
    tasks = [entry for entry in comparison["tasks"] if entry["status"] != "same" and entry["differs"] != ["text"]]
    yield from _titled(
        words["tasks"],
        [words["tasks"], *(f"{words['lead']}, {side.lower()}" for side in sides), words["status"]],
        [False] * 4,
        [
            [
                (entry["left"] or entry["right"])["text"],
                *("; ".join(entry[side]["lead"]) or "–" if entry[side] else "–" for side in ("left", "right")),
                ", ".join(words[field] for field in entry["differs"]) or words[entry["status"]],
            ]
            for entry in tasks
        ],
    )
    roles = [f"{words[side]}, {words[role]}" for role in ("leads", "supports") for side in ("left", "right")]
    yield from _titled(
        words["agencies"],
        [words["agency"], *roles],
        [False, True, True, True, True],
        [
            [
                entry["name"],
                *(entry[f"{side}_{role}"] or "–" for role in ("leads", "supports") for side in ("left", "right")),
            ]
            for entry in comparison["agencies"]
            if entry["status"] != "same"
        ],
    )
    yield from _funding(comparison["funding"], words, lang)
    yield from _titled(
        words["citations"],
        [words["citations"], words["status"]],
        [False, False],
        [[citation_name(e), words[e["status"]]] for e in comparison["citations"] if e["status"] != "same"],
    )


def _funding(funding: Data, words: dict[str, str], lang: str) -> Iterator[str]:
    items = [entry for entry in funding["items"] if entry["status"] != "same"]
    if not items:
        return
    rows: list[list[Cell]] = [
        [name, sum_text(row, "left", lang), sum_text(row, "right", lang)] for name, row in sum_rows(funding, words)
    ]
    rows += [[money_name(e), money_side(e["left"], lang), money_side(e["right"], lang)] for e in items]
    yield from _titled(words["funding"], [words["funding"], words["left"], words["right"]], [False, True, True], rows)


def _titled(title: str, header: list[str], numeric: list[bool], rows: list[list[Cell]]) -> Iterator[str]:
    if rows:
        yield f"## {title}"
        yield ""
        yield from markdown_table(header, numeric, rows)


def _escaped(text: str) -> str:
    return escape(" ".join(clean(text).split()))
