"""The report of a run as Markdown or HTML: counts, what failed and why, what was slow. Nothing in it is obeyed: names and
reasons are escaped."""

from __future__ import annotations

import html
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planparse.batch.manifest import FAILED, NO_DIAGNOSTICS, Manifest
from planparse.batch.outputs import whole_file
from planparse.batch.progress import WORDS, counted, duration
from planparse.errors import OutputError, printable, reason_of
from planparse.writing.labels import LABELS

if TYPE_CHECKING:
    from planparse.batch.place import Place
    from planparse.batch.summary import Summary

_MOST_FAILED = 1000

Part = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def write_report(place: Place, manifest: Manifest, summary: Summary, form: str, lang: str) -> str:
    """Write the report; gives its name in OUT. Failures are those of the manifest, also of earlier runs."""
    own = f"report.{form}"
    path = os.path.join(place.folder, own)
    title = WORDS[lang]["title"]
    first = WORDS[lang]["documents"].format(total=summary.total, seconds=duration(summary.seconds))
    write = _html if form == "html" else _markdown
    text = write(title, first, list(_parts(manifest, summary, lang)), lang)
    try:
        with whole_file(place.folder, path) as name, open(name, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise OutputError("report.unwritable", file=path, reason=reason_of(error)) from None
    place.publish([own])
    return own


def _parts(manifest: Manifest, summary: Summary, lang: str) -> Iterator[Part]:
    """The sections of a report: title, header, rows."""
    words = WORDS[lang]
    counts: list[tuple[str, ...]] = [(what, str(count)) for count, what in counted(summary, lang)]
    yield words["status"], (words["status"], words["count"]), counts
    failed: list[tuple[str, ...]] = []
    found = dict(NO_DIAGNOSTICS)
    count = 0
    for row in manifest.rows():
        for severity in found:
            found[severity] += row.diagnostics.get(severity, 0)
        if row.status == FAILED:
            count += 1
            if len(failed) < _MOST_FAILED:
                failed.append((printable(row.document), row.error or ""))
    if count > len(failed):
        failed.append((words["more"].format(count=count - len(failed), manifest=os.path.basename(manifest.path)), ""))
    yield words["failures"], (words["document"], words["reason"]), failed
    slow: list[tuple[str, ...]] = [(printable(document), f"{seconds:.2f}") for seconds, document in summary.slowest]
    yield words["slowest"], (words["document"], words["seconds"]), slow
    severities: list[tuple[str, ...]] = [(LABELS[lang][severity], str(number)) for severity, number in found.items()]
    yield words["diagnostics"], (LABELS[lang]["severity"], words["count"]), severities


def _markdown(title: str, first: str, parts: list[Part], lang: str) -> str:
    from planparse.writing.escape import escape

    lines = [f"# {title}", "", escape(first), ""]
    for name, header, rows in parts:
        lines += [f"## {name}", ""]
        if not rows:
            lines += [WORDS[lang]["none"], ""]
            continue
        lines += [f"| {' | '.join(header)} |", f"|{' --- |' * len(header)}"]
        lines += [f"| {' | '.join(escape(cell) for cell in row)} |" for row in rows]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ccc;overflow-wrap:anywhere}"
)


def _html(title: str, first: str, parts: list[Part], lang: str) -> str:
    pieces = [
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{html.escape(title)}</h1>\n"
        f"<p>{html.escape(first)}</p>\n"
    ]
    for name, header, rows in parts:
        pieces.append(f"<h2>{html.escape(name)}</h2>\n")
        if not rows:
            pieces.append(f"<p>{html.escape(WORDS[lang]['none'])}</p>\n")
            continue
        pieces.append("<table>\n<thead><tr>" + "".join(f"<th>{html.escape(cell)}</th>" for cell in header))
        pieces.append("</tr></thead>\n<tbody>\n")
        for row in rows:
            pieces.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n")
        pieces.append("</tbody>\n</table>\n")
    return "".join(pieces) + "</body>\n</html>\n"
