"""What two documents are to each other: versions of one document, or plans of two issuers."""

from __future__ import annotations

from typing import Any, Literal

from planparse.diff.keys import fold
from planparse.diff.units import Unit
from planparse.grammar.grammar import Grammar

Data = dict[str, Any]
Kind = Literal["versions", "plans"]

#: Documents that share so much of their texts are versions, whoever issued them.
_SHARED = 0.5


def kind_of(left: Data, right: Data, left_units: list[Unit], right_units: list[Unit], grammar: Grammar) -> Kind:
    """Versions: the same file; the same issuer and number; one amends the other; or half of the smaller one's texts stand in
    the other, where neither issuer nor number tells the two apart. Else plans."""
    if left["source"]["sha256"] and left["source"]["sha256"] == right["source"]["sha256"]:
        return "versions"
    ours, theirs = left["metadata"], right["metadata"]
    issuers = [_key(ours["issuer"]), _key(theirs["issuer"])]
    if all(issuers) and issuers[0] != issuers[1]:
        return "plans"
    numbers = [_key(ours["number"]), _key(theirs["number"])]
    if all(issuers) and all(numbers) and numbers[0] == numbers[1]:
        return "versions"
    if _amends(left, numbers[1], grammar) or _amends(right, numbers[0], grammar):
        return "versions"
    texts = [{_key(unit.text) for unit in units if unit.text} for units in (left_units, right_units)]
    smaller = min(len(texts[0]), len(texts[1]))
    return "versions" if len(texts[0] & texts[1]) >= _SHARED * smaller else "plans"


def _amends(document: Data, number: str, grammar: Grammar) -> bool:
    """Whether a document says in its title that it amends, and cites the number."""
    title = _key(document["metadata"]["title"])
    return (
        bool(number)
        and grammar.found("amends", title) is not None
        and any(_key(citation["number"]) == number for citation in document["citations"])
    )


def _key(text: str | None) -> str:
    return " ".join(fold(text or "").lower().split())
