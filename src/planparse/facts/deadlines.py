"""Deadlines and reporting duties: "báo cáo … trước ngày 30 tháng 11 hằng năm", "hoàn thành trong quý II năm 2025"."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Any

from planparse.facts.passages import Passage, Passages
from planparse.facts.times import Time, find_times
from planparse.grammar.grammar import Grammar
from planparse.late import late
from planparse.text import fold_tones, holds_any, squash

Data = dict[str, Any]

#: The kinds of phrases that tell a deadline or a duty; a text without the signs of any of them holds none.
_TELLING = ("duty", "due", "limit")
#: Blocks that say nothing of the plan's own work.
_SILENT = frozenset({"boilerplate", "letterhead", "title", "legal_basis", "recipients", "signature", "footnote"})
_CLAUSE = late(r"[;\n.](?:(?<=[;\n])|(?<!\d\.)(?=\s)|(?<=\d\.)(?=\s+[^\d\s])|(?<=\.)/\.)")
_LIMITS = frozenset({"date", "month", "quarter", "half", "year"})
#: So many characters before a time can hold what makes it a limit.
_REACH = 90


def read_deadlines(passages: Passages, grammar: Grammar) -> list[Data]:
    """The deadlines of a document: one for each limit in a clause, or for each recurrence of a duty without a limit.

    `text` is the clause, `date` its day ("--11-30" where it comes each year), `year` the last year that it names.
    """
    signs = tuple(sign for kind in _TELLING for sign in grammar.signs(kind))
    found: list[Data] = []
    due_columns: dict[str, list[int]] = {}
    for passage in passages:
        if passage.kind in _SILENT:
            continue
        if passage.table is not None:
            found += _of_row(passage, due_columns, grammar, signs)
            continue
        found += _of_text(passage, grammar, signs)
    for index, deadline in enumerate(found, 1):
        deadline["id"] = f"deadline-{index}"
    return found


def _of_text(passage: Passage, grammar: Grammar, signs: tuple[str, ...]) -> list[Data]:
    text = passage.text
    if not holds_any(text, signs):
        return []
    found: list[Data] = []
    standing: str | None = None
    for start, end, opens_sentence in _clauses(text):
        if opens_sentence:
            standing = None
        clause = text[start:end]
        if not holds_any(clause, signs):
            continue
        clause = passage.folded[start:end]
        times = find_times(clause, grammar, is_folded=True)
        if not times:
            continue
        is_duty = grammar.found("duty", clause) is not None
        again = _recurrences(clause, times, grammar)
        nearest = next((time.recurrence for time in times if time.recurrence), standing)
        limited = False
        for time in times:
            nearest = time.recurrence or nearest
            if time.kind in _LIMITS and _is_limit(clause, time, is_duty, grammar):
                limited = True
                recurrence = time.recurrence if time.last_year else nearest
                found.append(_deadline(passage, start, end, time.date, recurrence, time.last_year))
        if is_duty and not limited:
            found += [_deadline(passage, start, end, None, recurrence, None) for recurrence in again]
        standing = again[0] if again else standing
    return found


def _recurrences(clause: str, times: list[Time], grammar: Grammar) -> list[str]:
    """How often a clause asks for something: what begins it, stands beside "định kỳ" or belongs to "báo cáo"; not the
    year of "kế hoạch hàng năm"."""
    found = []
    for time in times:
        before = clause[max(0, time.start - _REACH) : time.start].rstrip(" (")
        if time.recurrence and (
            not before
            or before[-1] in ",:;/"
            or grammar.found("duty_before", before)
            or grammar.says("regular_after", clause[time.end : time.end + _REACH])
        ):
            found.append(time.recurrence)
    return list(dict.fromkeys(found))


def _clauses(text: str) -> list[tuple[int, int, bool]]:
    """The clauses of a text, without the blanks around them, and whether each begins a sentence."""
    clauses = []
    start, opens = 0, True
    for mark in [*_CLAUSE.finditer(text), None]:
        end = mark.start() if mark is not None else len(text)
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            clauses.append((left, start + len(piece.rstrip()), opens))
        if mark is not None:
            start, opens = mark.end(), mark[0] != ";"
    return clauses


def _is_limit(clause: str, time: Time, is_duty: bool, grammar: Grammar) -> bool:
    """Whether what stands before a time makes it a limit; a day that comes each year is one for a duty."""
    if grammar.found("done", clause[time.end : time.end + 40]):
        return False
    before = clause[max(0, time.start - _REACH) : time.start]
    if time.kind != "year" and grammar.found("limit", before):
        return True
    if grammar.found("due", before):
        return True
    return is_duty and time.kind == "date" and time.recurrence is not None


def _of_row(passage: Passage, due_columns: dict[str, list[int]], grammar: Grammar, signs: tuple[str, ...]) -> list[Data]:
    """The deadlines of a table row: the times in its columns of due times, and what its cells say as a text does."""
    table = passage.table
    assert table is not None
    if table["id"] not in due_columns:
        due_columns[table["id"]] = [
            index
            for index, column in enumerate(table["columns"])
            if column["kind"] == "time" and grammar.says("due_column", fold_tones(column["name"].lower()))
        ]
    found = _of_text(passage, grammar, signs)
    if found:
        return found
    for index in due_columns[table["id"]]:
        cell = passage.block["cells"][index]
        times = [
            time
            for time in find_times(cell, grammar)
            if (time.kind in _LIMITS or time.recurrence) and not grammar.says("work_starts", cell[time.start :])
        ]
        if times:
            at = passage.text.find(cell)
            time = times[-1]
            span = passage.locate(at, at + len(cell)) if at >= 0 else passage.span
            found.append(_fact(passage, span, squash(cell), time.date, time.recurrence, time.last_year))
    return found


def _deadline(passage: Passage, start: int, end: int, date: str | None, recurrence: str | None, year: int | None) -> Data:
    return _fact(passage, passage.locate(start, end), squash(passage.text[start:end]), date, recurrence, year)


def _fact(passage: Passage, span: Data, text: str, date: str | None, recurrence: str | None, year: int | None) -> Data:
    return {
        "id": "",
        "block_id": passage.block_id,
        "span": span,
        "text": text,
        "date": date,
        "recurrence": recurrence,
        "year": year,
    }


def give_times(tasks: list[Data], deadlines: list[Data], grammar: Grammar) -> None:
    """Let a task without a time have that of the one deadline in its words: "… nạo vét kênh, hoàn thành trước ngày
    30/11/2024" is to be done "trước ngày 30/11/2024". Of several tasks in a block each has the words up to the next."""
    begins: dict[str, list[int]] = {}
    for task in tasks:
        begins.setdefault(task["block_id"], []).append(task.pop("begins", 0))
    due: dict[tuple[str, int], list[Data]] = {}
    for deadline in deadlines:
        if places := begins.get(deadline["block_id"]):
            place = max(bisect_right(places, deadline["span"]["start"]) - 1, 0)
            due.setdefault((deadline["block_id"], place), []).append(deadline)
    passed: Counter[str] = Counter()
    for task in tasks:
        told = due.get((task["block_id"], passed[task["block_id"]]), ())
        passed[task["block_id"]] += 1
        if task["time"] is None and len(told) == 1:
            task["time"] = _when(told[0]["text"], grammar)


def _when(clause: str, grammar: Grammar) -> str | None:
    """The words of a clause that tell its limit, or how often it asks for something."""
    times = find_times(clause, grammar)
    time = next((time for time in times if time.kind in _LIMITS), times[0] if times else None)
    if time is None:
        return None
    before = clause[max(0, time.start - _REACH) : time.start]
    limit = grammar.found("limit", before) or grammar.found("due", before)
    start = time.start - len(before) + limit.start() if limit else time.start
    return clause[start : time.end].strip(" ,")
