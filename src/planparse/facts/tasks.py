"""Tasks: every piece of work that a document assigns, and who leads and supports it.

Work is assigned in four ways: in the rows of a table (`task_rows`), by lines under an item ("Đơn vị thực hiện: …",
`task_labels`), under a heading that names a body, and in a sentence ("Giao Sở A chủ trì, phối hợp với Sở B …").
A block gives at most one task, except that each sentence of a block may give work to another body.
"""

from __future__ import annotations

from typing import Any

from planparse.facts.agencies import Agencies
from planparse.facts.agency_short import defined_bodies
from planparse.facts.passages import Passage, Passages
from planparse.facts.task_duties import Agent, Duty
from planparse.facts.task_labels import Labels
from planparse.facts.task_phrases import Phrases
from planparse.facts.task_rows import Rows
from planparse.grammar.grammar import Grammar

Data = dict[str, Any]

#: Of what stands in a section: it tells what is, not what is to be done; it tells aims, where a sentence inside a text
#: gives no work; it gives out work, so that a kind of body in a title is who acts there.
_TOLD, _AIMS, _ASSIGNING = 1, 2, 4
_ABOUT = {
    "bases": _TOLD,
    "situation": _TOLD,
    "goals": _AIMS,
    "views": _AIMS,
    "purpose": _AIMS,
    "organisation": _ASSIGNING,
}
#: After so many titles of a list that name bodies, the list gives out work.
_LIST_OF_BODIES = 2
#: Titles that begin with a body's word and are about something else ("Kinh phí …").
_NO_BODY = ("goals", "money", "purpose")
#: What announces that a list follows is no longer than this.
_LONGEST_INTRO = 20
#: And what announces the contents of something no longer than this.
_LONGEST_CONTENTS = 60
#: Shorter texts hold no work ("(Đính kèm Phụ lục)").
_SHORTEST = 12


def read_tasks(passages: Passages, grammar: Grammar) -> list[Data]:
    """The tasks of a document in its order."""
    return _Reader(passages, grammar).read()


class _Reader:
    """Goes over the passages once; `_agents` holds who acts in the children of each section."""

    def __init__(self, passages: Passages, grammar: Grammar) -> None:
        self._passages = passages
        agencies = Agencies(grammar, defined_bodies(passages, grammar))
        self._phrases = Phrases(grammar, agencies)
        self._rows = Rows(grammar, agencies)
        self._labels = Labels(grammar, agencies)
        self._strong = grammar.pattern("task_strong")
        self._intros = grammar.pattern("task_intro")
        self._contents = grammar.pattern("task_contents")
        self._to_follow = grammar.pattern("task_to_follow")
        self._agents: dict[int, Agent | None] = {}
        self._about: dict[int, int] = {}
        self._heading_bodies: dict[int, int] = {}
        self._drafts: dict[int, list[Duty]] = {}

    def read(self) -> list[Data]:
        """The tasks, numbered."""
        tasks: list[tuple[int, Data]] = []
        last_child = _last_children(self._passages)
        for passage in self._passages:
            if passage.part == "other":
                continue
            if passage.kind == "row":
                if task := self._rows.read(self._passages, passage):
                    tasks.append((passage.index, task))
            elif passage.kind == "section" or passage.kind == "paragraph":
                led = self._agents.get(passage.parent) is not None
                if not self._labels.take(passage, has_children=passage.index in last_child, led=led):
                    self._take(passage, last_child)
        labelled = self._labels.assign(self._passages)
        for index, task in labelled.items():
            tasks.append((index, task))
        for index, duties in self._drafts.items():
            if index not in labelled:
                passage = self._passages[index]
                tasks += [(index, _task(passage, duty)) for duty in duties]
        tasks.sort(key=lambda item: item[0])
        return [{"id": f"task-{number}", **task} for number, (_, task) in enumerate(tasks, 1)]

    def _take(self, passage: Passage, last_child: dict[int, int]) -> None:
        """Note what one section or paragraph assigns, and who acts in what stands under it."""
        parent, index = passage.parent, passage.index
        about = self._about.get(parent, 0)
        if passage.role:
            # "Mục tiêu, nhiệm vụ, giải pháp" tells aims, but "II. Nhiệm vụ, giải pháp" in it does not.
            about = (about & ~_AIMS) | _ABOUT.get(passage.role, 0)
        if about:
            self._about[index] = about
            if about & _TOLD:
                return
        agent = self._agents.get(parent)
        text = passage.text
        has_children = index in last_child
        if len(text) < _SHORTEST:
            self._agents[index] = (self._heads(passage) if has_children else None) or agent
            return
        if parent < 0 and passage.part == "appendix" and not self._strong.search(text):
            # What stands loose in an appendix is mostly the cells of a table that could not be read.
            return
        intro = self._intros.search(text[-_LONGEST_INTRO:]) is not None and (
            has_children or last_child.get(parent, index) > index
        )
        title = passage.heading == len(text) or intro or (has_children and self._phrases.names_only(text))
        # "17. UBND các xã: Hòn Mơ, Sông Ba." with dashes under it: a title for all its full stop; and so is "2. Cơ quan
        # thường trực: Sở Y tế" for all its colon.
        labels = self._phrases.labels_a_body(text)
        ends = text.endswith(".") or (text[-1] not in ";," and labels)
        # "12. UBND các xã: Trồng rừng." runs into its own work, though more stands under it.
        runs_in = passage.heading > 0 and not labels
        closed = has_children and not title and ends and not runs_in and ". " not in text
        # "Lập hồ sơ cho từng hộ, bao gồm:": what stands under it is no work.
        contents = has_children and self._contents.search(text[-_LONGEST_CONTENTS:]) is not None
        if (title or closed) and not (contents and len(text) > _LONGEST_CONTENTS) and (named := self._heads(passage)):
            self._set(passage, named)
            return
        duties = self._phrases.duties(
            text, agent, heading=passage.heading, told=bool(about & _AIMS), assigning=bool(about & _ASSIGNING)
        )
        if contents and duties:
            self._agents[index] = None
            self._drafts[index] = duties
            return
        if intro or (title and has_children):
            # Who acts in an introduction acts in what it introduces.
            led = duties[0].agent if duties else agent
            if duties and self._to_follow.search(duties[0].lead[-1].name):
                led = None  # "Các đơn vị sau đây chịu trách nhiệm:": those that the list names
            self._set(passage, led)
            return
        self._agents[index] = duties[0].agent if duties else agent
        if duties:
            self._drafts[index] = duties

    def _set(self, passage: Passage, agent: Agent | None) -> None:
        """Let a body act in what stands under a passage: in its children, and for a paragraph in what follows it."""
        self._agents[passage.index] = agent
        if passage.kind == "paragraph" and passage.parent >= 0 and agent:
            self._agents[passage.parent] = agent

    def _heads(self, passage: Passage) -> Agent | None:
        """Who acts under a passage that is a title: "2. Sở Y tế"."""
        if not passage.text or passage.role in _NO_BODY:
            return None
        assigning = bool(self._about.get(passage.index, 0) & _ASSIGNING)
        before = self._heading_bodies.get(passage.parent, 0)
        agent = self._phrases.heading(passage.text, assigning=assigning or before >= _LIST_OF_BODIES)
        if agent is not None and agent.general and self._about.get(passage.index, 0) & _AIMS:
            return None  # "b) Các huyện miền núi" under "Mục tiêu": whose aims they are
        self._heading_bodies[passage.parent] = before + (agent is not None)
        return agent


def _task(passage: Passage, duty: Duty) -> Data:
    """A task; `begins` is the place of its own words in the document, which `give_times` takes away again."""
    return {
        "block_id": passage.block_id,
        "span": passage.span,
        "text": passage.text,
        "begins": passage.locate(duty.at, duty.at + 1)["start"] if duty.at else passage.span["start"],
        "role": duty.role,
        "lead": [mention.data() for mention in duty.lead],
        "supporting": [mention.data() for mention in duty.support],
        "time": None,
        "funding_source": None,
        "product": None,
    }


def _last_children(passages: Passages) -> dict[int, int]:
    """Index of a section → index of the last section or paragraph that stands directly in it."""
    last: dict[int, int] = {}
    for passage in passages:
        if passage.kind == "section" or passage.kind == "paragraph":
            last[passage.parent] = passage.index
    return last
