"""Tasks in tables: the rows of a table with a column for who leads ("Cơ quan chủ trì") are tasks."""

from __future__ import annotations

from typing import Any, NamedTuple

from planparse.facts.agencies import Agencies
from planparse.facts.agency_names import Mention
from planparse.facts.passages import Passage, Passages, own_cells
from planparse.facts.task_roles import DOES, LEADS
from planparse.grammar.grammar import Grammar

Data = dict[str, Any]

#: A cell of no known body is no longer than this ("Ông Nguyễn Văn Mơ, Tổ trưởng").
_LONGEST_STRANGE = 60


class _Plan(NamedTuple):
    """The columns of a table that tasks are read from, and the verb of the column of those who lead."""

    content: tuple[int, ...]
    lead: tuple[int, ...]
    support: tuple[int, ...]
    time: tuple[int, ...]
    funding: tuple[int, ...]
    product: tuple[int, ...]
    role: str


class Rows:
    """The reader of rows; holds the columns of each table."""

    def __init__(self, grammar: Grammar, agencies: Agencies) -> None:
        self._agencies = agencies
        self._grammar = grammar
        self._plans: dict[str, _Plan | None] = {}

    def read(self, passages: Passages, passage: Passage) -> Data | None:
        """The task of a row, or None where it is none. A group that names who leads it is a task as well."""
        table, row = passage.table, passage.block
        assert table is not None
        table_id = table["id"]
        if table_id not in self._plans:
            self._plans[table_id] = _plan(table["columns"], self._grammar)
        plan = self._plans[table_id]
        if plan is None or row["kind"] == "total":
            return None
        cells = own_cells(row)
        own_lead = any(cells[column] for column in plan.lead)
        if row["kind"] == "group" and not own_lead:
            return None
        text = next((cells[column] for column in plan.content if cells[column]), "")
        if not text:
            return None
        lead, support = self._bodies(cells, plan.lead), self._bodies(cells, plan.support)
        if not lead and not support:
            lead, support = self._inherited(passages, passage, plan)
        return {
            "block_id": passage.block_id,
            "span": passage.span,
            "text": text,
            "role": plan.role if lead or support else None,
            "lead": [mention.data() for mention in lead],
            "supporting": [mention.data() for mention in support],
            "time": _cell(cells, plan.time),
            "funding_source": _cell(cells, plan.funding),
            "product": _cell(cells, plan.product),
        }

    def _inherited(self, passages: Passages, passage: Passage, plan: _Plan) -> tuple[list[Mention], list[Mention]]:
        """The bodies of the nearest row above by number that names any."""
        parent = passage.parent
        while parent >= 0 and (above := passages[parent]).table is passage.table:
            cells = own_cells(above.block)
            if lead := self._bodies(cells, plan.lead):
                return lead, self._bodies(cells, plan.support)
            parent = above.parent
        return [], []

    def _bodies(self, cells: list[str], columns: tuple[int, ...]) -> list[Mention]:
        """The bodies that some cells name; a long cell without any known word of a body slid under the wrong column."""
        found: list[Mention] = []
        for column in columns:
            mentions = self._agencies.split(cells[column]) if cells[column] else ()
            if len(cells[column]) <= _LONGEST_STRANGE or any(mention.kind for mention in mentions):
                found += mentions
        return found


def _plan(columns: list[Data], grammar: Grammar) -> _Plan | None:
    """The columns of a table, or None where it assigns no work."""

    def of(kind: str) -> tuple[int, ...]:
        return tuple(index for index, column in enumerate(columns) if column["kind"] == kind)

    lead, content = of("lead"), of("content")
    if not (lead or of("support")) or not content:
        return None
    if grammar.says("task_indicators", columns[content[0]]["name"].lower()):
        return None  # a table of indicators names who watches over them; that is no work of its own
    header = " ".join(columns[index]["name"].lower() for index in lead)
    role = LEADS if grammar.found("task_lead_word", header) else DOES
    return _Plan(content, lead, of("support"), of("time"), of("funding_source"), of("product"), role)


def _cell(cells: list[str], columns: tuple[int, ...]) -> str | None:
    return next((cells[column] for column in columns if cells[column]), None)
