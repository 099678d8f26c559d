"""A comparison as one HTML page (`html_page`): no script, no request to anywhere, printable, for keyboard and phone."""

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
    place_of,
    shown_statuses,
    sum_rows,
    sum_text,
    target_name,
    target_side,
)
from planparse.writing.html_page import TAIL, Bar, chart, contents, filters, head, hiding, row, safe, section, table
from planparse.writing.labels import LABELS
from planparse.writing.sheets import number_text

Data = dict[str, Any]

_STYLE = """
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; } .pair > div { min-width: 0; }
div.entry { border-top: 1px solid var(--line); padding: .5rem 0; break-inside: avoid; }
div.entry p { margin: 0; } .where { color: var(--dim); font-size: .85rem; }
.badge { border: 1px solid currentColor; border-radius: .3rem; padding: 0 .4rem; font-size: .85rem; margin-right: .5rem; }
del { color: var(--left); background: #fef3f2; }
ins { color: var(--right); background: #ecfdf3; text-decoration: underline; }
/* A text that one side alone has is marked by its badge; struck out from end to end it could not be read. */
.only_left del, .only_right ins { color: inherit; text-decoration: none; }
.only_left .badge { color: var(--left); } .only_right .badge { color: var(--right); }
@media (max-width: 44rem) { .pair { grid-template-columns: 1fr; gap: .3rem; } .none { display: none; } }
"""


def write_diff_html(comparison: Data, *, lang: str = "en") -> str:
    """The comparison as a page."""
    return "".join(_page(comparison, lang))


def _page(comparison: Data, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    summary = comparison["summary"]
    statuses = shown_statuses(summary)
    yield head(words[comparison["kind"]], lang, _STYLE + hiding(statuses)) + '<div class="pair">\n'
    for side in ("left", "right"):
        title = comparison[side]["title"]
        name = safe(name_of(comparison[side], words))
        yield f"<div><strong>{words[side]}</strong><br>{name}{'<br>' + safe(title) if title else ''}</div>\n"
    yield "</div>\n"
    if not summary["different"] or not summary["in_common"]:
        said = words["nothing"] if not summary["different"] else apart_line(comparison, lang)
        yield f"<p>{safe(said)}</p>\n{TAIL}"
        return
    shown = [family for family in FAMILIES if any(summary[family].values())]
    yield contents(words["contents"], [(family, words[family]) for family in shown])
    yield from filters((status, words[status], status != "same") for status in statuses)
    yield "<main>\n"
    yield from _summary(summary, shown, words, lang)
    yield from _metadata(comparison["metadata"], words, lang)
    if comparison["sections"]:
        yield section("sections", words["sections"], "".join(_entry(entry, words) for entry in comparison["sections"]))
    yield from _tables(comparison, words, lang)
    yield f"</main>\n{TAIL}"


def _summary(summary: Data, shown: list[str], words: dict[str, str], lang: str) -> Iterator[str]:
    statuses = shown_statuses(summary)
    numeric = range(1, len(statuses) + 1)
    rows = [
        row([words[family], *(number_text(n, lang) if (n := summary[family][s]) else "–" for s in statuses)], numeric)
        for family in shown
    ]
    yield table(words["summary"], [words["summary"], *(words[status] for status in statuses)], rows, numeric)
    if summary["renumbered"]:
        yield f"<p>{safe(words['renumbered_sections'].format(count=summary['renumbered']))}</p>\n"


def _metadata(entries: list[Data], words: dict[str, str], lang: str) -> Iterator[str]:
    if entries:
        rows = [
            row([LABELS[lang][e["field"]], e["left"] or "–", e["right"] or "–", words[e["status"]]], status=e["status"])
            for e in entries
        ]
        heads = [words["field"], words["left"], words["right"], words["status"]]
        yield section("metadata", words["metadata"], table(words["metadata"], heads, rows))


def _entry(entry: Data, words: dict[str, str]) -> str:
    status = words[entry["status"]] + (f", {words['renumbered']}" if entry["renumbered"] else "")
    sides = [
        f'<div><p class="where">{safe(place_of(entry, side))}</p><p>{_marked(entry["changes"], side)}</p></div>'
        if entry[side]
        else '<div class="none">–</div>'
        for side in ("left", "right")
    ]
    return (
        f'<div class="entry {entry["status"]}"><span class="badge">{safe(status)}</span>'
        f'<div class="pair">{"".join(sides)}</div></div>\n'
    )


def _marked(changes: list[Data], side: str) -> str:
    """One side's text, what the other has not marked."""
    tag = "del" if side == "left" else "ins"
    return "".join(
        safe(change[side]) if change["op"] == "equal" else f"<{tag}>{safe(change[side])}</{tag}>"
        for change in changes
        if change[side]
    )


def _tables(comparison: Data, words: dict[str, str], lang: str) -> Iterator[str]:
    sides = [words["left"], words["right"]]
    if targets := comparison["targets"]:
        rows = [
            row(
                [
                    target_name(e),
                    *(target_side(e[side], lang) for side in ("left", "right")),
                    ambition(e, words) or words[e["status"]],
                ],
                status=e["status"],
            )
            for e in targets
        ]
        heads = [words["targets"], *sides, words["status"]]
        yield section("targets", words["targets"], table(words["targets"], heads, rows))
    if tasks := comparison["tasks"]:
        rows = [
            row([*_task(e, words), ", ".join(words[d] for d in e["differs"]) or words[e["status"]]], status=e["status"])
            for e in tasks
        ]
        heads = [words["tasks"], *(f"{words['lead']}, {side.lower()}" for side in sides), words["status"]]
        yield section("tasks", words["tasks"], table(words["tasks"], heads, rows))
    if agencies := comparison["agencies"]:
        yield section("agencies", words["agencies"], _agencies(agencies, words, lang))
    if comparison["funding"]["items"]:
        yield section("funding", words["funding"], _funding(comparison["funding"], words, lang))
    if citations := comparison["citations"]:
        rows = [row([citation_name(e), words[e["status"]]], status=e["status"]) for e in citations]
        yield section(
            "citations", words["citations"], table(words["citations"], [words["citations"], words["status"]], rows)
        )


def _task(entry: Data, words: dict[str, str]) -> list[str]:
    return [
        (entry["left"] or entry["right"])["text"],
        *(("; ".join(entry[side]["lead"]) or words["nobody"]) if entry[side] else "–" for side in ("left", "right")),
    ]


def _agencies(agencies: list[Data], words: dict[str, str], lang: str) -> str:
    bars = [
        (
            entry["name"],
            [Bar(words[side], n := entry[f"{side}_leads"], number_text(n, lang)) for side in ("left", "right")],
        )
        for entry in agencies
    ]
    roles = [(side, role) for role in ("leads", "supports") for side in ("left", "right")]
    rows = [
        row(
            [entry["name"], *(str(entry[f"{side}_{role}"] or "–") for side, role in roles)],
            range(1, 5),
            status=entry["status"],
        )
        for entry in agencies
    ]
    heads = [words["agency"], *(f"{words[side]}, {words[role]}" for side, role in roles)]
    return chart(words["leads_of"], bars) + table(words["agencies"], heads, rows, range(1, 5))


def _funding(funding: Data, words: dict[str, str], lang: str) -> str:
    rows = [
        row([name, *(sum_text(entry, side, lang) for side in ("left", "right"))], range(1, 3))
        for name, entry in sum_rows(funding, words)
    ]
    rows += [
        row([money_name(e), *(money_side(e[side], lang) for side in ("left", "right"))], range(1, 3), status=e["status"])
        for e in funding["items"]
    ]
    charts = ""
    for currency in dict.fromkeys(entry["currency"] for entry in funding["by_agency"]):
        bars = [
            (
                entry["key"] or words["no_key"],
                [Bar(words[side], entry[side], sum_text(entry, side, lang)) for side in ("left", "right")],
            )
            for entry in sorted(funding["by_agency"], key=lambda entry: -max(entry["left"], entry["right"]))
            if entry["currency"] == currency
        ]
        charts += chart(f"{words['funding']}: {words['by_agency'].lower()}", bars)
    heads = [words["funding"], words["left"], words["right"]]
    return charts + table(words["funding"], heads, rows, range(1, 3))
