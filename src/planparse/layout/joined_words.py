"""Words that stand joined because a line end between them was lost: "Kếhoạch", "Sở Tưpháp", "chứcHĐND".

Vietnamese writes each syllable as a word, and a syllable has one group of vowels. A word with two that falls into syllables
is two words that lost the blank between them, where each of them is a usual word, in a name or alone in the text, and the
text has many of that kind; words from abroad ("bêtông", "Viêngchăn") fall into syllables that do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.late import late
from planparse.reading.edits import Edit
from planparse.text import LOWER_CLASS, LOWER_LETTERS, LOWER_VOWELS, UPPER_CLASS, UPPER_LETTERS, WORD

_VOWELS = LOWER_VOWELS + LOWER_VOWELS.upper()
_OTHERS = "".join(letter for letter in LOWER_LETTERS + UPPER_LETTERS if letter not in _VOWELS)
#: Two groups of vowels in a word, or a word and a short form behind it or before it ("củaUBND", "TTgngày").
_TWO = late(
    rf"[{_VOWELS}][{_OTHERS}]{{1,5}}[{_VOWELS}]|{LOWER_CLASS}(?={UPPER_CLASS}{{3}})|{UPPER_CLASS}{{2}}[gr]?(?={LOWER_CLASS}{{2}})"
)
_BEFORE_SHORT_FORM = late(rf"{LOWER_CLASS}{UPPER_CLASS}{{3,}}\Z")
_SHORT_FORM = late(rf"(?P<capitals>{UPPER_CLASS}{{2,}})[gr]?")
#: A word beside a figure: "ngày17", "2014của".
_BESIDE_FIGURE = late(rf"(?<!\w){LOWER_CLASS}{{2,7}}(?=\d)|(?<=\d)(?=(?P<behind>{LOWER_CLASS}{{2,7}})(?!\w))")
#: How much of a text tells whether its words stand joined, in characters; so many different ones are no chance.
_TELLING = 6_000
_FEWEST = 4
_MOST_PIECES = 3
#: Longer words are no three syllables; short forms of two letters behind a word may be its own letters ("DựNG").
_LONGEST, _SHORTEST_FORM = 24, 3
#: Syllables of one letter that are words of plans; others begin names from abroad ("Êđê", "ôtô").
_SINGLE = frozenset("yýởổ")


class Joined(NamedTuple):
    """A word that is several: where it begins, how it is printed, and its pieces."""

    start: int
    word: str
    pieces: tuple[str, ...]


def joined_words(text: str, grammar: Grammar) -> tuple[list[Edit], int, str]:
    """What parts the joined words of a text with blanks, how many words they are, and the first of them; nothing where the
    text has few."""
    nothing: tuple[list[Edit], int, str] = ([], 0, "")
    telling = text[:_TELLING]
    if len({word.lower() for _, word in _candidates(telling)}) < _FEWEST:
        return nothing
    known = Counter(map(str.lower, WORD.findall(text)))
    provinces = (row.fields["name"].lower() for row in grammar.lexicon("provinces"))
    known.update(
        word for names in (grammar.bodies, provinces, grammar.listed("common")) for name in names for word in name.split()
    )
    if len({found.word.lower() for found in _joined(telling, known)}) < _FEWEST:
        return nothing
    edits: list[Edit] = []
    joined = list(_joined(text, known))
    for found in joined:
        at = found.start
        for piece in found.pieces[:-1]:
            at += len(piece)
            edits.append(Edit(at, at, " "))
    beside = [found.end() for found in _BESIDE_FIGURE.finditer(text) if _is_beside(found["behind"] or found[0])]
    edits += [Edit(at, at, " ") for at in beside]
    return sorted(edits), len(joined) + len(beside), joined[0].word


def _is_beside(word: str) -> bool:
    """Whether a word that touches a figure is one of the language, and no unit or mark ("20m2", "khu3")."""
    return not word.isascii() and _is_word(word)


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text that are no word of the language, and where they begin; without those in letters of ASCII alone
    ("Website", "PAPI"), too many of which fall into syllables."""
    done = 0
    for sign in _TWO.finditer(text):
        start = sign.start()
        if start < done:
            continue
        while start and text[start - 1].isalpha():
            start -= 1
        found = WORD.match(text, start)
        if found is None:
            continue
        done = found.end()
        word = found[0]
        if len(word) <= _LONGEST and (not word.isascii() or _BEFORE_SHORT_FORM.search(word)):
            yield start, word


def _joined(text: str, known: Counter[str]) -> Iterator[Joined]:
    """The joined words of a text; `known`, how often words stand alone, tells which parting is meant."""
    parted: dict[str, tuple[str, ...]] = {}
    for start, word in _candidates(text):
        if word not in parted:
            parted[word] = _pieces(word, known)
        if parted[word]:
            yield Joined(start, word, parted[word])


def _pieces(word: str, known: Counter[str]) -> tuple[str, ...]:
    """The words that a joined word is made of; none where it is one word, of this language or another's."""
    partings = (parting for parting in _partings(word, _MOST_PIECES) if len(parting) > 1)
    usual = (parting for parting in partings if all(_stands_alone(piece, known) for piece in parting))
    return max(usual, key=lambda parting: _likely(parting, known), default=())


def _stands_alone(piece: str, known: Counter[str]) -> bool:
    """Whether a piece is a word that the text has alone, too; short forms need not."""
    return known[piece.lower()] > 0 or (piece[:2].isupper() and not _is_word(piece))


def _partings(word: str, most: int) -> list[tuple[str, ...]]:
    """The ways to part a word into no more than so many syllables, the first or last of which may be a short form."""
    found: list[tuple[str, ...]] = [(word,)] if _is_word(word) else []
    if most == 1:
        return found
    if short := _SHORT_FORM.match(word):
        # "MTTQ|Việt", "UBND|tỉnh", "TTg|ngày"
        ends = (short.end("capitals") - 1, short.end("capitals"), short.end())
        for at in (at for at in ends if at > 1 and not word[at:].isascii() and _is_word(word[at:])):
            return [(word[:at], word[at:])]
    for at in range(len(word) - 1, 0, -1):
        head, rest = word[:at], word[at:]
        if not _is_word(head) or not (head.isupper() == rest.isupper() or rest[0].isupper()):
            continue
        if head[-1].islower() and len(rest) >= _SHORTEST_FORM and rest.isupper():
            found.append((head, rest))  # "chức|HĐND"
        else:
            found += [(head, *parting) for parting in _partings(rest, most - 1)]
    return found


def _is_word(letters: str) -> bool:
    """Whether letters are one syllable, in capitals or in small letters behind the first."""
    from planparse.reading.syllables import is_syllable

    if len(letters) == 1:
        return letters.lower() in _SINGLE
    return (letters.isupper() or letters[1:].islower()) and is_syllable(letters)


def _likely(parting: tuple[str, ...], known: Counter[str]) -> tuple[int, int, int, int]:
    """How likely a parting is: few pieces, later ones of which begin with a consonant ("các|huyện", not "cách|uyện"), all of
    them frequent, the longest first."""
    onsets = sum(piece[0] in _OTHERS for piece in parting[1:])
    return -len(parting), onsets, min(known[piece.lower()] for piece in parting), len(parting[0])
