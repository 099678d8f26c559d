"""The errors that a person can act on: each prints as one line, and the command line ends with exit code 2."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text on one line, with everything that a terminal would obey or could not show as an escape ("\\n", "\\x1b")."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


class PlanparseError(Exception):
    """Something outside the text is wrong; `str(error)` is one line that says what, where and what to do."""


class InputError(PlanparseError):
    """A file could not be read as a document."""


def locked(name: str) -> InputError:
    """The error of a file that can be read with a password only."""
    return InputError(f"{name}: is locked with a password; save it without one")


class OutputError(PlanparseError):
    """A result could not be written."""


class GrammarError(PlanparseError):
    """A grammar row is wrong; the message begins with "file:line:"."""
