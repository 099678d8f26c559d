"""Numbers and symbols of documents (số, ký hiệu): "32- NQ/TW" is 32-NQ/TW, "24/7" is none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from planparse.facts.times import matches
from planparse.grammar.grammar import Grammar
from planparse.grammar.rows import values

_SPACE = re.compile(r"\s+")
_ASSEMBLY = re.compile(r"(?:UBTV)?QH\d+\Z")
#: "Số", ":" and what else stands between the word for the type and the number.
_SO = re.compile(r"(?:(?<!\w)(?i:số)(?:\s+(?i:hiệu|ký hiệu))?\s*:?|:)\s*\Z")


class Number(NamedTuple):
    """A number and symbol in a text.

    start, end: the range of number and symbol; head: where "số" before it begins, else `start`.
    value: without white space, with plain hyphens; code: of the type ("QĐ"), "" where the symbol names none.
    year: of a normative document, whose number holds it; of_assembly: of the National Assembly (QH15).
    """

    start: int
    end: int
    head: int
    value: str
    code: str
    year: int | None
    of_assembly: bool


def find_numbers(text: str, grammar: Grammar) -> list[Number]:
    """The numbers of documents in a text whose tone placement is folded."""
    codes = _codes(grammar)
    found = []
    for pattern in grammar.finds("document_number"):
        for match in matches(pattern, text):
            number = _number(text, match, codes)
            if number is not None:
                found.append(number)
    return found


def _number(text: str, match: Any, codes: dict[str, str]) -> Number | None:
    start = match.start()
    so = _SO.search(text, max(0, start - 14), start)
    if start and so is None:
        before = text[start - 1]
        if before.isalnum() or before in "/.,-–" and text[start - 2 : start - 1].isalnum():
            return None
    symbol = _SPACE.sub("", match["symbol"]).replace("–", "-").replace("‑", "-").rstrip(".")
    end = match.end() - (len(match["symbol"]) - len(match["symbol"].rstrip(".")))
    named = so is not None and so[0].strip() != ":"
    if match["party"]:
        code = match["party"]
        slash = "/" in text[match.end("party") : match.start("symbol")]
        if not slash and not named or code.upper() not in codes and not named:
            return None
        value = f"{match['number']}-{codes.get(code.upper(), code)}{'/' if slash else '-'}{symbol}"
        return Number(start, end, so.start() if so else start, value, code, None, False)
    groups = re.split(r"[-/]", symbol)
    of_assembly = _ASSEMBLY.match(groups[-1]) is not None
    code = groups[0] if groups[0].upper() in codes and not (len(groups) == 1 and of_assembly) else ""
    if so is None and not of_assembly and not _is_telling(groups, code):
        return None
    year = match["year"]
    symbol = "-".join(codes.get(group.upper(), group) for group in symbol.split("-"))
    value = f"{match['number']}/{year + '/' if year else ''}{symbol}"
    return Number(start, end, so.start() if so else start, value, code, int(year) if year else None, of_assembly)


def _is_telling(groups: list[str], code: str) -> bool:
    """Whether a symbol is one without "số" before it: "QĐ-UBND" is, "HTX" (of "2/HTX") is none."""
    return (
        len(groups) > 1
        and all(len(group) > 1 and group[:2].isalpha() and group[:2].isupper() for group in groups[:1])
        and (bool(code) or all(group.isalpha() and group.isupper() for group in groups))
    )


@lru_cache(maxsize=8)
def _codes(grammar: Grammar) -> dict[str, str]:
    """Code in capitals → as it is written ("CTR" → "CTr"), for titles that are set in capitals; of two that differ
    in case only, the one in capitals."""
    codes: dict[str, str] = {"TTG": "TTg"}
    for row in grammar.lexicon("document_types"):
        for code in values(row.fields["code"]):
            if codes.get(code.upper()) != code.upper():
                codes[code.upper()] = code
    return codes
