"""Facts: who does what, by when, for how much, and on what legal basis; read from the blocks of a document."""

from __future__ import annotations

from typing import Any

from planparse.facts.passages import read_passages
from planparse.grammar.grammar import Grammar
from planparse.reading.source import Source


def read_facts(document: dict[str, Any], source: Source, grammar: Grammar) -> None:
    """Fill the lists of facts of a document."""
    read_passages(document, source)
