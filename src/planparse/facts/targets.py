"""Targets (chỉ tiêu): the values that a plan sets out to reach, from its text and from its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from planparse.facts.passages import Passage, Passages
from planparse.facts.target_clauses import (
    Clause,
    Item,
    clauses,
    end_of_list,
    find_any,
    has_any,
    indicator_of,
    items_of,
    sentences,
)
from planparse.facts.target_tables import read_target_row, text_cells
from planparse.facts.target_units import Units, printed_unit, units_of
from planparse.grammar.grammar import Grammar
from planparse.late import late
from planparse.text import LOWER_CLASS, holds_any

Data = dict[str, Any]

#: So far from a number the words are that say what kind of number it is.
_NEAR = 400
_BOUNDS = (">=", "<=", ">", "<")
#: The verb of a piece of work and its least number take no more before the number.
_MADE = 60
#: What stands directly before a number begins no further from it.
_NEXT = 30
_DIGIT = late(r"\d")
_KINDS = frozenset({"section", "paragraph", "row"})
#: Roles of sections that tell what is, and of those that are not goals even under goals.
_PAST_ROLES = frozenset({"bases", "situation"})
_OTHER_ROLES = _PAST_ROLES | {"money", "time", "reporting", "organisation", "scope", "tasks", "orientation"}
#: A bare percentage, or one in a formula ("5% (Gxd+DP)"), states nothing.
_PLAIN_WORD = late(rf"(?<!\w){LOWER_CLASS}{{2,}}(?!\w)")


class Setting(NamedTuple):
    """What a passage's place says of the targets in it: the kind of its section ("goals", "past" or ""), the year, and the
    words of the nearest title."""

    kind: str
    year: int | None
    title: str


def read_targets(passages: Passages, grammar: Grammar, issued: str | None = None) -> list[Data]:
    """The targets of a document, in its order. What a text says of a year before the day on which the document was
    `issued` (ISO 8601) was reached already: "(hết năm 2016, toàn tỉnh có 25 xã đạt chuẩn, chiếm 12,1%)"."""
    units: Units | None = None
    settings: list[Setting] = []
    targets: list[Data] = []
    title = ""
    in_year = int(issued[:4]) if issued else None
    for passage in passages:
        if passage.kind == "title" or passage.kind == "section":
            title = passage.text if passage.kind == "title" else ""  # under a section the title of the part says no more
        outer = settings[passage.parent] if passage.parent >= 0 else Setting("", None, "")
        setting = _setting(passage, outer, grammar)
        settings.append(setting)
        if passage.kind not in _KINDS or setting.kind == "past" or not passage.has_digit:
            continue
        units = units or units_of(grammar)
        of_row = read_target_row(passage, title, setting.year, in_year, units, grammar) if passage.kind == "row" else []
        for target in of_row if of_row else _from_text(passage, setting, units, grammar, issued):
            if in_year is not None:
                _look_ahead(target, in_year)
                if target["year"] is not None and target["year"] < in_year:
                    continue
            targets.append({"id": f"target-{len(targets) + 1}", "block_id": passage.block_id, **target})
    return targets


def _look_ahead(target: Data, issued: int) -> None:
    """Let a year that is still to come be the target's own, and none that it compares with: "… giảm 1%/năm (năm 2030 tăng
    9%)"."""
    if target["baseline_year"] is not None and target["baseline_year"] > issued:
        target["year"] = target["year"] or target["baseline_year"]
        target["baseline_year"] = None


def _setting(passage: Passage, outer: Setting, grammar: Grammar) -> Setting:
    """The setting of a passage and of those under it."""
    if passage.kind != "section":
        return outer
    text, kind = passage.text, outer.kind
    head = text[: passage.heading]
    if passage.role == "goals" or (
        has_any(grammar, "target_goals", head) if head else grammar.says("target_goals_opening", text)
    ):
        kind = "goals"
    elif kind == "past" or passage.role in _PAST_ROLES or (head and has_any(grammar, "target_past_heading", head)):
        kind = "past"
    elif passage.role in _OTHER_ROLES:
        kind = ""
    if not head and text[-1:] != ":":
        return outer if kind == outer.kind else outer._replace(kind=kind)
    title = (head or text[-120:]).strip(" :.")
    return Setting(kind, _years(title, grammar, vision=True)[0] or outer.year, title)


def _from_text(passage: Passage, setting: Setting, units: Units, grammar: Grammar, issued: str | None) -> Iterator[Data]:
    """The targets in the running text of a passage, or in the cells of a row that hold text."""
    text = passage.text
    signs = grammar.listed("target_sign")
    if setting.kind != "goals" and not holds_any(text, signs) and not _is_cued(text, grammar):
        return
    for start, end, kind in text_cells(passage, setting.kind) if passage.kind == "row" else [(0, len(text), setting.kind)]:
        year, cued, past = setting.year, False, False
        for low, high in sentences(text, start, end, grammar):
            if not _DIGIT.search(text, low, high):
                continue
            sentence = text[low:high]
            if text[low - 1 : low] != ";":
                past = False
            cued = cued or kind == "goals" or has_any(grammar, "target_cue", sentence)
            if not cued and not holds_any(sentence, signs) and not has_any(grammar, "target_made", sentence):
                continue
            year = _lead_year(sentence[:_NEAR], grammar) or year
            numbers = _without_bases(text, low, list(items_of(text, low, high, units, grammar)), grammar)
            items = [
                item
                for item in _without_beginnings(text, high, numbers, grammar)
                if _is_target(text, low, high, item, kind == "goals", cued, units, grammar)
            ]
            if not items:
                continue
            # What is said of the past holds up to the full stop: "tăng 17% so với cùng kỳ; nhập khẩu tăng 18%".
            past = (past or _tells_past(sentence, kind == "goals", grammar, issued)) and not _tells_ahead(
                sentence, grammar, issued
            )
            if past:
                continue
            last: Data | None = None
            whole_end = end_of_list(text, items[-1], low, high, end, grammar)
            for whole in clauses(text, low, whole_end, items, grammar):
                clause = _without_attributes(text, whole, grammar)
                for index in range(len(clause.items)):
                    last = _target(passage, text, clause, index, year, setting.title, last, grammar)
                    yield last


def _is_cued(text: str, grammar: Grammar) -> bool:
    """Whether a text outside of goals may state a target."""
    return has_any(grammar, "target_cue", text) or has_any(grammar, "target_made", text)


def _is_made(text: str, low: int, item: Item, grammar: Grammar) -> bool:
    """Whether an item is a least number of what a piece of work makes: "xây dựng tối thiểu | 15 mô hình"."""
    near = max(low, item.start - _MADE)
    if item.unit is None or grammar.says("target_frequency", printed_unit(text, item.unit)):
        return False
    if has_any(grammar, "target_often", text[near : item.end + _NEXT]):
        return False
    return any(
        near + found.end() == item.start for found in grammar.pattern("target_made").finditer(text[near : item.end + _NEAR])
    )


def _tells_past(sentence: str, goals: bool, grammar: Grammar, issued: str | None) -> bool:
    """Whether a sentence says what was reached already; among goals its opening must say so ("Tính đến hết tháng 6, …", or
    "Đến ngày 30/6/2025, …" in a document `issued` later)."""
    if not goals:
        return has_any(grammar, "target_past", sentence)
    if issued is not None and (day := grammar.says("target_day", sentence.lstrip())):
        return f"{day['year']}-{int(day['month']):02}-{int(day['day'] or 31):02}" < issued
    return bool(grammar.says("target_past_opening", sentence.lstrip()))


def _tells_ahead(sentence: str, grammar: Grammar, issued: str | None) -> bool:
    """Whether a sentence names a year after the one in which the document was issued (any, where that is not known):
    "Tính đến năm 2030, …"."""
    years = (int(found["year"]) for found in grammar.pattern("target_ahead").finditer(sentence))
    return any(issued is None or year > int(issued[:4]) for year in years)


def _without_bases(text: str, low: int, items: list[Item], grammar: Grammar) -> Iterator[Item]:
    """The items of a sentence but for those that the next is counted against, or that say of what it is: "Giá trị trên 01 ha
    đất đạt 75 triệu đồng", "gỗ xẻ (đường kính từ 15 cm trở lên) đạt 50%", "đào tạo dưới 03 tháng 105.000 người"."""
    for item, following in zip_longest(items, items[1:]):
        between = text[item.end : following.start] if following is not None else ","
        if not any(mark in between for mark in ",;."):
            near = text[max(low, item.start - _NEAR) : item.end]
            if item.value.low.as_value() == 1 and has_any(grammar, "target_per_one", near):
                continue
            if item.unit is not None and item.unit.kind == "time" and not between.strip():
                continue
            if item.comparator in _BOUNDS and between[:1] == ")":
                if has_any(grammar, "target_definition", text[max(low, item.start - _NEAR) : item.start]):
                    continue
        yield item


def _without_beginnings(text: str, high: int, items: Iterable[Item], grammar: Grammar) -> Iterator[Item]:
    """The items of a sentence but for those from which another is to rise or fall: of "tỷ lệ từ 68% năm 2013 lên 90%" the
    90%, whose words begin with "từ"."""
    begun: int | None = None
    for item in items:
        near = max(0, item.start - _NEXT)
        found = find_any(grammar, "target_from_before", text[near : item.start])
        if found is not None and grammar.says("target_up_to", text[item.end : high]):
            begun = near + int(found.start())
        else:
            yield item if begun is None else item._replace(words=begun)
            begun = None


def _without_attributes(text: str, clause: Clause, grammar: Grammar) -> Clause:
    """A clause without the bounds that only say which ones a share is of, or how it counts: of "70% người cao tuổi được khám
    sức khỏe ít nhất 01 lần/năm" the 70%. What is named is kept: "… với số lượng tối thiểu 60 lít/người/ngày"."""
    shares = [item for item in clause.items if item.unit is not None and item.unit.kind == "share"]
    if not shares or len(shares) == len(clause.items):
        return clause
    return clause._replace(items=[item for item in clause.items if not _is_attribute(text, clause, item, shares, grammar)])


def _is_attribute(text: str, clause: Clause, item: Item, shares: list[Item], grammar: Grammar) -> bool:
    """Whether an item is such a bound, beside the shares of its clause."""
    if item in shares or item.comparator not in _BOUNDS:
        return False
    if has_any(grammar, "target_amount_before", text[clause.start : item.words]):
        return False
    before = [share for share in shares if share.start < item.start]
    if not before:
        # Before the share it is one of its own ("trồng ít nhất 500 ha, đưa tỷ lệ che phủ lên 42%"), but how often.
        printed = printed_unit(text, item.unit) if item.unit is not None else ""
        return grammar.says("target_frequency", printed) is not None
    return not has_any(grammar, "target_and", text[before[-1].end : item.words])


def _is_target(text: str, low: int, high: int, item: Item, goals: bool, cued: bool, units: Units, grammar: Grammar) -> bool:
    """Whether a number is a value to reach, and not the size of something named on the way."""
    low, high = max(low, item.words - _NEAR), min(high, item.end + _NEAR)
    before, kind = text[low : item.words], item.unit.kind if item.unit is not None else ""
    if has_any(grammar, "target_restated", text[low : item.start]):
        return False
    if not goals and has_any(grammar, "target_rule", text[max(low, item.words - 60) : min(high, item.end + 40)]):
        return False
    if not goals and has_any(grammar, "target_condition", text[low : item.start]):
        return False
    if not (goals or cued) and has_any(grammar, "target_extent", text[low : item.start]):
        return False
    cued = cued or goals
    if kind == "share":
        bracketed = text[item.end : item.end + 1] == ")" and has_any(grammar, "target_share_bracket", text[low : item.start])
        if bracketed and units.money.search(text, low, high):
            return False  # "Công trình chuyển tiếp (48,86%): 197.710 triệu đồng", "561 tỷ đồng (chiếm 28,6%)": its share
        alone = text[item.end : item.end + 1] in ("", ",", ".", ";", ")")
        if alone and has_any(grammar, "target_share_of_money", text[low : item.start]):
            return False
        return cued or len(_PLAIN_WORD.findall(text, low, high)) > 1
    if kind in {"count", "measure", "scale"}:
        if has_any(grammar, "target_against", text[max(low, item.start - 12) : item.end]):
            return False
        if goals or (item.reach and has_any(grammar, "target_reached", text[item.words : item.start])):
            return True
        if _is_made(text, low, item, grammar):
            return True
        return cued and (item.reach or item.comparator in _BOUNDS or has_any(grammar, "target_cue", before))
    if kind == "currency":
        near = before[-60:]
        return cued and (goals or has_any(grammar, "target_income", near)) and not has_any(grammar, "target_cost", near)
    if kind == "age":
        return cued and has_any(grammar, "target_age", before)
    if kind == "time":
        return goals and (item.reach or item.comparator in _BOUNDS)
    return cued and item.reach


def _target(
    passage: Passage,
    text: str,
    clause: Clause,
    index: int,
    year: int | None,
    title: str,
    last: Data | None,
    grammar: Grammar,
) -> Data:
    """The fact of one item of a clause. What it does not say itself (its year, what is measured) it takes from the last one
    of its sentence: "đến năm 2025 đạt 10%, năm 2030 đạt 15%"."""
    item = clause.items[index]
    low = clause.items[index - 1].end if index else clause.start
    high = clause.items[index + 1].start if index + 1 < len(clause.items) else clause.end
    if index and (own := grammar.says("target_own_year", text[low : item.words])) is not None:
        low += own.end()  # "đạt 10% | vào năm 2025 | và đạt 15% vào năm 2030"
    before, _ = _years(text[max(low, item.start - _NEAR) : item.words], grammar, last=True)
    after, base = _years(text[item.end : min(high, item.end + _NEAR)], grammar)
    base = base or _years(text[item.words : item.start], grammar)[0]
    indicator = indicator_of(text, clause, index, last["indicator"] if last else None, grammar) or title or None
    value = item.value
    return {
        "span": passage.locate(clause.start, clause.end),
        "text": " ".join(passage.text[clause.start : clause.end].split()),
        "indicator": indicator,
        "comparator": item.comparator,
        "value": value.low.as_value(),
        "value_max": value.high.as_value() if value.high else None,
        "unit": printed_unit(passage.text, item.unit) if item.unit else None,
        "year": before or after or (last["year"] if last else None) or year,
        "baseline_year": base,
    }


def _years(text: str, grammar: Grammar, *, last: bool = False, vision: bool = False) -> tuple[int | None, int | None]:
    """The year that a text names for its target (the first, or the last), and the year that it compares with. A title that
    names no other year may name the one of a vision ("Tầm nhìn đến năm 2050")."""
    year = base = other = None
    if "20" not in text and "19" not in text:
        return None, None
    if "/" in text:
        text = _without_documents(text, grammar)
    for find in grammar.seek("target_year"):
        at = 0
        while (found := find.search(text[at:])) is not None:
            at += found.end()
            if found["base"]:
                base = base or int(found["year"])
            elif not found["other"] and (last or year is None):
                year = int(found["year"])
            else:
                other = other or int(found["year"])
    return (year or other if vision else year), base


def _without_documents(text: str, grammar: Grammar) -> str:
    """A text without the documents that it cites, whose dates are no years of targets."""
    kept, at = [], 0
    for found in grammar.pattern("target_document").finditer(text):
        kept.append(text[at : found.start()])
        at = found.end()
    return "".join([*kept, text[at:]])


def _lead_year(sentence: str, grammar: Grammar) -> int | None:
    """The year that opens a sentence and holds for what follows: "Đến năm 2030, …; …; …"."""
    opened = grammar.says("target_opening", sentence)
    at = 0
    while opened is not None and opened.end():
        at += opened.end()
        opened = grammar.says("target_opening", sentence[at:])
    return _years(sentence[:at], grammar)[0] if at else None
