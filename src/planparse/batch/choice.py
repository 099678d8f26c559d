"""An input of a batch, and the choice of those that a folder holds."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import NamedTuple

from planparse.errors import Wording

#: What is read in a folder where --include does not say.
DEFAULT_INCLUDE = ("*.txt", "*.html", "*.htm", "*.docx", "*.doc", "*.rtf", "*.pdf")
#: What makes a name a glob.
WILDCARDS = frozenset("*?[")


class Input(NamedTuple):
    """A document to read, or what stands in the place of one.

    path: as it is opened and named in the outputs.
    document: its place in the tree, "sở/kế hoạch.txt"; the outputs mirror it, the manifest and the tables are keyed by it.
    trouble: why it cannot be read, where that is known before it is opened.
    skipped: that the trouble is no failure: what stands there never was a document.
    """

    path: str
    document: str
    trouble: Wording | None = None
    skipped: bool = False


class Choice(NamedTuple):
    """Which files of a folder are read: patterns for a name or for a path in the folder, in any case of letters."""

    include: tuple[str, ...] = DEFAULT_INCLUDE
    exclude: tuple[str, ...] = ()

    def takes(self, name: str, place: str) -> bool:
        """Whether a file is read."""
        return _fits(name, place, self.include) and not self.leaves(name, place)

    def leaves(self, name: str, place: str) -> bool:
        """Whether a file or a folder is left out."""
        return _fits(name, place, self.exclude)


def _fits(name: str, place: str, patterns: Iterable[str]) -> bool:
    return any(
        fnmatchcase(text, pattern)
        for pattern in map(_folded, patterns)
        for text in (_folded(name), _folded(place.replace(os.sep, "/")))
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()
