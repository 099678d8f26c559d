"""Markdown that a person enjoys reading and that GitHub renders right; nothing of the text is dropped.

What the document says is escaped: it never becomes a heading, a link, an emphasis or HTML of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from planparse.levels import LIST_LEVELS
from planparse.merged import spread
from planparse.writing.escape import escape, escape_signs
from planparse.writing.labels import LABELS
from planparse.writing.summary import write_summary

Data = dict[str, Any]

_NUMBER = re.compile(r"[<>≥≤-]?\s*\d[\d.,\s–-]*%?")
_BLANK_LINES = re.compile(r"\n{3,}")
_FIRST_HEADING = 3
_LAST_HEADING = 6
_NEVER_HEADINGS = LIST_LEVELS | {"letter", "paren"}
_CLOSED = {"letter": ")", "paren": "", "dash": "", "plus": "", "bullet": ""}


def write_markdown(document: Data, *, lang: str = "en") -> str:
    """The document as Markdown; `lang` is the language of the labels."""

    labels = LABELS[lang]
    lines = list(_head(document["metadata"], document, labels))
    lines += write_summary(document, lang)
    site: list[Data] = []
    for part in document["parts"]:
        if part["kind"] == "other" and all(block["type"] == "boilerplate" for block in part["blocks"]):
            site += part["blocks"]
        else:
            lines += _part(part, labels)
    if site:
        lines += [f"## {labels['site']}", ""]
        for block in site:
            lines += [*(f"- {escape(line.removeprefix('- '))}" for line in block["text"].split("\n")), ""]
    lines += _diagnostics(document["diagnostics"], labels)
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _head(metadata: Data, document: Data, labels: dict[str, str]) -> Iterator[str]:
    name = " ".join(part for part in (metadata["type_name"], metadata["number"]) if part)
    yield f"# {escape(name or labels['document'])}"
    yield ""
    period = metadata["period"]
    shown = {
        "title": metadata["title"],
        "number": metadata["number"],
        "type_name": metadata["type_name"],
        "issuer": metadata["issuer"],
        "province": metadata["province"],
        "place": metadata["place"],
        "issued_on": metadata["issued_on"],
        "effective_on": metadata["effective_on"],
        "period": f"{period['start']}–{period['end']}" if period else None,
        "signers": "; ".join(
            ", ".join(part for part in (s["name"], s["role"], s["authority"]) if part) for s in metadata["signers"]
        )
        or None,
    }
    rows = [(labels[key], value) for key, value in shown.items() if value]
    if rows:
        yield "| | |"
        yield "| --- | --- |"
        for label, value in rows:
            yield f"| **{label}** | {_cell(value)} |"
        yield ""


def _part(part: Data, labels: dict[str, str]) -> Iterator[str]:
    blocks = [block for block in part["blocks"] if block["type"] != "footnote"]
    title_at = next((i for i, block in enumerate(blocks) if block["type"] == "title"), 0)
    # The letterhead stands above the title, as on paper.
    yield from _blocks(blocks[:title_at], _FIRST_HEADING, labels)
    heading = part["label"] or part["title"]
    if heading:
        yield f"## {escape(heading.strip(' :'))}"
        yield ""
    if part["title"] and part["label"]:
        yield f"**{escape(part['title'])}**"
        yield ""
    if part["attached_to"]:
        yield f"*{escape(part['attached_to'])}*"
        yield ""
    yield from _blocks(blocks[title_at:], _FIRST_HEADING, labels)
    footnotes = [block for block in part["blocks"] if block["type"] == "footnote"]
    if footnotes:
        yield f"**{labels['footnotes']}**"
        yield ""
        for block in footnotes:
            yield f"- {escape(block['text'])}"
        yield ""


def _blocks(blocks: list[Data], level: int, labels: dict[str, str]) -> Iterator[str]:
    """Blocks outside a list. Articles and sections with titles are headings, the rest list items; siblings are set
    alike, as most of them are."""
    titled: dict[str, int] = {}
    for block in blocks:
        if block["type"] == "section":
            titled[block["level"]] = titled.get(block["level"], 0) + (1 if _is_titled(block) else -1)
    plain = {name for name, balance in titled.items() if balance < 0 and name != "article"}
    in_list = False
    for block in blocks:
        kind = block["type"]
        listed = kind == "section" and (
            level > _LAST_HEADING or block["level"] in _NEVER_HEADINGS or block["level"] in plain
        )
        if in_list and not listed:
            yield ""
        in_list = listed
        if kind == "section":
            if listed:
                yield from _item(block, "", labels)
                continue
            mark = block["marker"] + _CLOSED.get(block["level"], ".")
            title = f" {escape(block['heading'])}" if block["heading"] else ""
            yield f"{'#' * level} {escape_signs(mark if title else mark.rstrip('.'))}{title}"
            yield ""
            if block["text"]:
                yield escape(block["text"])
                yield ""
            yield from _blocks(block["blocks"], level + 1, labels)
        elif kind == "table":
            yield from _table(block, labels)
        elif kind == "title":
            continue  # The part has said it.
        elif kind == "recipients":
            yield from _recipients(block["text"])
        elif kind in {"letterhead", "signature"}:
            yield "  \n".join(escape(line) for line in block["text"].split("\n"))
            yield ""
        else:
            yield escape(block["text"])
            yield ""
    if in_list:
        yield ""


def _recipients(text: str) -> Iterator[str]:
    lines = re.split(r"\n|(?<=[;:.])\s+(?=[-–]\s)", text)
    first = lines[0]
    yield f"**{escape(first)}**"
    yield ""
    for line in lines[1:]:
        yield f"- {escape(line.lstrip('-–+ '))}"
    yield ""


def _is_titled(section: Data) -> bool:
    return section["heading"] is not None or not section["text"]


def _item(section: Data, indent: str, labels: dict[str, str]) -> Iterator[str]:
    """A section as a list item, with what stands in it."""
    words = " ".join(
        escape(part) if part is not section["heading"] else f"**{escape(part)}**"
        for part in (section["heading"], section["text"])
        if part
    )
    if section["level"] in LIST_LEVELS and not words:
        words = escape(section["marker"])  # a list item that begins with nothing would end at once
    if section["level"] == "dash":
        yield f"{indent}- {words}"
    elif section["level"] in LIST_LEVELS:
        yield f"{indent}{'+' if section['level'] == 'plus' else '*'} {words}"
    else:
        yield f"{indent}- **{escape(section['marker'])}{_CLOSED.get(section['level'], '.')}** {words}"
    inner = indent + "  "
    for block in section["blocks"]:
        if block["type"] == "section":
            yield from _item(block, inner, labels)
        elif block["type"] == "table":
            yield ""
            for line in _table(block, labels):
                yield f"{inner}{line}" if line else ""
        else:
            yield ""
            yield f"{inner}{escape(block['text'])}"
            yield ""


def _table(table: Data, labels: dict[str, str]) -> Iterator[str]:
    if table["caption"]:
        yield f"**{escape(table['caption'])}**"
        yield ""
    if table["unit"]:
        yield f"*{escape(table['unit'])}*"
        yield ""
    yield "| " + " | ".join(_cell(column["name"]) or " " for column in table["columns"]) + " |"
    yield "| " + " | ".join("---:" if _is_numeric(table, index) else "---" for index in range(len(table["columns"]))) + " |"
    told = False
    for row in table["rows"]:
        cells = []
        repeated = spread(row)
        for index, text in enumerate(row["cells"]):
            shown = _cell(text) if index not in repeated else ""
            if shown and index in row["carried"]:
                told = True
                shown = f"*{shown}*"
            elif shown and row["kind"] in {"group", "total"}:
                shown = f"**{shown}**"
            cells.append(shown or " ")
        yield "| " + " | ".join(cells) + " |"
    yield ""
    if told:
        yield f"*…* = {labels['carried']}"
        yield ""


def _is_numeric(table: Data, index: int) -> bool:
    """Whether most cells of a column are numbers."""
    filled = [text for row in table["rows"] if (text := row["cells"][index])]
    if table["columns"][index]["kind"] == "number" or not filled:
        return False
    return 2 * sum(_NUMBER.fullmatch(text) is not None for text in filled) > len(filled)


def _cell(text: str) -> str:
    """Text inside a table cell: on one line, its line breaks kept."""
    return "<br>".join(_cell_line(line) for line in text.split("\n"))


def _cell_line(line: str) -> str:
    """A line of a cell; no list begins inside a table, so a dash before it stays as it is."""
    shown = escape(line)
    return shown[1:] if line.startswith("- ") else shown


def _diagnostics(diagnostics: list[Data], labels: dict[str, str]) -> Iterator[str]:
    yield f"## {labels['diagnostics']}"
    yield ""
    if not diagnostics:
        yield labels["none"]
        return
    yield f"| {labels['severity']} | {labels['line']} | {labels['message']} |"
    yield "| --- | ---: | --- |"
    for item in diagnostics:
        line = str(item["span"]["first_line"]) if item["span"] else " "
        yield f"| {labels[item['severity']]} | {line} | {_cell(item['message'])} |"
