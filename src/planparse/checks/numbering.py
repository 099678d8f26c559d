"""Numbers that are missing, stand twice or go back; marks that a scanner misread or that are lost."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from planparse.checks.finding import Case, Data, Finding, at
from planparse.grammar.grammar import Grammar
from planparse.text import from_roman, leading_digits, to_roman

#: Levels whose lists begin anew in each section; articles go on through the whole part.
_LISTED = {"part", "chapter", "division", "upper", "roman", "arabic", "decimal", "letter", "paren"}
#: Levels whose marks a scanner misreads as other letters.
_MISREAD = {"roman", "upper", "arabic"}
#: An article as a finding names it.
_ARTICLE = "Điều"
_CLOSED_BY_BRACKET = {"letter", "paren"}
#: More numbers than this are not named one by one.
_NAMED = 3


class _Step(NamedTuple):
    """A section in its list, with its place in the sequence (from 1)."""

    section: Data
    place: int


def check_numbering(case: Case) -> Iterator[Finding]:
    """Every list of numbered sections, from top to bottom."""
    damaged = {section["id"] for section, _ in case.assembler.damaged}
    for part in case.document["parts"]:
        yield from _lists(case.grammar, part["blocks"], damaged)
        yield from _run(case.grammar, list(_articles(part["blocks"])))
    yield from _lost_articles(case)
    for section, printed in case.assembler.damaged:
        yield at("marker.damaged", section, marker=printed, number=section["number"])


def _lists(grammar: Grammar, top: list[Data], damaged: set[str]) -> Iterator[Finding]:
    """The findings of the lists among some blocks and of all that stand under them; `damaged` are the ids of the sections
    whose marks only their lists told."""
    waiting = [top]
    while waiting:
        blocks = waiting.pop()
        by_level: dict[tuple[str, int], list[Data]] = {}
        for block in blocks:
            if block["type"] != "section":
                continue
            level, number = block["level"], block["number"]
            if level in _LISTED:
                by_level.setdefault((level, number.count(".")), []).append(block)
                if _misread(level, block["marker"], number) and block["id"] not in damaged:
                    yield at("marker.ocr", block, marker=block["marker"], number=number)
            if block["blocks"]:
                waiting.append(block["blocks"])
        for sections in by_level.values():
            yield from _run(grammar, sections)


def _misread(level: str, marker: str, number: str) -> bool:
    """Whether a mark is not printed as its number is written: "Ill", "_ 13", "B" of a point; "01" and "4.1.a" are."""
    if level == "letter":
        return not marker.endswith(number) or not marker[0].isalnum()
    return level in _MISREAD and marker.lstrip("0") != number


def _articles(blocks: list[Data]) -> Iterator[Data]:
    """The articles of a part, through its chapters: they are numbered without a break."""
    for block in blocks:
        if block["type"] == "section":
            if block["level"] == "article":
                yield block
            elif block["level"] in {"part", "chapter", "division"}:
                yield from _articles(block["blocks"])


def _run(grammar: Grammar, sections: list[Data]) -> Iterator[Finding]:
    if not sections:
        return
    level = sections[0]["level"]
    places, names = _places(grammar, level, sections)
    if places == list(range(1, len(places) + 1)):
        return
    first_lines: dict[tuple[int, str], int] = {}
    last: _Step | None = None
    for section, place in zip(sections, places, strict=True):
        if place == 0:
            continue
        shown = _shown(level, section["number"])
        digits = leading_digits(section["number"])
        # "Điều 2a" stands beside "Điều 2", and is none that stands again.
        number = place, section["number"][len(digits) :] if digits else ""
        if number in first_lines:
            yield at("numbering.repeated", section, level=level, marker=shown, line=first_lines[number])
        elif last is None:
            if place > 1 and level not in {"part", "chapter", "division"}:
                yield at(
                    "numbering.skipped_first",
                    section,
                    level=level,
                    after=shown,
                    missing=_missing(level, names, section, 0, place),
                )
        elif place > last.place + 1:
            yield at(
                "numbering.skipped",
                section,
                level=level,
                before=_shown(level, last.section["number"]),
                after=shown,
                missing=_missing(level, names, section, last.place, place),
            )
            if place == last.place + 2 and (paragraph := _last_paragraph(last.section)) is not None:
                yield at("marker.lost", paragraph, expected=_missing(level, names, section, last.place, place))
        elif place < last.place:
            yield at("numbering.restarted", section, level=level, before=_shown(level, last.section["number"]), after=shown)
        first_lines.setdefault(number, section["span"]["first_line"])
        last = _Step(section, place)


def _places(grammar: Grammar, level: str, sections: list[Data]) -> tuple[list[int], list[str]]:
    """The place of each section in its sequence, and for letters the sequence itself: of the orders in use, the one
    that leaves the fewest gaps."""
    numbers = [section["number"] for section in sections]
    if level in {"letter", "upper"} or (
        level == "paren" and not numbers[0].isdigit() and from_roman(numbers[0].upper()) != 1
    ):
        family = next(f for f in grammar.families if f.level == level and f.numbering == "letters")
        best: tuple[int, list[int], list[str]] | None = None
        for order in family.orders:
            places = [order.get(number, 0) for number in numbers]
            gaps = sum(abs(b - a - 1) for a, b in itertools.pairwise(places)) + 3 * places.count(0)
            if best is None or gaps < best[0]:
                best = gaps, places, list(order)
        assert best is not None
        return best[1], best[2]
    if level == "decimal":
        return [int(number.rsplit(".", 1)[-1]) for number in numbers], []
    places = []
    for number in numbers:
        digits = leading_digits(number)
        places.append(int(digits) if digits else from_roman(number.upper()))
    return places, []


def _missing(level: str, names: list[str], section: Data, low: int, high: int) -> list[str] | str:
    places = list(range(low + 1, high))
    shown = [_name(level, names, section, place) for place in places]
    return shown if len(shown) <= _NAMED else f"{shown[0]} – {shown[-1]}"


def _name(level: str, names: list[str], section: Data, place: int) -> str:
    if names:
        return _shown(level, names[place - 1])
    if level == "decimal":
        return f"{section['number'].rsplit('.', 1)[0]}.{place}"
    number = section["number"]
    if not number[:1].isdigit():
        return _shown(level, to_roman(place) if number.isupper() else to_roman(place).lower())
    return _shown(level, str(place))


def _shown(level: str, number: str) -> str:
    return f"{number})" if level in _CLOSED_BY_BRACKET else number


def _last_paragraph(section: Data) -> Data | None:
    """The paragraph that stands where the missing section would: of those that end the section before it, the last
    that reads like a title, else the last."""
    closing = list(itertools.takewhile(lambda block: block["type"] == "paragraph", reversed(section["blocks"])))
    titles = (block for block in closing if len(block["text"]) < 120 and block["text"][-1] not in ".;,")
    return next(titles, closing[0] if closing else None)


def _lost_articles(case: Case) -> Iterator[Finding]:
    """A paragraph after the last article that says who carries the decision out: "Điều 3." is lost."""
    for part in case.document["parts"]:
        if part["kind"] != "decision":
            continue
        articles = list(_articles(part["blocks"]))
        if not articles:
            continue
        after = [
            block
            for block in part["blocks"]
            if block["type"] == "paragraph" and block["span"]["start"] > articles[-1]["span"]["start"]
        ]
        for block in after:
            if case.grammar.says("execution", block["text"]):
                digits = leading_digits(articles[-1]["number"])
                expected = f"{_ARTICLE} {int(digits) + 1}" if digits else _ARTICLE
                yield at("marker.lost", block, expected=expected)
