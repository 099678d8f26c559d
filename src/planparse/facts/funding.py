"""Amounts of money: what a plan's work costs, in its text and in its tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planparse.facts.money import Amount, find_amounts
from planparse.facts.money_rows import MoneyTable, column_sums, money_table, read_money_row, row_label
from planparse.facts.passages import Passage, Passages
from planparse.facts.target_clauses import find_any, sentences
from planparse.facts.target_tables import cells_of
from planparse.facts.target_units import Units, units_of
from planparse.grammar.grammar import Grammar

Data = dict[str, Any]

#: So far before an amount the words are that say what it pays for.
_NEAR = 400
_KINDS = frozenset({"section", "paragraph", "footnote"})
#: Columns of a table whose cells hold amounts in running text.
_TEXT = frozenset({"content", "product", "note", "other", "funding_source", "lead", "support"})
_MARKS = ' ,;:.-–+•*()“”"'


def read_funding(passages: Passages, grammar: Grammar) -> list[Data]:
    """The amounts of a document, in its order."""
    units: Units | None = None
    funding: list[Data] = []
    in_text: list[Data] = []
    sums: set[tuple[int, str]] = set()
    table: Data | None = None
    layout: MoneyTable | None = None
    title = ""
    for passage in passages:
        if passage.kind == "title":
            title = passage.text
        if passage.kind != "row" and passage.kind not in _KINDS:
            continue
        if not passage.has_digit:
            continue
        units = units or units_of(grammar)
        found: list[Data] = []
        if passage.table is not None:
            if passage.table is not table:
                table = passage.table
                above = [other.text[: other.heading] for other in passages.above(passage)[:3]]
                layout = money_table(table, " ".join([title, *above]), units, grammar)
                sums.update(column_sums(table, layout) if layout is not None else ())
            if layout is not None:
                found += read_money_row(passage, layout, units, grammar)
        rows = len(found)
        found += _from_text(passage, passages, units, grammar)
        for index, fact in enumerate(found):
            funding.append({"id": f"funding-{len(funding) + 1}", "block_id": passage.block_id, **fact})
            if index >= rows:
                in_text.append(funding[-1])
    # The text repeats what a table adds up to.
    for fact in in_text:
        if (fact["amount"], fact["currency"]) in sums:
            fact["kind"] = "total"
    return funding


def _from_text(passage: Passage, passages: Passages, units: Units, grammar: Grammar) -> Iterator[Data]:
    """The amounts in the running text of a passage, or in the cells of a row that hold text."""
    text = passage.text
    if units.money.search(text) is None:
        return
    ranges = [(0, len(text))] if passage.table is None else list(_text_cells(passage))
    above: list[Passage] | None = None
    label = row_label(passage.block, passage.table) if passage.table is not None else None
    for start, end in ranges:
        for low, high in sentences(text, start, end, grammar):
            if units.money.search(text, low, high) is None:
                continue
            amounts = [found for found in find_amounts(text, low, high, units) if not found.rate]
            above = passages.above(passage) if above is None else above
            at = low
            for amount in amounts:
                near = max(low, amount.start - _NEAR)
                before = text[max(at, near) : amount.start]
                if _is_cost(text, near, amount, before, passage, above, grammar):
                    own = _label(before, grammar)
                    of_source = own is not None and grammar.says("money_source_only", own) is not None
                    carried = _without_year(label, grammar) if label else None
                    label = (None if of_source else own) or carried or _title(passage, above)
                    year, period = _when(before, text[near : amount.start], passage, above, grammar)
                    source = _source(before, text[amount.end : min(high, amount.end + 200)], grammar)
                    yield {
                        "span": passage.locate(amount.start, amount.end),
                        "amount": amount.amount,
                        "currency": amount.currency,
                        "label": label,
                        "year": year,
                        "period": period,
                        "source_of_money": source,
                        "column": None,
                        "kind": "total" if _is_total(text, amount, own if of_source else label, before, grammar) else "item",
                    }
                at = max(at, amount.end)


def _text_cells(passage: Passage) -> Iterator[tuple[int, int]]:
    assert passage.table is not None
    columns = passage.table["columns"]
    for index, at in cells_of(passage):
        if columns[index]["kind"] in _TEXT:
            yield at, at + len(passage.block["cells"][index])


def _is_cost(
    text: str, low: int, amount: Amount, before: str, passage: Passage, above: list[Passage], grammar: Grammar
) -> bool:
    """Whether an amount pays for work: not a threshold ("từ 5 tỷ đồng trở lên"), the same amount in another currency, a rate
    ("mỗi hộ 40 triệu đồng"), nor an income that the plan sets as its target ("thu ngân sách đạt 900 tỷ đồng")."""
    if grammar.pattern("target_bound").match(text, amount.end):
        return False
    if any(find_any(grammar, kind, text[low : amount.start]) for kind in ("money_restated", "money_each_before")):
        return False
    if find_any(grammar, "target_income", before[-80:]) is not None:
        return find_any(grammar, "target_cost", before[-80:]) is not None
    if find_any(grammar, "target_cost", text[low : amount.start]) is not None:
        return True
    for section in (passage, *above):
        if section.role:
            return section.role != "goals"
    return True


def _is_total(text: str, amount: Amount, label: str | None, before: str, grammar: Grammar) -> bool:
    """Whether the text says that an amount sums up others: "Tổng kinh phí …", "Kinh phí thực hiện Kế hoạch …", "…, trong
    đó:"."""
    return (
        find_any(grammar, "money_total_before", before) is not None
        or (label is not None and find_any(grammar, "money_total_before", label) is not None)
        or find_any(grammar, "money_parts_after", text[amount.end : amount.end + 160]) is not None
    )


def _label(words: str, grammar: Grammar) -> str | None:
    """The work that the words before an amount name, without the year, the verb and the approximation after it."""
    words = " ".join(words.split())
    while (found := find_any(grammar, "money_link_before", words)) is not None and found.start() < len(words):
        words = words[: found.start()]
    words = words.strip(_MARKS)
    if opening := grammar.says("money_opening", words):
        words = words[opening.end() :]
    words = _with_quotes(words.strip(_MARKS))
    return words if words and grammar.pattern("money_years").fullmatch(words) is None else None


def _with_quotes(words: str) -> str:
    """Words with a quotation mark that was taken from their end or beginning: "Hội thi “Hòa giải viên giỏi"."""
    missing = words.count("“") - words.count("”")
    return f"{words}”" if missing > 0 else f"“{words}" if missing < 0 else words


def _without_year(label: str, grammar: Grammar) -> str:
    """The work that an amount is for without its year, as another amount is for the same work in another year: "… Kế hoạch |
    năm 2023 là 18 tỷ đồng; năm 2024 là 31 tỷ đồng"."""
    year = find_any(grammar, "money_label_year", label)
    return label[: year.start()] if year else label


def _title(passage: Passage, above: list[Passage]) -> str | None:
    """The nearest title."""
    for section in (passage, *above):
        if section.heading:
            return section.text[: section.heading].strip(_MARKS) or None
    return None


def _when(
    before: str, sentence: str, passage: Passage, above: list[Passage], grammar: Grammar
) -> tuple[int | None, Data | None]:
    """The year or period of an amount: the last one before it in its sentence, else the one in the nearest title."""
    years = grammar.pattern("money_years")
    titles = (section.text[: section.heading] for section in (passage, *above) if section.heading)
    for words in (before, sentence, *titles):
        mentions = list(years.finditer(words))
        if mentions:
            found = mentions[-1]
            start = int(found["start"])
            if found["end"]:
                return None, {"start": start, "end": int(found["end"])}
            return start, None
    return None, None


def _source(before: str, after: str, grammar: Grammar) -> str | None:
    """Where the money comes from: named right after an amount, else the last source named before it."""
    if (found := find_any(grammar, "money_source_after", after)) is not None:
        return found["source"]
    last = None
    while (found := find_any(grammar, "money_source", before)) is not None:
        last, before = found[0], before[found.end() :]
    return last
