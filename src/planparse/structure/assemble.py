"""Drafts of parts become the plain data of the model: nested blocks with ids and spans.

Plain data, not model objects: the command line writes it as it is, `parse()` validates it into the model; both say the
same (a test compares them).
"""

from __future__ import annotations

from typing import Any

from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import said
from planparse.layout.lines import BAR, RULE, Lines
from planparse.levels import LIST_LEVELS
from planparse.reading.source import Source
from planparse.structure.drafts import PartDraft, Piece
from planparse.structure.flow import Unit
from planparse.structure.headings import split_heading
from planparse.structure.outline import MAX_DEPTH
from planparse.structure.preamble import opens_preamble, without_dash
from planparse.structure.table_parts import Table
from planparse.structure.tables import read_table
from planparse.text import fold_tones

Data = dict[str, Any]

#: The words before the colon of a label are no longer, in characters.
_LONGEST_LABEL = 60
_TASK_LABEL = "task"
_SELF_NUMBERED = "decimal"


class Assembler:
    """Builds the blocks of every part of one document."""

    def __init__(self, grammar: Grammar, source: Source, lines: Lines) -> None:
        self.grammar = grammar
        self.source = source
        self.lines = lines
        self.mapped = bool(source.breaks[0])
        self.tables: dict[str, Table] = {}
        self.ids: set[str] = set()
        self.repeated: dict[str, int] = {}
        self.capped: list[Data] = []
        self.lost_starts: list[Data] = []
        self.damaged: list[tuple[Data, str]] = []
        self.unplaced: list[Data] = []

    # --- spans and ids ------------------------------------------------------------------------------------
    def span(self, start: int, end: int, first: int, last: int) -> Data:
        """A span of the model from a range of the clean text and its lines (from 0)."""
        if not self.mapped:
            return {"start": start, "end": end, "first_line": first + 1, "last_line": last + 1}
        source = self.source
        return {
            "start": source.offset(start),
            "end": source.offset(end),
            "first_line": source.line(first, start),
            "last_line": source.line(last, end),
        }

    def unit_span(self, unit: Unit) -> Data:
        return self.span(self.lines.start[unit.first], self.lines.end[unit.until], unit.first, unit.until)

    def claim(self, wanted: str) -> str:
        """The id itself, or the id with "~2", "~3" … where it is taken."""
        name = wanted
        if name in self.ids:
            number = self.repeated.get(wanted, 2)
            while f"{wanted}~{number}" in self.ids:
                number += 1
            # Where the next one is looked for: to count up from 2 each time would cost the square of a list of one letter.
            self.repeated[wanted] = number + 1
            name = f"{wanted}~{number}"
        self.ids.add(name)
        return name

    # --- parts --------------------------------------------------------------------------------------------
    def parts(self, drafts: list[PartDraft]) -> list[Data]:
        """The parts of the document."""
        numbers: dict[str, int] = {}
        made = []
        for draft in drafts:
            numbers[draft.kind] = numbers.get(draft.kind, 0) + 1
            number = numbers[draft.kind]
            numbered = draft.kind in {"appendix", "other"} or number > 1
            part_id = self.claim(f"{draft.kind}-{number}" if numbered else draft.kind)
            blocks = self._blocks(draft, part_id)
            if not blocks:
                continue
            spans = [block["span"] for block in blocks]
            end = max(blocks, key=_extent)
            made.append(
                {
                    "id": part_id,
                    "kind": draft.kind,
                    "label": draft.label,
                    "title": draft.title,
                    "attached_to": draft.attached_to,
                    "blocks": blocks,
                    "span": {
                        "start": spans[0]["start"],
                        "end": _extent(end),
                        "first_line": spans[0]["first_line"],
                        "last_line": _last_line(end),
                    },
                }
            )
        return made

    def _blocks(self, draft: PartDraft, part_id: str) -> list[Data]:
        counts: dict[str, int] = {}
        top: list[Data] = [self._piece(piece, part_id, counts) for piece in draft.head]
        top += self._sections(draft, part_id)
        top += [self._piece(piece, part_id, counts) for piece in draft.tail]
        top.sort(key=_start)
        return top

    def _piece(self, piece: Piece, part_id: str, counts: dict[str, int]) -> Data:
        counts[piece.kind] = counts.get(piece.kind, 0) + 1
        name = piece.kind.replace("_", "-")
        if piece.kind == "footnote":
            name = f"footnote-{counts[piece.kind]}"
        return {
            "type": piece.kind,
            "id": self.claim(f"{part_id}/{name}"),
            "text": piece.text,
            "span": self.span(piece.start, piece.end, piece.first, piece.last),
        }

    # --- sections -----------------------------------------------------------------------------------------
    def _sections(self, draft: PartDraft, part_id: str) -> list[Data]:
        units = draft.units
        top: list[Data] = []
        # Open sections: (depth in the outline, id, blocks).
        stack: list[tuple[int, str, list[Data]]] = [(-1, part_id, top)]
        counts: dict[int, dict[str, int]] = {}
        tables = 0
        preamble = True
        owners = _owners(self.grammar, units)
        tail_at = min((piece.first for piece in draft.tail if piece.kind != "footnote"), default=None)
        for index, unit in enumerate(units):
            depth = owners[index]
            while stack[-1][0] >= depth:
                counts.pop(id(stack.pop()[2]), None)
            _, owner, blocks = stack[-1]
            if unit.mark is not None:
                preamble = False
                section = self._section(unit, units, index, owner, blocks, counts)
                blocks.append(section)
                if len(stack) <= MAX_DEPTH:
                    stack.append((depth, section["id"], section["blocks"]))
                else:
                    self.capped.append(section)
            elif unit.grid is not None:
                tables += 1
                blocks.append(self._table(unit, f"{part_id}/table-{tables}", blocks))
            else:
                block = self._paragraph(unit, owner, blocks, counts, preamble=preamble)
                blocks.append(block)
                if tail_at is not None and unit.first > tail_at:
                    self.unplaced.append(block)
        _close_extents(top)
        return top

    def _section(
        self, unit: Unit, units: list[Unit], index: int, owner: str, blocks: list[Data], counts: dict[int, dict[str, int]]
    ) -> Data:
        mark = unit.mark
        assert mark is not None
        following = units[index + 1] if index + 1 < len(units) else None
        has_children = following is not None and following.mark is not None and following.depth > unit.depth
        followed = following is not None and following.mark is None
        words = unit.text[mark.text_at :].lstrip()
        level = mark.family.level
        if level in {"part", "chapter", "division", "article"}:
            words = words.lstrip(".:-– ")
        heading, text = split_heading(self.grammar, unit, words, has_children=has_children, followed=followed)
        if level in LIST_LEVELS:
            count = counts.setdefault(id(blocks), {})
            count[level] = count.get(level, 0) + 1
            name = f"{'-' if level == 'dash' else '+' if level == 'plus' else '*'}{count[level]}"
        else:
            name = mark.printed.replace(" ", "-") if level in {"article", "part", "chapter", "division"} else mark.number
            if level == "paren":
                name = f"({mark.number})"
        title = heading or (text if has_children and text and text[-1] == ":" else None)
        section: Data = {
            "type": "section",
            "id": self.claim(f"{owner}/{name}"),
            "level": level,
            "marker": mark.printed,
            "number": mark.number,
            "heading": heading,
            "text": text,
            "role": self.grammar.role_of(title) if title and level not in LIST_LEVELS else None,
            "blocks": [],
            "span": self.unit_span(unit),
            "extent_end": 0,
        }
        if unit.lost_start:
            self.lost_starts.append(section)
        if unit.damaged:
            self.damaged.append((section, unit.damaged))
        return section

    def _paragraph(
        self, unit: Unit, owner: str, blocks: list[Data], counts: dict[int, dict[str, int]], *, preamble: bool
    ) -> Data:
        kind, text = unit.kind, unit.text
        if preamble and kind == "paragraph" and opens_preamble(self.grammar, text):
            kind, text = "legal_basis", without_dash(text)
        count = counts.setdefault(id(blocks), {})
        count[kind] = count.get(kind, 0) + 1
        name = f"p{count[kind]}" if kind == "paragraph" else f"{kind.replace('_', '-')}-{count[kind]}"
        block = {"type": kind, "id": self.claim(f"{owner}/{name}"), "text": text, "span": self.unit_span(unit)}
        if unit.lost_start:
            self.lost_starts.append(block)
        return block

    # --- tables -------------------------------------------------------------------------------------------
    def _table(self, unit: Unit, table_id: str, blocks: list[Data]) -> Data:
        assert unit.grid is not None
        table = read_table(self.grammar, unit.grid)
        table_id = self.claim(table_id)
        self.tables[table_id] = table
        caption = unit_line = None
        span = self.unit_span(unit)
        taken: list[Data] = []
        while blocks and blocks[-1]["type"] == "paragraph" and len(blocks[-1]["text"]) < 200 and len(taken) < 2:
            text = blocks[-1]["text"]
            if unit_line is None and self.grammar.says("unit", text):
                unit_line = text
            elif caption is None and self.grammar.says("table_caption", text):
                caption = text
            else:
                break
            taken.append(blocks.pop())
        if taken:
            first = taken[-1]["span"]
            span = {**span, "start": first["start"], "first_line": first["first_line"]}
            for block in taken:
                self.ids.discard(block["id"])
        rows: list[Data] = []
        counts: dict[tuple[str, str], int] = {}
        for row in table.rows:
            parent_id = rows[row.parent]["id"] if row.parent is not None else None
            number = row.number.strip(" .()")
            owner = parent_id or table_id
            if number in ("", "-", "–", "+", "*", "•"):
                sign = {"": "r", "–": "-", "•": "*"}.get(number, number)
                counts[owner, sign] = counts.get((owner, sign), 0) + 1
                name = f"{owner}/{sign}{counts[owner, sign]}"
            elif "." in number:
                name = f"{table_id}/{number}"
            else:
                name = f"{owner}/{number}"
            first, last = row.source[0], row.source[-1]
            rows.append(
                {
                    "id": self.claim(name),
                    "number": row.number,
                    "level": row.level,
                    "parent": parent_id,
                    "kind": row.kind,
                    "cells": row.cells,
                    "carried": row.carried,
                    "span": self._row_span(first.first, last.last),
                }
            )
        columns = [{"name": " / ".join(c.path), "path": c.path, "kind": c.kind} for c in table.columns]
        return {
            "type": "table",
            "id": table_id,
            "caption": caption,
            "unit": unit_line,
            "columns": columns,
            "rows": rows,
            "span": span,
        }

    def _row_span(self, first: int, last: int) -> Data:
        """The span of a row's lines, with the bar that closes its last cell."""
        while (
            last + 1 < len(self.lines)
            and self.lines.kind[last] != BAR
            and self.lines.kind[last + 1] in (BAR, RULE)
            and not self.lines.text[last].endswith("|")
        ):
            last += 1
        return self.span(self.lines.start[first], self.lines.end[last], first, last)


def _owners(grammar: Grammar, units: list[Unit]) -> list[int]:
    """The depth at which each unit stands: its own for a marked one; for the rest, the section that it belongs to.

    A paragraph between two items of a list belongs to the item before it; after the last item it returns to the
    section that holds the list ("e) …" / "Định kỳ hàng năm, …" / "IV. TỔ CHỨC THỰC HIỆN"). Under a title it stays, and
    where one with the same label stands in the item before ("Đơn vị thực hiện: …").
    A closing formula ("Trên đây là Kế hoạch …") belongs to the outermost section.
    """
    owners = [unit.depth for unit in units]
    following: list[Unit | None] = [None] * len(units)
    upcoming: Unit | None = None
    for index in range(len(units) - 1, -1, -1):
        following[index] = upcoming
        if units[index].mark is not None:
            upcoming = units[index]
    path: list[Unit] = []
    # The labels of the paragraphs under the item that is open at each depth, and in the one before it in its list.
    labels: dict[int, set[str]] = {}
    labels_before: dict[int, set[str]] = {}
    for index, unit in enumerate(units):
        if unit.mark is not None:
            del path[unit.depth :]
            path.append(unit)
            below = unit.depth + 1
            inner = [found for depth, found in labels.items() if depth >= below]
            inner += [found for depth, found in labels_before.items() if depth > below]
            labels_before = {depth: found for depth, found in labels_before.items() if depth < below}
            labels_before[below] = set().union(*inner)
            labels = {depth: found for depth, found in labels.items() if depth < below}
            continue
        depth = min(unit.depth, len(path))
        upcoming = following[index]
        label = _label(grammar, unit.text)
        while depth and not _stays(path[depth - 1], upcoming) and label not in labels_before.get(depth, ()):
            if label == _TASK_LABEL and grammar.found("task_label_inside", path[depth - 1].text):
                break  # "1. Mở lớp. Đơn vị chủ trì: Sở Y tế." / "Đơn vị phối hợp: Sở Nội vụ."
            depth -= 1
        if label:
            labels.setdefault(depth, set()).add(label)
        if depth > 1 and upcoming is None and unit.grid is None and _closes(grammar, unit, units[index - 1]):
            depth = 1
        owners[index] = depth
        del path[depth:]
    return owners


def _label(grammar: Grammar, text: str) -> str:
    """The words before the colon of a paragraph, if they are few: "Nguồn lực: …"; those that say who, when or with what
    money are one ("Đơn vị thực hiện: Sở Y tế", "Chủ trì: Sở Y tế")."""
    colon = text.find(":", 0, _LONGEST_LABEL)
    if colon <= 0:
        return ""
    return _TASK_LABEL if grammar.pattern("task_label").match(fold_tones(text[: colon + 2].lower())) else text[:colon]


def _closes(grammar: Grammar, unit: Unit, before: Unit) -> bool:
    """Whether a paragraph closes the plan; what stands directly under a title is mostly its text, whatever it begins with
    ("9. Sở Y tế" / "Căn cứ Kế hoạch này, chủ động mở lớp …")."""
    closing = grammar.says("closing", unit.text) if unit.text else None
    titled = before.mark is not None and before.text[-1] not in ".;,"
    return bool(closing) and (said(closing, "always") is not None or not titled)


def _stays(section: Unit, upcoming: Unit | None) -> bool:
    """Whether an unmarked paragraph stays within a section that was open before it."""
    text = section.text
    if text[-1] not in ".;,":
        return True
    if (
        len(text) < 130
        and ". " not in text[8:]
        and section.mark is not None
        and section.mark.family.level in {"roman", "upper", "part", "chapter", "division"}
    ):
        return True
    if upcoming is None:
        return False
    if upcoming.depth > section.depth:
        return True
    return (
        upcoming.depth == section.depth
        and upcoming.mark is not None
        and section.mark is not None
        and (upcoming.mark.key == section.mark.key)
    )


def _start(block: Data) -> int:
    return int(block["span"]["start"])


def _extent(block: Data) -> int:
    return int(block.get("extent_end") or block["span"]["end"])


def _last_line(block: Data) -> int:
    while block.get("blocks"):
        block = block["blocks"][-1]
    return int(block["span"]["last_line"])


def _close_extents(blocks: list[Data]) -> int:
    end = 0
    for block in blocks:
        end = block["span"]["end"]
        if block["type"] == "section":
            end = max(end, _close_extents(block["blocks"]))
            block["extent_end"] = end
    return end
