"""Units: what is aligned. A document's blocks and table rows as one list in the order of the text."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

Data = dict[str, Any]

#: What the hosting site put around a document is no part of it.
_LEFT_OUT = frozenset(("boilerplate",))
_RULE = re.compile(r"[-–—_=*]{3,}")


class Unit(NamedTuple):
    """A block or a table row.

    place: its index in the list; parent: the index of the section, table or row that it stands in, -1 at the top of a part.
    type: the block's type, or "row". part: the place of its part among the document's parts; part_kind: that part's kind.
    number: of a section or a row, in its normal form. role: of the nearest section, itself included, that has one.
    heading: a section's heading, a table's caption, else the beginning of the text. own_role: the section's own.
    text: what is compared: heading and text; the cells of a row with " | " between, without its number and without what
    was carried down from a merged cell.
    """

    place: int
    id: str
    type: str
    part: int
    part_kind: str
    parent: int
    number: str
    role: str | None
    own_role: str | None
    heading: str
    text: str


def units_of(document: Data) -> list[Unit]:
    """All blocks and rows of a document but the hosting site's, in the order of the text."""
    units: list[Unit] = []
    for place, part in enumerate(document["parts"]):
        # Blocks still to visit, the next one last, with the unit that they stand in and its role.
        waiting: list[tuple[Data, int, str | None]] = [(block, -1, None) for block in reversed(part["blocks"])]
        while waiting:
            block, parent, role = waiting.pop()
            kind = block["type"]
            if kind in _LEFT_OUT:
                continue
            index = len(units)
            number, own, heading, text = "", None, "", _text_of(block)
            if kind == "section":
                own = block["role"]
                number, heading = block["number"], block["heading"] or ""
                text = " ".join(piece for piece in (heading, text) if piece)
                waiting.extend((inner, index, own or role) for inner in reversed(block["blocks"]))
            elif kind == "table":
                heading = block["caption"] or ""
                names = " | ".join(column["name"] for column in block["columns"])
                text = " ".join(piece for piece in (heading, block["unit"], names) if piece)
            units.append(
                Unit(index, block["id"], kind, place, part["kind"], parent, number, own or role, own, heading, text)
            )
            if kind == "table":
                _take_rows(units, block, units[-1])
    return units


def _text_of(block: Data) -> str:
    """A block's text on one line, without the rules that a letterhead is set with ("-------")."""
    return " ".join(word for word in (block.get("text") or "").strip(" |\n").split() if not _RULE.fullmatch(word))


def _take_rows(units: list[Unit], table: Data, over: Unit) -> None:
    kinds = [column["kind"] for column in table["columns"]]
    at: dict[str | None, int] = {}
    for row in table["rows"]:
        left_out = {place for place, kind in enumerate(kinds) if kind == "number"} | set(row["carried"])
        cells = ["" if place in left_out else " ".join(cell.split()) for place, cell in enumerate(row["cells"])]
        text = " | ".join(cell for place, cell in enumerate(cells) if kinds[place : place + 1] != ["number"])
        at[row["id"]] = len(units)
        units.append(
            over._replace(
                place=len(units),
                id=row["id"],
                type="row",
                parent=at.get(row["parent"], over.place),
                number=row["number"],
                own_role=None,
                heading="",
                text=text.strip(" |"),
            )
        )
