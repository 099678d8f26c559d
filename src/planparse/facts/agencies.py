"""Bodies that act: their names found at a place of a text, and lists of them split without breaking a name.

"Sở Văn hóa, Thể thao và Du lịch và các sở, ban, ngành; UBND các huyện, thị xã, thành phố" is three bodies. A name is
known from the lexicon, told by the words of a group ("các sở, ban, ngành"), or read after a first word that only bodies
have ("Trung tâm …"). Longer readings win, so a comma or "và" inside a name never splits it.
"""

from __future__ import annotations

import re
from typing import Any

from planparse.facts.agency_groups import Groups
from planparse.facts.agency_kinds import BUSINESS, GROUP, GROUPED, OFFICE, STEERING
from planparse.facts.agency_names import AND, EACH, JOINED, LONGEST_NAME, OF_EACH, Mention, Text, fold
from planparse.grammar.grammar import Body, Grammar
from planparse.grammar.patterns import said
from planparse.late import late
from planparse.text import LOWER_CLASS, UPPER_CLASS, fold_tones, from_roman

#: An unknown name has at most so many words.
_MOST_WORDS = 16
#: Names that stand in or after a name are looked at ahead so many deep.
_MOST_AHEAD = 4
_STOPS = ".,;:)!?”\"'"
#: A list of names may be left open: "Hội Nông dân, Tỉnh đoàn... mở lớp".
_AND_SO_ON = ("...", "…")

_CUT = re.compile(rf"[;\n]|,(?= )|\.(?=\s|$)|\s[-–•](?=\s)|/ |(?<![A-ZĐ]{{2}})\s(?={AND} )|\s(?={AND} (?![A-ZĐ]{{2}}))")
_LEADING = re.compile(rf"[\s.,;/:+•*–-]*(?:\d{{1,2}}[.)]\s+)?(?:{AND} )?")
_TRAILING = " \n.,;:/-–"
_REMARK = re.compile(r" \([^()\n]{1,160}\)(?=,? \w)")
_BRACKET = re.compile(r"\s*\([^()]*\)$")
# "Cư M'gar", "Đắk R'lấp"
_CAPITAL_WORD = re.compile(r"(?: (?:[-–] )?|-)(?=[^\W\d_])[\w.]+(?:['’][^\W\d_]+)?")
_TWO_CAPITALS = late(rf"{UPPER_CLASS}{LOWER_CLASS}+ {UPPER_CLASS}{LOWER_CLASS}+(?!\w)(?P<ends>(?=[,;.]|$| {AND} ))?")
_NAME_WORD = re.compile(r"(?: - | – | |-)(?=[^\W_])([\w&.]+)")
_CLOSE_DASH = re.compile(r"(?<=[^\W\d_])(?:-| -|- |–| –|– )(?=[^\W\d_])")
#: A bracket with fewer bodies tells who of a group comes first ("các sở (Sở Y tế là đầu mối)").
_FEWEST_LISTED = 2
#: A dash in a known name stands within so many characters.
_MOST_BEFORE_DASH = 60
#: What the committee of a place is called before the place.
_COMMITTEE = "UBND"
#: Unknown words that narrow a group are no more than this.
_FEW_NARROWING = 6
_MOST_NARROWING = 16
_NARROWING = re.compile(r",? ([^\W\d_]+)(?=,? |:)")
_SECOND_PLACE = late(rf" [-–] ({UPPER_CLASS}\w+(?: {UPPER_CLASS}\w+)?)(?!\w)")
#: "NN và PTNT": one name in short.
_SHORT_JOINED = re.compile(rf"(?<=[A-ZĐ]{{2}}) {AND} [A-ZĐ]{{2}}")
#: A name has at most so many parts after a comma.
_MOST_PARTS = 3


class Agencies:
    """The reader of names; holds the grammar's words."""

    def __init__(self, grammar: Grammar, defined: dict[str, Body] | None = None) -> None:
        """`defined`: the short names that the document defines, in small letters, each with its body."""
        self._grammar = grammar
        self._bodies = grammar.bodies
        self._lengths = grammar.body_lengths
        if defined:
            self._bodies = defined | grammar.bodies
            self._lengths = grammar.body_lengths | _lengths(defined, grammar.body_lengths)
        self._titles = grammar.pattern("body_title")
        self._charges = grammar.pattern("body_charge")
        self._persons = grammar.pattern("body_person")
        self._inners = grammar.pattern("body_inner")
        self._predicates = grammar.pattern("task_predicate")
        self._plain_duties = grammar.pattern("task_plain_duty")
        self._ellipses = grammar.pattern("body_ellipsis")
        self._places = grammar.pattern("body_place")
        self._heads = grammar.pattern("body_head")
        self._compounds = grammar.pattern("body_compound")
        self._doings = grammar.pattern("body_doing")
        self._owners = grammar.pattern("body_owning")
        self._branches = grammar.pattern("body_branch")
        self._committees = grammar.pattern("body_committee")
        self._towns = grammar.pattern("body_town")
        self._parted = grammar.pattern("body_parted")
        self._strangers = grammar.pattern("body_stranger")
        self._small_heads = tuple(f"{word} " for word in grammar.listed("small_head"))
        self._nexts = grammar.pattern("body_next")
        self._lists = grammar.pattern("body_listed")
        self._functions = grammar.pattern("body_function")
        self._estates = grammar.pattern("body_estates")
        self._managers = grammar.pattern("body_manager")
        self._councils = grammar.pattern("body_council")
        self._provinces = grammar.pattern("body_of_province")
        self._belows = grammar.pattern("body_below_province")
        self._classes = grammar.pattern("body_class")
        self._openers = frozenset(grammar.listed("group_opening"))
        self._no_names = frozenset(grammar.listed("no_name"))
        self._place_words = frozenset(grammar.listed("place_short"))
        self._groups = Groups(grammar, self)
        self._depth = 0
        self._cells: dict[str, tuple[Mention, ...]] = {}

    def begins_duty(self, text: Text, at: int) -> bool:
        """Whether the words here, in small letters, are those of a duty: "chủ trì", "có trách nhiệm"."""
        word = text.printed[at : at + 3].lstrip(" ,")
        return not word[:1].isupper() and self._predicates.match(text.low, at, at + 40) is not None

    def begins_with_duty(self, low: str) -> bool:
        """Whether words in small letters begin with those of a duty, as the words after "Sở Y tế: " do."""
        return self._predicates.match(low[:40]) is not None

    def has_plain_duty(self, text: Text, at: int) -> bool:
        """Whether words that begin nothing but a duty stand here: "có trách nhiệm"."""
        return self._plain_duties.match(text.low, at) is not None

    def titled(self, text: Text, at: int) -> bool:
        """Whether the words here are an office: "Chủ tịch UBND xã", "Giám đốc Sở Y tế"."""
        return self._titles.match(text.low[at : at + 60]) is not None

    def could_begin(self, text: Text, at: int) -> bool:
        """Whether a name may begin here: a quick look at the first word."""
        low = text.low
        end = low.find(" ", at, at + 16)
        word = low[at : end if end > 0 else at + 16].rstrip(_STOPS)
        if word in self._lengths or word in self._openers:
            return True
        if self.head(text, at) is not None or self._titles.match(low[at : at + 40]) is not None:
            return True
        return self._persons.match(low, at) is not None

    def group_alone(self, text: Text, at: int) -> Mention | None:
        """The group that is all of a title from a place on, without "các": "Chủ rừng:", "Hộ gia đình"."""
        end = self._groups.end(text, at, inside=True)
        alone = end > at and not text.low[end:].strip(" :.")
        return self._mention(text, at, end, self._bodies.get(text.low[at:end]), GROUP) if alone else None

    # --- lists ------------------------------------------------------------------------------------------------
    def read(self, text: Text, at: int, *, cell: bool = False, joined: bool = False) -> tuple[list[Mention], int]:
        """The bodies of a list that begins at a place of running text, and where the list ends. The list ends at the
        first words that are no name: "Sở A, Sở B và các địa phương | tổ chức tuyên truyền". A dash parts names in a
        `cell` alone: "Bộ A - Cơ quan thường trực" is one body. In a list that is `joined` to a duty ("phối hợp với …")
        the first may be a group without "các", if it is narrowed: "cơ quan chức năng"."""
        found: list[Mention] = []
        end = at
        while True:
            names = self._same_committee(text, at, found[-1:]) or self._ellipsis(text, at)
            names = names or self.item(text, at, inside=bool(found))
            if not names and joined and not found and (group := self._groups.end(text, at, inside=True)) > at:
                narrowed = text.low.count(" ", at, group) > 1
                names = [self._mention(text, at, group, None, GROUP)] if narrowed else []
            if not names:
                return found, end
            listed, after = self._listed(text, names[-1]) if names[-1].general else ([], 0)
            if listed:
                names = [*names[:-1], *listed]
            found += names
            at = after or names[-1].end
            end = at = at + len(next((dots for dots in _AND_SO_ON if text.low.startswith(dots, at)), ""))
            alone = not names[-1].general and EACH not in names[-1].name.lower()
            if alone and not cell and (after := self._past_function(text, end)) > end:
                end = at = after
            following = self._nexts.match(text.low, at)
            if following and following[0].lstrip().startswith("("):
                end = at = following.end()
                following = self._nexts.match(text.low, at)
            if not following or (not cell and following[0].lstrip().startswith(("-", "–", "•"))):
                return found, self._past_bracket(text, end)
            at = following.end()

    def past_doing(self, text: Text, group: Mention) -> tuple[Mention, int] | None:
        """A group with the words of what it does, which narrow it before a plain duty, and where that begins: "Các đơn vị |
        quản lý chợ | có trách nhiệm …"; None where none follows."""
        return self.up_to_duty(text, group, assigning=False) if self._doings.match(text.low, group.end) else None

    def up_to_duty(self, text: Text, group: Mention, *, assigning: bool) -> tuple[Mention, int] | None:
        """A group with the unknown words that narrow it before its duty, and where its duty begins; None where none follow.
        Any words may stand before a plain duty ("… được phân công phụ trách tiêu chí | có trách nhiệm …"); where work is
        given out also before a colon, and a few before any duty ("Các doanh nghiệp | viễn thông | đảm bảo …")."""
        end = group.end
        few = assigning
        for count in range(1, _MOST_NARROWING + 1):
            if not (word := _NARROWING.match(text.printed, end)):
                return None
            end = word.end()
            few = few and count <= _FEW_NARROWING and word[0][0] == " " and word[1] not in self._no_names
            after = self._past_bracket(text, end)
            named = few and (after > end or self.begins_duty(text, end))
            if named or self._plain_duties.match(text.low, after) or (assigning and text.low.startswith(": ", end)):
                return group._replace(name=text.source[group.start : end], end=end, body=None), after
        return None

    def _past_bracket(self, text: Text, at: int) -> int:
        """The end of a bracket that stands between the last name and its duty ("Sở Y tế | (Chi cục Dân số) chủ trì"), or the
        place."""
        bracket = _REMARK.match(text.low, at)
        return bracket.end() if bracket and self.begins_duty(text, bracket.end()) else at

    def _past_function(self, text: Text, at: int) -> int:
        """The end of the part that a body has, which stands behind its name, before its duty or the next name ("Sở Y tế |
        - cơ quan thường trực Ban Chỉ đạo | tham mưu …"), or the place."""
        function = self._functions.match(text.low, at)
        if not function:
            return at
        end: int = function.end()
        if text.low.startswith(" ", end) and (whose := self.item(text, end + 1, inside=False)):
            end = whose[0].end
        ends = text.low.startswith(":", end) or self.begins_duty(text, end) or self._nexts.match(text.low, end)
        return end if ends else at

    def _listed(self, text: Text, group: Mention) -> tuple[list[Mention], int]:
        """The bodies that a bracket after a group names one by one, and where the bracket ends: "các sở quản lý rừng
        (Sở Y tế, Sở Nội vụ)"; none where it says anything else."""
        if group.kind != GROUP or not (bracket := self._lists.match(text.low, group.end)):
            return [], 0
        first, last = bracket.span("names")
        inside = text.part(first, last)
        names, end = self.read(inside, 0)
        if any(name.general for name in names) or inside.low[end:].strip(" .;") or len(names) < _FEWEST_LISTED:
            return [], 0
        return [name._replace(start=name.start + first, end=name.end + first) for name in names], bracket.end()

    def split(self, cell: str) -> tuple[Mention, ...]:
        """The bodies of a text that holds nothing but a list of them: a cell, or what follows "Đơn vị thực hiện:".
        What is no known name is a name as printed, up to the next separator: "Vụ KHTC; Bà Nguyễn Thị Mơ"."""
        if cell not in self._cells:
            if len(self._cells) > 5000:
                self._cells.clear()
            self._cells[cell] = tuple(self._split(fold(cell)))
        return self._cells[cell]

    def _split(self, text: Text) -> list[Mention]:
        found: list[Mention] = []
        at = 0
        while (at := _LEADING.match(text.low, at).end()) < len(text.low):  # type: ignore[union-attr]
            names, end = self.read(text, at, cell=True)
            while text.printed[end : end + 2].strip().isupper() and (more := self.item(text, end + 1, inside=False)):
                # A line end was lost between two names: "UBND cấp tỉnh Các cơ quan liên quan".
                names += more
                end = more[-1].end
            tail = self._cut(text, end)
            if names and tail == end and names[-1].body is None and names[-1].kind != GROUP:
                tail = self._continued(text, tail)
            if names and tail == end and (branch := self._branches.match(text.low, tail)):
                tail = self._cut(text, branch.end())
            if names and not text.low[end:tail].strip(_TRAILING):
                found += names
            else:
                # Words follow the last name that belong to it: "các đơn vị ngành y tế".
                found += names[:-1]
                start = names[-1].start if names else at
                tail = self._continued(text, tail)
                start += len(text.printed[start:tail]) - len(text.printed[start:tail].lstrip(_TRAILING))
                name = _BRACKET.sub("", text.source[start:tail].strip(_TRAILING)).rstrip(_TRAILING)
                last = names[-1] if names else None
                if name:
                    found.append(Mention(name, start, start + len(name), last.body if last else None, last and last.kind))
            at = max(tail, at + 1)
        return found

    def _continued(self, text: Text, tail: int) -> int:
        """The end of a name of words unknown: words in small letters after a comma that begin no other name belong to
        it ("Tiểu ban An toàn, | an ninh mạng tỉnh")."""
        while (
            text.low.startswith(", ", tail)
            and not text.printed[tail + 2 : tail + 3].isupper()
            and not self.item(text, tail + 2, inside=True)
        ):
            tail = self._cut(text, tail + 2)
        return tail

    def _cut(self, text: Text, at: int) -> int:
        """Where the name that stands here ends at the latest; brackets and a branch are stepped over."""
        depth_end = at
        while found := _CUT.search(text.printed, depth_end):
            opened = text.low.count("(", at, found.start()) - text.low.count(")", at, found.start())
            if opened <= 0 and not self._branches.match(text.low, found.start()):
                return found.start()
            depth_end = found.end()
        return len(text.low)

    # --- one name ---------------------------------------------------------------------------------------------
    def item(self, text: Text, at: int, *, inside: bool) -> list[Mention]:
        """The body whose name stands here, as a list of one, or an empty list. What follows a name tells where it ends,
        and may be a name itself; so many names are looked at ahead."""
        if self._depth >= _MOST_AHEAD:
            return []
        self._depth += 1
        try:
            return self._named(text, at, inside=inside)
        finally:
            self._depth -= 1

    def _named(self, text: Text, at: int, *, inside: bool) -> list[Mention]:
        """As `item`."""
        if (person := self._persons.match(text.low, at)) and (offices := self._office(text, person.end(), inside=True)):
            end = offices[0].end
            while text.low.startswith(", ", end) and (more := self._office(text, end + 2, inside=True)):
                if EACH in more[0].name.lower():
                    break  # "…, Chủ tịch UBND các xã": others
                end = more[0].end  # "…, Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo": all of one person
            return [self._mention(text, at, end, offices[0].body, offices[0].kind)]
        if title := self._titles.match(text.low[at : at + 60]):
            offices = self._office(text, at, inside=inside)
            if offices or not said(title, "organ"):
                return offices
        if not (found := self._plain(text, at, inside=inside)):
            return []
        end, body, kind = found
        return [self._mention(text, at, end, body, kind)]

    def _office(self, text: Text, start: int, *, inside: bool) -> list[Mention]:
        """The office that stands here, with the body whose it is and what it is in charge of, as a list of one, or none:
        "Giám đốc | Sở Y tế", "Phó Chủ tịch | phụ trách y tế"."""
        if not (title := self._titles.match(text.low[start : start + 60])):
            return []
        end = start + title.end()
        start += len(title["address"] or "")
        if found := self._plain(text, end + (text.low[end : end + 1] == " "), inside=True):
            end, body, kind = found
            return [self._mention(text, start, self._charged(text, end), body, kind)]
        if (charged := self._charged(text, end)) > end:
            return [self._mention(text, start, charged, None, OFFICE)]
        of_a_body = said(title, "of") or said(title, "organ")
        alone = not of_a_body and (inside or text.low[end : end + 1] in ("", ",", ";", ":"))
        return [self._mention(text, start, end, None, OFFICE)] if alone else []

    def _charged(self, text: Text, at: int) -> int:
        """The end of what an officer is in charge of, which belongs to the name ("Phó Chủ tịch UBND tỉnh | phụ trách lĩnh
        vực y tế, dân số"), or the place."""
        charge = self._charges.match(text.low[at : at + 60])
        if not charge:
            return at
        end, words = self._words(text, text.low.rindex(" ", at, at + charge.end()))
        if not words:
            return at
        while text.low.startswith(", ", end) and self._begins_part(text, end + 2):
            end, words = self._words(text, end + 1)
        return end

    @staticmethod
    def _mention(text: Text, start: int, end: int, body: Body | None, kind: str | None) -> Mention:
        return Mention(text.source[start:end], start, end, body, kind)

    def _plain(self, text: Text, at: int, *, inside: bool) -> tuple[int, Body | None, str | None] | None:
        """The end of the name that stands here, its body and its kind."""
        known, body = self.known(text, at)
        group = at
        if body is None or body.kind in GROUPED or text.low.startswith(EACH, at) or " " not in text.low[at:known]:
            # No group is longer than a name such as "Sở Y tế".
            group = self._groups.end(text, at, inside=inside)
        if known <= group:
            if group <= at:
                return self._unknown(text, at)
            exact = self._bodies.get(text.low[at:group])
            found = exact or body
            return group, exact, found.kind if found else GROUP
        assert body is not None
        named = self.extended(text, known)
        printed = text.printed
        if self._managers.match(body.name) and (named := self._paired(text, self._estate(text, named))) > known:
            # "Ban Quản lý Khu kinh tế Hòn Mơ": the proper name of what it manages tells it from others; "các khu …" are
            # all of a province.
            if OF_EACH not in text.low[at:known] and not self._placed(text, known):
                return named, None, body.kind
        if printed.startswith(", ", named) and self._parted.match(printed[at : at + 40]):
            parts = self._parts(text, at, named)
            if parts > named:
                return parts, None, body.kind
        if body.kind == STEERING and (longer := self._unknown(text, at)):
            # "Ban Chỉ đạo | An toàn thông tin tỉnh": what it is for belongs to its name.
            named = max(named, longer[0])
        if named == known and (body.kind in (GROUP, BUSINESS) or OF_EACH in text.low[at:known]):
            named = self._groups.qualified(text, known)
        if named > known and (self._classes.match(body.name) or printed[known - 1] == "."):
            # "UBND huyện Hòa An" is one of them, not all; "UBND TP. Hòa An" is not that of the province.
            return named, None, body.kind
        if named > known and self._belows.match(text.low[known:named]) and self._provinces.match(body.name):
            # "Hội Nông dân | xã" is not that of the province.
            return named, None, body.kind
        return named, body, body.kind

    def _placed(self, text: Text, at: int) -> bool:
        """Whether nothing but a place of the usual kind follows a name ("… | tỉnh Sông Mơ")."""
        return self._places.match(text.printed, at, at + 40) is not None

    def _estate(self, text: Text, at: int) -> int:
        """The end of the further estates that one body manages ("Ban Quản lý Khu kinh tế Hòn Mơ | và các Khu công
        nghiệp Sông Mơ"), or the place."""
        while found := self._estates.match(text.low[at : at + 60]):
            at = self.extended(text, at + found.end())
        return at

    def known(self, text: Text, at: int) -> tuple[int, Body | None]:
        """The end of the longest name of the lexicon that stands here, and its body; or the place itself."""
        line = text.low[at : at + LONGEST_NAME]
        if "\n" in line:
            line = line.split("\n", 1)[0]
        words = line.split(" ", 2)
        alone = self._lengths.get(words[0]) or self._lengths.get(words[0].rstrip(_STOPS).split("/", 1)[0])
        if alone is None:
            return at, None
        lengths = alone
        if len(words) > 1:
            pair = f"{words[0]} {words[1]}"
            lengths = (self._lengths.get(pair) or self._lengths.get(pair.rstrip(_STOPS).split("/", 1)[0]) or ()) + alone
        words = line.split(" ", max(lengths, default=1))
        for length in lengths:
            if length > len(words):
                continue
            spelling = " ".join(words[:length])
            body = self._bodies.get(spelling)
            if body is None and (bare := spelling.rstrip(_STOPS).split("/", 1)[0]) != spelling:
                spelling, body = bare, self._bodies.get(bare)
                if text.printed[at : at + len(bare) + 1].rsplit(" ", 1)[-1] in self._place_words:
                    spelling += "."  # "UBND TP. | Hòa An"
            if body is None and "–" in spelling:
                body = self._bodies.get(spelling.replace("–", "-"))
            if body is not None:
                return at + len(spelling), body
        return self._known_dashed(line, at)

    def _known_dashed(self, line: str, at: int) -> tuple[int, Body | None]:
        """As `known` of a line that begins at a place, where a dash is set with a space too few: "Vụ Kế hoạch- Tài
        chính"."""
        dash = _CLOSE_DASH.search(line, 0, _MOST_BEFORE_DASH)
        if not dash:
            return at, None
        mended = f"{line[: dash.start()]} - {line[dash.end() :]}"
        end, body = self.known(Text(mended, mended, mended), 0)
        if end < dash.start() + 4:
            return at, None
        return at + end - 3 + len(dash[0]), body

    def extended(self, text: Text, at: int) -> int:
        """The end of the place names that belong to a name: "Công an | tỉnh Sông Mơ"."""
        if not text.printed.startswith(" ", at):
            return self._groups.areas(text, at)
        found = self._places.match(text.printed, at, at + 40)
        return self._capitals(text, self._groups.areas(text, found.end() if found else at))

    def _capitals(self, text: Text, at: int) -> int:
        """The end of the words with a capital that follow a name and begin no other name and no duty."""
        printed, start = text.printed, at
        for _ in range(6):
            found = _CAPITAL_WORD.match(printed, at)
            if found and found[0].startswith((" -", " –")) and at == start:
                break
            if not found:
                break
            word = found[0].lstrip(" -–")
            if not word[0].isupper() or (len(word) > 1 and word.isupper() and "." not in word and not from_roman(word)):
                break
            place = found.end() - len(word)
            if self._starts_other(text, place):
                break
            at = found.end() - (1 if word.endswith(".") and word not in self._place_words else 0)
        return at

    def _starts_other(self, text: Text, at: int) -> bool:
        """Whether another name or a duty ("Chủ trì", "Phối hợp") begins with the capital at this place."""
        if self._grammar.words.verbs.match(text.printed[at : at + 40]):
            return True
        if self.head(text, at) is not None and not self._is_place(text, at):
            return True
        return self.known(text, at)[0] > at

    def _is_place(self, text: Text, at: int) -> bool:
        """Whether a name of nothing but capitals stands here, as that of a place does though a body's may begin so: "huyện
        Mù Cang Chải, | Trạm Tấu, Văn Chấn"."""
        found = _TWO_CAPITALS.match(text.printed, at)
        return found is not None and (found["ends"] is not None or self.begins_duty(text, found.end()))

    def head(self, text: Text, at: int) -> Any:
        # "Giao phòng Quản lý rừng …": of all bodies this one alone is written small.
        if not text.printed[at : at + 1].isupper() and not text.printed.startswith(self._small_heads, at):
            return None
        return self._heads.match(text.printed[at : at + 40])

    def _unknown(self, text: Text, at: int) -> tuple[int, Body | None, str | None] | None:
        """A name that is in no lexicon, told by its first word: it goes on to a mark of punctuation, another name or
        the verb of its duty ("Trung tâm Điều phối vùng | chủ trì")."""
        head = self.head(text, at)
        if not head:
            return None
        end, words = self._words(text, at + head.end(), owns=self._owners.match(text.low[at : at + 20]) is not None)
        if not words:
            return None
        if council := self._councils.match(text.low[end : end + 40]):
            return self.extended(text, end + council.end()), None, head[0].lower()
        end = self._paired(text, self._groups.areas(text, end))
        return self._parts(text, at, end), None, head[0].lower()

    def _paired(self, text: Text, at: int) -> int:
        """The end of the second of two places that one body is named after ("Ban Quản lý Khu công nghiệp Việt Nam | -
        Singapore"), or the place."""
        found = _SECOND_PLACE.match(text.printed, at)
        if not found or self._starts_other(text, found.start(1)):
            return at
        end = found.end()
        return end if self._ends(text, end) else at

    def _words(self, text: Text, end: int, *, owns: bool = False) -> tuple[int, int]:
        """The end of the words of a name that go on from a place to a comma, and how many there are. A body that `owns`
        others may have their names in its own ("Công ty TNHH | Điện lực Sông Mơ")."""
        words = 0
        while words < _MOST_WORDS:
            found = _NAME_WORD.match(text.printed, end)
            if not found:
                break
            word = found[1].rstrip(".")
            place = found.start(1)
            small = word[0].islower()
            inner = small and (self._inners.match(text.low[place : place + 20]) or self._in_compound(text.low, place))
            if small and not inner and self.begins_duty(text, place):
                break
            if word == AND and not _SHORT_JOINED.match(text.printed, place - 1):
                duty = self.begins_duty(text, place + 3) and not self._inners.match(text.low[place + 3 : place + 23])
                if duty or self._other_after(text, place + 3):
                    break
            elif (word in self._no_names and not inner) if small else (words and not owns and self.head(text, place)):
                break
            end = place + len(word)
            words += 1
            if found[1] in self._place_words:
                end += 1  # "UBND TX. | Hòa An"
            elif found[1].endswith("."):
                break
        return end, words

    def _in_compound(self, low: str, at: int) -> bool:
        """Whether the word here is the last of a noun that begins with the words before it: "công | trình"."""
        first = low.rfind(" ", 0, max(at - 1, 0)) + 1
        before = low.rfind(" ", 0, max(first - 1, 0)) + 1
        return any(self._compounds.match(low[place : at + 20]) is not None for place in (first, before) if place < at)

    def _parts(self, text: Text, start: int, at: int) -> int:
        """The end of the parts that a name has after a comma ("Vụ Kế hoạch|, Tài chính và quản lý doanh nghiệp"), or
        the place. Bodies that have such names ("Cục", "Trung tâm") have one part more, or several that "và" closes;
        parts in small letters are told from a clause by what "và" closes. Of other bodies ("Sở") "và" closes all."""
        if not text.low.startswith(", ", at):
            return at
        parted = self._parted.match(text.printed[start : start + 40]) is not None
        end = at
        count = 0
        closed = False
        while count < _MOST_PARTS and not closed and text.low.startswith(", ", end) and self._begins_part(text, end + 2):
            stop, words = self._words(text, end + 1)
            if not words:
                break
            closed = JOINED in text.low[end:stop]
            end = stop
            count += 1
        if not count or (not closed and count > 1):
            return at
        if any(part[:1].islower() for part in text.printed[at:end].split(", ")[1:]):
            return end if parted and closed and self._ends(text, end) else at
        return end if parted or (closed and self._closed_large(text, at, end)) else at

    @staticmethod
    def _closed_large(text: Text, at: int, end: int) -> bool:
        """Whether a capital follows the last "và" of a range."""
        after = text.low.rfind(JOINED, at, end) + len(JOINED)
        return text.printed[after : after + 1].isupper()

    def _begins_part(self, text: Text, at: int) -> bool:
        """Whether the words after a comma may be a part of the name before it: no body, no person, no duty."""
        word = text.printed[at : at + 16].split(" ", 1)[0].rstrip(_STOPS)
        if not word[:1].isalpha() or (len(word) > 1 and word.isupper()) or word in self._no_names or word == AND:
            return False
        opening = text.low[at : at + 40]
        if self._strangers.match(opening) or (self._predicates.match(opening) and not self._inners.match(opening)):
            return False
        return not self.item(text, at, inside=True)

    def _ends(self, text: Text, at: int) -> bool:
        """Whether nothing but a mark, a bracket or a duty follows."""
        rest = text.low[at : at + 4]
        return not rest.strip() or rest[0] in ",.;:\n" or rest.startswith((" (", JOINED)) or self.begins_duty(text, at + 1)

    def _other_after(self, text: Text, at: int) -> bool:
        """Whether what follows "và" is another body; "doanh nghiệp" alone goes on with the name before it."""
        names = self.item(text, at, inside=False)
        return at >= len(text.low) or (bool(names) and not (names[0].general and not text.low.startswith(EACH, at)))

    # --- one word for several names ----------------------------------------------------------------------------
    def _ellipsis(self, text: Text, at: int) -> list[Mention]:
        """The bodies of "các Sở: Tài chính, Y tế": each is named with the word that they share ("Sở Y tế")."""
        opening = self._ellipses.match(text.low, at)
        if not opening:
            return []
        if not text.printed[opening.end() : opening.end() + 1].isupper():
            return []
        shared = _singular(opening["head"], area=said(opening, "area") is not None)
        found = self._sharing(text, opening.end(), shared)
        if len(found) == 1 and ":" not in opening[0]:
            # "các Sở Y tế", of several provinces: no word is shared.
            return [self._mention(text, at, found[0].end, found[0].body, found[0].kind)]
        return found

    def _sharing(self, text: Text, at: int, shared: str) -> list[Mention]:
        """The bodies of a list from a place on whose names lack the word that they share."""
        found: list[Mention] = []
        while True:
            if self.item(text, at, inside=True) and found:
                return found
            name, body = self._shared(text, at, shared)
            if not name:
                return found
            found.append(Mention(f"{shared} {text.source[at:name]}", at, name, body, body.kind if body else shared.lower()))
            following = self._nexts.match(text.low, name)
            if not following:
                return found
            at = following.end()

    def _same_committee(self, text: Text, at: int, before: list[Mention]) -> list[Mention]:
        """The committee of a place that stands alone after another ("UBND thành phố Hòa An, | thị xã Sông Mơ | và các huyện
        Núi Tư, Hòn Mơ"), as a list of one, or an empty list."""
        named = self._committees.match(fold_tones(before[0].name)) if before else None
        if not named or not self._towns.match(text.printed, at):
            return []
        council = named[0]
        following = text.part(at, at + LONGEST_NAME)
        joined = Text(*(f"{word} {part}" for word, part in zip((council, council.lower(), council), following, strict=True)))
        return [
            Mention(f"{council} {text.source[at:end]}", at, end, name.body, name.kind)
            for name in self.item(joined, 0, inside=True)
            if (end := at + name.end - len(council) - 1) > at
        ]

    def _shared(self, text: Text, at: int, shared: str) -> tuple[int, Body | None]:
        """The end of a name that lacks its shared first word, and its body."""
        following = text.part(at, at + LONGEST_NAME)
        joined = Text(f"{shared} {following.printed}", f"{shared.lower()} {following.low}", f"{shared} {following.source}")
        end, body = self.known(joined, 0)
        if end:
            return at + end - len(shared) - 1, body
        if not text.printed[at : at + 1].isupper() or text.low.startswith(EACH, at):
            return 0, None
        if self.begins_with_duty(text.low[at : at + 40]):
            return 0, None  # "các sở: Chủ động bố trí kinh phí"
        found = _CUT.search(text.low, at)
        stop = found.start() if found else len(text.low)
        words = text.printed[at:stop].split(" ")
        for count in range(1, len(words)):
            place = at + len(" ".join(words[:count])) + 1
            if self.begins_duty(text, place):
                return place - 1, None
        return (stop, None) if len(words) < 8 else (0, None)


def _lengths(bodies: dict[str, Body], known: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """First words of some names → the numbers of words of these and of known names, as `Grammar.body_lengths`."""
    lengths: dict[str, tuple[int, ...]] = {}
    for name in bodies:
        words = name.split(" ")
        lengths.setdefault(words[0], known.get(words[0], ()))
        opening = " ".join(words[:2])
        lengths[opening] = tuple(sorted({*lengths.get(opening, known.get(opening, ())), len(words)}, reverse=True))
    return lengths


def _singular(head: str, *, area: bool) -> str:
    """The word that the names of an ellipsis share, as each begins: "các sở" → "Sở", "UBND các huyện" → "UBND huyện"; the
    body of an `area` is its committee ("các huyện" → "UBND huyện")."""
    if area:
        return f"{_COMMITTEE} {head}"
    first, *rest = head.replace(OF_EACH, " ").split(" ")
    return " ".join([_COMMITTEE if first == _COMMITTEE.lower() else first.capitalize(), *rest])
