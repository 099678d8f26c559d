"""Facts: who does what, by when, for how much, and on what legal basis; read from the blocks of a document."""

from __future__ import annotations

from typing import Any

from planparse.facts.abbreviations import read_abbreviations
from planparse.facts.citations import link_legal_bases, read_citations
from planparse.facts.deadlines import give_times, read_deadlines
from planparse.facts.funding import read_funding
from planparse.facts.passages import read_passages
from planparse.facts.targets import read_targets
from planparse.facts.tasks import read_tasks
from planparse.grammar.grammar import Grammar
from planparse.reading.source import Source


def read_facts(document: dict[str, Any], source: Source, grammar: Grammar) -> None:
    """Fill the lists of facts of a document."""
    passages = read_passages(document, source)
    document["tasks"] = read_tasks(passages, grammar)
    document["targets"] = read_targets(passages, grammar, document["metadata"]["issued_on"])
    document["funding"] = read_funding(passages, grammar)
    document["citations"] = read_citations(document, passages, grammar)
    document["deadlines"] = read_deadlines(passages, grammar)
    give_times(document["tasks"], document["deadlines"], grammar)
    document["abbreviations"] = read_abbreviations(passages, grammar)
    link_legal_bases(document, grammar)
