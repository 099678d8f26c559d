"""The sentences that give work to bodies: "Sở A chủ trì, phối hợp với Sở B …", "Giao …", "Đề nghị …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

from planparse.facts.agencies import Agencies
from planparse.facts.agency_kinds import COMMITTEE, GROUP, UNION
from planparse.facts.agency_names import EACH, Mention, Text, fold
from planparse.facts.task_duties import (
    Agent,
    Duty,
    distinct,
    is_each_committee,
    is_of,
    is_of_named_places,
    with_supporters,
)
from planparse.facts.task_roles import COMMON, DOES, GIVEN, JOINS, LEADS
from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import Kind, said
from planparse.text import holds_any

#: A title that names a body is no longer than this.
_LONGEST_TITLE = 400
#: The body of a clause is looked for after so many commas, its supporters after so many "phối hợp".
_MOST_COMMAS = 14
_MOST_JOINS = 8
#: A body that is set to work is named within so many characters of its duty, with so many words of manner between.
_DIRECTED = 200
_MOST_MANNER = 2
#: What opens a sentence before "phối hợp" is no longer than this.
_OPENING = 40
#: The last words of a title, few and in small letters.
_NARROWING = re.compile(r"(?P<words>(?: [^\W\d_]+){1,5})[ .:;,]*$")
_BLANK = re.compile(" ")
_CLAUSE_ENDS = re.compile(r"[;:] (?=\S)")
#: A title that runs into its text is no longer; before who leads and who supports what it names, no longer than a clause.
_LONGEST_RUN_IN = 90
_LONGEST_CLAUSE = 240
#: A heading names several bodies from so many on.
_SEVERAL = 2
_BRACKET_END = re.compile(r" \((?=[^()]{4,160}\)[ .:]*$)")
_MARK = re.compile(r"[.;:]\s")


class Phrases:
    """The reader of sentences and titles; holds the grammar's patterns."""

    def __init__(self, grammar: Grammar, agencies: Agencies) -> None:
        self._grammar = grammar
        self._agencies = agencies
        self._assigns = grammar.pattern("task_assign")
        self._given = grammar.pattern("task_given")
        self._given_signs = grammar.signs("task_given")
        self._verbs = grammar.pattern("task_verb")
        self._headings = grammar.pattern("task_heading")
        self._heading_ends = grammar.pattern("task_heading_end")
        self._heading_more = grammar.pattern("task_heading_more")
        self._leads = grammar.pattern("task_leads")
        self._leading = grammar.pattern("task_leading")
        self._supporting = grammar.pattern("task_supports")
        self._manners = grammar.pattern("task_manner")
        self._joins = grammar.pattern("task_joins")
        self._join_signs = grammar.signs("task_joins")
        self._joining = grammar.pattern("task_joining")
        self._aiming = grammar.pattern("task_aiming")
        self._aim_words = grammar.pattern("task_aim")
        self._goals = grammar.pattern("task_goal")
        self._zones = grammar.pattern("task_zone")
        self._regular = grammar.pattern("task_regular")
        self._reporting = grammar.pattern("task_reporting")
        self._links = grammar.pattern("task_link")
        self._preambles = grammar.pattern("task_preamble")
        self._subjects = grammar.pattern("task_subject")
        self._bare = grammar.pattern("task_bare")
        self._directs = grammar.pattern("task_directs")
        self._towards = grammar.pattern("task_towards")
        self._closings = grammar.pattern("task_none")
        self._provincial = grammar.pattern("body_provincial")
        self._silent = grammar.pattern("task_silent")
        self._shares = grammar.pattern("task_share")

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
            verb = COMMON if said(found, "common") else None
            about = said(found, "about") is not None
        elif found := self._assigns.match(text.low):
            at = found.end()
            verb = GIVEN if said(found, "given") else found["verb"]
        if not self._agencies.could_begin(text, at):
            alone = self._agencies.group_alone(text, at) if assigning else None
            return Agent((alone,), (), verb) if alone is not None else self._bracketed(text)
        mentions, end = self._agencies.read(text, at)
        if not mentions and assigning and (alone := self._agencies.group_alone(text, at)) is not None:
            return Agent((alone,), (), verb)
        if assigning and mentions and mentions[-1].general and (narrowed := self._narrowed(text, end)) > end:
            end = narrowed
            mentions[-1] = mentions[-1]._replace(name=text.source[mentions[-1].start : end], end=end, body=None)
        loose = all(mention.loose for mention in mentions)
        if not mentions or (about and mentions[0].general) or (loose and not verb and not assigning):
            return None
        rest = text.low[end:]
        if lead := self._leads.match(rest):
            return Agent(tuple(mentions), self._joined(text, end), lead["role"])
        if self._agencies.begins_duty(text, end) and not self._heading_ends.match(rest):
            support = self._joined(text, end)
            joins = self._joins.match(rest.lstrip(" ,"))
            return Agent(tuple(mentions), support, JOINS if joins else verb) if rest.endswith(":") else None
        if self._heading_ends.match(rest):
            return Agent(tuple(mentions), (), verb)
        if assigning and mentions[-1].general and (listed := self._all_bodies(title[at:])):
            return Agent(listed, (), verb)
        if not self._heading_more.match(rest) or not (assigning or verb or rest.startswith((" (", " -", " –"))):
            return None
        if rest.startswith((" (", " -", " –", ":")):
            return Agent(tuple(mentions), (), verb)
        listed = self._agencies.split(title[at:].rstrip(": "))
        return Agent(listed, (), verb)

    def _all_bodies(self, title: str) -> tuple[Mention, ...]:
        """The bodies of a title that is a list of groups, each of which begins like one: "Các công ty lâm nghiệp, ban
        quản lý rừng, doanh nghiệp chế biến gỗ"; none of any other."""
        listed = self._agencies.split(title.rstrip(": ."))
        bodies = (self._agencies.item(fold(mention.name), 0, inside=True) for mention in listed)
        return listed if len(listed) > 1 and all(bodies) else ()

    def _bracketed(self, text: Text) -> Agent | None:
        """Who leads what stands under a title that says so in a bracket: "5. Chi phí không chính thức (Thanh tra tỉnh chủ
        trì)"."""
        bracket = _BRACKET_END.search(text.low)
        if not bracket:
            return None
        mentions, end = self._agencies.read(text, bracket.end())
        lead = self._leads.match(text.low[end:]) if mentions else None
        return Agent(tuple(mentions), self._joined(text, end), lead["role"]) if lead else None

    def names_only(self, title: str) -> bool:
        """Whether a text is nothing but a list of bodies: "Báo tỉnh; Sở Y tế"."""
        if len(title) > _LONGEST_TITLE:
            return False
        text = fold(title)
        return self._agencies.could_begin(text, 0) and self._agencies.read(text, 0)[1] == len(text.low.rstrip(" .;:"))

    def labels_a_body(self, title: str) -> bool:
        """Whether a title names the part of a body, and then the body: "Cơ quan thường trực: Sở Y tế"."""
        found = self._headings.match(fold(title).low)
        return found is not None and found[0].rstrip().endswith(":")

    def _narrowed(self, text: Text, at: int) -> int:
        """The end of the last words of a title that narrow a group ("Các doanh nghiệp | du lịch"), or the place."""
        found = _NARROWING.match(text.printed, at)
        return at if not found or self._agencies.begins_duty(text, at) else found.end("words")

    # --- sentences --------------------------------------------------------------------------------------------
    def duties(self, text: str, agent: Agent | None, *, heading: int, told: bool, assigning: bool = False) -> list[Duty]:
        """What a text assigns, each duty with its bodies. `agent` is who acts under the heading above; of a text that
        tells aims (`told`) the first sentence alone is read."""
        words = fold(text)
        if self._silent.match(words.printed):
            agent = None  # "Trên đây là Kế hoạch …, yêu cầu các sở …" after the duties of the last body
        found: list[Duty] = []
        given = agent is None and holds_any(text, self._given_signs)
        for start, end in self._sentences(text, heading):
            if found and start == heading + 1:
                continue  # the title names who does what follows it: "Sở Y tế: Trên cơ sở …, các xã …"
            asks = agent is not None and self._asks(words, start, agent)
            lone = agent is None or asks or self._names_one_of(words, start, agent)
            later = list(self._later_clauses(words, start, end)) if lone and not told else []
            end = later[0][0] if later else end
            said_here: list[Duty] = []
            if self._may_assign(words, start, agent, given) and (
                duty := self._sentence(words, start, end, agent, assigning=assigning)
            ):
                said_here.append(duty._replace(at=start))
            found += with_supporters([*said_here, *(duty._replace(at=at) for at, duty in later)])
            if told or (agent and not asks):
                break
        if found:
            return distinct(found)
        if agent is None:
            return []
        if self._tells(words):
            return []
        apart = self._apart(words, agent, heading)
        own = words if apart is None else words.part(0, apart[0])
        return [self._under(own, agent), *([apart[1]._replace(at=apart[0])] if apart else [])]

    def _apart(self, text: Text, agent: Agent, heading: int) -> tuple[int, Duty] | None:
        """The sentence under a body's heading that sets one body apart, and what it assigns to it: "… cho các xã. | Riêng
        Công an tỉnh chủ trì …"."""
        for start, end in self._sentences(text.source, heading):
            if start <= heading + 1 or not self._sets_apart(text, start, agent):
                continue
            if duty := self._clause(text, start, end):
                return start, with_supporters([duty, *(later for _, later in self._later_clauses(text, start, end))])[0]
        return None

    def _sets_apart(self, text: Text, at: int, agent: Agent) -> bool:
        """Whether a sentence begins here that is about another body than the heading's: "Riêng Công an tỉnh …", "Giao Chi
        cục Dân số …", "Trung tâm Dịch vụ việc làm tỉnh có trách nhiệm …"."""
        if self._links.match(text.low, at) or self._names_one_of(text, at, agent):
            return True
        assigned = self._assigns.match(text.low[at : at + 40])
        if assigned:
            return said(assigned, "given") is not None
        if not self._agencies.could_begin(text, at):
            return False
        mentions, stop = self._agencies.read(text, at)
        named = bool(mentions) and not any(mention.kind == GROUP or EACH in mention.name.lower() for mention in mentions)
        if not named or not self._agencies.has_plain_duty(text, stop):
            return False
        return not any(is_of(mention, lead) for mention in mentions for lead in agent.lead)

    def _names_one_of(self, text: Text, at: int, agent: Agent) -> bool:
        """Whether one of several bodies of a heading is named here."""
        several = len(agent.lead) >= _SEVERAL or any(is_each_committee(lead) for lead in agent.lead)
        if not several or not self._agencies.could_begin(text, at):
            return False
        mentions = self._agencies.read(text, at)[0]
        if mentions and all(is_of_named_places(mention) for mention in mentions):
            return any(is_each_committee(lead) for lead in agent.lead)
        named = {mention.name.lower() for mention in mentions}
        return bool(named) and named < {mention.name.lower() for mention in agent.lead}

    def _sentences(self, text: str, heading: int) -> Iterator[tuple[int, int]]:
        """The places of the sentences of a text; the first is read with its run-in title, and again after it. "TP. Huế" is
        one name."""
        start = 0
        stop = text.find(". ")
        while True:
            while stop > 0 and (not text[stop + 2 : stop + 3].isalpha() or self._grammar.shortens_place(text, stop)):
                stop = text.find(". ", stop + 2)
            end = stop + 2 if stop > 0 else len(text)
            yield start, end
            if start == 0 and 0 < heading < end - 1:
                yield heading + 1, end
            if stop <= 0:
                return
            start = end
            stop = text.find(". ", end)

    def _tells(self, text: Text) -> bool:
        """Whether a text tells what is to be reached and nothing else, or describes an area: it gives no work."""
        low = text.low
        if self._aiming.match(low):
            return all(self._aims(text, start, end) for start, end in self._sentences(low, 0))
        return self._zones.match(low[:100]) is not None

    def _aims(self, text: Text, start: int, end: int) -> bool:
        """Whether a sentence says what figure is to be reached, and its verb is none of work ("lập", "xây dựng")."""
        if not self._goals.match(text.low[start:end]):
            return False
        opening = self._aim_words.match(text.low, start)
        return not self._agencies.begins_duty(text, opening.end() if opening else start)

    def _may_assign(self, text: Text, at: int, agent: Agent | None, given: bool) -> bool:
        """Whether a sentence may give work, told by its first words; `given`: the text may have ", giao"."""
        if self._agencies.could_begin(text, self._past_link(text.low, at)):
            return True
        opening = text.low[at : at + 40]
        assigned = self._assigns.match(opening)
        if assigned and (agent is None or self._gives(text, at + assigned.end(), assigned, agent)):
            return True
        if self._preambles.match(opening):
            return True
        return given and self._given.search(text.printed, at) is not None

    def _sentence(self, text: Text, start: int, end: int, agent: Agent | None, *, assigning: bool) -> Duty | None:
        """What one sentence assigns to a body that it names."""
        assigned = self._assigns.match(text.low[start : start + 40]) if agent is not None else None
        if agent is not None and assigned and not self._gives(text, start + assigned.end(), assigned, agent):
            return None
        duty = self._clause(text, start, end, assigning=assigning) or self._late_clause(
            text, start, end, officers=agent is not None, agent=agent
        )
        closing = self._closings.search(text.printed, start, end) if duty else None
        if closing is None:
            return duty
        # "Sở Y tế chủ trì mở lớp; các sở chịu trách nhiệm thi hành …": the last clause alone says who carries it out.
        stop = text.low.rfind("; ", start, closing.start())
        own = self._clause(text, start, stop, assigning=assigning) if stop > start else None
        return own if own and own.role == LEADS else None

    def _gives(self, text: Text, at: int, assigned: Any, agent: Agent) -> bool:
        """Whether a sentence under a heading gives work to the body at a place, and tells no work of the heading's: "Kiến
        nghị Bộ Y tế …" is the work of who is named above; a text that begins "Giao Sở Y tế …" gives it to the body named, as
        does "Đề nghị Tỉnh đoàn …" under "Mặt trận Tổ quốc và các đoàn thể"."""
        start = at - len(assigned[0])
        if said(assigned, "given") is not None:
            return agent.general or not start
        return self._asks(text, start, agent)

    def _asks(self, text: Text, at: int, agent: Agent) -> bool:
        """Whether a sentence under a heading of organisations and groups of them asks one of these: "Đề nghị Tỉnh đoàn"."""
        if agent.general or not any(mention.general for mention in agent.lead):
            return False
        assigned = self._assigns.match(text.low[at : at + 40])
        if assigned is None:
            return False
        mentions, _ = self._agencies.read(text, at + assigned.end())
        return bool(mentions) and all(mention.kind == UNION for mention in mentions)

    def _asks_of_all(self, text: Text, start: int, at: int, assigned: Any, duty: Duty) -> bool:
        """Whether a clause of a sentence that says what somebody does says what that one asks of all of a kind, or gives
        them: "Kiểm tra lái xe; yêu cầu các đơn vị vận tải khám sức khỏe", "Sở Y tế: Chỉ đạo chung; phân công thành viên …";
        not so behind "UBND tỉnh đề nghị Bộ Y tế phối hợp; …"."""
        lead = duty.lead[0]
        asks = said(assigned, "asks") is not None and lead.kind == GROUP
        own = said(assigned, "given") is not None and lead.body is None and lead.name[0].islower()
        if not asks and not (own and self._agencies.could_begin(text, start)):
            return False
        if self._preambles.match(text.low[start : start + 20]):
            return False
        words = (found.end() for found in _BLANK.finditer(text.low, max(start, at - _LONGEST_TITLE), at - 1))
        for word in [start, *words]:
            found = self._assigns.match(text.low[word : word + 40])
            if found and (said(found, "given") is None or self._agencies.could_begin(text, word + found.end())):
                return False  # "Giao Sở Tài chính …; yêu cầu các huyện …": who gives asks, too
        return True

    def _later_clauses(self, text: Text, start: int, end: int) -> Iterator[tuple[int, Duty]]:
        """What the clauses behind a first colon or behind a semicolon assign to a body that each names first, with the place
        of each: "Mở lớp: Sở Y tế chủ trì …; Sở Nội vụ phối hợp với …". A semicolon may also stand in a list of bodies: "phối
        hợp với Sở Y tế; UBND các xã | mở lớp"."""
        places = [found.end() for found in _CLAUSE_ENDS.finditer(text.low, start, end)]
        listed: list[tuple[int, int]] | None = None
        read = start
        for at, stop in pairwise([*places, end]):
            titled = text.low[at - 2] == ":"
            late = titled and self._preambles.match(text.low[at : at + 20])
            given = not titled and self._assigns.match(text.low[at : at + 40])
            if (titled and at > start + _LONGEST_CLAUSE) or not (late or given or self._agencies.could_begin(text, at)):
                continue
            listed = self._lists(text, start, end) if listed is None else listed
            if at < read or any(first < at < last for first, last in listed) or (titled and listed[0][1] > start):
                continue
            if late:
                duty = self._late_clause(text, at, end, officers=False)
            else:
                read = self._agencies.read(text, at)[1]
                duty = self._clause(text, at, stop, inside=True)
                if duty and self._closings.search(text.printed[at:stop]):
                    continue  # "…; Chủ tịch UBND các huyện chịu trách nhiệm thi hành Quyết định này"
                if duty and given and self._asks_of_all(text, start, at, given, duty):
                    continue
                if duty and all(lead.loose and lead.name[0].islower() for lead in duty.lead):
                    if not self._agencies.has_plain_duty(text, duty.lead[-1].end):
                        continue
                if duty and duty.role == DOES and not self._is_certain(text, duty, titled=titled):
                    continue
                if duty and titled and at > start + _LONGEST_RUN_IN and not (duty.support or duty.role == LEADS):
                    continue
            if duty:
                yield at, duty

    def _is_certain(self, text: Text, duty: Duty, *, titled: bool) -> bool:
        """Whether a clause in mid-sentence gives work for sure: a body of its own acts (not so "Đô thị Hòa An: Trung tâm văn
        hóa, du lịch, nghiên cứu …"), or several have a plain duty ("các chủ rừng chịu trách nhiệm …")."""
        named = any(
            lead.body or not titled for lead in duty.lead if lead.kind != GROUP and not lead.name.lower().startswith(EACH)
        )
        return named or self._agencies.has_plain_duty(text, duty.lead[-1].end)

    def _lists(self, text: Text, start: int, end: int) -> list[tuple[int, int]]:
        """The places of the lists of bodies in a sentence: the one that it begins with, and of those that work together."""
        places = [start, *(after for _, after in _places(self._joins, text.low, start, end, _MOST_JOINS))]
        return [(place, self._agencies.read(text, place, joined=True)[1]) for place in places]

    def _late_clause(self, text: Text, start: int, end: int, *, officers: bool, agent: Agent | None = None) -> Duty | None:
        """What a sentence assigns after a clause of its own: "Hằng năm, căn cứ …, các sở báo cáo …". Under the heading
        of a body, `officers` alone act before it ("Đối với nơi có cháy rừng, Chủ tịch UBND cấp xã …"), and who is named
        after a colon ("Đối với rừng trồng: Chi cục Kiểm lâm …")."""
        low = text.low
        preamble = self._preambles.match(low[start : start + 20])
        if not preamble:
            if officers:
                return None
            given = self._given.search(low, start, end)
            if not given:
                return None
            at = given.start() if self._assigns.match(low, given.start()) else given.end()  # "(do Sở Y tế thực hiện)"
            return self._clause(text, at, end, inside=True)
        regular = officers and self._regular.match(low[start : start + 20]) is not None
        for opening, after in _places(self._subjects, low, start, end, _MOST_COMMAS):
            if regular and self._reports(text, after):
                return self._clause(text, after, end, inside=True)
            if agent is not None and self._names_one_of(text, after, agent):
                return self._clause(text, after, end, inside=True)
            if officers:
                if self._towards.search(low, start, after):
                    return None
                if low[opening] != ":" and (low[opening] != "," or not self._agencies.titled(text, after)):
                    continue
            assigns = self._assigns.match(low[opening:after])
            if not assigns and said(preamble, "weak"):
                continue
            if duty := self._clause(text, opening if assigns else after, end, inside=True):
                return duty
        return None

    def _reports(self, text: Text, at: int) -> bool:
        """Whether several bodies report here, whoever acts in the heading above: "Định kỳ hằng quý, | các sở báo cáo …"."""
        if not text.low.startswith(EACH, at):
            return False
        mentions, stop = self._agencies.read(text, at)
        return bool(mentions) and mentions[0].general and self._reporting.match(text.low, stop) is not None

    def _clause(self, text: Text, at: int, end: int, *, inside: bool = False, assigning: bool = False) -> Duty | None:
        """What a clause that begins at a place assigns: "(Giao) Sở A chủ trì, phối hợp với Sở B …"; `inside` a
        sentence the first body is no bare group ("đơn vị, địa phương")."""
        verb = about = None
        at = self._past_link(text.low, at)
        if found := self._assigns.match(text.low[at : at + 40]):
            verb = found["verb"]
            at += found.end()
        elif not inside and (about := self._headings.match(text.low[at : at + 60])):
            at += about.end()
        if not self._agencies.could_begin(text, at):
            return None
        mentions, stop = self._agencies.read(text, at)
        if not mentions or stop > end:
            return None
        if inside and not verb and mentions[0].general and self._bare.match(text.low, at):
            return None
        if mentions[-1].general:
            if not self._agencies.begins_duty(text, stop):
                narrowed = self._agencies.up_to_duty(text, mentions[-1], assigning=assigning and not inside)
            else:
                narrowed = self._agencies.past_doing(text, mentions[-1])
            mentions[-1], stop = narrowed or (mentions[-1], stop)
        rest = text.low[stop:end]
        if self._is_author(mentions) and not verb:
            # The author of a plan gives work: "UBND tỉnh yêu cầu các sở …", "UBND thành phố Sông Mơ đề nghị …".
            if self._assigns.match(rest.lstrip()):
                return self._clause(text, end - len(rest.lstrip()), end)
            if mentions[0].body and self._provincial.match(mentions[0].body.name):
                return None  # and that of a provincial plan takes none
        if rest.startswith(":"):
            rest = rest[1:].lstrip()
            if mentions[-1].kind == GROUP and (duty := self._listed_behind(text, end - len(rest), end)):
                return duty
            if inside or not rest or self._shares.match(rest) or (about and not self._agencies.begins_with_duty(rest)):
                return None
        elif about:
            return None  # "Đối với các sở, việc …": it tells of them, and gives them no work
        elif not self._agencies.begins_duty(text, stop):
            # "Sở Y tế nạo vét kênh": where work is given out, any verb after a body tells its work.
            stated = assigning and not any(mention.general for mention in mentions) and stop < end
            if not (verb or stated) or not self._verbs.match(rest):
                return None
        if self._supporting.match(rest):
            return Duty(tuple(mentions), (), f"{verb} {JOINS}" if verb else JOINS, supports=not verb)
        support = self._joined(text, stop, end)
        if lead := self._leads.match(rest):
            role = str(lead["role"])
            support = support or self._named_behind(text, stop + lead.end(), end)
        elif self._joins.match(rest.lstrip(" ,")):
            role = JOINS
        else:
            role = DOES
        if verb:
            role = verb if role == DOES else f"{verb} {role}"
        taken = {mention.name for mention in mentions}
        return Duty(tuple(mentions), tuple(mention for mention in support if mention.name not in taken), role)

    def _listed_behind(self, text: Text, at: int, end: int) -> Duty | None:
        """What a clause assigns to the bodies that it lists behind a group and a colon: "Các cơ quan: | Sở Y tế, Sở Nội vụ
        căn cứ chức năng …"."""
        if not self._agencies.could_begin(text, at):
            return None
        mentions, stop = self._agencies.read(text, at)
        named = bool(mentions) and stop < end and not any(mention.general for mention in mentions)
        return self._clause(text, at, end) if named and self._agencies.begins_duty(text, stop) else None

    def _named_behind(self, text: Text, at: int, end: int) -> tuple[Mention, ...]:
        """The bodies behind "chủ trì" of which a clause says nothing but that they support: "Sở Y tế chủ trì, | các xã phối
        hợp thực hiện"."""
        if not text.low.startswith(", ", at):
            return ()
        mentions, stop = self._agencies.read(text, at + 2)
        return tuple(mentions) if mentions and self._supporting.match(text.low[stop:end]) else ()

    def _past_link(self, low: str, at: int) -> int:
        """The end of a word that links a sentence to the one before ("Riêng | Sở Y tế chủ trì …"), or the place."""
        found = self._links.match(low, at)
        return found.end() if found else at

    @staticmethod
    def _is_author(mentions: list[Mention]) -> bool:
        """Whether one People's Committee alone is named, and no group of them: the author of most plans."""
        return len(mentions) == 1 and mentions[0].kind == COMMITTEE and EACH not in mentions[0].name.lower()

    def _under(self, text: Text, agent: Agent) -> Duty:
        """What a text under a body's heading assigns to it: "Chủ trì, phối hợp với …", "Phối hợp …", "Xây dựng …"."""
        low = text.low
        support: tuple[Mention, ...] = ()
        at = 0
        if self._leads.match(low):
            role = LEADS
        elif self._joining.match(low, self._past_manner(low, 0)):
            role = JOINS
        else:
            role = agent.role or DOES
        if holds_any(low, self._join_signs):
            support, at = self._joined_at(text, 0, opening=bool(agent.support))
        if support and agent.support and not self._is_own(low, at):
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
            if (opening and self._opening(low, start) is None) or self._directed(text, at, start):
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
                if mentions and self._driven(text.low, stop, end):
                    return True
        return False

    def _driven(self, low: str, at: int, end: int) -> bool:
        """Whether nothing but words of manner and "chủ trì" stands in a range, a blank before them."""
        if not low.startswith(" ", at, end):
            return False
        at += 1
        for _ in range(_MOST_MANNER):
            leading = self._leading.match(low, at, end)
            at = leading.end() if leading else self._past_manner(low, at, end)
        return at == end

    def _past_manner(self, low: str, at: int, end: int | None = None) -> int:
        """The end of a word of manner ("thường xuyên ") that stands at a place, or the place."""
        found = self._manners.match(low, at, len(low) if end is None else end)
        return found.end() if found else at

    def _opening(self, low: str, at: int) -> tuple[str, bool] | None:
        """What stands before the words at a place that open a sentence, words of manner aside: the mark that ends the one
        before it, if any, and whether "chủ trì" stands between; None where they open none."""
        floor = max(0, at - _OPENING)
        marks = list(_MARK.finditer(low, floor, at))
        if floor and not marks:
            return None
        after = self._past_manner(low, marks[-1].end() if marks else 0, at)
        leading = self._leading.match(low, after, at)
        if (leading.end() if leading else after) != at:
            return None
        return marks[-1][0][0] if marks else "", leading is not None

    def _is_own(self, low: str, at: int) -> bool:
        """Whether the "phối hợp với …" at a place, which opens a sentence, says who works together in the whole text: it
        begins the text, "chủ trì" stands before it, or the text has no third sentence that it could leave out."""
        mark, leading = self._opening(low, at) or ("", False)
        if not mark or leading:
            return True
        return mark == "." and len(list(islice(self._sentences(low, 0), 3))) < 3


def _places(kind: Kind, low: str, at: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """The places where a kind of phrase is found, each as (start, end), in the order of the text; `most` at most."""
    for _ in range(most):
        found = kind.search(low[at:end])
        if found is None:
            return
        yield at + found.start(), at + found.end()
        at += max(found.end(), 1)
