"""The compiled grammar: what the stages ask for, each part built when it is first asked for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from planparse.errors import GrammarError
from planparse.grammar import rows as rows_of
from planparse.grammar.initials import initials_of
from planparse.grammar.patterns import Find, Kind, OwnPattern, Pattern, compile_pattern, match_any, signs_of
from planparse.grammar.rows import Row, values
from planparse.text import fold_tones, without_marks

T = TypeVar("T")

#: Kinds of phrases that only a letterhead says; two of them near one another are one.
ONLY_LETTERHEAD = ("national_name", "motto", "number", "place_date")
#: The name of a type is no longer.
_LONGEST_TYPE = 80

_WORD = re.compile(r"\w+")
#: So many headers are remembered.
_MOST_HEADERS = 5000
#: The role of a section is told by so many characters of its title.
_LONGEST_ROLE = 80


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """A family of section marks: "1." or "a)"; told from another by identity.

    ocr: its marks are misprints, believed where they follow in their list.
    damaged: they are believed only where their list lacks just that number.
    misread: the signs that stand for others in its numbers, as `str.translate` takes them ("l" for "1").
    """

    id: str
    level: str
    rank: int
    pattern: Kind
    numbering: str
    orders: tuple[dict[str, int], ...]
    ocr: bool
    damaged: bool
    misread: dict[int, str]
    needs_capital: bool


class Column(NamedTuple):
    """A kind of table column."""

    id: str
    header: Kind
    cell: Kind
    weight: int


class Group(NamedTuple):
    """A header that stands over several columns; `sure` of several such headers the one that does so, `alone` one that does
    so only over its children, for it may be a column of its own."""

    header: Pattern
    children: frozenset[str]
    sure: bool
    alone: bool


class DocumentType(NamedTuple):
    """A type of document: code "KH", name "Kế hoạch", the kind of part that it makes."""

    code: str
    name: str
    part_kind: str


class Province(NamedTuple):
    """A province or city under the central government; `kinds` are all that the name has had ("tỉnh", "thành phố")."""

    name: str
    kinds: tuple[str, ...]


class Issuer(NamedTuple):
    """A body that issues documents."""

    name: str
    scope: str


class Body(NamedTuple):
    """A body that plans give work to; `successor` is who took over its work in the reorganisation of 2025."""

    name: str
    kind: str
    successor: str | None


class Openings:
    """Words that a text can begin with, under their first two letters."""

    __slots__ = ("_by_letters",)

    def __init__(self, words: Iterable[str]) -> None:
        self._by_letters: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            self._by_letters.setdefault(word[:2], []).append(word)

    def match(self, text: str) -> str | None:
        """The word that a text begins with, the longest first, or None."""
        for word in self._by_letters.get(text[:2], ()):
            if text.startswith(word) and not _in_word(text, len(word)):
                return word
        return None


class Words(NamedTuple):
    """The words that tell whether a hard-wrapped line goes on; `compounds` by the first word on the right."""

    open: frozenset[str]
    closed: tuple[str, ...]
    counter: frozenset[str]
    year_counter: frozenset[str]
    head: frozenset[str]
    head_part: frozenset[str]
    title_head: tuple[str, ...]
    verbs: Openings
    names: Openings
    proper: Openings
    compounds: dict[str, list[tuple[str, str]]]
    abbreviations: frozenset[str]


class Grammar:
    """All rows of the shipped grammar with a user's own rows laid over them."""

    def __init__(self, own_folder: Path | None = None) -> None:
        self._shipped = rows_of.builtin_folder()
        self._own = own_folder
        self._rows: dict[str, list[Row]] = {}
        self._plain: dict[str, dict[str, Any]] = {}
        self._lexicons: dict[str, list[Row]] = {}
        self._patterns: list[OwnPattern] = []
        self._phrases: dict[str, tuple[Pattern, ...]] = {}
        self._finds: dict[str, tuple[Find, ...]] = {}
        self._kinds: dict[str, Kind] = {}
        self._signs: dict[str, tuple[str, ...]] = {}
        self._initials: dict[tuple[str, ...], Container[str]] = {}
        self._sites: dict[str, tuple[Pattern, ...]] = {}
        self._portals: dict[str, tuple[Pattern, ...]] = {}
        self._column_kinds: dict[str, str | None] = {}

    # --- rows ---------------------------------------------------------------------------------------------
    def rows(self, name: str) -> list[Row]:
        """The rows of a TOML file, shipped and own."""
        if name not in self._rows:
            shipped, plain = rows_of.read_toml(self._shipped, name, own=False)
            own, _ = rows_of.read_toml(self._own, name, own=True) if self._own else ([], {})
            self._rows[name] = rows_of.overlay(shipped, own)
            self._plain[name] = plain
        return self._rows[name]

    def lexicon(self, name: str) -> list[Row]:
        """The rows of a lexicon, shipped and own."""
        if name not in self._lexicons:
            own = rows_of.read_lexicon(self._own, name, own=True) if self._own else []
            self._lexicons[name] = rows_of.overlay(rows_of.read_lexicon(self._shipped, name, own=False), own)
        return self._lexicons[name]

    def runaways(self) -> list[Row]:
        """The user's rows whose patterns ran into the timeout so far."""
        return [pattern.row for pattern in self._patterns if pattern.ran_away]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of every row's text: a batch is done again where it changes."""
        digest = hashlib.sha256()
        for folder in (self._shipped, self._own):
            for path in sorted(folder.rglob("*.t[os][mv]*")) if folder else ():
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    def _compile(self, row: Row, field: str = "pattern", *, ignore_case: bool = False) -> Pattern:
        pattern = compile_pattern(row, field, ignore_case=ignore_case)
        if isinstance(pattern, OwnPattern):
            self._patterns.append(pattern)
        return pattern

    def _late(self, row: Row, field: str = "pattern", *, ignore_case: bool = False) -> Kind:
        """The pattern of a row, compiled when the first text is held against it: most documents need few of them."""
        return Kind(lambda: (self._compile(row, field, ignore_case=ignore_case),))

    # --- section marks ------------------------------------------------------------------------------------
    @cached_property
    def ranks(self) -> dict[str, int]:
        """Level → rank; the outer level has the smaller rank."""
        self.rows("markers")
        return dict(self._plain["markers"]["ranks"])

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The families of section marks."""
        return tuple(self._family(row) for row in self.rows("markers"))

    def _family(self, row: Row) -> Family:
        fields = row.fields
        return Family(
            id=row.id,
            level=fields["level"],
            rank=self.ranks[fields["level"]],
            pattern=self._late(row),
            numbering=fields["numbering"],
            orders=tuple(
                {letter: place for place, letter in enumerate(order.split(), 1)} for order in fields.get("orders", ())
            ),
            ocr=fields.get("ocr", False),
            damaged=fields.get("damaged", False),
            misread={ord(sign): meant for sign, _, meant in (pair.partition("=") for pair in fields.get("misread", ()))},
            needs_capital="capital" in fields.get("needs", ()),
        )

    @cached_property
    def families_by_first(self) -> dict[str, tuple[Family, ...]]:
        """First character of a line → the families that it can belong to."""
        return self._by_first(damaged=False)

    @cached_property
    def damaged_by_first(self) -> dict[str, tuple[Family, ...]]:
        """First character of a line → the families whose damaged mark it can bear."""
        return self._by_first(damaged=True)

    def _by_first(self, *, damaged: bool) -> dict[str, tuple[Family, ...]]:
        table: dict[str, list[Family]] = {}
        for row, family in zip(self.rows("markers"), self.families, strict=True):
            if family.damaged is damaged:
                for letter in dict.fromkeys(row.fields["first"]):
                    table.setdefault(letter, []).append(family)
        return {letter: tuple(families) for letter, families in table.items()}

    # --- phrases ------------------------------------------------------------------------------------------
    @cached_property
    def _phrase_rows(self) -> dict[str, list[Row]]:
        kinds: dict[str, list[Row]] = {}
        for name in ("phrases", *rows_of.FACT_FILES):
            for row in self.rows(name):
                kinds.setdefault(row.fields["kind"], []).append(row)
        return kinds

    def phrase(self, kind: str) -> tuple[Pattern, ...]:
        """The patterns of one kind, compiled, in the order of their rows; `match_any` tries them at a beginning."""
        if kind not in self._phrases:
            self._phrases[kind] = tuple(self._compile(row) for row in self._phrase_rows.get(kind, ()))
        return self._phrases[kind]

    def pattern(self, kind: str) -> Kind:
        """The rows of one kind as one pattern, compiled when it is first used; it takes `pos` and `endpos`."""
        if kind not in self._kinds:
            self._kinds[kind] = Kind(partial(self.phrase, kind))
        return self._kinds[kind]

    def signs(self, kind: str) -> tuple[str, ...]:
        """Strings of which one stands in each text that a row of this kind is of use for: a cheap test before patterns
        (`holds_any`). A row says its own (`signs`), or its pattern tells one."""
        if kind not in self._signs:
            signs = [sign for row in self._phrase_rows.get(kind, ()) for sign in signs_of(row)]
            self._signs[kind] = tuple(dict.fromkeys(signs))
        return self._signs[kind]

    def initials(self, *kinds: str) -> Container[str]:
        """The letters that a text of which a row of these kinds `says` something can begin with: a cheap test before it."""
        if kinds not in self._initials:
            rows = [row for kind in kinds for row in self._phrase_rows.get(kind, ())]
            self._initials[kinds] = initials_of(rows)
        return self._initials[kinds]

    def seek(self, kind: str) -> tuple[Find, ...]:
        """The rows of one kind that are searched for anywhere in a text, each compiled when a text has its sign. Texts
        are folded with `fold_tones` first, which keeps their length."""
        if kind not in self._finds:
            self._finds[kind] = tuple(Find(row, self._compile) for row in self._phrase_rows.get(kind, ()))
        return self._finds[kind]

    def found(self, kind: str, text: str) -> Any:
        """The first match of the first row of a kind that is found in a text, or None."""
        for find in self._finds.get(kind) or self.seek(kind):
            if find.sign in text and (found := find.search(text)) is not None:
                return found
        return None

    def says(self, kind: str, text: str) -> Any:
        """The match of a phrase of this kind at the beginning of a text, or None."""
        for pattern in self._phrases.get(kind) or self.phrase(kind):
            if found := pattern.match(text):
                return found
        return None

    # --- hosting sites ------------------------------------------------------------------------------------
    @cached_property
    def _site_rows(self) -> dict[str, list[Row]]:
        kinds: dict[str, list[Row]] = {}
        for row in self.rows("sites"):
            kinds.setdefault(row.fields["kind"], []).append(row)
        return kinds

    def site(self, kind: str, text: str) -> Any:
        """The match of a line of a hosting site of this kind, or None."""
        if kind not in self._sites:
            self._sites[kind] = tuple(self._compile(row) for row in self._site_rows.get(kind, ()))
        return match_any(self._sites[kind], text)

    @cached_property
    def _portal_rows(self) -> dict[str, list[Row]]:
        kinds: dict[str, list[Row]] = {}
        for row in self.rows("portals"):
            kinds.setdefault(row.fields["kind"], []).append(row)
        return kinds

    def portal(self, kind: str, text: str) -> Any:
        """The match of an element or a text of a portal's page of this kind, or None. Its rows are read when the first
        page is."""
        if kind not in self._portals:
            self._portals[kind] = tuple(self._compile(row) for row in self._portal_rows.get(kind, ()))
        return match_any(self._portals[kind], text)

    # --- words --------------------------------------------------------------------------------------------
    @cached_property
    def words(self) -> Words:
        """The words that tell whether a hard-wrapped line goes on."""
        by_kind = self._word_lists
        compounds: dict[str, list[tuple[str, str]]] = {}
        for pair in by_kind.get("compound", ()):
            left, _, right = pair.partition("=")
            compounds.setdefault(right.split(" ", 1)[0], []).append((left, right))
        return Words(
            open=frozenset(by_kind.get("open", ())),
            closed=tuple(f" {words}" for words in by_kind.get("closed", ())),
            counter=frozenset(by_kind.get("counter", ())),
            year_counter=frozenset(by_kind.get("year_counter", ())),
            head=frozenset(word.capitalize() for word in by_kind.get("head", ())),
            head_part=frozenset(word.capitalize() for word in by_kind.get("head_part", ())),
            title_head=tuple(by_kind.get("title_head", ())),
            verbs=Openings(by_kind.get("verb", ())),
            names=Openings(by_kind.get("name", ())),
            proper=Openings(by_kind.get("proper", ())),
            compounds=compounds,
            abbreviations=frozenset(by_kind.get("abbreviation", ())),
        )

    def listed(self, kind: str) -> tuple[str, ...]:
        """The words of one kind."""
        return tuple(self._word_lists.get(kind, ()))

    def shortens_place(self, text: str, stop: int) -> bool:
        """Whether the full stop at a place of a text ends a short word for a kind of place and no sentence: "TP. Huế"; in
        "… UBND TP. Sở Y tế …" it ends both."""
        if text[text.rfind(" ", 0, stop) + 1 : stop + 1].lower() not in self._short_places:
            return False
        return text[stop + 2 : stop + 12].split(" ", 1)[0].lower() not in self._heads

    @cached_property
    def _heads(self) -> frozenset[str]:
        """The first words of bodies' names, in small letters."""
        return frozenset(word.lower() for word in self.words.head)

    def counts(self, words: str) -> bool:
        """Whether a text begins with what is counted: "trung tâm giống", "hợp tác xã"; capitals do not matter."""
        first = words.lower().split(" ", 3)[:3]
        return any(" ".join(first[:length]).rstrip(".,;:") in self._counted for length in range(1, len(first) + 1))

    @cached_property
    def _counted(self) -> frozenset[str]:
        rows = (row for row in self.lexicon("units") if row.fields["kind"] == "count")
        return frozenset(name.lower() for row in rows for name in (row.fields["unit"], *values(row.fields["variants"])))

    @cached_property
    def _short_places(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self.listed("place_short"))

    @cached_property
    def _word_lists(self) -> dict[str, list[str]]:
        lists: dict[str, list[str]] = {}
        for row in self.rows("words"):
            lists.setdefault(row.fields["kind"], []).extend(rows_of.words_in(row.fields["words"]))
        return lists

    # --- tables -------------------------------------------------------------------------------------------
    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The kinds of table columns, the more telling headers first."""
        return tuple(
            Column(
                row.id,
                self._late(row, "header"),
                self._late(row, "cell", ignore_case=row.id != "number"),
                row.fields["weight"],
            )
            for row in self.rows("columns")
            if row.table == "column"
        )

    def column_kind(self, header: str) -> str | None:
        """What kind of column a header names, or None where it is no known header. Tables repeat their headers and
        their cells, so the answers are kept."""
        if header not in self._column_kinds:
            if len(self._column_kinds) > _MOST_HEADERS:
                self._column_kinds.clear()
            folded = fold_tones(header.lower())
            self._column_kinds[header] = next((column.id for column in self.columns if column.header.match(folded)), None)
        return self._column_kinds[header]

    @cached_property
    def columns_by_kind(self) -> dict[str, Column]:
        """The kinds of table columns by their name."""
        return {column.id: column for column in self.columns}

    @cached_property
    def column_groups(self) -> tuple[Group, ...]:
        """Headers that stand over several columns."""
        return tuple(
            Group(
                self._compile(row, "header"),
                frozenset(row.fields["children"]),
                row.fields.get("sure", False),
                row.fields.get("alone", False),
            )
            for row in self.rows("columns")
            if row.table == "group"
        )

    @cached_property
    def totals(self) -> tuple[Pattern, ...]:
        """What a row that sums others up begins with."""
        return tuple(self._compile(row) for row in self.rows("columns") if row.table == "total")

    # --- roles --------------------------------------------------------------------------------------------
    @cached_property
    def _roles(self) -> tuple[tuple[str, Pattern], ...]:
        return tuple((row.id, self._compile(row)) for row in self.rows("roles"))

    def role_of(self, heading: str) -> str | None:
        """What a section is for, told by its title ("MỤC TIÊU" → goals)."""
        text = heading[:_LONGEST_ROLE].lower()
        for name, pattern in self._roles:
            if pattern.match(text):
                return name
        return None

    # --- lexicons -----------------------------------------------------------------------------------------
    def type_of(self, line: str) -> tuple[str, DocumentType] | None:
        """The type phrase in capitals that a line begins with, and its type: "KẾ HOẠCH HÀNH ĐỘNG"."""
        folded = fold_tones(line)
        for printed, kind in self._types_by_word.get(folded.split(" ", 1)[0], ()):
            if folded.startswith(printed) and (len(folded) == len(printed) or folded[len(printed)] == " "):
                return line[: len(printed)], kind
        return None

    def type_in_any_letters(self, line: str) -> tuple[str, DocumentType] | None:
        """As `type_of`, of a line in small letters too: "Kế hoạch 75/KH-UBND …"."""
        return self.type_of(line[:_LONGEST_TYPE].upper())

    def type_misprinted(self, line: str) -> DocumentType | None:
        """The type that a whole line in capitals names but for its marks, blanks and specks: "ĐIỂU LỆ" is "ĐIỀU LỆ",
        "QUYÉTĐỊNH „" is "QUYẾT ĐỊNH"."""
        return self._types_without_marks.get(_letters(without_marks(line)))

    @cached_property
    def _types_without_marks(self) -> dict[str, DocumentType]:
        return {_letters(without_marks(printed)): kind for printed, kind in self._document_types}

    @cached_property
    def _types_by_word(self) -> dict[str, list[tuple[str, DocumentType]]]:
        return _by_first_word(self._document_types)

    @cached_property
    def _document_types(self) -> tuple[tuple[str, DocumentType], ...]:
        """Printed type line in capitals → type, the longest first."""
        spelled: list[tuple[str, DocumentType]] = []
        for row in self.lexicon("document_types"):
            kind = DocumentType(row.fields["code"], row.fields["name"], row.fields["part_kind"])
            spelled += [(printed.upper(), kind) for printed in values(row.fields["printed"])]
        return tuple(sorted(by_spelling(spelled).items(), key=lambda item: -len(item[0])))

    @cached_property
    def types_by_code(self) -> dict[str, DocumentType]:
        """Code in capitals → type ("KH" → Kế hoạch); of two types with one code the usual reading."""
        types: dict[str, DocumentType] = {}
        for row in self.lexicon("document_types"):
            if code := row.fields["code"]:
                types.setdefault(code.upper(), DocumentType(code, row.fields["name"], row.fields["part_kind"]))
        return types

    @cached_property
    def names_by_code(self) -> dict[str, frozenset[str]]:
        """Code in capitals → the names of all types that it stands for ("QĐ" → Quyết định, Quy định)."""
        names: dict[str, set[str]] = {}
        for row in self.lexicon("document_types"):
            names.setdefault(row.fields["code"].upper(), set()).add(row.fields["name"])
        return {code: frozenset(of_code) for code, of_code in names.items()}

    def province_in(self, text: str) -> Province | None:
        """The province that a text names, the longest name first; case and tone placement do not matter."""
        folded = fold_tones(text.lower())
        for word in _WORD.finditer(folded):
            for name in self._provinces_by_word.get(word[0], ()):
                if folded.startswith(name, word.start()) and not _in_word(folded, word.start() + len(name)):
                    return self._provinces[name]
        return None

    @cached_property
    def _provinces_by_word(self) -> dict[str, list[str]]:
        """First word of a spelling → the spellings, the longest first."""
        table: dict[str, list[str]] = {}
        for name in sorted(self._provinces, key=len, reverse=True):
            if word := _WORD.match(name):
                table.setdefault(word[0], []).append(name)
        return table

    @cached_property
    def _provinces(self) -> dict[str, Province]:
        """Spelling in lower case, tones folded → province."""
        table: dict[str, Province] = {}
        for row in self.lexicon("provinces"):
            province = Province(row.fields["name"], tuple(values(row.fields["kinds"])))
            for spelling in (row.fields["name"], *values(row.fields["aliases"])):
                table.setdefault(fold_tones(spelling.lower()), province)
        return table

    @cached_property
    def seats(self) -> dict[str, Province]:
        """Administrative seat in lower case → its province."""
        table: dict[str, Province] = {}
        for row in self.lexicon("provinces"):
            for seat in values(row.fields["seats"]):
                province = Province(row.fields["name"], tuple(values(row.fields["kinds"])))
                table.setdefault(fold_tones(seat.lower()), province)
        return table

    def issuer_of(self, text: str) -> tuple[str, Issuer] | None:
        """The body whose name, in capitals with tones folded, a text begins with."""
        for spelling, issuer in self._issuers_by_word.get(text.split(" ", 1)[0], ()):
            if text.startswith(spelling) and not text[len(spelling) : len(spelling) + 1].isalpha():
                return spelling, issuer
        return None

    @cached_property
    def _issuers_by_word(self) -> dict[str, list[tuple[str, Issuer]]]:
        return _by_first_word(self._issuers)

    @cached_property
    def _issuers(self) -> tuple[tuple[str, Issuer], ...]:
        """Spelling in capitals, tones folded → issuing body, the longest first."""
        spelled: list[tuple[str, Issuer]] = []
        for row in self.lexicon("issuers"):
            issuer = Issuer(row.fields["canonical"], row.fields["scope"])
            spelled.append((row.fields["canonical"].upper(), issuer))
            spelled += [(variant, issuer) for variant in values(row.fields["variants"].upper())]
        return tuple(sorted(by_spelling(spelled).items(), key=lambda item: -len(item[0])))

    @cached_property
    def central_codes(self) -> frozenset[str]:
        """What stands in a number for a body of the central government: "TTg", "BYT"."""
        rows = (row for row in self.lexicon("issuers") if row.fields["scope"] == "central")
        return frozenset(code for row in rows for code in values(row.fields["code"]))

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """Spelling in lower case, tones folded, → body that plans give work to."""
        spelled: list[tuple[str, Body]] = []
        for row in self.lexicon("agencies"):
            body = Body(row.fields["canonical"], row.fields["kind"], row.fields["successor"] or None)
            spelled.append((row.fields["canonical"].lower(), body))
            spelled += [(variant, body) for variant in values(row.fields["variants"].lower())]
        return by_spelling(spelled)

    @cached_property
    def body_lengths(self) -> dict[str, tuple[int, ...]]:
        """First two words of a body's name → the numbers of words that such names have, the longest first. The first
        word alone is there as well, with 1 where it is a name."""
        lengths: dict[str, set[int]] = {}
        for spelling in self.bodies:
            words = spelling.split(" ", 2)
            first = lengths.setdefault(words[0], set())
            if len(words) == 1:
                first.add(1)
            else:
                lengths.setdefault(f"{words[0]} {words[1]}", set()).add(spelling.count(" ") + 1)
        return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


def by_spelling(spelled: list[tuple[str, T]]) -> dict[str, T]:
    """Spellings with their tones folded → what they stand for; of two alike, the first."""
    table: dict[str, T] = {}
    folded = fold_tones("\n".join([spelling for spelling, _ in spelled])).split("\n")
    for spelling, (_, item) in zip(folded, spelled, strict=False):  # one empty text where there is no spelling
        table.setdefault(spelling, item)
    return table


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _by_first_word(items: Iterable[tuple[str, T]]) -> dict[str, list[tuple[str, T]]]:
    """Items under the first word of their names, in the order that they come."""
    table: dict[str, list[tuple[str, T]]] = {}
    for name, item in items:
        table.setdefault(name.split(" ", 1)[0], []).append((name, item))
    return table


def _in_word(text: str, at: int) -> bool:
    """Whether a letter, a digit or "_" stands at a place of a text."""
    return text[at : at + 1].isalnum() or text[at : at + 1] == "_"


@lru_cache(maxsize=8)
def _load(own_folder: Path | None) -> Grammar:
    return Grammar(own_folder)


def load(own_folder: str | Path | None = None) -> Grammar:
    """The shipped grammar, with the rows of a user's folder laid over it. The rows of the folder are proved first.

    Raises GrammarError, with file and line, where the folder or a row in it is wrong.
    """
    if own_folder is None:
        return _load(None)
    folder = Path(own_folder)
    if not folder.is_dir():
        raise GrammarError("grammar.no_folder", file=str(folder))
    from planparse.grammar.proof import check

    check(folder)
    return _load(folder.resolve())
