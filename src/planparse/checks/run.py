"""All checks over one document, and their findings as diagnostics in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planparse.checks.finding import Case, Data, Finding, all_blocks
from planparse.checks.frame import (
    check_grammar,
    check_is_plan,
    check_letterhead,
    check_reader,
    check_signature,
    check_site,
    check_type,
)
from planparse.checks.numbering import check_numbering
from planparse.checks.sums import check_sums
from planparse.checks.tables import check_tables
from planparse.checks.text import (
    check_coverage,
    check_fragments,
    check_nesting,
    check_pages,
    check_truncation,
    check_unplaced,
    check_unreadable,
)
from planparse.grammar.grammar import Grammar
from planparse.messages import render, severity
from planparse.reading.source import Source
from planparse.structure.assemble import Assembler
from planparse.structure.drafts import PartDraft

CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    check_coverage,
    check_reader,
    check_is_plan,
    check_letterhead,
    check_type,
    check_signature,
    check_site,
    check_numbering,
    check_fragments,
    check_truncation,
    check_unplaced,
    check_unreadable,
    check_pages,
    check_nesting,
    check_tables,
    check_sums,
)


def diagnose(
    document: Data, source: Source, grammar: Grammar, drafts: list[PartDraft], assembler: Assembler, lang: str
) -> None:
    """Fill in the diagnostics of a document, and its coverage."""
    case = Case(document, source, grammar, drafts, assembler, all_blocks(document))
    findings = [finding for check in CHECKS for finding in check(case)]
    findings.sort(key=lambda finding: finding.span["start"] if finding.span else -1)
    document["diagnostics"] = [_diagnostic(finding, lang) for finding in findings]


def diagnose_grammar(document: Data, grammar: Grammar, lang: str) -> None:
    """Put before the diagnostics of a document what was odd about the grammar that read it: known at the very end."""
    document["diagnostics"][:0] = [_diagnostic(finding, lang) for finding in check_grammar(grammar)]


def _diagnostic(finding: Finding, lang: str) -> Data:
    return {
        "code": finding.code,
        "severity": severity(finding.code),
        "message": render(finding.code, finding.values, lang),
        "values": finding.values,
        "span": finding.span,
        "block_id": finding.block_id,
    }
