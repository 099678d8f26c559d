"""What a text assigns: who leads, who supports, and in which role; and what of several such duties of one text is left."""

from __future__ import annotations

from typing import NamedTuple

from planparse.facts.agency_kinds import COMMITTEE
from planparse.facts.agency_names import EACH, Mention


class Agent(NamedTuple):
    """Who acts in what stands under a heading: leads, supporters, and the verb of the heading."""

    lead: tuple[Mention, ...]
    support: tuple[Mention, ...]
    role: str | None

    @property
    def general(self) -> bool:
        """Whether groups alone act: "các đơn vị liên quan"."""
        return all(mention.general for mention in self.lead)


class Duty(NamedTuple):
    """What a text assigns, from the place `at` on; `supports` where it only says who supports the duty before it ("…; các xã
    phối hợp thực hiện")."""

    lead: tuple[Mention, ...]
    support: tuple[Mention, ...]
    role: str
    supports: bool = False
    at: int = 0

    @property
    def agent(self) -> Agent:
        """Who acts in what stands under the text."""
        return Agent(self.lead, self.support, self.role)


def is_each_committee(lead: Mention) -> bool:
    """Whether a body is the committees of all places of a kind: "UBND các huyện, thị xã"."""
    return lead.kind == COMMITTEE and EACH in lead.name.lower() and lead.body is not None


def is_of_named_places(mention: Mention) -> bool:
    """Whether a body is the committee of places that have a name: "UBND các huyện Văn Yên, Trấn Yên"."""
    return mention.kind == COMMITTEE and mention.body is None and mention.name.rsplit(" ", 1)[-1][0].isupper()


def is_of(mention: Mention, lead: Mention) -> bool:
    """Whether a name is that of a body that leads, in short or of its head: "Ban Chỉ đạo", "Giám đốc Sở Y tế"."""
    if mention.body is not None and mention.body == lead.body:
        return True
    return lead.name.lower().startswith(mention.name.lower()) or lead.name.lower() in mention.name.lower()


def with_supporters(duties: list[Duty]) -> list[Duty]:
    """The duties, where a clause of its own says who supports one ("Sở Y tế chủ trì; | các xã phối hợp thực hiện") with
    these."""
    kept: list[Duty] = []
    for duty in duties:
        if duty.supports and kept and not kept[-1].support:
            leads = {mention.name.lower() for mention in kept[-1].lead}
            kept[-1] = kept[-1]._replace(support=tuple(one for one in duty.lead if one.name.lower() not in leads))
        else:
            kept.append(duty)
    return kept


def distinct(duties: list[Duty]) -> list[Duty]:
    """The duties whose leads no earlier one has."""
    kept: list[Duty] = []
    for duty in duties:
        names = {mention.name.lower() for mention in duty.lead}
        if not any(names & {mention.name.lower() for mention in earlier.lead} for earlier in kept):
            kept.append(duty)
    return kept
