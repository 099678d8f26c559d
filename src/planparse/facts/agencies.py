"""Bodies that act: their names found at a place of a text, and lists of them split without breaking a name.

"Sở Văn hóa, Thể thao và Du lịch và các sở, ban, ngành; UBND các huyện, thị xã, thành phố" is three bodies. A name is
known from the lexicon, told by the words of a group ("các sở, ban, ngành"), or read after a first word that only bodies
have ("Trung tâm …"). Longer readings win, so a comma or "và" inside a name never splits it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from planparse.grammar.grammar import Body, Grammar
from planparse.grammar.patterns import Pattern, match_any
from planparse.text import fold_tones

Data = dict[str, Any]

#: Vowels that `fold_tones` may change: the rare letter first, so that a text without any is passed in one go.
_OLD_TONE = re.compile(r"[àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?<=[oOuU].)(?!\w)(?<![qQ]..)")
#: A name in the lexicon is looked for in so many characters.
_LONGEST_NAME = 160
#: An unknown name has at most so many words.
_MOST_WORDS = 16
#: Names that stand in or after a name are looked at ahead so many deep.
_MOST_AHEAD = 4
_STOPS = ".,;:)!?”\"'"

_NEXT = re.compile(
    r"\s*\([^()\n]{1,160}\)(?=\s*(?:[,;.:\n]|và |$))|"  # "Sở Y tế (cơ quan thường trực), …" is passed over
    r"(?:\s*[,;/+&]+|\s+[-–•]|\s*\n)\s*(?:[-–+•*]\s*|\d{1,2}[.)]\s+)?(?:(?:và|cùng với|cùng|với|hoặc) )?(?=\S)|"
    r"\s(?:và|cùng với|cùng|hoặc) (?=\S)"
)
_CUT = re.compile(r"[;\n]|,(?= )|\.(?=\s|$)|\s[-–•](?=\s)|/ |\s(?=và )")
_LEADING = re.compile(r"[\s.,;/:+•*–-]*(?:\d{1,2}[.)]\s+)?(?:và )?")
_TRAILING = " \n.,;:/-–"
_BRACKET = re.compile(r"\s*\([^()]*\)$")
_CAPITAL_WORD = re.compile(r"(?: (?:- )?|-)(?=[^\W\d_])[\w.]+")
_NAME_WORD = re.compile(r"(?: - | – | |-|(, ))(?=[^\W_])([\w&.]+)")
_GROUP_SEPARATOR = re.compile(r", ?| và |/ ?| ")
#: The words that narrow a group ("được cấp giấy phép khai thác cát trên sông") are no more than this.
_MOST_CLAUSE_WORDS = 14
_CLAUSE_WORD = re.compile(r" (?!- )[^\s,;:.()]+")
#: Kinds of bodies whose names a group may begin with ("UBND huyện, thị xã").
_GROUPED = frozenset(("tập thể", "doanh nghiệp", "đơn vị sự nghiệp", "hội", "ủy ban nhân dân", "hội đồng nhân dân"))
_GENERAL = frozenset(("tập thể", "doanh nghiệp", "đơn vị sự nghiệp", "hội"))


class Mention(NamedTuple):
    """A body named in a text: its name as printed, the range that it stands in, the lexicon's body or None, its kind."""

    name: str
    start: int
    end: int
    body: Body | None
    kind: str | None

    @property
    def general(self) -> bool:
        """Whether it is a group or a kind of body rather than one body ("doanh nghiệp", "các tổ chức xã hội")."""
        return self.kind is None or self.kind in _GENERAL

    @property
    def loose(self) -> bool:
        """Whether it is a kind of body and not some bodies of it ("doanh nghiệp", not "các doanh nghiệp")."""
        return self.general and self.kind != "tập thể" and not self.name.lower().startswith("các ")

    def data(self) -> Data:
        """The agency of the model."""
        body = self.body
        return {
            "name": self.name,
            "canonical": body.name if body else None,
            "kind": self.kind,
            "successor": body.successor if body else None,
        }


class Text(NamedTuple):
    """A text folded twice: tones alone, and in lower case; offsets are the same in both."""

    printed: str
    low: str


def fold(text: str) -> Text:
    """The two foldings of a text, in which names are looked for."""
    printed = fold_tones(text) if _OLD_TONE.search(text) or "Ð" in text else text
    low = printed.lower()
    if len(low) != len(printed):
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in printed)
    return Text(printed, low)


def beginning(patterns: tuple[Pattern, ...]) -> Callable[[str], Any]:
    """What matches any of some patterns at the beginning of a text; of one pattern its own method, which is called many
    times for each passage."""
    return patterns[0].match if len(patterns) == 1 else partial(match_any, patterns)


class Agencies:
    """The reader of names; holds the grammar's words."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._bodies = grammar.bodies
        self._lengths = grammar.body_lengths
        self._titles = beginning(grammar.phrase("body_title"))
        self._inners = beginning(grammar.phrase("body_inner"))
        self._predicates = beginning(grammar.phrase("task_predicate"))
        self._ellipses = beginning(grammar.phrase("body_ellipsis"))
        self._collectives = grammar.phrase("body_group")
        self._places = beginning(grammar.phrase("body_place"))
        self._area_lists = beginning(grammar.phrase("body_areas"))
        self._owners = beginning(grammar.phrase("body_owner"))
        self._clauses = beginning(grammar.phrase("body_clause"))
        self._qualifiers = beginning(grammar.phrase("body_qualifier"))
        self._heads = beginning(grammar.phrase("body_head"))
        self._depth = 0
        self._cells: dict[str, tuple[Mention, ...]] = {}

    def begins_duty(self, text: Text, at: int) -> bool:
        """Whether the words here, in small letters, are those of a duty: "chủ trì", "có trách nhiệm"."""
        word = text.printed[at : at + 3].lstrip(" ,")
        return not word[:1].isupper() and self._predicates(text.low[at : at + 40]) is not None

    def titled(self, text: Text, at: int) -> bool:
        """Whether the words here are an office: "Chủ tịch UBND xã", "Giám đốc Sở Y tế"."""
        return self._titles(text.low[at : at + 60]) is not None

    def could_begin(self, text: Text, at: int) -> bool:
        """Whether a name may begin here: a quick look at the first word."""
        low = text.low
        end = low.find(" ", at, at + 16)
        word = low[at : end if end > 0 else at + 16].rstrip(_STOPS)
        if word in self._lengths or word in ("các", "những", "tất"):
            return True
        return self._head(text, at) is not None or self._titles(low[at : at + 40]) is not None

    # --- lists ------------------------------------------------------------------------------------------------
    def read(self, text: Text, at: int, *, cell: bool = False, joined: bool = False) -> tuple[list[Mention], int]:
        """The bodies of a list that begins at a place of running text, and where the list ends. The list ends at the
        first words that are no name: "Sở A, Sở B và các địa phương | tổ chức tuyên truyền". A dash parts names in a
        `cell` alone: "Bộ A - Cơ quan thường trực" is one body. In a list that is `joined` to a duty ("phối hợp với …")
        the first may be a group without "các", if it is narrowed: "cơ quan chức năng"."""
        found: list[Mention] = []
        end = at
        while True:
            names = self._ellipsis(text, at) or self._item(text, at, inside=bool(found))
            if not names and joined and not found and (group := self._group(text, at, inside=True)) > at:
                narrowed = text.low.count(" ", at, group) > 1
                names = [self._mention(text, at, group, None, "tập thể")] if narrowed else []
            if not names:
                return found, end
            found += names
            end = at = names[-1].end
            following = _NEXT.match(text.low, at)
            if following and following[0].lstrip().startswith("("):
                end = at = following.end()
                following = _NEXT.match(text.low, at)
            if not following or (not cell and following[0].lstrip().startswith(("-", "–", "•"))):
                return found, end
            at = following.end()

    def split(self, cell: str) -> tuple[Mention, ...]:
        """The bodies of a text that holds nothing but a list of them: a cell, or what follows "Đơn vị thực hiện:".
        What is no known name is a name as printed, up to the next separator: "Vụ KHTC; Bà Nguyễn Thị Mơ"."""
        if cell not in self._cells:
            if len(self._cells) > 5000:
                self._cells.clear()
            self._cells[cell] = tuple(self._split(fold(cell), cell))
        return self._cells[cell]

    def _split(self, text: Text, cell: str) -> list[Mention]:
        found: list[Mention] = []
        at = 0
        while (at := _LEADING.match(text.low, at).end()) < len(cell):  # type: ignore[union-attr]
            names, end = self.read(text, at, cell=True)
            while text.printed[end : end + 2].strip().isupper() and (more := self._item(text, end + 1, inside=False)):
                # A line end was lost between two names: "UBND cấp tỉnh Các cơ quan liên quan".
                names += more
                end = more[-1].end
            tail = self._cut(text, end)
            if names and tail == end and names[-1].body is None and names[-1].kind != "tập thể":
                tail = self._continued(text, tail)
            if names and not text.low[end:tail].strip(_TRAILING):
                found += names
            else:
                # Words follow the last name that belong to it: "các đơn vị ngành y tế".
                found += names[:-1]
                start = names[-1].start if names else at
                tail = self._continued(text, tail)
                name = _BRACKET.sub("", text.printed[start:tail].strip(_TRAILING))
                last = names[-1] if names else None
                if name:
                    found.append(Mention(name, start, start + len(name), last.body if last else None, last and last.kind))
            at = max(tail, at + 1)
        return [mention._replace(name=self._as_printed(cell, mention)) for mention in found]

    def _continued(self, text: Text, tail: int) -> int:
        """The end of a name of words unknown: words in small letters after a comma that begin no other name belong to
        it ("Tiểu ban An toàn, | an ninh mạng tỉnh")."""
        while (
            text.low.startswith(", ", tail)
            and not text.printed[tail + 2 : tail + 3].isupper()
            and not self._item(text, tail + 2, inside=True)
        ):
            tail = self._cut(text, tail + 2)
        return tail

    def _cut(self, text: Text, at: int) -> int:
        """Where the name that stands here ends at the latest; brackets are stepped over."""
        depth_end = at
        while found := _CUT.search(text.printed, depth_end):
            opened = text.low.count("(", at, found.start()) - text.low.count(")", at, found.start())
            if opened <= 0:
                return found.start()
            depth_end = found.end()
        return len(text.low)

    @staticmethod
    def _as_printed(cell: str, mention: Mention) -> str:
        printed = cell[mention.start : mention.end]
        return printed if len(printed) == len(mention.name) else mention.name

    # --- one name ---------------------------------------------------------------------------------------------
    def _item(self, text: Text, at: int, *, inside: bool) -> list[Mention]:
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
        """As `_item`."""
        start = at
        if title := self._titles(text.low[at : at + 60]):
            at += title.end()
            if text.low[at : at + 1] == " ":
                at += 1
            if not (found := self._plain(text, at, inside=True)):
                end = start + title.end()
                alone = inside or text.low[end : end + 1] in ("", ",", ";", ":")
                return [self._mention(text, start, end, None, "người đứng đầu")] if alone else []
            end, body, kind = found
            return [self._mention(text, start, end, body, kind)]
        if not (found := self._plain(text, at, inside=inside)):
            return []
        end, body, kind = found
        return [self._mention(text, start, end, body, kind)]

    @staticmethod
    def _mention(text: Text, start: int, end: int, body: Body | None, kind: str | None) -> Mention:
        return Mention(text.printed[start:end], start, end, body, kind)

    def _plain(self, text: Text, at: int, *, inside: bool) -> tuple[int, Body | None, str | None] | None:
        """The end of the name that stands here, its body and its kind."""
        known, body = self._known(text, at)
        group = at
        if body is None or body.kind in _GROUPED or text.low.startswith("các ", at) or " " not in text.low[at:known]:
            # No group is longer than a name such as "Sở Y tế".
            group = self._group(text, at, inside=inside)
        if known <= group:
            if group <= at:
                return self._unknown(text, at)
            exact = self._bodies.get(text.low[at:group])
            found = exact or body
            return group, exact, found.kind if found else "tập thể"
        assert body is not None
        named = self._extended(text, known)
        if body.kind == "ban chỉ đạo" and (longer := self._unknown(text, at)):
            # "Ban Chỉ đạo | An toàn thông tin tỉnh": what it is for belongs to its name.
            named = max(named, longer[0])
        if named == known and body.kind in ("tập thể", "doanh nghiệp"):
            named = self._qualified(text, known)
        if named > known and body.name.startswith("UBND các"):
            # "UBND huyện Hòa An" is one of them, not all.
            return named, None, body.kind
        return named, body, body.kind

    def _known(self, text: Text, at: int) -> tuple[int, Body | None]:
        """The end of the longest name of the lexicon that stands here, and its body; or the place itself."""
        line = text.low[at : at + _LONGEST_NAME]
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
            if body is None and "–" in spelling:
                body = self._bodies.get(spelling.replace("–", "-"))
            if body is not None:
                return at + len(spelling), body
        return at, None

    def _group(self, text: Text, at: int, *, inside: bool) -> int:
        """The end of a group ("các sở, ban, ngành liên quan") that stands here, or the place itself. One bare word
        ("địa phương") is a group only inside a list."""
        for pattern in self._collectives:
            if found := pattern.match(text.low[at : at + _LONGEST_NAME]):
                groups = found.groupdict()
                council = groups.get("council")
                bare = not (groups["all"] or groups["more"] or council)
                last = at + found.end()
                named = text.printed[last : last + 1] == " " and text.printed[last + 1 : last + 2].isupper()
                if bare and (named or self._head(text, at) or not (inside or self._owned(text, last) > last)):
                    continue
                if named and groups["more"] and not council:
                    last = self._before_name(text, at, last)
                end = self._qualified(text, last)
                return self._extended(text, end) if council else end
        return at

    def _before_name(self, text: Text, at: int, end: int) -> int:
        """The end of a group whose last word begins a name: "các sở, ngành | và Sở Y tế"."""
        last = list(_GROUP_SEPARATOR.finditer(text.low, at, end))[-1]
        if self._known(text, last.end())[0] > end or self._head(text, last.end()):
            return last.start()
        return end

    def _qualified(self, text: Text, at: int) -> int:
        """The end of the words that narrow a group: "… có liên quan trên địa bàn tỉnh", "… trực thuộc Sở Y tế"."""
        while text.low.startswith(" ", at):
            if (owned := self._owned(text, at)) > at:
                return owned
            if not (found := self._qualifiers(text.low[at : at + 60])):
                return self._clause(text, at)
            at = self._areas(text, at + found.end())
        return at

    def _owned(self, text: Text, at: int) -> int:
        """The end of the name of a body that narrows a group ("các đơn vị | thuộc, trực thuộc Bộ Y tế"), or the place."""
        if not (found := self._owners(text.low[at : at + 40])):
            return at
        start: int = at + found.end()
        if not text.printed[start : start + 1].isupper():
            return at
        if names := self._item(text, start, inside=False):
            return names[0].end
        # "trực thuộc Bộ", "trực thuộc Sở": the one that the document is about.
        bare = self._group(text, start, inside=True)
        return bare if bare > start and " " not in text.low[start:bare] else at

    def _clause(self, text: Text, at: int) -> int:
        """The end of a clause that narrows a group, or the place: it goes on to a mark of punctuation, "và" or the verb
        of the duty ("các doanh nghiệp | sử dụng lao động trên địa bàn | tổ chức tập huấn")."""
        if not (found := self._clauses(text.low[at : at + 60])):
            return at
        end: int = at + found.end()
        for _ in range(_MOST_CLAUSE_WORDS):
            word = _CLAUSE_WORD.match(text.low, end)
            if not word or word[0] == " và" or self.begins_duty(text, end + 1):
                break
            end = word.end()
        return end

    def _extended(self, text: Text, at: int) -> int:
        """The end of the place names that belong to a name: "Công an | tỉnh Sông Mơ"."""
        window = text.printed[at : at + 40]
        if not window.startswith(" "):
            return self._areas(text, at)
        found = self._places(window)
        return self._capitals(text, self._areas(text, at + found.end() if found else at))

    def _areas(self, text: Text, at: int) -> int:
        """The end of a list of place words whose first ends here: "Công an huyện|, thị xã, thành phố", or the place."""
        if text.printed[at : at + 1] not in (",", "/", " "):
            return at
        first = text.low.rfind(" ", 0, at) + 1
        if found := self._area_lists(text.printed[first : first + 80]):
            at = first + found.end()
        return at

    def _capitals(self, text: Text, at: int) -> int:
        """The end of the words with a capital that follow a name and begin no other name and no duty."""
        printed, start = text.printed, at
        for _ in range(6):
            found = _CAPITAL_WORD.match(printed, at)
            if found and found[0].startswith(" -") and at == start:
                break
            if not found:
                break
            word = found[0].lstrip(" -")
            if not word[0].isupper() or (len(word) > 1 and word.isupper() and "." not in word and not word.isdigit()):
                break
            place = found.end() - len(word)
            if self._starts_other(text, place):
                break
            at = found.end() - (1 if word.endswith(".") and word not in ("TP.", "TX.") else 0)
        return at

    def _starts_other(self, text: Text, at: int) -> bool:
        """Whether another name or a duty ("Chủ trì", "Phối hợp") begins with the capital at this place."""
        if self._grammar.words.verbs.match(text.printed[at : at + 40]):
            return True
        return self._head(text, at) is not None or self._known(text, at)[0] > at

    def _head(self, text: Text, at: int) -> Any:
        if not text.printed[at : at + 1].isupper():
            return None
        return self._heads(text.printed[at : at + 40])

    def _unknown(self, text: Text, at: int) -> tuple[int, Body | None, str | None] | None:
        """A name that is in no lexicon, told by its first word: it goes on to a mark of punctuation, another name or
        the verb of its duty ("Trung tâm Điều phối vùng | chủ trì")."""
        head = self._head(text, at)
        if not head:
            return None
        end = at + head.end()
        words = 0
        while words < _MOST_WORDS:
            found = _NAME_WORD.match(text.printed, end)
            if not found:
                break
            word = found[2].rstrip(".")
            place = found.start(2)
            small = word[0].islower()
            if found[1] and not self._comma_in_name(text, place):
                break
            inner = small and self._inners(text.low[place : place + 20])
            if small and not inner and self.begins_duty(text, place):
                break
            if word == "và":
                if self._other_after(text, place + 3):
                    break
            elif (word in _FUNCTION_WORDS and not inner) if small else (words and self._head(text, place)):
                break
            end = place + len(word)
            words += 1
            if found[2].endswith("."):
                break
        if not words:
            return None
        return self._areas(text, end), None, head[0].lower()

    def _other_after(self, text: Text, at: int) -> bool:
        """Whether what follows "và" is another body; "doanh nghiệp" alone goes on with the name before it."""
        names = self._item(text, at, inside=False)
        return at >= len(text.low) or (bool(names) and not (names[0].general and not text.low.startswith("các ", at)))

    def _comma_in_name(self, text: Text, at: int) -> bool:
        """Whether the words after a comma go on with a name: "Vụ Kế hoạch, | Tài chính và Quản lý doanh nghiệp"."""
        stop = _CUT.search(text.low, at)
        following = text.printed[at : stop.start()] if stop else text.printed[at:]
        return (
            bool(following)
            and following[0].isupper()
            and stop is not None
            and text.low.startswith(" và ", stop.start())
            and text.printed[stop.end() + 3 : stop.end() + 4].isupper()
            and not self._item(text, at, inside=True)
            and not self._item(text, stop.end() + 3, inside=True)
        )

    # --- one word for several names ----------------------------------------------------------------------------
    def _ellipsis(self, text: Text, at: int) -> list[Mention]:
        """The bodies of "các Sở: Tài chính, Y tế": each is named with the word that they share ("Sở Y tế")."""
        if text.low[at : at + 1] not in "cgtlnCGTLN":
            return []
        opening = self._ellipses(text.low[at : at + 60])
        if not opening:
            return []
        if not text.printed[at + opening.end() : at + opening.end() + 1].isupper():
            return []
        shared = _singular(opening["head"])
        found: list[Mention] = []
        at += opening.end()
        while True:
            if self._item(text, at, inside=True) and found:
                return found
            name, body = self._shared(text, at, shared)
            if not name:
                return found
            found.append(Mention(f"{shared} {text.printed[at:name]}", at, name, body, body.kind if body else shared.lower()))
            following = _NEXT.match(text.low, name)
            if not following:
                return found
            at = following.end()

    def _shared(self, text: Text, at: int, shared: str) -> tuple[int, Body | None]:
        """The end of a name that lacks its shared first word, and its body."""
        joined = Text(
            f"{shared} {text.printed[at : at + _LONGEST_NAME]}", f"{shared.lower()} {text.low[at : at + _LONGEST_NAME]}"
        )
        end, body = self._known(joined, 0)
        if end:
            return at + end - len(shared) - 1, body
        if not text.printed[at : at + 1].isupper() or text.low.startswith("các ", at):
            return 0, None
        found = _CUT.search(text.low, at)
        stop = found.start() if found else len(text.low)
        words = text.printed[at:stop].split(" ")
        for count in range(1, len(words)):
            place = at + len(" ".join(words[:count])) + 1
            if self.begins_duty(text, place):
                return place - 1, None
        return (stop, None) if len(words) < 8 else (0, None)


_FUNCTION_WORDS = frozenset(
    "để nhằm trong theo của do được là tại với cùng khi từ đến cho trên đã đang sẽ nếu bằng gồm như hoặc".split()
)


def _singular(head: str) -> str:
    """The word that the names of an ellipsis share, as each begins: "các sở" → "Sở", "UBND các huyện" → "UBND huyện"."""
    words = head.replace(" các ", " ").split(" ")
    first = words[0].upper() if words[0] == "ubnd" else words[0].capitalize()
    if words[0] in ("huyện", "tỉnh"):
        first = "UBND " + words[0]
    return " ".join([first, *words[1:]])
