"""A comparison as one HTML page: no script, no request to anywhere, printable, for keyboard and phone.

Everything that the documents say is escaped. The filters by status are check boxes and style rules. The page forbids itself
scripts and requests (Content-Security-Policy), so that a slip in escaping could do nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from planparse.diff.families import FAMILIES, STATUSES
from planparse.diff.words import (
    WORDS,
    ambition,
    apart_line,
    citation_name,
    money_name,
    money_side,
    name_of,
    sum_text,
    target_name,
    target_side,
)
from planparse.writing.labels import LABELS
from planparse.writing.sheets import clean, number_text

Data = dict[str, Any]

#: So many agencies have bars; the tables list all.
_BARS = 15

_STYLE = """
:root { color-scheme: light; --left: #b42318; --right: #05603a; --line: #d0d5dd; --dim: #475467; }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: #101828; margin: 0 auto; padding: 1rem;
  max-width: 80rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; }
a { color: #175cd3; } :focus-visible { outline: 3px solid #175cd3; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; } .scroll { overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; min-width: 5rem;
  border-bottom: 1px solid var(--line); }
.n { text-align: right; font-variant-numeric: tabular-nums; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: 0; list-style: none; }
.filter { margin: .3rem 1rem .3rem 0; display: inline-block; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; } .pair > div { min-width: 0; }
.entry { border-top: 1px solid var(--line); padding: .5rem 0; break-inside: avoid; }
.entry p { margin: 0; } .where { color: var(--dim); font-size: .85rem; }
.badge { border: 1px solid currentColor; border-radius: .3rem; padding: 0 .4rem; font-size: .85rem; margin-right: .5rem; }
del { color: var(--left); background: #fef3f2; }
ins { color: var(--right); background: #ecfdf3; text-decoration: underline; }
.only_left .badge { color: var(--left); } .only_right .badge { color: var(--right); }
svg { width: 100%; max-width: 50rem; height: auto; } svg text { font-size: 12px; fill: #101828; }
.bar-left { fill: #f97066; } .bar-right { fill: #32a06a; }
@media (max-width: 44rem) { .pair { grid-template-columns: 1fr; gap: .3rem; } }
@media print { nav, .filters { display: none; } body { max-width: none; padding: 0; font-size: 10pt; } }
"""


def write_diff_html(comparison: Data, *, lang: str = "en") -> str:
    """The comparison as a page."""
    return "".join(_page(comparison, lang))


def _page(comparison: Data, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    summary = comparison["summary"]
    shown = [family for family in FAMILIES if any(summary[family].values())]
    hiding = "".join(f"#show-{s}:not(:checked) ~ main .entry.{s} {{ display: none; }}\n" for s in STATUSES)
    yield f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{_safe(words[comparison['kind']])}</title>\n<style>{_STYLE}{hiding}</style>\n</head>\n<body>\n"
    yield f'<h1>{_safe(words[comparison["kind"]])}</h1>\n<div class="pair">\n'
    for side in ("left", "right"):
        title = comparison[side]["title"]
        name = _safe(name_of(comparison[side], words))
        yield f"<div><strong>{words[side]}</strong><br>{name}{'<br>' + _safe(title) if title else ''}</div>\n"
    yield "</div>\n"
    if not summary["different"] or not summary["in_common"]:
        said = words["nothing"] if not summary["different"] else apart_line(comparison, lang)
        yield f"<p>{_safe(said)}</p>\n</body>\n</html>\n"
        return
    yield f'<nav aria-label="{words["contents"]}"><ul>'
    yield "".join(f'<li><a href="#{family}">{words[family]}</a></li>' for family in shown)
    yield "</ul></nav>\n"
    # The boxes stand beside <main>, so that style rules alone can hide what is not wanted.
    for status in STATUSES:
        checked = "" if status == "same" else " checked"
        yield f'<input class="filters" type="checkbox" id="show-{status}"{checked}>'
        yield f'<label class="filters filter" for="show-{status}"> {words[status]}</label>\n'
    yield "<main>\n"
    yield from _summary(summary, shown, words, lang)
    yield from _metadata(comparison["metadata"], words, lang)
    yield from _sections(comparison["sections"], summary, words)
    yield from _tables(comparison, words, lang)
    yield "</main>\n</body>\n</html>\n"


def _summary(summary: Data, shown: list[str], words: dict[str, str], lang: str) -> Iterator[str]:
    rows = [
        f'<tr><th scope="row">{words[family]}</th>'
        + "".join(
            f'<td class="n">{number_text(summary[family][status], lang) if summary[family][status] else "–"}</td>'
            for status in STATUSES
        )
        + "</tr>"
        for family in shown
    ]
    heads = [words["summary"], *(words[status] for status in STATUSES)]
    yield _table(heads, rows, numeric=range(1, 6))
    if summary["renumbered"]:
        yield f"<p>{_safe(words['renumbered_sections'].format(count=summary['renumbered']))}</p>\n"


def _table(heads: list[str], rows: Iterable[str], numeric: Iterable[int] = ()) -> str:
    right = set(numeric)
    header = "".join(f'<th scope="col"{_n(at in right)}>{_safe(name)}</th>' for at, name in enumerate(heads))
    return f'<div class="scroll" tabindex="0"><table>\n<tr>{header}</tr>\n' + "\n".join(rows) + "\n</table></div>\n"


def _row(status: str, cells: list[str], numeric: Iterable[int] = ()) -> str:
    right = set(numeric)
    return (
        f'<tr class="entry {status}">'
        + "".join(f"<td{_n(at in right)}>{_safe(cell)}</td>" for at, cell in enumerate(cells))
        + "</tr>"
    )


def _n(right: bool) -> str:
    return ' class="n"' if right else ""


def _titled(family: str, words: dict[str, str], content: str) -> str:
    return f'<section aria-labelledby="{family}">\n<h2 id="{family}">{words[family]}</h2>\n{content}</section>\n'


def _metadata(entries: list[Data], words: dict[str, str], lang: str) -> Iterator[str]:
    if entries:
        rows = [
            _row(e["status"], [LABELS[lang][e["field"]], e["left"] or "–", e["right"] or "–", words[e["status"]]])
            for e in entries
        ]
        yield _titled("metadata", words, _table([words["field"], words["left"], words["right"], words["status"]], rows))


def _sections(entries: list[Data], summary: Data, words: dict[str, str]) -> Iterator[str]:
    if entries:
        yield _titled("sections", words, "".join(_section(entry, words) for entry in entries))


def _section(entry: Data, words: dict[str, str]) -> str:
    status = words[entry["status"]] + (f", {words['renumbered']}" if entry["renumbered"] else "")
    sides = [
        f'<div><p class="where">{_safe(entry[side] or "–")}</p><p>{_marked(entry["changes"], side)}</p></div>'
        for side in ("left", "right")
    ]
    return (
        f'<div class="entry {entry["status"]}"><span class="badge">{_safe(status)}</span>'
        f'<div class="pair">{"".join(sides)}</div></div>\n'
    )


def _marked(changes: list[Data], side: str) -> str:
    """One side's text, what the other has not marked."""
    tag = "del" if side == "left" else "ins"
    return "".join(
        _safe(change[side]) if change["op"] == "equal" else f"<{tag}>{_safe(change[side])}</{tag}>"
        for change in changes
        if change[side]
    )


def _tables(comparison: Data, words: dict[str, str], lang: str) -> Iterator[str]:
    sides = [words["left"], words["right"]]
    if targets := comparison["targets"]:
        rows = [
            _row(
                e["status"],
                [
                    target_name(e),
                    *(target_side(e[side], lang) for side in ("left", "right")),
                    ambition(e, words) or words[e["status"]],
                ],
            )
            for e in targets
        ]
        yield _titled("targets", words, _table([words["targets"], *sides, words["status"]], rows))
    if tasks := comparison["tasks"]:
        rows = [
            _row(e["status"], [*_task(e, words), ", ".join(words[d] for d in e["differs"]) or words[e["status"]]])
            for e in tasks
        ]
        leads = [f"{words['lead']}, {side.lower()}" for side in sides]
        yield _titled("tasks", words, _table([words["tasks"], *leads, words["status"]], rows))
    if agencies := comparison["agencies"]:
        bars = [
            (e["name"], e["left_leads"], e["right_leads"], str(e["left_leads"]), str(e["right_leads"])) for e in agencies
        ]
        roles = [(side, role) for role in ("leads", "supports") for side in ("left", "right")]
        rows = [
            _row(e["status"], [e["name"], *(str(e[f"{side}_{role}"] or "–") for side, role in roles)], range(1, 5))
            for e in agencies
        ]
        heads = [words["agency"], *(f"{words[side]}, {words[role]}" for side, role in roles)]
        title = f"{words['tasks']}: {words['leads']}"
        yield _titled("agencies", words, _chart(bars, title, words) + _table(heads, rows, range(1, 5)))
    yield from _funding(comparison["funding"], words, lang)
    if citations := comparison["citations"]:
        rows = [_row(e["status"], [citation_name(e), words[e["status"]]]) for e in citations]
        yield _titled("citations", words, _table([words["citations"], words["status"]], rows))


def _task(entry: Data, words: dict[str, str]) -> list[str]:
    return [
        (entry["left"] or entry["right"])["text"],
        *(("; ".join(entry[side]["lead"]) or words["nobody"]) if entry[side] else "–" for side in ("left", "right")),
    ]


def _funding(funding: Data, words: dict[str, str], lang: str) -> Iterator[str]:
    if not funding["items"]:
        return
    sums = [
        (words["total"] if name == "total" else f"{words[name]}: {row['key'] or words['no_key']}", row)
        for name, rows in (
            ("total", funding["totals"]),
            ("by_year", funding["by_year"]),
            ("by_agency", funding["by_agency"]),
        )
        for row in rows
    ]
    rows = [
        f'<tr><th scope="row">{_safe(key)}</th><td class="n">{_safe(sum_text(row, "left", lang))}</td>'
        f'<td class="n">{_safe(sum_text(row, "right", lang))}</td></tr>'
        for key, row in sums
    ]
    rows += [
        _row(e["status"], [money_name(e), *(money_side(e[side], lang) for side in ("left", "right"))], range(1, 3))
        for e in funding["items"]
    ]
    charts = ""
    for currency in dict.fromkeys(row["currency"] for row in funding["by_agency"]):
        bars = [
            (
                row["key"] or words["no_key"],
                row["left"],
                row["right"],
                sum_text(row, "left", lang),
                sum_text(row, "right", lang),
            )
            for row in sorted(funding["by_agency"], key=lambda row: -max(row["left"], row["right"]))
            if row["currency"] == currency
        ]
        charts += _chart(bars, f"{words['funding']}: {words['by_agency'].lower()}", words)
    heads = [words["funding"], words["left"], words["right"]]
    yield _titled("funding", words, charts + _table(heads, rows, range(1, 3)))


def _chart(bars: list[tuple[str, int, int, str, str]], title: str, words: dict[str, str]) -> str:
    """Bars of both sides under each name, as inline SVG; the figures stand beside them."""
    bars = [bar for bar in bars if bar[1] or bar[2]][:_BARS]
    if not bars:
        return ""
    most = max(max(abs(left), abs(right)) for _, left, right, _, _ in bars)
    lines = []
    for place, (name, left, right, left_text, right_text) in enumerate(bars):
        top = 24 + place * 52
        lines.append(f'<text x="0" y="{top + 12}">{_safe(_cut(name))}</text>')
        for row, (side, value, text) in enumerate((("left", left, left_text), ("right", right, right_text))):
            width = round(340 * abs(value) / most, 1)
            y = top + 17 + row * 15
            lines.append(f'<rect class="bar-{side}" x="0" y="{y}" width="{width}" height="12"></rect>')
            lines.append(f'<text x="{width + 6}" y="{y + 10}">{words[side]}: {_safe(text)}</text>')
    height = 30 + len(bars) * 52
    return (
        f'<svg viewBox="0 0 560 {height}" role="img" aria-label="{_safe(title)}">'
        f'<text x="0" y="12" font-weight="bold">{_safe(title)}</text>' + "".join(lines) + "</svg>\n"
    )


def _cut(name: str) -> str:
    return name if len(name) <= 80 else name[:79] + "…"


def _safe(text: str) -> str:
    return escape(clean(text), quote=True)
