"""The sentences that give work to bodies: "Sở A chủ trì, phối hợp với Sở B …", "Giao …", "Đề nghị …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from planparse.facts.agencies import Agencies
from planparse.facts.agency_names import Mention, Text, fold
from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import Pattern, match_any

#: A title that names a body is no longer than this.
_LONGEST_TITLE = 400
#: The body of a clause is looked for after so many commas, its supporters after so many "phối hợp".
_MOST_COMMAS = 14
_MOST_JOINS = 8
_SPACE = re.compile(r"[\s,–-]*")
#: After these words the body is not the one that acts: "đã được Sở Y tế …".
_ASSIGNED = {"giao": "giao", "phân công": "giao", "ủy quyền": "giao"}
#: After "Giao Sở A", "Đề nghị Sở A" any verb begins the duty, but no word that leads to another noun.
_DONE = re.compile(r",? (?!(?:về|của|tại|đối với|trong|từ|đã|và|để|cho|theo)(?!\w))[^\W\d_]")
_JOINING = re.compile(r"(?:(?:chủ động|tăng cường|thường xuyên|tích cực|tiếp tục),? )?(?:phối|hỗ trợ, phối) ")
#: How a sentence begins that tells an aim, and what stands there before its subject or verb.
_AIMING = ("phấn đấu", "đến năm", "hết năm", "đến hết năm", "đến cuối năm")
_AIM = re.compile(r"(?:phấn đấu,? )?(?:(?:đến|hết|trong) [^,;.\d]{0,20}\d{4},? ?)?(?:phấn đấu,? )?")
_BARE = re.compile(r"(?:đơn vị|cơ quan|địa phương|ngành|sở|ban|cấp)(?! chủ trì)[ ,]")
#: A body that is set to work is named within so many characters of its duty, with at most these words between.
_DIRECTED = 200
_DRIVEN = re.compile(r" (?:(?:chủ động|tích cực|tăng cường|thường xuyên|tiếp tục|chủ trì),? ){0,2}")
#: After these words an office is no subject: "…, tham mưu Giám đốc Sở, Chủ tịch UBND tỉnh chỉ đạo".
_TOWARDS = re.compile(r"(?:phối hợp|báo cáo|tham mưu|trình|đề nghị|yêu cầu|kiến nghị|đề xuất|giúp|gửi|chủ trì)(?!\w)")
#: Bodies of this kind that are no group are the authors of most plans.
_AUTHORS = "ủy ban nhân dân"
_PROVINCE = "UBND tỉnh"
_MODIFIER = re.compile(
    r"\s*(?:$|[(:.;,–-]|(?:thuộc|trên|tại|quản lý|nơi|khác|ngoài|theo|của|là|có|các|và|ở|hoạt động|tham gia|được|làm)(?!\w))"
)
_LOOSE = re.compile(r"\s*(?:có|chịu) trách nhiệm\s*:?\s*$|,? ngoài (?:các |những )?nhiệm vụ[^.:;]*[.:]?$|[\s.:;,]*$")


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
        self._assigns = grammar.pattern("task_assign")
        self._headings = grammar.pattern("task_heading")
        self._leads = grammar.pattern("task_leads")
        self._goals = grammar.pattern("task_goal")
        self._zones = grammar.pattern("task_zone")
        self._joins = grammar.phrase("task_joins")
        self._preambles = grammar.pattern("task_preamble")
        self._subjects = grammar.phrase("task_subject")
        self._directs = grammar.phrase("task_directs")
        self._closings = grammar.phrase("task_none")

    # --- titles -----------------------------------------------------------------------------------------------
    def heading(self, title: str, *, assigning: bool) -> Agent | None:
        """Who acts under a title: "Sở Y tế", "Trách nhiệm của các sở:", "Sở A chủ trì, phối hợp với các sở:". A kind
        of body ("Hợp tác xã") acts only in a section that gives out work (`assigning`)."""
        if len(title) > _LONGEST_TITLE:
            return None
        text = fold(title)
        at = 0
        verb = None
        about = False
        if found := self._headings.match(text.low):
            at = found.end()
            verb = "nhiệm vụ chung" if found["common"] else None
            about = text.low.startswith("đối với")
        elif found := self._assigns.match(text.low):
            at = found.end()
            verb = _ASSIGNED.get(found["verb"], found["verb"])
        if not self._agencies.could_begin(text, at):
            return None
        mentions, end = self._agencies.read(text, at)
        loose = all(mention.loose for mention in mentions)
        if not mentions or (about and mentions[0].general) or (loose and not verb and not assigning):
            return None
        rest = text.low[end:]
        if lead := self._leads.match(rest):
            return Agent(tuple(mentions), self._joined(text, end), lead["role"])
        if self._agencies.begins_duty(text, end) and not _LOOSE.match(rest):
            support = self._joined(text, end)
            joins = match_any(self._joins, rest.lstrip(" ,"))
            return Agent(tuple(mentions), support, "phối hợp" if joins else verb) if rest.endswith(":") else None
        if _LOOSE.match(rest):
            return Agent(tuple(mentions), (), verb)
        if not _MODIFIER.match(rest) or not (assigning or verb or rest.startswith((" (", " -", " –"))):
            return None
        if rest.startswith((" (", " -", " –", ":")):
            return Agent(tuple(mentions), (), verb)
        listed = self._agencies.split(title[at:].rstrip(": "))
        return Agent(listed, (), verb)

    # --- sentences --------------------------------------------------------------------------------------------
    def duties(self, text: str, agent: Agent | None, *, heading: int, told: bool) -> list[Duty]:
        """What a text assigns, each duty with its bodies. `agent` is who acts under the heading above; of a text that
        tells aims (`told`) the first sentence alone is read."""
        words = fold(text)
        found: list[Duty] = []
        given = -1 if agent else text.rfind(", giao ")
        for start, end in _sentences(text, heading):
            if self._may_assign(words, start, agent, given) and (duty := self._sentence(words, start, end, agent)):
                found.append(duty)
            if agent or told:
                break
        if found:
            return _distinct(found)
        if agent is None or text.startswith(("(", "Trên đây")):
            return []
        return [] if self._tells(words) else [self._under(words, agent)]

    def _tells(self, text: Text) -> bool:
        """Whether a text tells what is to be reached and nothing else, or describes an area: it gives no work."""
        low = text.low
        if low.startswith(_AIMING):
            return all(self._aims(text, start, end) for start, end in _sentences(low, 0))
        return self._zones.match(low[:100]) is not None

    def _aims(self, text: Text, start: int, end: int) -> bool:
        """Whether a sentence says what figure is to be reached, and its verb is none of work ("lập", "xây dựng")."""
        if not self._goals.match(text.low[start:end]):
            return False
        opening = _AIM.match(text.low, start)
        return opening is not None and not self._agencies.begins_duty(text, opening.end())

    def _may_assign(self, text: Text, at: int, agent: Agent | None, given: int) -> bool:
        """Whether a sentence may give work, told by its first words; `given` is the last place of ", giao"."""
        if self._agencies.could_begin(text, at):
            return True
        opening = text.low[at : at + 40]
        return self._preambles.match(opening) is not None or (
            agent is None and (given > at or self._assigns.match(opening) is not None)
        )

    def _sentence(self, text: Text, start: int, end: int, agent: Agent | None) -> Duty | None:
        """What one sentence assigns to a body that it names."""
        if agent is not None and self._assigns.match(text.low[start : start + 40]):
            # "Kiến nghị Bộ Y tế …" under a heading is the work of the body in the heading.
            return None
        duty = self._clause(text, start, end) or self._late_clause(text, start, end, officers=agent is not None)
        if duty and any(closing.search(text.printed[start:end]) for closing in self._closings):
            return None
        return duty

    def _late_clause(self, text: Text, start: int, end: int, *, officers: bool) -> Duty | None:
        """What a sentence assigns after a clause of its own: "Hằng năm, căn cứ …, các sở báo cáo …". Under the heading
        of a body, `officers` alone act before it: "Đối với nơi có cháy rừng, Chủ tịch UBND cấp xã …"."""
        low = text.low
        if not self._preambles.match(low[start : start + 20]):
            if officers:
                return None
            given = low.find(", giao ", start, end)
            return self._clause(text, given + 2, end, inside=True) if given > 0 else None
        for opening, after in _places(self._subjects, low, start, end, _MOST_COMMAS):
            if officers:
                if _TOWARDS.search(low, start, after):
                    return None
                if low[opening] != "," or not self._agencies.titled(text, after):
                    continue
            if duty := self._clause(text, opening if low[opening] in "gđy" else after, end, inside=True):
                return duty
        return None

    def _clause(self, text: Text, at: int, end: int, *, inside: bool = False) -> Duty | None:
        """What a clause that begins at a place assigns: "(Giao) Sở A chủ trì, phối hợp với Sở B …"; `inside` a
        sentence the first body is no bare group ("đơn vị, địa phương")."""
        verb = about = None
        if found := self._assigns.match(text.low[at : at + 40]):
            verb = found["verb"]
            at += found.end()
        elif not inside and (about := self._headings.match(text.low[at : at + 60])):
            at += about.end()
        if not self._agencies.could_begin(text, at):
            return None
        mentions, stop = self._agencies.read(text, at)
        if not mentions or stop > end or (inside and not verb and _BARE.match(text.low, at)):
            return None
        rest = text.low[stop:end]
        if self._is_author(mentions) and not verb:
            # The author of a plan gives work: "UBND tỉnh yêu cầu các sở …", "UBND thành phố Sông Mơ đề nghị …".
            if self._assigns.match(rest.lstrip()):
                return self._clause(text, end - len(rest.lstrip()), end)
            if mentions[0].body and mentions[0].body.name == _PROVINCE:
                return None  # and that of a provincial plan takes none
        if rest.startswith(":"):
            rest = rest[1:].lstrip()
            if inside or not rest or (about and not self._agencies.begins_with_duty(rest)):
                return None
        elif about:
            return None  # "Đối với các sở, việc …": it tells of them, and gives them no work
        elif not self._agencies.begins_duty(text, stop):
            if not verb or not _DONE.match(rest):
                return None
        support = self._joined(text, stop, end)
        if lead := self._leads.match(rest):
            role = str(lead["role"])
        elif match_any(self._joins, rest.lstrip(" ,")):
            role = "phối hợp"
        else:
            role = "thực hiện"
        if verb:
            role = verb if role == "thực hiện" else f"{verb} {role}"
        taken = {mention.name for mention in mentions}
        return Duty(tuple(mentions), tuple(mention for mention in support if mention.name not in taken), role)

    @staticmethod
    def _is_author(mentions: list[Mention]) -> bool:
        """Whether one People's Committee alone is named, and no group of them."""
        return len(mentions) == 1 and mentions[0].kind == _AUTHORS and "các " not in mentions[0].name.lower()

    def _under(self, text: Text, agent: Agent) -> Duty:
        """What a text under a body's heading assigns to it: "Chủ trì, phối hợp với …", "Phối hợp …", "Xây dựng …"."""
        low = text.low
        support: tuple[Mention, ...] = ()
        at = 0
        if self._leads.match(low):
            role = "chủ trì"
        elif _JOINING.match(low):
            role = "phối hợp"
        else:
            role = agent.role or "thực hiện"
        if "hợp" in low or " cùng " in low:
            support, at = self._joined_at(text, 0, opening=bool(agent.support))
        if support and agent.support and not _is_own(low, at):
            # Bodies that one of many sentences names join those of the heading.
            named = {mention.name.lower() for mention in support}
            support = (*(mention for mention in agent.support if mention.name.lower() not in named), *support)
        return Duty(agent.lead, support or agent.support, role)

    def _joined(self, text: Text, at: int, end: int | None = None, *, opening: bool = False) -> tuple[Mention, ...]:
        """The bodies of the first "phối hợp với …" from a place on; `opening` takes those alone with which a sentence
        begins ("Phối hợp với …", "Chủ trì, phối hợp với …")."""
        return self._joined_at(text, at, end, opening=opening)[0]

    def _joined_at(
        self, text: Text, at: int, end: int | None = None, *, opening: bool = False
    ) -> tuple[tuple[Mention, ...], int]:
        """As `_joined`, with the place of "phối hợp"."""
        low = text.low
        end = len(low) if end is None else end
        for start, after in _places(self._joins, low, at, end, _MOST_JOINS):
            if (opening and not _opens(low, start)) or self._directed(text, at, start):
                continue
            mentions, _ = self._agencies.read(text, after, joined=True)
            if mentions:
                return tuple(mentions), start
        return (), at

    def _directed(self, text: Text, at: int, end: int) -> bool:
        """Whether the words at `end` are the duty of a body that is set to work before them: "chỉ đạo Trung tâm Y tế |
        phối hợp với …"; after a comma they are the duty of who sets it to work."""
        for _, after in _places(self._directs, text.low, max(at, end - _DIRECTED), end, _MOST_JOINS):
            if self._agencies.could_begin(text, after):
                mentions, stop = self._agencies.read(text, after)
                if mentions and _DRIVEN.fullmatch(text.low, stop, end):
                    return True
        return False


def _places(patterns: tuple[Pattern, ...], low: str, at: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """The places where any of some patterns is found, each as (start, end), in the order of the text; `most` at most."""
    for _ in range(most):
        window = low[at:end]
        found = min(
            (match.span() for pattern in patterns if (match := pattern.search(window))), key=itemgetter(0), default=None
        )
        if found is None:
            return
        yield at + found[0], at + found[1]
        at += max(found[1], 1)


_OPENERS = re.compile(r"(?:^|[.;:]\s)(?:(?:định kỳ|chủ động|thường xuyên|trực tiếp|tiếp tục),? )?(?:chủ trì,? ?)?$")


def _opens(low: str, at: int) -> bool:
    """Whether the words at a place open a sentence, "chủ trì," aside."""
    return _OPENERS.search(low[max(0, at - 40) : at] if at > 40 else low[:at]) is not None


def _is_own(low: str, at: int) -> bool:
    """Whether the "phối hợp với …" at a place, which opens a sentence, says who works together in the whole text: it
    begins the text, "chủ trì" stands before it, or the text has no third sentence that it could leave out."""
    opener = _OPENERS.search(low, max(0, at - 40), at)
    if opener is None or not opener[0] or opener[0][0] not in ".;:" or "chủ trì" in opener[0]:
        return True
    return opener[0][0] == "." and len(list(islice(_sentences(low, 0), 3))) < 3


def _sentences(text: str, heading: int) -> Iterator[tuple[int, int]]:
    """The places of the sentences of a text; the first is read with its run-in title, and again after it."""
    start = 0
    stop = text.find(". ")
    while True:
        while stop > 0 and not text[stop + 2 : stop + 3].isalpha():
            stop = text.find(". ", stop + 2)
        end = stop + 2 if stop > 0 else len(text)
        yield start, end
        if start == 0 and 0 < heading < end - 1:
            yield heading + 1, end
        if stop <= 0:
            return
        start = end
        stop = text.find(". ", end)


def _distinct(duties: list[Duty]) -> list[Duty]:
    """The duties whose leads no earlier one has."""
    kept: list[Duty] = []
    for duty in duties:
        names = {mention.name.lower() for mention in duty.lead}
        if not any(names & {mention.name.lower() for mention in earlier.lead} for earlier in kept):
            kept.append(duty)
    return kept
