"""The errors that a person can act on: each is one line, in English or Vietnamese, and the command line ends with exit
code 2.

An error is a code of the catalogue (`errors.toml`) with its values. It becomes text only where it is told: who raises it,
perhaps in a process of another machine, need not know who reads it.
"""

from __future__ import annotations


def printable(text: str) -> str:
    """The text on one line, with everything that a terminal would obey or could not show as an escape ("\\n", "\\x1b")."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


class Wording:
    """Words of the catalogue by their code: what is wrong, or a piece of it, such as what a file is.

    values: what the words speak of: texts, numbers, other wordings, errors.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.values = values

    def say(self, lang: str = "en") -> str:
        """The words in a language, "en" or "vi"."""
        try:
            from planparse.error_texts import text_of

            return text_of(self.code, self.values, lang)
        except (KeyError, OSError):
            # An error of a worker that runs another version, or the system opens no file any more: what is known is said.
            return " ".join([self.code, *map(str, self.values.values())])

    def __str__(self) -> str:
        return self.say()

    def __repr__(self) -> str:
        return f"Wording({self.code!r}, {self.values!r})"


#: What is the same in every language, or is said in each.
Said = str | Wording


class PlanparseError(Exception):
    """Something outside the text is wrong; `str(error)` is one line in English that says what, where and what to do, and
    `error.say("vi")` is that line in Vietnamese.

    file: what is at fault, which the line begins with: a file, a folder, an option. problem: the line without it.
    """

    def __init__(self, code: str, /, *, file: Said | None = None, **values: object) -> None:
        super().__init__(code)  # when it is copied to another process, the rest follows as its attributes
        self.file = file
        self.problem = Wording(code, **values)

    def say(self, lang: str = "en") -> str:
        """The line in a language, "en" or "vi"."""
        problem = self.problem.say(lang)
        return problem if self.file is None else f"{in_language(self.file, lang)}: {problem}"

    def __str__(self) -> str:
        return self.say()


class InputError(PlanparseError):
    """A file could not be read as a document."""


class OutputError(PlanparseError):
    """A result could not be written."""


class GrammarError(PlanparseError):
    """A grammar row is wrong; the message begins with "file:line:".

    What is wrong with a row is told in English in both languages (`grammar.row`): it is for who writes the row, and speaks
    of fields and kinds that have English names.
    """


class PlaceError(OSError):
    """A place for outputs refuses what the system would do; an error of the system to all who handle those, but `wording`
    says why in each language."""

    def __init__(self, wording: Wording, name: str) -> None:
        super().__init__(None, str(wording), name)
        self.wording = wording

    def __reduce__(self) -> tuple[type[PlaceError], tuple[Wording, str]]:
        return type(self), (self.wording, self.filename)


def in_language(words: Said, lang: str) -> str:
    """Words in a language; a text is the same in all."""
    return words if isinstance(words, str) else words.say(lang)


def reason_of(error: BaseException) -> Said:
    """Why something failed, in a few words: those of the system or the library whose error it is, or our own."""
    if isinstance(error, PlaceError):
        return error.wording
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
