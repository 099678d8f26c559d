"""The end of a document where its two columns were read line by line, as in texts made from a PDF.

    Nơi nhận: TM. ỦY BAN NHÂN DÂN
    - Như Điều 3;
    KT. CHỦ TỊCH
    - Lưu: VT.
    Nguyễn Văn An

Recipients stand on the left and the signature on the right, so that pieces of the two take turns.
"""

from __future__ import annotations

from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.layout.lines import BAR, BLANK, PAGE, RULE, TEXT, Lines
from planparse.structure.closing import is_name, is_role_line
from planparse.structure.drafts import Piece
from planparse.structure.opening import Opening
from planparse.text import is_caps

_RECIPIENTS, _SIGNATURE = "recipients", "signature"
_DASHES = "-–—+•"
#: The two columns end within so many lines.
_MOST_LINES = 80


class _Segment(NamedTuple):
    """A line, or what one column has of it: its kind, its index, where it stands, and its words."""

    kind: str
    line: int
    start: int
    end: int
    text: str


class Columns:
    """Reads recipients and signature that take turns."""

    def __init__(self, grammar: Grammar, lines: Lines, opening: Opening) -> None:
        self.grammar = grammar
        self.lines = lines
        self.opening = opening

    def read(self, first: int, last: int) -> list[Piece] | None:
        """The pieces from the line that labels the recipients on; None where recipients and signature stand apart."""
        segments = self._segments(first, _RECIPIENTS, signed=False)
        for i in range(first + 1, min(last, first + _MOST_LINES)):
            if self.lines.kind[i] in (BLANK, PAGE, RULE, BAR):
                continue
            kind = self._kind(i, segments[-1].kind, last)
            if kind is None:
                break
            segments += self._segments(i, kind, signed=any(segment.kind == _SIGNATURE for segment in segments))
        runs: list[list[_Segment]] = []
        for segment in segments:
            if runs and runs[-1][-1].kind == segment.kind:
                runs[-1].append(segment)
            else:
                runs.append([segment])
        if not any(run[0].kind == _RECIPIENTS for run in runs[2:]):
            return None
        following = [run[0].line for run in runs[1:]]
        return [self._piece(run, before) for run, before in zip(runs, [*following, runs[-1][-1].line], strict=True)]

    def _piece(self, run: list[_Segment], before: int) -> Piece:
        """The segments of one column as a block, with the bars and rules that follow it `before` a line."""
        last, end = run[-1].line, run[-1].end
        for i in range(last + 1, before):
            if self.lines.kind[i] in (BAR, RULE):
                last, end = i, self.lines.end[i]
        return Piece(run[0].kind, run[0].line, last, run[0].start, end, "\n".join(part.text for part in run))

    def _segments(self, i: int, kind: str, *, signed: bool) -> list[_Segment]:
        """A line, in two where a signature stands beside recipients: "- Như Điều 3; | KT. CHỦ TỊCH"; where it has begun
        above (`signed`), a name, too: "- Lưu: VT. | Nguyễn Văn An"."""
        text, start, end = self.lines.text[i], self.lines.start[i], self.lines.end[i]
        right = self._beside(text, signed) if kind == _RECIPIENTS else ""
        if not right:
            return [_Segment(kind, i, start, end, text)]
        left = text[: -len(right)].rstrip()
        cut = end - len(right)
        return [_Segment(_RECIPIENTS, i, start, cut, left), _Segment(_SIGNATURE, i, cut, end, right)]

    def _beside(self, text: str, signed: bool) -> str:
        """The signature in capitals, or the name, with which a line of recipients ends, if any."""
        at = text.find(" ") + 1
        while at:
            rest = text[at:]
            if text[at - 2] in ";.:,)" and is_caps(rest) and self._signs(rest):
                return rest
            if text[at - 2] in ";." and signed and is_name(self.grammar, rest):
                return rest
            at = text.find(" ", at) + 1
        return ""

    def _signs(self, text: str) -> bool:
        return bool(self.grammar.says("authority", text)) or is_role_line(self.grammar, text)

    def _kind(self, i: int, before: str, last: int) -> str | None:
        """Which column a line belongs to; None for a line that ends both."""
        text = self.lines.text[i]
        if self.lines.kind[i] != TEXT or self.grammar.says("appendix", text):
            return None
        if is_caps(text) and self.opening.attached_below(i, last):
            return None
        if text[0] in _DASHES:
            return _RECIPIENTS
        if self._signs(text) or self.grammar.says("signed", text):
            return _SIGNATURE
        if is_caps(text):
            return _SIGNATURE if before == _SIGNATURE and self.opening.type_of(text) is None else None
        if is_name(self.grammar, text):
            return _SIGNATURE
        return before if text[0].islower() else None
