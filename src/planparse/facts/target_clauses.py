"""The clauses that state targets: the numbers of a sentence, and the words that belong to each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from planparse.facts.numbers import Number, Value, find_values
from planparse.facts.target_units import Unit, Units, printed_unit
from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import said
from planparse.late import late
from planparse.text import LOWER_CLASS

#: So many characters before a number can hold its comparator and verb.
_BEFORE = 48
#: So many numbers share their words.
_MOST = 16
#: So many can hold the word that makes it part of a name ("trong thời gian").
_NAME = 20
_YEAR = late(r"(?:19|20)\d\d(?![.,\d])")
_SENTENCE_END = late(rf"[;\n.!?…](?:(?<=[;\n])|(?=\s+(?!{LOWER_CLASS})[^\s,;)]))")
#: What stands around the words of an indicator.
_MARKS = ' ,;:.-–(“”"/'
#: Comparators that say by how much something changes.
_CHANGES = frozenset({"increase", "decrease"})
_COMPARATORS = (
    ("target_at_most", "<="),
    ("target_at_least", ">="),
    ("target_above", ">"),
    ("target_below", "<"),
    ("target_increase", "increase"),
    ("target_decrease", "decrease"),
)


class Item(NamedTuple):
    """A number with its unit, in a text: `start` … `end` are the digits and the unit's; `words` is where the comparator and
    the verb of reaching before the number begin, `reach` whether there is such a verb ("đạt"), `have` whether "có",
    "phấn đấu" or the like stands before them."""

    start: int
    end: int
    words: int
    value: Value
    unit: Unit | None
    comparator: str
    reach: bool
    have: bool


class Clause(NamedTuple):
    """The words of some items that share them, and the items."""

    start: int
    end: int
    items: list[Item]


def sentences(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """The sentences, and the parts between semicolons, of a part of a text."""
    at = start
    for found in _SENTENCE_END.finditer(text, start, end):
        if found[0] == "." and grammar.shortens_place(text, found.start()):
            continue
        yield at, found.start()
        at = found.end()
    yield at, end


def items_of(text: str, start: int, end: int, units: Units, grammar: Grammar) -> Iterator[Item]:
    """Every number of a sentence that is no part of a name or a date; a range whose ends both bear their unit ("từ 1,5 cm
    đến 2 cm") is one."""
    last: Item | None = None
    for item in _numbers(text, start, end, units, grammar):
        if last is not None and _is_range(text, last, item, grammar):
            last = last._replace(
                end=item.end, value=last.value._replace(high=item.value.low, end=item.value.end), unit=item.unit
            )
            continue
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last


def _is_range(text: str, low: Item, high: Item, grammar: Grammar) -> bool:
    """Whether two numbers are the ends of a range."""
    if low.unit is None or high.unit is None or low.value.high or high.value.high:
        return False
    if not has_any(grammar, "target_range_from", text[max(0, low.start - _NAME) : low.start]):
        return False
    between = grammar.says("target_range_to", text[low.end : high.start])
    whole = between is not None and between.end() == high.start - low.end
    return whole and printed_unit(text, low.unit) == printed_unit(text, high.unit)


def _numbers(text: str, start: int, end: int, units: Units, grammar: Grammar) -> Iterator[Item]:
    """Every number of a sentence that is no part of a name or a date."""
    floor = start
    alone, bound = grammar.pattern("target_alone"), grammar.pattern("target_bound")
    begun: tuple[Value, Unit] | None = None
    for value in find_values(text, start, end):
        unit = units.after(text, value.end)
        if (
            begun is not None
            and unit is not None
            and unit.kind == "currency"
            and not text[begun[1].end : value.start].strip()
        ):
            value = _compound(*begun, value, unit)
        begun = (value, unit) if unit is not None and unit.kind == "scale" else None
        if begun is not None and _goes_on_in_money(text, begun[1], units):
            continue
        if unit is None and (alone.match(text, value.end) is None or _YEAR.match(text, value.start, value.end)):
            continue
        before = text[max(floor, value.start - _BEFORE) : value.start]
        ranked = find_any(grammar, "target_rank_before", before) and grammar.says("target_rank", text[value.end : end])
        if (
            not ranked
            and (unit is None or unit.kind != "share")
            and find_any(grammar, "target_name_before", before[-_NAME:])
        ):
            continue
        if unit is not None and unit.kind == "count" and grammar.says("target_schooling", text[value.end : unit.end]):
            continue
        stop = unit.end if unit is not None else value.end
        words, comparator, reach, have = _words_before(grammar, before, value.start)
        if (bounded := bound.match(text, stop)) is not None:
            comparator = ">=" if said(bounded, "least") else "<="
            stop = bounded.end()
        if ranked:
            comparator = "<="
        floor = stop
        yield Item(value.start, stop, words, value, unit, comparator, reach, have)


def _goes_on_in_money(text: str, scale: Unit, units: Units) -> bool:
    """Whether an amount goes on behind its first scale word: "3 tỷ | 500 triệu đồng"."""
    following = next(find_values(text, scale.end, scale.end + _BEFORE), None)
    if following is None or text[scale.end : following.start].strip():
        return False
    unit = units.after(text, following.end)
    return unit is not None and unit.kind == "currency" and scale.worth % unit.worth == 0


def _compound(first: Value, scale: Unit, second: Value, unit: Unit) -> Value:
    """An amount of two numbers as one, counted in the unit of the second: "3 tỷ 500 triệu đồng" is 3500 triệu đồng."""
    more = first.low.times(scale.worth // unit.worth) * 10**second.low.places
    return Value(first.start, second.end, Number(more + second.low.digits, second.low.places), None)


def _words_before(grammar: Grammar, before: str, start: int) -> tuple[int, str, bool, bool]:
    """Where the comparator and the verb before a number begin, the comparator, and what kind of verb it is.

    From the number to the left stand an approximation, a comparator and a verb: "đạt | trên | khoảng | 90%". "giảm ít nhất
    15%" is at least 15, and its "giảm" stays with the indicator.
    """
    end = len(before)
    comparator = "="
    while (found := find_any(grammar, "target_about", before[:end])) is not None:
        end = found.start()
    for kind, sign in _COMPARATORS:
        if (found := find_any(grammar, kind, before[:end])) is not None:
            comparator, end = sign, found.start()
            break
    if comparator in _CHANGES:
        return start - (len(before) - end), comparator, False, False
    while (found := find_any(grammar, "target_about", before[:end])) is not None:
        end = found.start()
    if (found := find_any(grammar, "target_reach_before", before[:end])) is not None:
        return start - (len(before) - found.start()), comparator, True, False
    have = find_any(grammar, "target_have_before", before[:end]) is not None
    return start - (len(before) - end), comparator, False, have


def clauses(text: str, start: int, end: int, items: list[Item], grammar: Grammar) -> Iterator[Clause]:
    """The items of a sentence, each with the words that are its own; items with no cut between them share theirs.

    The words of "X đạt 49%, Y đạt 7.000 ha" part at the first comma after a number, those of "99% hộ có điện, 98% hộ có
    nước" at the comma before one; "90% A, 80% B và 60% C được xử lý" share theirs.
    """
    at, held = start, [items[0]]
    for item, after in pairwise(items):
        cuts, brackets = _cuts(text, item.end, after.words, grammar)
        if not cuts and len(held) < _MOST:
            held.append(after)
            continue
        if not cuts:
            yield _clause(text, at, item.end, held)
            at, held = item.end, [after]
            continue
        first = not (item.reach or item.comparator in _CHANGES) or not text[at : item.words].strip(" ,-–+")
        number_first = not text[cuts[-1].end() : after.words].strip(" ,")
        shares = first and number_first and not brackets and _is_bare(text, item, cuts[-1].start(), grammar)
        if shares and len(held) < _MOST and _is_share(item) and _is_share(after):
            held.append(after)
            continue
        cut = brackets[0] if brackets else cuts[-1] if first or number_first else cuts[0]
        yield _clause(text, at, cut.start(), held)
        at, held = cut.end(), [after]
    yield _clause(text, at, end, held)


def _is_bare(text: str, item: Item, end: int, grammar: Grammar) -> bool:
    """Whether the words after a number name something and say nothing of it."""
    words = text[item.end : end]
    return bool(words.strip()) and find_any(grammar, "target_predicate", words) is None


def end_of_list(text: str, item: Item, start: int, end: int, limit: int, grammar: Grammar) -> int:
    """The end of a sentence that ends in a share and what it is of, where semicolons list more of that and the last says
    what it shall reach: "90% người sản xuất; người quản lý; người tiêu dùng có kiến thức"; else its own end."""
    if not _is_share(item) or text[end : end + 1] != ";" or not _is_bare(text, item, end, grammar):
        return end
    if _without_opening(grammar, text[start : item.words]):
        return end  # "Giảm 50% rác thải nhựa; giảm dần …": what is done to the share
    for low, high in islice(sentences(text, end + 1, limit, grammar), _MOST):
        part = text[low:high].strip()
        begins = grammar.says("task_predicate", part) or grammar.words.verbs.match(part.capitalize())
        if not part[:1].islower() or any(map(str.isdigit, part)) or begins:
            break  # "…; nâng cao chất lượng": work, and nothing more that the share is of
        if (found := find_any(grammar, "target_predicate", part)) is not None:
            return high if found.start() else end
        if text[high : high + 1] != ";":
            break
    return end


def _is_share(item: Item) -> bool:
    return item.unit is not None and item.unit.kind == "share"


def _cuts(text: str, start: int, end: int, grammar: Grammar) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """Where the words between two numbers can be cut, and which of these places are brackets that open or close between
    them. What stands inside a pair of brackets is not cut."""
    cuts: list[re.Match[str]] = []
    opened: list[int] = []
    for found in grammar.pattern("target_cut").finditer(text, start, end + 1):
        if found[0] == ")" and opened:
            del cuts[opened.pop() :]
            continue
        if found[0] == "(":
            opened.append(len(cuts))
        cuts.append(found)
    return cuts, [found for found in cuts if found[0] in "()"]


def _clause(text: str, start: int, end: int, items: list[Item]) -> Clause:
    while start < end and text[start] in " ,-–+•*:\t\u00a0(":
        start += 1
    end = max(end, items[-1].end)
    if start and text[start - 1] == "(" and (shut := text.find(")", items[-1].end, end)) >= 0:
        end = shut
    opened = text.count("(", start, end) - text.count(")", start, end)
    while end > start and (text[end - 1] in " ,.;:/\t\u00a0" or (text[end - 1] == ")" and opened < 0)):
        opened += text[end - 1] == ")"
        end -= 1
    return Clause(min(start, items[0].start), end, items)


def indicator_of(text: str, clause: Clause, index: int, last: str | None, grammar: Grammar) -> str | None:
    """What an item of a clause measures: the words before the number where they reach it ("tỷ lệ che phủ đạt 49%"), else the
    words after it ("99% dân số đô thị được cấp nước"), or both ("xử lý 85% lượng chất thải"); what the last item measures
    where it has no words of its own ("chiếm 6% trong tổng số"); None where there is none."""
    item = clause.items[index]
    low = clause.items[index - 1].end if index else clause.start
    high = clause.items[index + 1].words if index + 1 < len(clause.items) else clause.end
    between = text[low : item.words]
    if tail := find_any(grammar, "target_time_tail", between):
        between = between[: tail.start()]
    before = (
        ""
        if index and (find_any(grammar, "target_joined", between) or between.rstrip().endswith(","))
        else _without_opening(grammar, between)
    )
    after = text[item.end : max(item.end, high)]
    if closing := find_any(grammar, "target_closing", after):
        after = after[: closing.start()]
    if item.reach and not (text[item.words] == ":" and _clean(after, grammar)):
        return before or last or _clean(after, grammar) or None
    counted = item.unit is not None and item.unit.kind == "count"
    works = counted and before and grammar.says("target_work", before) is not None
    if before and not works and (after.lstrip().startswith((",", ":", "(", ")")) or not _clean(after, grammar)):
        if tail or not item.have:
            return before
    after = "" if works and after.lstrip().startswith(",") else _clean(after, grammar)
    if counted and item.unit is not None and (after or before):
        after = f"{text[item.unit.start : item.unit.end]} {after}".strip()
    if index + 1 < len(clause.items) and not before and after and not find_any(grammar, "target_predicate", after):
        after = f"{after} {_predicate(text, clause, grammar)}".strip()
    return (after if item.reach else f"{before} {after}".strip()) or last


def _predicate(text: str, clause: Clause, grammar: Grammar) -> str:
    """The predicate that the last item of a clause shares with those before it."""
    last = clause.items[-1]
    after = text[last.end : clause.end]
    if found := find_any(grammar, "target_predicate", after):
        return _clean(after[found.start() :], grammar)
    return ""


def _without_opening(grammar: Grammar, words: str) -> str:
    """The words without the time and the verbs of intent that open them."""
    for _ in range(_MOST):
        found = grammar.says("target_opening", words)
        if found is None or not found.end():
            break
        words = words[found.end() :]
    return "" if grammar.says("target_bare_verb", words.strip()) else _clean(words, grammar)


def _clean(words: str, grammar: Grammar) -> str:
    words = " ".join(words.split()).strip(_MARKS)
    if joined := find_any(grammar, "target_joined", words):
        words = words[: joined.start()].rstrip(_MARKS)
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")].rstrip(_MARKS)
    if words.count(")") > words.count("("):
        words = words[: words.index(")")].rstrip(_MARKS)
    return words


def find_any(grammar: Grammar, kind: str, text: str) -> re.Match[str] | None:
    """The first match of a kind of find in a text."""
    match: re.Match[str] | None = grammar.found(kind, text)
    return match


def has_any(grammar: Grammar, kind: str, text: str) -> bool:
    """Whether a kind of find is found in a text."""
    return grammar.found(kind, text) is not None
