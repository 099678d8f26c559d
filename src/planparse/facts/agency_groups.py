"""Groups of bodies ("các sở, ban, ngành") and the words that narrow them ("… có liên quan trên địa bàn tỉnh")."""

from __future__ import annotations

import re
from typing import Any, Protocol

from planparse.facts.agency_names import AND, LONGEST_NAME, OF_EACH, Mention, Text
from planparse.grammar.grammar import Body, Grammar
from planparse.grammar.patterns import said

_GROUP_SEPARATOR = re.compile(rf", ?| {AND} |/ ?| ")
#: The words that narrow a group ("được cấp giấy phép khai thác cát trên sông") are no more than this.
_MOST_CLAUSE_WORDS = 14
_PLACE_SEPARATOR = re.compile(rf"(?:,| {AND}|, {AND}) (?=\w)")
_CLAUSE_WORD = re.compile(r" (?!- )[^\s,;:.()]+")


class Names(Protocol):
    """What a group needs to know of the names that may stand in or after it."""

    def begins_duty(self, text: Text, at: int) -> bool:
        """Whether the words here are those of a duty."""

    def head(self, text: Text, at: int) -> Any:
        """The first words of a body's name, or None."""

    def known(self, text: Text, at: int) -> tuple[int, Body | None]:
        """The end of a name of the lexicon, and its body."""

    def extended(self, text: Text, at: int) -> int:
        """The end of the place names that belong to a name."""

    def item(self, text: Text, at: int, *, inside: bool) -> list[Mention]:
        """The body whose name stands here, or none."""


class Groups:
    """The reader of groups; `names` reads the names in them."""

    def __init__(self, grammar: Grammar, names: Names) -> None:
        self._names = names
        self._collectives = grammar.phrase("body_group")
        self._area_lists = grammar.pattern("body_areas")
        self._owners = grammar.pattern("body_owner")
        self._clauses = grammar.pattern("body_clause")
        self._qualifiers = grammar.pattern("body_qualifier")

    def end(self, text: Text, at: int, *, inside: bool) -> int:
        """The end of a group ("các sở, ban, ngành liên quan") that stands here, or the place itself. One bare word
        ("địa phương") is a group only inside a list."""
        for pattern in self._collectives:
            if found := pattern.match(text.low[at : at + LONGEST_NAME]):
                groups = found.groupdict()
                council = groups.get("council")
                bare = not (groups["all"] or groups["more"] or council)
                last = at + found.end()
                named = text.printed[last : last + 1] == " " and text.printed[last + 1 : last + 2].isupper()
                if bare and (named or self._names.head(text, at) or not (inside or self._owned(text, last) > last)):
                    continue
                if named and groups["more"] and not council:
                    last = self._before_name(text, at, last)
                end = self.qualified(text, last)
                return self._enumerated(text, at, self._names.extended(text, end)) if council else end
        return at

    def _enumerated(self, text: Text, at: int, end: int) -> int:
        """The end of the places that a group names one by one: "UBND các xã|: Hòn Mơ, Sông Ba và Núi Tư", "UBND các
        huyện Hòn Mơ|, Sông Ba"; or the place."""
        if OF_EACH not in text.low[at:end]:
            return end
        colon = text.low.startswith(": ", end)
        if not colon and text.printed[at:end].split(" ")[-1].islower():
            return end  # "UBND các huyện, Sở Y tế": no place is named
        last = self._names.extended(text, end + 1) if colon else end
        if colon and last == end + 1:
            return end
        while separator := _PLACE_SEPARATOR.match(text.low, last):
            following = self._names.extended(text, separator.end() - 1)
            if following == separator.end() - 1:
                break
            last = following
        return last

    def _before_name(self, text: Text, at: int, end: int) -> int:
        """The end of a group whose last word begins a name: "các sở, ngành | và Sở Y tế"."""
        last = list(_GROUP_SEPARATOR.finditer(text.low, at, end))[-1]
        if self._names.known(text, last.end())[0] > end or self._names.head(text, last.end()):
            return last.start()
        return end

    def qualified(self, text: Text, at: int) -> int:
        """The end of the words that narrow a group: "… có liên quan trên địa bàn tỉnh", "… trực thuộc Sở Y tế"."""
        while text.low.startswith(" ", at):
            if (owned := self._owned(text, at)) > at:
                return owned
            if not (found := self._qualifiers.match(text.low[at : at + 60])):
                return self._clause(text, at)
            at = self.areas(text, at + found.end())
        return at

    def _owned(self, text: Text, at: int) -> int:
        """The end of the name of a body that narrows a group ("các đơn vị | thuộc, trực thuộc Bộ Y tế"), or the place."""
        if not (found := self._owners.match(text.low[at : at + 40])):
            return at
        start: int = at + found.end()
        if not text.printed[start : start + 1].isupper():
            return at
        if names := self._names.item(text, start, inside=False):
            return names[0].end
        # "trực thuộc Bộ", "trực thuộc Sở": the one that the document is about.
        bare = self.end(text, start, inside=True)
        return bare if bare > start and " " not in text.low[start:bare] else at

    def _clause(self, text: Text, at: int) -> int:
        """The end of a clause that narrows a group, or the place: it goes on to a mark of punctuation, "và" or the verb
        of the duty ("các doanh nghiệp | sử dụng lao động trên địa bàn | tổ chức tập huấn")."""
        if not (found := self._clauses.match(text.low, at)):
            return at
        end = self._words(text, found.end())
        if said(found, "acts") and not (text.low.startswith(" ", end) and self._names.begins_duty(text, end + 1)):
            return at  # "Các hợp tác xã | cung ứng giống lúa cho xã viên": their duty, as none follows
        return self._fields(text, end) if said(found, "field") else end

    def _fields(self, text: Text, at: int) -> int:
        """The end of the further fields that a group looks after ("… về an ninh|, an toàn thực phẩm"), or the place: words
        in small letters after a comma that are no duty, no body, and end at a mark, "và" or the verb of the duty."""
        end = at
        while text.low.startswith(", ", end) and text.printed[end + 2 : end + 3].islower():
            start = end + 1
            if self._names.begins_duty(text, start + 1) or self._names.item(text, start + 1, inside=True):
                break
            end = self._words(text, start)
        return end

    def _words(self, text: Text, at: int) -> int:
        """The end of the words of a clause from a place on: a mark, "và" or the verb of the duty."""
        for _ in range(_MOST_CLAUSE_WORDS):
            word = _CLAUSE_WORD.match(text.low, at)
            if not word or word[0] == f" {AND}" or self._names.begins_duty(text, at + 1):
                break
            at = word.end()
        return at

    def areas(self, text: Text, at: int) -> int:
        """The end of a list of place words whose first ends here: "Công an huyện|, thị xã, thành phố", or the place."""
        if text.printed[at : at + 1] not in (",", "/", " "):
            return at
        first = text.low.rfind(" ", 0, at) + 1
        if found := self._area_lists.match(text.printed[first : first + 80]):
            at = first + found.end()
        return at
