"""What a check finds, and what it may look at."""

from __future__ import annotations

from typing import Any, NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.reading.source import Source
from planparse.structure.assemble import Assembler
from planparse.structure.drafts import PartDraft

Data = dict[str, Any]


class Finding(NamedTuple):
    """A diagnostic before it is put into words."""

    code: str
    span: Data | None
    block_id: str | None
    values: Data


class Case(NamedTuple):
    """A document as the checks see it; `blocks` are all its blocks, nested ones included, in order."""

    document: Data
    source: Source
    grammar: Grammar
    drafts: list[PartDraft]
    assembler: Assembler
    blocks: list[Data]


def at(code: str, block: Data, **values: Any) -> Finding:
    """A finding at a block."""
    return Finding(code, block["span"], block["id"], values)


def all_blocks(document: Data) -> list[Data]:
    """All blocks of all parts, nested ones included, in order."""
    found: list[Data] = []

    def walk(blocks: list[Data]) -> None:
        for block in blocks:
            found.append(block)
            if block["type"] == "section" and block["blocks"]:
                walk(block["blocks"])

    for part in document["parts"]:
        walk(part["blocks"])
    return found
