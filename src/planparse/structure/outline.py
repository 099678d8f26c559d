"""The open sections while a document is read from top to bottom: where a mark belongs, and how well it fits there.

The rules, after the practice of Nghị định 30/2020/NĐ-CP and what plans do besides:

1. A mark of a family that is open continues its list: everything inside it is closed.
2. A decimal number belongs under the number that it repeats ("8.1" under "8").
3. A family that is not open is outer to what has a higher rank and inner to the rest; families of one rank
   (A. and I.) nest in the order in which the document opens them.
4. A paragraph that introduces a list ("… như sau:") holds the list that begins after it, whatever the rank.
"""

from __future__ import annotations

from dataclasses import dataclass

from planparse.structure.marks import Mark, Value

# How well a mark fits the open lists.
SUCCESSOR, FIRST, SKIPPED, REPEATED, STRANGE = 5, 4, 3, 2, 1

#: Deeper nesting than this cannot be read back as JSON by every reader; what lies deeper is kept at this depth.
MAX_DEPTH = 40


@dataclass(slots=True, eq=False, repr=False)
class Open:
    """An open section."""

    key: str
    rank: int
    value: Value
    introduces: bool = False
    titled: bool = False


class Outline:
    """The open sections, outermost first."""

    def __init__(self) -> None:
        self.open: list[Open] = []

    def fit(self, mark: Mark) -> int:
        """How well a mark fits: SUCCESSOR of an open list, FIRST of a new one, SKIPPED numbers, REPEATED, STRANGE."""
        if not mark.value:
            return SUCCESSOR if self._listed(mark.key) is not None else FIRST
        at = self._list_of(mark)
        if at is not None:
            return _step(self.open[at].value, mark)
        if mark.key.startswith("decimal"):
            return self._fit_decimal(mark.value)
        return FIRST if _is_first(mark) else STRANGE

    def place(self, mark: Mark) -> int:
        """How many of the open sections stay open around this mark."""
        if mark.key.startswith("decimal"):
            parent = self._number_parent(mark.value[:-1])
            if parent is not None:
                return parent + 1
        at = self._list_of(mark)
        if at is not None:
            return at
        keep = len(self.open)
        if keep and self._introduced(mark):
            return keep
        while keep and self.open[keep - 1].rank > mark.family.rank:
            keep -= 1
        return keep

    def enter(self, mark: Mark, keep: int) -> Open:
        """Open a section with this mark around which `keep` sections stay open."""
        del self.open[keep:]
        entry = Open(mark.key, mark.family.rank, mark.value)
        self.open.append(entry)
        return entry

    # --- lists --------------------------------------------------------------------------------------------
    def _listed(self, key: str) -> int | None:
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at].key == key:
                return at
        return None

    def _list_of(self, mark: Mark) -> int | None:
        """The open section that a mark follows in its list."""
        at = self._listed(mark.key)
        if at is not None or not mark.key.startswith("arabic"):
            return at
        # "1." … "2)": one list whose punctuation changed, if the number goes on.
        for at in range(len(self.open) - 1, -1, -1):
            entry = self.open[at]
            if entry.key.startswith("arabic"):
                return at if mark.value[0] > 1 and mark.value[0] == entry.value[0] + 1 else None
        return None

    def _number_parent(self, prefix: Value) -> int | None:
        for at in range(len(self.open) - 1, -1, -1):
            entry = self.open[at]
            if entry.value == prefix and (entry.key.startswith("decimal") or entry.key.startswith("arabic")):
                return at
        return None

    def _fit_decimal(self, value: Value) -> int:
        if self._number_parent(value[:-1]) is not None:
            return FIRST if value[-1] == 1 else SKIPPED
        return FIRST if value[-1] == 1 and value[0] < 20 else STRANGE

    def _introduced(self, mark: Mark) -> bool:
        top = self.open[-1]
        if top.rank <= mark.family.rank or not (top.introduces or top.titled):
            return False
        if mark.value and not _is_first(mark):
            return False
        return top.introduces if mark.value else mark.family.rank >= 9


def _is_first(mark: Mark) -> bool:
    return mark.value[-1] == 1 if mark.family.numbering != "letters" else mark.value[0] == 1


def _step(last: Value, mark: Mark) -> int:
    value = mark.value
    if mark.family.numbering == "letters":
        steps = [new - old for new, old in zip(value, last, strict=True) if new and old]
        if not steps:
            return STRANGE
        if 1 in steps:
            return SUCCESSOR
        if _is_first(mark):
            return FIRST
        step = min(steps)
        return REPEATED if step == 0 else SKIPPED if 0 < step <= 4 else STRANGE
    if value == last:
        return REPEATED
    if mark.family.numbering == "decimal":
        if value[:-1] == last[:-1]:
            step = value[-1] - last[-1]
        else:
            return FIRST if value[-1] == 1 else SKIPPED if value[-1] <= 3 else STRANGE
    elif value[0] == last[0]:
        return SUCCESSOR
    else:
        step = value[0] - last[0]
    if step == 1:
        return SUCCESSOR
    if _is_first(mark):
        return FIRST
    return SKIPPED if 1 < step <= 4 else STRANGE
