"""What a check finds, and what it may look at."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.reading.source import Source
from planparse.structure.assemble import Assembler
from planparse.structure.document import PartDraft

Data = dict[str, Any]


class Finding(NamedTuple):
    """A diagnostic before it is put into words."""

    code: str
    span: Data | None
    block_id: str | None
    values: Data


class Case(NamedTuple):
    """A document as the checks see it."""

    document: Data
    source: Source
    grammar: Grammar
    drafts: list[PartDraft]
    assembler: Assembler


def at(code: str, block: Data, **values: Any) -> Finding:
    """A finding at a block."""
    return Finding(code, block["span"], block["id"], values)


def walk(blocks: list[Data]) -> Iterator[Data]:
    """All blocks, nested ones included, in order."""
    for block in blocks:
        yield block
        if block["type"] == "section":
            yield from walk(block["blocks"])


def all_blocks(document: Data) -> Iterator[Data]:
    """All blocks of all parts."""
    for part in document["parts"]:
        yield from walk(part["blocks"])
