"""Fields: Word keeps the instruction ("PAGE", "HYPERLINK …") and the result; the result is what is printed."""

from __future__ import annotations

from typing import NamedTuple

#: More fields are not open at once, one in the other; what opens more was made to cost time.
_DEEPEST = 100
#: What Word prints for these is not kept in the file: formulas, signs by code, old automatic numbers.
_COMPUTED = frozenset({"EQ", "SYMBOL", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"})
_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


class _Field(NamedTuple):
    name: str = ""
    in_instruction: bool = True
    has_result: bool = False


class Fields:
    """The fields that are open at a place of the text.

    skips_pages: whether the numbers of pages are left out, as in running headers.
    computed: how many were met whose print is not in the file.
    """

    def __init__(self, *, skips_pages: bool = False) -> None:
        self.computed = 0
        self._skips_pages = skips_pages
        self._open: list[_Field] = []
        self._beyond = 0
        self._silent = 0  # how many of the open ones hide what stands here

    def shows(self) -> bool:
        """Whether text that stands here is printed; it is, so the open fields have a result."""
        if self._silent:
            return False
        if self._open and not self._open[-1].has_result:
            self._open[-1] = self._open[-1]._replace(has_result=True)
        return True

    def mark(self, kind: str) -> None:
        """A w:fldChar: "begin", "separate" or "end"."""
        if kind == "begin":
            if len(self._open) >= _DEEPEST:
                self._beyond += 1
            else:
                self._open.append(_Field())
                self._silent += 1
        elif kind == "separate" and self._open and not self._beyond and self._open[-1].in_instruction:
            field = self._open[-1] = self._open[-1]._replace(in_instruction=False)
            self._silent -= not self._hides(field)
        elif kind == "end":
            if self._beyond:
                self._beyond -= 1
            elif self._open:
                self._end(self._open.pop())

    def instruct(self, text: str) -> None:
        """A piece of the instruction: its first word says what kind of field it is."""
        if self._open and not self._open[-1].name and self._open[-1].in_instruction and (words := text.split(None, 1)):
            self._open[-1] = self._open[-1]._replace(name=words[0].upper())

    def hides_simple(self, instruction: str) -> bool:
        """Whether the result of a field in one element (w:fldSimple) is left out."""
        return self._skips_pages and instruction.split(None, 1)[:1] in [[page] for page in _PAGES]

    def end_paragraph(self) -> bool:
        """An instruction does not reach over its paragraph: where its end is missing, nothing after it is lost. Whether one
        was open."""
        if not any(field.in_instruction for field in self._open):
            return False
        self._open = [field._replace(in_instruction=False) for field in self._open]
        self._silent = sum(map(self._hides, self._open))
        return True

    def _hides(self, field: _Field) -> bool:
        return field.in_instruction or (self._skips_pages and field.name in _PAGES)

    def _end(self, field: _Field) -> None:
        self._silent -= self._hides(field)
        if field.name in _COMPUTED and not field.has_result:
            self.computed += 1
