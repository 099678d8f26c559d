"""The errors that a person can act on: each prints as one line, and the command line ends with exit code 2."""

from __future__ import annotations


class PlanparseError(Exception):
    """Something outside the text is wrong; `str(error)` is one line that says what, where and what to do."""


class InputError(PlanparseError):
    """A file could not be read as a document."""


class OutputError(PlanparseError):
    """A result could not be written."""


class GrammarError(PlanparseError):
    """A grammar row is wrong; the message begins with "file:line:"."""
