"""Names of bodies as they are found in a text, and the foldings of the text in which they are looked for."""

from __future__ import annotations

from typing import Any, NamedTuple

from planparse.facts.agency_kinds import GENERAL, GROUP
from planparse.grammar.grammar import Body
from planparse.text import fold_tones

Data = dict[str, Any]

#: A name in the lexicon is looked for in so many characters.
LONGEST_NAME = 160
#: The joints of a list of names, and the word that makes several of one; the other words of lists are rows.
AND = "và"
EACH = "các "
JOINED, OF_EACH = f" {AND} ", f" {EACH}"


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
        return self.kind is None or self.kind in GENERAL

    @property
    def loose(self) -> bool:
        """Whether it is a kind of body and not some bodies of it ("doanh nghiệp", not "các doanh nghiệp")."""
        return self.general and self.kind != GROUP and not self.name.lower().startswith(EACH)

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
    """A text and its two foldings: tones alone, and in lower case too; offsets are the same in all three."""

    printed: str
    low: str
    source: str

    def part(self, start: int, end: int) -> Text:
        """A range of the text."""
        return Text(self.printed[start:end], self.low[start:end], self.source[start:end])


def fold(text: str) -> Text:
    """The two foldings of a text, in which names are looked for."""
    printed = fold_tones(text)
    low = printed.lower()
    if len(low) != len(printed):
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in printed)
    return Text(printed, low, text)
