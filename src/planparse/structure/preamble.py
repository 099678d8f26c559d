"""What stands between the title and the body: legal bases and proposals, with or without a dash before them."""

from __future__ import annotations

from planparse.grammar.grammar import Grammar

_DASHES = frozenset("-–—")


def opens_preamble(grammar: Grammar, text: str) -> bool:
    """Whether a line begins a legal basis ("Căn cứ …", "Thực hiện Quyết định số …") or a proposal ("Xét đề nghị …")."""
    if text[0] in _DASHES and grammar.says("dashed_basis", text):
        return True
    may_say = text[0] in grammar.initials("legal_basis", "proposal")
    return may_say and bool(grammar.says("legal_basis", text) or grammar.says("proposal", text))


def without_dash(text: str) -> str:
    """A basis without the dash that decisions of before about 2008 print: "- Căn cứ Luật Đất đai;"."""
    return text[1:].lstrip() if text[0] in _DASHES else text


def is_formula(grammar: Grammar, text: str) -> bool:
    """Whether a line within the preamble is the enacting formula: "QUYẾT ĐỊNH:", or "QUYẾT ĐỊNH" alone, which above the
    bases would name the type."""
    return text[:2].isupper() and len(text) < 40 and bool(grammar.says("enacting", text.rstrip(" :") + ":"))
