"""The terminal: the outline as a tree, the diagnostics as a list. Nothing needs colour to be understood."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from planparse.errors import printable
from planparse.writing.labels import LABELS

Data = dict[str, Any]

_STYLES = {"info": "dim", "warning": "yellow", "error": "bold red"}
#: What a terminal would obey: the words of a document move no cursor and set no colour.
_CONTROLS = str.maketrans(dict.fromkeys(map(chr, (*range(32), *range(127, 160))), "\ufffd"))
_CLOSED = {"letter": ")", "paren": "", "dash": "", "plus": "", "bullet": ""}


def show_outline(console: Console, document: Data, *, depth: int | None, lang: str) -> None:
    """The document's metadata, then its outline; `depth` limits how many levels of sections are shown."""
    labels = LABELS[lang]
    metadata = document["metadata"]
    name = " ".join(part for part in (metadata["type_name"], metadata["number"]) if part) or labels["document"]
    root = Tree(_text(name, style="bold"), guide_style="dim")
    about = ", ".join(part for part in (metadata["issuer"], metadata["issued_on"]) if part)
    if about:
        root.add(_text(about))
    for part in document["parts"]:
        if part["kind"] == "other":
            lines = sum(block["text"].count("\n") + 1 for block in part["blocks"])
            root.add(
                Text(
                    f"{labels['site']}: {lines}" if part["blocks"][0]["type"] == "boilerplate" else labels["document"],
                    style="dim",
                )
            )
            if part["blocks"][0]["type"] == "boilerplate":
                continue
        title = " ".join(piece for piece in (part["label"], part["title"]) if piece)
        branch = root.add(_text(title or part["kind"], style="bold cyan"))
        _grow(branch, part["blocks"], depth, labels)
    console.print(root)
    counts = {severity: sum(d["severity"] == severity for d in document["diagnostics"]) for severity in _STYLES}
    shown = ", ".join(f"{count} {labels[severity]}" for severity, count in counts.items() if count)
    console.print(
        Text(f"{labels['coverage']} {document['source']['coverage']:.3f}" + (f"; {shown}" if shown else ""), style="dim")
    )


def _grow(branch: Tree, blocks: list[Data], depth: int | None, labels: dict[str, str]) -> None:
    if depth is not None and depth < 1:
        return
    for block in blocks:
        if block["type"] == "section":
            label = _text(block["marker"] + _CLOSED.get(block["level"], "."), style="green")
            words = block["heading"] or block["text"] or ""
            label.append_text(_text(f" {_short(words)}", style="bold" if block["heading"] else ""))
            _grow(branch.add(label), block["blocks"], None if depth is None else depth - 1, labels)
        elif block["type"] == "table":
            columns, rows = len(block["columns"]), len(block["rows"])
            branch.add(
                _text(
                    f"▦ {rows} {labels['rows']} × {columns}: "
                    + ", ".join(column["name"] for column in block["columns"] if column["name"]),
                    style="magenta",
                )
            )


def _text(words: str, style: str = "") -> Text:
    return Text(words.translate(_CONTROLS), style=style)


def _short(text: str, longest: int = 110) -> str:
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0] + " …"


def show_diagnostics(console: Console, document: Data, path: str, *, lang: str) -> None:
    """The diagnostics, worst first where two stand at one place, else in the order of the text."""
    labels = LABELS[lang]
    console.print(Text(printable(path), style="bold"))
    if not document["diagnostics"]:
        console.print(Text(f"  {labels['none']}"))
        return
    table = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
    table.add_column(labels["line"], justify="right")
    table.add_column(labels["severity"])
    table.add_column(labels["message"], overflow="fold")
    for item in document["diagnostics"]:
        line = str(item["span"]["first_line"]) if item["span"] else "–"
        table.add_row(
            line,
            Text(labels[item["severity"]], style=_STYLES[item["severity"]]),
            Text.assemble(_text(item["message"]), (f"  [{item['code']}]", "dim")),
        )
    console.print(table)


def show_formats(console: Console, rows: list[Data], *, lang: str) -> None:
    """The formats, each with what is missing for it and the command that installs that."""
    labels = LABELS[lang]
    table = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
    for name in ("format", "reads", "state"):
        table.add_column(labels[name], overflow="fold", no_wrap=name == "format")
    for row in rows:
        reads = str(labels.get(f"format_{row['id']}", row["name"]))
        if row["encodings"]:
            reads += f" ({', '.join(row['encodings'])})"
        state = Text(labels["ready"], style="green")
        if not row["ready"]:
            state = Text(labels["missing"].format(what=", ".join(row["missing"])), style="yellow")
            state.append(f"\n{row['install']}", style="bold")
        table.add_row(row["id"], Text(reads), state)
    console.print(table)
