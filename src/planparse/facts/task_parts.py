"""Who leads and who supports, where one cell or one label says both: "Sở A chủ trì, phối hợp với Sở B", "Chủ trì: Sở A;
phối hợp: Sở B", "Sở A (chủ trì), Sở B (phối hợp)"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from planparse.facts.agencies import Agencies
from planparse.facts.agency_names import Mention, Text, fold
from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import said
from planparse.text import holds_any

_EDGES = " \n,;:.–-+•/&"

#: A word of a part stands so near to the bodies that take it.
_NEAR = 40
#: The cells of a table repeat; so many are remembered.
_MOST_KNOWN = 5000


class Parts(NamedTuple):
    """The bodies that lead, those that support, and whether the text itself says that the first lead."""

    lead: tuple[Mention, ...]
    support: tuple[Mention, ...]
    said: bool


def together(leading: Iterable[Parts], supporting: Iterable[Parts]) -> Parts:
    """The bodies of some cells or labels of those that lead and of some of those that support; who is said to lead among
    those that support does not lead the whole."""
    leading = tuple(leading)
    support = [mention for parts in leading for mention in parts.support]
    support += [mention for parts in supporting for mention in (*parts.lead, *parts.support)]
    lead = tuple(mention for parts in leading for mention in parts.lead)
    return Parts(lead, tuple(support), any(parts.said for parts in leading))


class PartReader:
    """The reader of such texts; holds the grammar's words."""

    def __init__(self, grammar: Grammar, agencies: Agencies) -> None:
        self._agencies = agencies
        self._known: dict[str, Parts] = {}
        self._signs = grammar.signs("task_part")
        self._words = grammar.pattern("task_part")
        self._times = grammar.columns_by_kind["time"].cell

    def read(self, text: str) -> Parts:
        """The bodies that a text names, which holds nothing but a list of them and of what each does. Without a word of
        that they lead."""
        if text not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> Parts:
        """As `read`."""
        folded = fold(text)
        if not holds_any(folded.low, self._signs):
            names = self._names(folded, 0, len(folded.low))
            # "các đơn vị thực hiện thủ tục hành chính" are told by what they do; "Sở Y tế thực hiện" is Sở Y tế
            by_work = not names or names[-1].general
            return Parts(self._split(text) if by_work else names, (), False)
        lead: list[Mention] = []
        support: list[Mention] = []
        for names, supports in self._runs(folded):
            (support if supports else lead).extend(names)
        led = any(said(found, "lead") or said(found, "leads") for found in self._words.finditer(folded.low))
        return Parts(tuple(lead), tuple(support), led and bool(lead))

    def follows(self, text: Text, at: int) -> bool:
        """Whether a word of the part that bodies take follows them at a place: "Sở Y tế | chủ trì"."""
        found = self._words.search(text.low, at, at + _NEAR)
        return found is not None and not text.low[at : found.start()].strip(" ,(")

    def _runs(self, text: Text) -> Iterator[tuple[tuple[Mention, ...], bool]]:
        """The names between the words of a part, each run with whether they support."""
        at, supports, led = 0, False, False
        for found in self._words.finditer(text.low):
            if said(found, "with") and not self._agencies.could_begin(text, found.end()):
                continue
            if said(found, "lead") or said(found, "support"):  # "Sở Y tế | chủ trì"
                yield from self._before(text, at, found, supports, led=led)
                led = led or said(found, "lead") is not None
                supports = True
            else:
                yield self._names(text, at, found.start()), supports
                supports = not said(found, "leads")  # "chủ trì: | Sở Y tế"
                led = led or not supports
            at = found.end()
        yield self._names(text, at, len(text.low)), supports

    def _before(
        self, text: Text, at: int, found: Any, supports: bool, *, led: bool
    ) -> Iterator[tuple[tuple[Mention, ...], bool]]:
        """The names before a word that says their part. Where none was said to lead, those of the last item support ("Sở
        Y tế; các sở phối hợp", "Sở Y tế, các sở (phối hợp)"); names without a mark between do it together."""
        if said(found, "lead"):
            yield self._names(text, at, found.start()), False
            return
        cut = text.low.rfind(";", at, found.start()) + 1
        if led:
            yield self._names(text, at, found.start()), True
        elif cut:
            yield self._names(text, at, cut), supports
            yield self._names(text, cut, found.start()), True
        else:
            names = self._names(text, at, found.start())
            last = len(names) - 1 if found[0].startswith("(") and len(names) > 1 else len(names)
            yield names[:last], supports
            yield names[last:], True

    def _names(self, text: Text, start: int, end: int) -> tuple[Mention, ...]:
        """The names in a range; a duty ends them up to the next item ("các sở | lập hồ sơ; | các xã")."""
        source = _untorn(text.source[start:end]).strip(_EDGES)
        folded = fold(source)
        found: list[Mention] = []
        at = 0
        while at < len(source):
            names, stop = self._agencies.read(folded, at, cell=True, joined=True)
            if not names or not self._agencies.begins_duty(folded, stop):
                return (*found, *self._split(source[at:]))
            found += names
            rest = source.find(";", stop)
            at = len(source) - len(source[rest:].lstrip(_EDGES)) if rest >= 0 else len(source)
        return tuple(found)

    def _split(self, text: str) -> tuple[Mention, ...]:
        """The names of a list but for what says when: "Sở Y tế; | định kỳ hằng quý"."""
        names = self._agencies.split(text)
        return tuple(name for name in names if name.kind or not self._times.match(fold(name.name).low))


def _untorn(text: str) -> str:
    """A text without the brackets that a word of a part tore apart: "(Sở Y tế | chủ trì)"."""
    opened, closed = text.count("("), text.count(")")
    if opened > closed:
        return text.replace("(", " ", opened - closed)
    return text[::-1].replace(")", " ", closed - opened)[::-1]
