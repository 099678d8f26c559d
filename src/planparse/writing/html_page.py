"""The parts of the pages that comparisons are written as: head and style, tables, filters, bars.

A page has no script and asks for nothing from anywhere; it forbids itself both (Content-Security-Policy), so that a slip in
escaping could do nothing. Filters are check boxes and style rules. All texts are given as they are and escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from planparse.writing.sheets import clean

_STYLE = """
:root { color-scheme: light; --left: #b42318; --right: #05603a; --line: #d0d5dd; --dim: #475467; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: #101828; background: #fff;
  margin: 0 auto; padding: 1rem; max-width: 80rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
a { color: #175cd3; } :focus-visible { outline: 3px solid #175cd3; outline-offset: 2px; }
/* In a table a word is not broken: a column is as wide as its longest word, and what is too wide scrolls. */
table { border-collapse: collapse; width: 100%; overflow-wrap: normal; } .scroll { overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; min-width: 5rem;
  border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--dim); } tbody th { font-weight: normal; }
.n { text-align: right; font-variant-numeric: tabular-nums; } td.n { white-space: nowrap; }
/* The names of the rows stay in sight while the columns are scrolled. */
tbody th, thead th:first-child { position: sticky; left: 0; background: #fff; min-width: 8rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .2rem 0; }
ul { padding-left: 1.2rem; }
/* The box is drawn in its label, so that no line ends between the two; the real one takes the keyboard's focus. */
input.filters { position: absolute; opacity: 0; }
label.filters { display: inline-block; padding: .2rem .4rem; margin-right: .6rem; border-radius: .3rem; cursor: pointer; }
label.filters::before { content: "\\a0"; display: inline-block;
  width: 1.1em; height: 1.1em; line-height: 1.1em; color: #fff;
  text-align: center; vertical-align: -.15em; margin-right: .4em; border: 2px solid #175cd3; border-radius: .2em; }
.filters:checked + label::before { content: "✓"; background: #175cd3; }
.filters:focus-visible + label { outline: 3px solid #175cd3; }
figure { margin: 1rem 0; max-width: 50rem; } figcaption { font-weight: bold; }
dl { margin: 0; } dt { margin-top: .5rem; line-height: 1.3; }
dd { margin: 0; display: grid; grid-template-columns: 40% 1fr; gap: .5rem; align-items: center; font-size: .85rem; }
svg { display: block; width: 100%; height: .8rem; }
.bar-0 { fill: #f97066; } .bar-1 { fill: #32a06a; } .bar-2 { fill: #2e90fa; }
.bar-3 { fill: #b88100; } .bar-4 { fill: #9e77ed; } .bar-5 { fill: #667085; }
@media (max-width: 44rem) { table { font-size: .9rem; } th, td { padding: .3rem .4rem; }
  tbody th, thead th:first-child { max-width: 45vw; } }
@media print { nav, input.filters, label.filters { display: none; } body { max-width: none; padding: 0; font-size: 10pt; }
  .scroll { overflow: visible; } th, td, tbody th, thead th:first-child { position: static; min-width: 0; }
  td.n { white-space: normal; } tr, dd { break-inside: avoid; } h2, figcaption, dt { break-after: avoid; }
  rect { print-color-adjust: exact; } }
"""

#: So many names have bars; the tables list all.
_MOST_BARS = 15
_BAR_COLOURS = 6


class Bar(NamedTuple):
    """A bar: whose it is, how long, and the figure that stands beside it. The label says what the colour does."""

    label: str
    value: int
    text: str


def safe(text: str) -> str:
    """What a document says, as text of a page."""
    return escape(clean(text), quote=True)


def head(title: str, lang: str, style: str = "") -> str:
    """The page up to its title; `style` is added to that of all pages."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n<body>\n<h1>{safe(title)}</h1>\n"
    )


TAIL = "</body>\n</html>\n"


def contents(label: str, entries: Iterable[tuple[str, str]]) -> str:
    """The contents list: id and title of each section."""
    links = "".join(f'<li><a href="#{name}">{safe(title)}</a></li>' for name, title in entries)
    return f'<nav aria-label="{safe(label)}"><ul>{links}</ul></nav>\n'


def filters(statuses: Iterable[tuple[str, str, bool]]) -> Iterator[str]:
    """A check box for each status: its name, its label, whether it is checked. They stand beside <main>, so that style rules
    alone hide what is not wanted (`hiding`)."""
    for status, label, checked in statuses:
        yield f'<input class="filters" type="checkbox" id="show-{status}"{" checked" if checked else ""}>'
        yield f'<label class="filters" for="show-{status}">{safe(label)}</label>\n'


def hiding(statuses: Iterable[str]) -> str:
    """The style rules that hide entries of a status whose box is not checked."""
    return "".join(f"#show-{name}:not(:checked) ~ main .entry.{name} {{ display: none; }}\n" for name in statuses)


def section(name: str, title: str, content: str) -> str:
    """A section that the contents list leads to."""
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{safe(title)}</h2>\n{content}</section>\n'


def table(label: str, heads: Sequence[str], rows: Iterable[str], numeric: Iterable[int] = ()) -> str:
    """A table that scrolls where it is too wide, also by keyboard. `rows` are made by `row`."""
    right = set(numeric)
    header = "".join(f'<th scope="col"{_n(at in right)}>{safe(name)}</th>' for at, name in enumerate(heads))
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{safe(label)}"><table>\n'
        f"<thead><tr>{header}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody></table></div>\n"
    )


def row(cells: Sequence[str], numeric: Iterable[int] = (), *, status: str = "") -> str:
    """A table row, the first cell its name; with a status, the filters hide it."""
    right = set(numeric)
    name = f'<th scope="row">{safe(cells[0])}</th>'
    rest = "".join(f"<td{_n(at in right)}>{_lines(cell)}</td>" for at, cell in enumerate(cells[1:], start=1))
    return f'<tr class="entry {status}">{name}{rest}</tr>' if status else f"<tr>{name}{rest}</tr>"


def chart(title: str, bars: Sequence[tuple[str, Sequence[Bar]]]) -> str:
    """Bars under each name as inline SVG, their figures before them; a title where the section's does not say enough.

    Words are text of the page, so that they wrap and keep their size on a phone; bars are as long as there is room.
    """
    shown = [(name, group) for name, group in bars if any(bar.value for bar in group)][:_MOST_BARS]
    if not shown:
        return ""
    most = max(abs(bar.value) for _, group in shown for bar in group)
    caption = f"<figcaption>{safe(title)}</figcaption>" if title else ""
    lines = [f"<dt>{safe(name)}</dt>{_drawn(group, most)}" for name, group in shown]
    return f'<figure class="chart">{caption}<dl>\n' + "\n".join(lines) + "\n</dl></figure>\n"


def _drawn(group: Sequence[Bar], most: int) -> str:
    return "".join(
        f"<dd>{safe(bar.label)}: {safe(bar.text)}"
        f'<svg aria-hidden="true"><rect class="bar-{place % _BAR_COLOURS}" width="{round(100 * abs(bar.value) / most, 2)}%"'
        ' height="100%"></rect></svg></dd>'
        for place, bar in enumerate(group)
        if bar.value
    )


def _lines(text: str) -> str:
    return "<br>".join(safe(line) for line in text.split("\n"))


def _n(right: bool) -> str:
    return ' class="n"' if right else ""
