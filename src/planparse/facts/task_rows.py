"""Tasks in tables: the rows of a table with a column for who leads ("Cơ quan chủ trì") are tasks."""

from __future__ import annotations

from typing import Any, NamedTuple

from planparse.facts.agencies import Agencies
from planparse.facts.agency_names import fold
from planparse.facts.passages import Passage, Passages, own_cells
from planparse.facts.task_parts import PartReader, Parts, together
from planparse.facts.task_roles import DOES, LEADS
from planparse.grammar.grammar import Grammar

Data = dict[str, Any]

#: A cell of no known body is no longer than this ("Ông Nguyễn Văn Mơ, Tổ trưởng").
_LONGEST_STRANGE = 60
#: What stands for the cell above ("- nt -", "Như trên") is no longer than this.
_LONGEST_SAME = 12


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
        self._parts = PartReader(grammar, agencies)
        self._grammar = grammar
        self._same = grammar.pattern("task_same")
        self._plans: dict[str, _Plan | None] = {}
        self._above: dict[tuple[str, int], str] = {}

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
        cells = self._spelt_out(table_id, own_cells(row), plan)
        own_lead = any(cells[column] for column in plan.lead)
        if row["kind"] == "group" and not own_lead:
            return None
        text = next((cells[column] for column in plan.content if cells[column]), "")
        if not text:
            return None
        named = self._bodies(cells, plan)
        if not named.lead and not named.support:
            named = self._inherited(passages, passage, plan)
        role = LEADS if named.said else plan.role
        return {
            "block_id": passage.block_id,
            "span": passage.span,
            "text": text,
            "role": role if named.lead or named.support else None,
            "lead": [mention.data() for mention in named.lead],
            "supporting": [mention.data() for mention in named.support],
            "time": _cell(cells, plan.time),
            "funding_source": _cell(cells, plan.funding),
            "product": _cell(cells, plan.product),
        }

    def _spelt_out(self, table_id: str, cells: list[str], plan: _Plan) -> list[str]:
        """The cells of a row, and in place of "nt" (như trên) under a body or a time what the nearest cell above says."""
        cells = list(cells)
        for column in (*plan.lead, *plan.support, *plan.time, *plan.funding):
            if not cells[column]:
                continue
            if len(cells[column]) <= _LONGEST_SAME and self._same.match(fold(cells[column]).low):
                cells[column] = self._above.get((table_id, column), cells[column])
            self._above[table_id, column] = cells[column]
        return cells

    def _inherited(self, passages: Passages, passage: Passage, plan: _Plan) -> Parts:
        """The bodies of the nearest row above by number that names any."""
        parent = passage.parent
        while parent >= 0 and (above := passages[parent]).table is passage.table:
            named = self._bodies(own_cells(above.block), plan)
            if named.lead:
                return named
            parent = above.parent
        return Parts((), (), False)

    def _bodies(self, cells: list[str], plan: _Plan) -> Parts:
        """The bodies that some cells name."""
        return together(
            (self._read(cells[column]) for column in plan.lead), (self._read(cells[column]) for column in plan.support)
        )

    def _read(self, cell: str) -> Parts:
        """The bodies of a cell; a long one without any known word of a body slid under the wrong column."""
        parts = self._parts.read(cell)
        if len(cell) <= _LONGEST_STRANGE or any(mention.kind for mention in (*parts.lead, *parts.support)):
            return parts
        return Parts((), (), False)


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
