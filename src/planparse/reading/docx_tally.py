"""What a reader of Word files left out, took apart or could not read, counted for the notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from planparse.reading.native import Note

#: No document holds more text, in characters.
MOST_CHARACTERS = 40_000_000


class TooMuchTextError(Exception):
    """A document holds more than MOST_CHARACTERS."""


@dataclass(slots=True)
class Tally:
    """Counts of what was met; each that is not nothing becomes a Note, but for the characters of the text."""

    characters: int = 0
    inserted: int = 0
    deleted: int = 0
    comments: int = 0
    hidden: int = 0
    nested: int = 0
    pictures: int = 0
    parts: int = 0
    unknown: int = 0
    signs: int = 0
    computed: int = 0
    contents: int = 0
    formats: set[str] = field(default_factory=set)
    fonts: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Count the characters of a text that is taken up. Raises TooMuchTextError."""
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS:
            raise TooMuchTextError

    def notes(self) -> Iterator[Note]:
        """The notes, in the order of how much they matter to a reader of the result."""
        for part in self.broken:
            yield Note("word.part_broken", {"part": part})
        if self.inserted or self.deleted:
            yield Note("word.changes_accepted", {"inserted": self.inserted, "deleted": self.deleted})
        for code, count in (
            ("word.comments_dropped", self.comments),
            ("word.hidden_dropped", self.hidden),
            ("word.nested_tables", self.nested),
            ("word.contents_set_apart", self.contents),
            ("word.fields_empty", self.computed),
            ("word.signs_unknown", self.signs),
            ("word.pictures", self.pictures),
            ("word.parts_not_read", self.parts),
            ("word.elements_unknown", self.unknown),
        ):
            if count:
                yield Note(code, {"count": count})
        if self.formats:
            yield Note("word.numbers_unknown", {"formats": ", ".join(sorted(self.formats))})
        if self.fonts:
            yield Note("word.fonts_converted", {"fonts": ", ".join(sorted(self.fonts))})
