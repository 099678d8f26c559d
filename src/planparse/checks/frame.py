"""What a document should have around its body: letterhead and signature; and what the hosting site added."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.checks.finding import Case, Finding, at
from planparse.grammar.grammar import Grammar
from planparse.levels import LIST_LEVELS
from planparse.structure.letterhead import code_of
from planparse.structure.metadata import contradicts


def check_letterhead(case: Case) -> Iterator[Finding]:
    """What the letterhead lacks."""
    main = next((draft for draft in case.drafts if draft.kind != "other"), None)
    block = next((b for b in case.blocks if b["type"] == "letterhead"), None)
    if main is None or main.letterhead is None or block is None:
        return
    head = main.letterhead
    missing = [
        name
        for name, there in (
            ("issuer", head.issuer),
            ("number", head.number),
            ("issued_on", head.issued_on),
            ("national_name", head.national),
            ("motto", head.motto),
        )
        if not there
    ]
    if missing:
        yield at("letterhead.incomplete", block, missing=missing)


def check_type(case: Case) -> Iterator[Finding]:
    """A number that names another type than the line of the type does."""
    main = next((draft for draft in case.drafts if draft.kind != "other"), None)
    code = code_of(case.document["metadata"]["number"])
    if main is not None and main.type is not None and code and contradicts(case.grammar, main, code):
        for block in [b for b in case.blocks if b["type"] == "title"][:1]:
            yield at("type.contradicted", block, printed=main.type.name, numbered=code)


def check_signature(case: Case) -> Iterator[Finding]:
    """A signature that is missing, or lacks the name or the role."""
    document = case.document
    if not any(part["kind"] in {"decision", "plan"} for part in document["parts"]):
        return
    signature = next((b for b in case.blocks if b["type"] == "signature"), None)
    if signature is None:
        if any(draft.letterhead for draft in case.drafts):
            yield Finding("signature.missing", None, None, {})
        return
    signers = document["metadata"]["signers"]
    missing = [name for name in ("name", "role") if signers and not signers[0][name]]
    if missing:
        yield at("signature.incomplete", signature, missing=missing)


def check_site(case: Case) -> Iterator[Finding]:
    """Lines of the hosting site, or what is printed around the document on its pages."""
    paged = case.source.setting is not None and case.source.format != "html"
    code = "page.set_apart" if paged else "site.set_apart"
    for part in case.document["parts"]:
        for block in part["blocks"]:
            if block["type"] == "boilerplate":
                yield at(code, block, lines=block["span"]["last_line"] - block["span"]["first_line"] + 1)


def check_reader(case: Case) -> Iterator[Finding]:
    """What the reader of the file met."""
    for code, values in case.source.notes:
        yield Finding(code, None, None, values)


def check_is_plan(case: Case) -> Iterator[Finding]:
    """A text without anything that a plan has."""
    document = case.document
    sections = any(block["type"] == "section" and block["level"] not in LIST_LEVELS for block in case.blocks)
    if document["metadata"]["type"] is None and document["metadata"]["number"] is None and not sections:
        yield Finding("plan.not_found", None, None, {})


def check_grammar(grammar: Grammar) -> Iterator[Finding]:
    """A user's pattern that ran away."""
    for row in grammar.runaways():
        yield Finding("grammar.runaway", None, None, {"row": row.id, "file": row.file.name, "line": row.line})
