"""Setting a document anew: unwrapped to one line a paragraph, hard-wrapped at a width, with other line ends."""

from __future__ import annotations

import textwrap
from typing import Any

AS_PRINTED = {"letterhead", "title", "signature", "recipients", "boilerplate", "table"}


def unwrapped(text: str, document: dict[str, Any]) -> list[tuple[str, bool]]:
    """The document as lines: (line, whether it is a paragraph that a wrap may break). What is set in lines of its own
    (letterhead, title, tables, signature) stays as printed."""
    found: list[tuple[int, int, bool]] = []

    def walk(blocks: list[dict[str, Any]]) -> None:
        for block in blocks:
            span = block["span"]
            found.append((span["start"], span["end"], block["type"] not in AS_PRINTED))
            walk(block.get("blocks", []))

    for part in document["parts"]:
        walk(part["blocks"])
    found.sort()
    lines: list[tuple[str, bool]] = []
    done = 0
    for start, end, prose in found:
        if "\n\n" in text[done:start]:
            lines.append(("", False))
        piece = text[start:end]
        done = end
        if not prose:
            lines += _as_printed(piece)
            continue
        kept: list[str] = []
        for line in piece.split("\n"):
            if line.strip() in {"|", ""} or set(line.strip()) <= set("-_ "):
                if kept:
                    lines.append((" ".join(kept), True))
                    kept = []
                lines.append((line, False))
            else:
                kept.append(" ".join(line.split()))
        if kept:
            lines.append((" ".join(kept), True))
    return lines


def _as_printed(piece: str) -> list[tuple[str, bool]]:
    """Lines of their own; a recipient that was broken over two lines is one line again."""
    lines: list[tuple[str, bool]] = []
    for line in piece.split("\n"):
        if lines and lines[-1][0].startswith("- ") and line[:1].islower():
            lines[-1] = (f"{lines[-1][0]} {line}", False)
        else:
            lines.append((line, False))
    return lines


def wrapped(lines: list[tuple[str, bool]], width: int | None) -> str:
    """The lines as a text, its paragraphs hard-wrapped at a width (None: one line a paragraph)."""
    out: list[str] = []
    for line, prose in lines:
        if prose and width is not None and len(line) > width:
            out += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        else:
            out.append(line)
    return "\n".join(out)


def tree(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What must not change: parts, and each section's path, heading and where its text begins; table cells."""
    found: list[tuple[Any, ...]] = []

    def walk(blocks: list[dict[str, Any]], path: tuple[str, ...]) -> None:
        for block in blocks:
            if block["type"] == "section":
                found.append((path, block["level"], block["marker"], block["heading"], (block["text"] or "")[:30]))
                walk(block["blocks"], (*path, block["marker"]))
            elif block["type"] == "table":
                found.append((path, [row["cells"] for row in block["rows"]], [c["name"] for c in block["columns"]]))

    for part in document["parts"]:
        if part["kind"] != "other":
            found.append((part["kind"], part["label"], part["title"], part["attached_to"]))
            walk(part["blocks"], (part["kind"],))
    return found
