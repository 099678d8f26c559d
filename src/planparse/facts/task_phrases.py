"""The sentences that give work to bodies: "Sở A chủ trì, phối hợp với Sở B …", "Giao …", "Đề nghị …"."""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.facts.agencies import Agencies, Mention, Text, fold
from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import match_any

#: A title that names a body is no longer than this.
_LONGEST_TITLE = 400
#: The body of a clause is looked for after so many commas.
_MOST_COMMAS = 14
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[^\W\d_])")
_SPACE = re.compile(r"[\s,–-]*")
#: After these words the body is not the one that acts: "đã được Sở Y tế …".
_ASSIGNED = {"giao": "giao", "phân công": "giao", "ủy quyền": "giao"}
_AUTHOR = "UBND tỉnh"
_MODIFIER = re.compile(r"\s*(?:$|[(:.;,–-]|(?:thuộc|trên|tại|quản lý|nơi|khác|ngoài|theo|của|là|có|các|và|ở)(?!\w))")
_LOOSE = re.compile(r"\s*(?:có|chịu) trách nhiệm\s*:?\s*$|[\s.:;,]*$")


class Agent(NamedTuple):
    """Who acts in what stands under a heading: leads, supporters, and the verb of the heading."""

    lead: tuple[Mention, ...]
    support: tuple[Mention, ...]
    role: str | None


class Duty(NamedTuple):
    """What a text assigns."""

    lead: tuple[Mention, ...]
    support: tuple[Mention, ...]
    role: str

    @property
    def agent(self) -> Agent:
        """Who acts in what stands under the text."""
        return Agent(self.lead, self.support, self.role)


class Phrases:
    """The reader of sentences and titles; holds the grammar's patterns."""

    def __init__(self, grammar: Grammar, agencies: Agencies) -> None:
        self._agencies = agencies
        self._predicates = grammar.phrase("task_predicate")
        self._assigns = grammar.phrase("task_assign")
        self._headings = grammar.phrase("task_heading")
        self._leads = grammar.phrase("task_leads")
        self._joins = grammar.finds("task_joins")[0]
        self._preambles = grammar.phrase("task_preamble")
        self._subjects = grammar.finds("task_subject")[0]
        self._closings = grammar.finds("task_none")

    # --- titles -----------------------------------------------------------------------------------------------
    def heading(self, title: str, role: str) -> Agent | None:
        """Who acts under a title: "Sở Y tế", "Trách nhiệm của các sở:", "Sở A chủ trì, phối hợp với các sở:"."""
        if len(title) > _LONGEST_TITLE or role in ("goals", "money", "purpose"):
            return None
        text = fold(title)
        at = 0
        verb = None
        if found := match_any(self._headings, text.low):
            at = found.end()
            verb = "nhiệm vụ chung" if found["common"] else None
        elif found := match_any(self._assigns, text.low):
            at = found.end()
            verb = _ASSIGNED.get(found["verb"], found["verb"])
        if not self._agencies.could_begin(text, at):
            return None
        mentions, end = self._agencies.read(text, at)
        if not mentions:
            return None
        rest = text.low[end:]
        if lead := match_any(self._leads, rest):
            return Agent(tuple(mentions), self._joined(text, end), lead["role"])
        if match_any(self._predicates, rest) and not _LOOSE.match(rest):
            support = self._joined(text, end)
            joins = self._joins.match(rest.lstrip(" ,"))
            return Agent(tuple(mentions), support, "phối hợp" if joins else verb) if rest.endswith(":") else None
        if _LOOSE.match(rest):
            return Agent(tuple(mentions), (), verb)
        if not _MODIFIER.match(rest) or (mentions[-1].general and not verb and not rest.startswith((" (", " -", " –"))):
            return None
        if rest.startswith((" (", " -", " –", ":")):
            return Agent(tuple(mentions), (), verb)
        listed = self._agencies.split(title[at:].rstrip(": "))
        return Agent(listed, (), verb)

    # --- sentences --------------------------------------------------------------------------------------------
    def duties(self, text: str, agent: Agent | None, *, own: bool, heading: int) -> list[Duty]:
        """What a text assigns, each duty with its bodies. `agent` is who acts under the heading above."""
        words: Text | None = None
        found: list[Duty] = []
        for start, sentence in _sentences(text, heading):
            if not self._may_assign(sentence, first=start == 0):
                continue
            words = words or fold(text)
            duty = self._sentence(words, start, start + len(sentence), first=start == 0, agent=agent)
            if duty and not (agent and start):
                found.append(duty)
            if agent:
                break
        if found:
            return _distinct(found)
        if agent is None or text.startswith(("(", "Trên đây")):
            return []
        return [self._under(words or fold(text), agent)]

    def _may_assign(self, sentence: str, *, first: bool) -> bool:
        return True

    def _sentence(self, text: Text, start: int, end: int, *, first: bool, agent: Agent | None) -> Duty | None:
        """What one sentence assigns to a body that it names."""
        low = text.low
        if any(closing.search(text.printed[start:end]) for closing in self._closings):
            return None
        if duty := self._clause(text, start, start, end):
            return duty
        if agent is not None or not match_any(self._preambles, low[start : start + 20]):
            return None
        commas = 0
        for comma in self._subjects.finditer(low[start:end]):
            commas += 1
            if commas > _MOST_COMMAS:
                break
            at = start + (comma.start() if comma[0][0] in "gđy" else comma.end())
            if duty := self._clause(text, start, at, end):
                return duty
        return None

    def _clause(self, text: Text, start: int, at: int, end: int) -> Duty | None:
        """What a clause that begins at a place assigns: "(Giao) Sở A chủ trì, phối hợp với Sở B …"."""
        verb = None
        if found := match_any(self._assigns, text.low[at : at + 40]):
            verb = found["verb"]
            at += found.end()
        if not self._agencies.could_begin(text, at):
            return None
        mentions, stop = self._agencies.read(text, at)
        if not mentions or stop > end:
            return None
        rest = text.low[stop:end]
        if len(mentions) == 1 and mentions[0].body and mentions[0].body.name == _AUTHOR and not verb:
            # The author of a provincial plan gives work and takes none: "UBND tỉnh yêu cầu các sở …".
            given = match_any(self._assigns, rest.lstrip())
            return self._clause(text, start, end - len(rest.lstrip()), end) if given else None
        if rest.startswith(":"):
            rest = rest[1:].lstrip()
            named = all(not mention.general for mention in mentions) or bool(verb) or start == at
            if not named or not rest:
                return None
        elif not match_any(self._predicates, rest):
            if verb not in ("giao", "phân công") or not rest.strip(" .;:"):
                return None
        support = self._joined(text, stop, end)
        if lead := match_any(self._leads, rest):
            role = str(lead["role"])
        elif self._joins.match(rest.lstrip(" ,")):
            role = "phối hợp"
        else:
            role = "thực hiện"
        if verb:
            role = verb if role == "thực hiện" else f"{verb} {role}"
        taken = {mention.name for mention in mentions}
        return Duty(tuple(mentions), tuple(mention for mention in support if mention.name not in taken), role)

    def _under(self, text: Text, agent: Agent) -> Duty:
        """What a text under a body's heading assigns to it: "Chủ trì, phối hợp với …", "Phối hợp …", "Xây dựng …"."""
        low = text.low
        support: tuple[Mention, ...] = ()
        if low.startswith("chủ trì"):
            role = "chủ trì"
        elif self._joins.match(low) or low.startswith("phối hợp"):
            role = "phối hợp"
        else:
            role = agent.role or "thực hiện"
        if "hối hợp" in low or " cùng " in low:
            support = self._joined(text, 0, opening=bool(agent.support))
        return Duty(agent.lead, support or agent.support, role)

    def _joined(self, text: Text, at: int, end: int | None = None, *, opening: bool = False) -> tuple[Mention, ...]:
        """The bodies of the first "phối hợp với …" from a place on; `opening` takes those alone with which a sentence
        begins ("Phối hợp với …", "Chủ trì, phối hợp với …")."""
        low = text.low
        end = len(low) if end is None else end
        for found in self._joins.finditer(low, at, end):
            if opening and not _opens(low, found.start()):
                continue
            mentions, _ = self._agencies.read(text, found.end())
            if mentions:
                return tuple(mentions)
        return ()


_OPENERS = re.compile(r"(?:^|[.;:]\s)(?:(?:định kỳ|chủ động|thường xuyên|trực tiếp|tiếp tục),? )?(?:chủ trì,? ?)?$")


def _opens(low: str, at: int) -> bool:
    """Whether the words at a place open a sentence, "chủ trì," aside."""
    return _OPENERS.search(low[max(0, at - 40) : at] if at > 40 else low[:at]) is not None


def _sentences(text: str, heading: int) -> list[tuple[int, str]]:
    """The sentences of a text, each with its place; what follows a run-in title is one of its own."""
    starts = [0]
    starts += [found.end() for found in _SENTENCE.finditer(text)]
    if 0 < heading < len(text):
        starts = sorted({*starts, heading + 1})
    return [(start, text[start:stop]) for start, stop in zip(starts, [*starts[1:], len(text)], strict=True)]


def _distinct(duties: list[Duty]) -> list[Duty]:
    """The duties whose leads no earlier one has."""
    kept: list[Duty] = []
    for duty in duties:
        names = {mention.name.lower() for mention in duty.lead}
        if not any(names & {mention.name.lower() for mention in earlier.lead} for earlier in kept):
            kept.append(duty)
    return kept
