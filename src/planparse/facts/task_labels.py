"""Tasks by lines under an item: "- Đơn vị thực hiện: Sở A", "- Đơn vị phối hợp: Sở B", "- Thời gian: 2024"; a label may
also be the title of a list of bodies: "a) Cơ quan chủ trì" / "- Sở A" / "- Sở B"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from planparse.facts.agencies import Agencies
from planparse.facts.agency_names import Text, fold
from planparse.facts.passages import Passage, Passages
from planparse.facts.task_parts import PartReader, Parts, together
from planparse.facts.task_roles import DOES, JOINS, LEADS
from planparse.facts.times import find_times
from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import said
from planparse.late import late
from planparse.text import LOWER_CLASS, UPPER_CLASS

Data = dict[str, Any]

_PARTS = ("lead", "support", "time", "funding", "product")
#: The parts that name who acts.
_BODIES = ("lead", "support")
#: A label stands at the beginning of a line or sentence, after a comma ("…, phối hợp: Sở Y tế") or a colon ("Mở lớp: Chủ
#: trì: Sở Y tế"), in a bracket, or where a full stop was lost ("tồn lưu Chủ trì thực hiện: Sở Y tế").
_BOUNDARY = late(
    rf"(?<=[.;,:\n])\s+(?:[-–+•]\s*)?(?=\w)|(?<=\S)\s+[-–+•]\s+(?=\w)|(?<=\s\()(?=\w)"
    rf"|(?<=\w{LOWER_CLASS})\s(?={UPPER_CLASS}{LOWER_CLASS}[^:.;]{{2,40}}:)"
)
# "Sở Y tế. Báo cáo", not "TP. Huế" and "TX. Bảo Lộc".
_NEXT_SENTENCE = late(rf"(?<=\w{LOWER_CLASS})\.\s+(?={UPPER_CLASS})")
_LONGEST_LABEL = 90
#: So many characters behind a label tell whether bodies or their work follow.
_LONGEST_LIST = 400


class _Line(NamedTuple):
    """One label: the passage that it stands in, what it says, the words that it is said with, and its value."""

    at: int
    part: str
    label: str
    value: str


class _Title(NamedTuple):
    """A label that is a title: the item that it is about, the passage directly under that item, what it says (None where
    it stands over other labels: "2. Cơ quan chủ trì, phối hợp"), and its words."""

    item: int
    at: int
    part: str | None
    label: str


class Labels:
    """Collects the label lines; `assign` gives them to their items when all passages have been seen."""

    def __init__(self, grammar: Grammar, agencies: Agencies) -> None:
        self._agencies = agencies
        self._parts = PartReader(grammar, agencies)
        self._labels = grammar.pattern("task_label")
        self._inside = grammar.pattern("task_label_inside")
        self._brackets = grammar.pattern("task_label_bracket")
        self._assigns = grammar.pattern("task_assign")
        self._leads = grammar.pattern("task_lead_word")
        self._joins = grammar.pattern("task_joins")
        self._does = grammar.pattern("task_does")
        self._lines: dict[int, list[_Line]] = {}
        self._own: dict[int, list[_Line]] = {}
        self._title_labels = grammar.pattern("task_label_title")
        self._titles: dict[int, _Title] = {}

    def take(self, passage: Passage, *, has_children: bool, led: bool) -> bool:
        """Note a label line, a label that is the title of a list, or the labels at the end of an item; whether the whole
        passage is a label or belongs to one. `led`: a heading above names who acts."""
        text = passage.text
        title = self._titles.get(passage.parent)
        if title is not None and title.part is not None:
            self._lines.setdefault(title.item, []).append(_Line(title.at, title.part, title.label, text))
            return True
        if has_children and len(text) < _LONGEST_LABEL and self._is_title(passage, title):
            return True
        colon = text.find(":")
        if colon < 0:
            self._note_bracket(passage, led=led)
            return False
        if has_children and text.rstrip().endswith(":"):
            return False  # "Đơn vị chủ trì: Sở Y tế:" is a title when work stands under it
        if colon < _LONGEST_LABEL and (lines := self._read(passage.index, text, 0)):
            if title is not None:
                lines = [line._replace(at=title.at) for line in lines]
            self._lines.setdefault(passage.parent if title is None else title.item, []).extend(lines)
            return True
        if not self._note_bracket(passage, led=led) and self._inside.search(text):
            for boundary in _BOUNDARY.finditer(text):
                if (lines := self._read(passage.index, text, boundary.end())) and lines[0].part in ("lead", "support"):
                    self._own[passage.index] = lines
                    return False
        return False

    def _note_bracket(self, passage: Passage, *, led: bool) -> bool:
        """Note a bracket at the end of a text that says who leads and who supports ("Mở lớp (Sở Y tế chủ trì; các xã phối
        hợp)."), or who acts by when ("Lập sổ (các sở; các xã; trước ngày 15/7)."); whether there is one."""
        bracket = self._brackets.search(passage.text) if passage.text.rstrip(" .;").endswith(")") else None
        if not bracket:
            return False
        parts = self._parts.read(bracket["said"])
        known = bool(parts.lead) and all(body.kind for body in (*parts.lead, *parts.support))
        told = parts.said
        if not told and not self._inside.search(bracket["said"]):  # "(Đơn vị thực hiện: Sở Y tế)" has labels of its own
            told = bool(parts.support or find_times(bracket["said"])) or (";" in bracket["said"] and not led)
        if known and told:
            self._own[passage.index] = [_Line(passage.index, "lead", "", bracket["said"])]
        return known and told

    def _is_title(self, passage: Passage, over: _Title | None) -> bool:
        """Note a passage that is nothing but a label and stands over a list; `over`: the title that it stands under."""
        label = fold(passage.text.rstrip(" :.")).low
        item, at = (passage.parent, passage.index) if over is None else (over.item, over.at)
        if found := self._title_labels.match(label):
            part = next((name for name in _BODIES if said(found, name)), None)
            self._titles[passage.index] = _Title(item, at, part, label)
        return found is not None

    def _read(self, index: int, text: str, at: int) -> list[_Line]:
        """The labels from a place to the end of a text, or none where the place is not a label."""
        found = self._labels.match(fold(text[at : at + _LONGEST_LABEL]).low)
        if not found or not text[at + found.end() :].strip():
            return []
        near = fold(text[at : at + _LONGEST_LABEL + _LONGEST_LIST])
        gives = said(found, "given") is not None and self._tells_work(near, found.end())
        if gives or self._assigns.match(near.low, found.end()):
            return []  # "Phân công thực hiện: Giao các Sở: Tài chính, Nội vụ chủ trì …"
        folded = fold(text[at:])
        low = folded.low
        lines: list[_Line] = []
        starts = [(0, found)]
        for boundary in _BOUNDARY.finditer(folded.printed):
            if following := self._labels.match(low[boundary.end() : boundary.end() + _LONGEST_LABEL]):
                starts.append((boundary.end(), following))
        for (start, label), stop in zip(starts, [*(place for place, _ in starts[1:]), len(low)], strict=True):
            part = next(name for name in _PARTS if said(label, name))
            value = _own_words(text[at + start + label.end() : at + stop]).strip(" \n;-–+•(")
            lines.append(_Line(index, part, label[0].rstrip(" :"), value))
        return lines

    def _tells_work(self, text: Text, at: int) -> bool:
        """Whether a body and its work follow a label, and no list of bodies: "Phân công: Sở Y tế hướng dẫn …"."""
        names, end = self._agencies.read(text, at)
        if not names or not self._agencies.begins_duty(text, end):
            return False
        if not self._parts.follows(text, end):
            return True
        # "Phân công: Sở Y tế chủ trì, phối hợp với các xã | hướng dẫn …"
        joined = self._joins.search(text.low, end, end + _LONGEST_LABEL)
        behind = self._agencies.read(text, joined.end(), joined=True)[1] if joined else end
        return behind > end and self._agencies.begins_duty(text, behind) and not self._does.match(text.low, behind)

    def assign(self, passages: Passages) -> dict[int, Data]:
        """Index of an item → the task that its label lines make it."""
        tasks: dict[int, Data] = {}
        others = _with_those_above(passages, (*self._own, *self._lines))
        for index, lines in self._own.items():
            self._add(tasks, passages, index, lines)
        for parent, lines in self._lines.items():
            for group, items in _groups(passages, parent, lines, others):
                for item in items:
                    # The first label may stand in the text of the item: "… của tỉnh. Đơn vị chủ trì: Sở Y tế."
                    self._add(tasks, passages, item, [*self._own.get(item, ()), *group])
        return tasks

    def _add(self, tasks: dict[int, Data], passages: Passages, index: int, lines: list[_Line]) -> None:
        named = together(
            (self._bodies(line) for line in lines if line.part == "lead"),
            (self._bodies(line) for line in lines if line.part == "support"),
        )
        if not named.lead and not named.support:
            return
        label = next((line.label for line in lines if line.part == "lead"), None)
        passage = passages[index]
        tasks[index] = {
            "block_id": passage.block_id,
            "span": passage.span,
            "text": passage.text,
            "role": JOINS if label is None else LEADS if named.said or self._leads.search(label) else DOES,
            "lead": [body.data() for body in named.lead],
            "supporting": [body.data() for body in named.support],
            "time": _value(lines, "time"),
            "funding_source": _value(lines, "funding"),
            "product": _value(lines, "product"),
        }

    def _bodies(self, line: _Line) -> Parts:
        """The bodies that a line names; what the next sentence says names none: "Sở Y tế. Báo cáo hằng quý."."""
        named = next((line.value[: end.start()] for end in _NEXT_SENTENCE.finditer(line.value)), line.value)
        return self._parts.read(named)


def _own_words(text: str) -> str:
    """The words of a value up to the bracket that closes around its label: "(chủ trì: Sở Y tế). Mở lớp"."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return text[:at]
    return text


def _value(lines: list[_Line], part: str) -> str | None:
    return next((line.value.rstrip(" .,") for line in lines if line.part == part and line.value), None)


def _with_those_above(passages: Passages, indices: Iterable[int]) -> frozenset[int]:
    """Passages, and those that they stand under."""
    found: set[int] = set()
    for index in indices:
        while index >= 0 and index not in found:
            found.add(index)
            index = passages[index].parent
    return frozenset(found)


def _groups(
    passages: Passages, parent: int, lines: list[_Line], others: frozenset[int]
) -> list[tuple[list[_Line], list[int]]]:
    """The label lines of one parent, in runs that stand together, each with the items that it is about.

    Where one run names who acts, all labels are about the parent ("a) Xây dựng …" with "- Đơn vị thực hiện: …" in it,
    and "- Kinh phí: …" further down), but those behind the last of several sections about that one, if others have
    labels of their own (`others`). Where several runs do, each is about the siblings before it: the sections, or the first
    paragraph.
    """
    labelled = {line.at for line in lines}
    first = parent + 1 if parent >= 0 else 0
    siblings = [
        index
        for index in range(first, max(labelled) + 1)
        if passages[index].parent == parent and passages[index].kind in ("section", "paragraph")
    ]
    runs: list[tuple[list[_Line], list[int]]] = []
    items: list[int] = []
    after_label = False
    for index in siblings:
        if index in labelled:
            if not after_label:
                runs.append(([], items))
                items = []
            runs[-1][0].extend(line for line in lines if line.at == index)
        else:
            items.append(index)
        after_label = index in labelled
    if parent >= 0 and sum(any(line.part in _BODIES for line in run) for run, _ in runs) <= 1:
        every = [line for run, _ in runs for line in run]
        sections = [index for index in runs[0][1] if passages[index].kind == "section"]
        alone = len(sections) > 1 and sections[-1] not in others and not others.isdisjoint(sections)
        return [(every, sections[-1:] if alone else [parent])]
    chosen = []
    for group, before in runs:
        sections = [index for index in before if passages[index].kind == "section"]
        chosen.append((group, sections or before[:1]))
    return chosen
