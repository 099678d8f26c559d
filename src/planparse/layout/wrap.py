"""Hard-wrapped lines: how wide a text was wrapped, and whether the paragraph goes on after a line.

Two habits of wrapping are met. A *uniform* wrap fills every line but a paragraph's last: a line with room left for
the next word ends its paragraph. A *ragged* wrap comes from pages whose source lines began with tags: only the first
line of a paragraph is short ("3. Sở Tài" / "chính"), so a line with room left ends its paragraph unless it is the
first. A text that was never wrapped has one paragraph a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from planparse.grammar.grammar import Words
from planparse.layout.lines import BAR, TEXT, Lines
from planparse.text import is_caps, may_be_point

# Whether a paragraph goes on after a line, from what is sure to end it to what is sure to go on.
END, LIKELY_END, UNSURE, GOES_ON = range(4)

#: The shortest full line of a ragged wrap, as a share of its longest.
_RAGGED_FILL = 0.8
#: No text is hard-wrapped wider, in characters.
_WIDEST = 160
#: Among the lines of a wrap stand few that are longer: no more than so many for each that surely goes on.
_MOST_OVERLONG = 3

_TERMINAL = ".;:!?…"
_CLOSERS = ')]”’"»'
_RANGE_END = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d$")
_YEAR_LAST = re.compile(r"(?<![\d/.])(?:19|20)\d\d$")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d(?!\d)")
_YEARS_JOINED = re.compile(r"(?<!\d)(?:19|20)\d\d [-–]\s*(?:19|20)\d\d(?!\d)")
_LAST_WORD = re.compile(r"([^\s\W\d]+)[.]$")


class Wrap(NamedTuple):
    """How a text was wrapped.

    width: the longest line that the wrap allows, in characters; 0 where the text was not wrapped.
    fill: a line that the next word would not make longer than this is short; a ragged wrap counted the tags of the
        page too, so its full lines differ in length.
    ragged: only the first lines of paragraphs are short.
    splits: whether a full line that ends a sentence more often ends a paragraph than not.
    """

    width: int
    fill: int
    ragged: bool
    splits: bool

    def short(self, line: str, following: str) -> bool:
        """Whether a line was left short: the first word of the following line would have fitted."""
        return room_after(line, following, self.fill)

    def overlong(self, line: str) -> bool:
        """Whether a line is longer than the wrap allows: it was not wrapped with the others."""
        return len(line) > _overlong(self.width)


#: A text whose paragraphs stand on one line each.
UNWRAPPED = Wrap(0, 0, False, False)


def _overlong(width: int) -> float:
    return width * 1.15 + 5


def measure(lines: Lines, tables: list[range]) -> Wrap:
    """Find out how a text was wrapped, from the lines that begin with a small letter: those surely go on.

    `tables` are the ranges of lines in tables: cells are wrapped by habits of their own.
    """
    kind, text = lines.kind, lines.text
    if tables:
        kind = list(kind)
        for span in tables:
            for i in span:
                kind[i] = BAR
    going_on: list[tuple[int, int]] = []
    at: list[int] = []
    pairs = 0
    for i in range(1, len(kind)):
        if kind[i] == TEXT and kind[i - 1] == TEXT:
            pairs += 1
            line = text[i]
            if line[0].islower() and not may_be_point(line):
                before = len(text[i - 1])
                going_on.append((before, before + 1 + len(line.split(" ", 1)[0])))
                at.append(i)
    if len(going_on) < 2 or len(going_on) < 0.03 * pairs:
        return UNWRAPPED
    width = _width([length for length, _ in going_on])
    among = range(at[0], at[-1] + 1)
    overlong = sum(kind[i] == TEXT and len(text[i]) > _overlong(width) for i in among)
    if width > _WIDEST or overlong > _MOST_OVERLONG * len(going_on):
        return UNWRAPPED  # a line was broken here and there, among many that were not
    short = sum(with_next <= width for _, with_next in going_on)
    inside = ends = 0
    for i in range(1, len(kind)):
        if kind[i] == TEXT and kind[i - 1] == TEXT:
            line = text[i - 1]
            if line[-1] == "." and room_after(line, text[i], width):
                ends += 1
            inside += line.count(". ")
    ragged = short > 0.12 * len(going_on)
    return Wrap(width, int(width * _RAGGED_FILL) if ragged else width, ragged, ends >= inside)


def _width(lengths: list[int]) -> int:
    """The longest line that a wrap allows: nine lines of ten are shorter, and the longest of them stand close by; a
    stray line that was not wrapped with the others stands apart."""
    lengths.sort()
    width = lengths[int(len(lengths) * 0.9)] if len(lengths) > 10 else lengths[-1]
    if len(lengths) > 2 and len(lengths) <= 10 and width > 1.2 * lengths[-2]:
        width = lengths[-2]
    enough = max(3, len(lengths) // 50)
    at = bisect_right(lengths, width)
    while (close := bisect_right(lengths, width + 3)) - at >= enough:
        width, at = lengths[close - 1], close
    return width


def room_after(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line would have fitted on a line of this width."""
    space = following.find(" ")
    return len(line) + 1 + (len(following) if space < 0 else space) <= width


def ends_sentence(line: str, words: Words) -> bool:
    """Whether a line ends as a sentence, a list item or an introduction does."""
    last = line[-1]
    if last in _CLOSERS and len(line) > 1:
        last = line[-2]
    if last not in _TERMINAL:
        return False
    if last == ".":
        found = _LAST_WORD.search(line)
        return not (found and found[1].lower() in words.abbreviations)
    return True


def leaves_open(line: str, following: str, words: Words) -> bool:
    """Whether a line ends with what needs the next line: "của", a dash, "số" before a number, "năm" before a year, "02"
    before a noun."""
    last = line.rsplit(" ", 1)[-1]
    low = last.lower()
    if low in words.open or last in "-–":
        return not line.lower().endswith(words.closed)
    if low in words.counter and line.lower().endswith(words.closed):
        return False
    if low in words.year_counter:
        return _YEAR_FIRST.match(following) is not None
    if low in words.counter:
        return following[0].isdigit() or (following[0] in "IVX" and following[:2].isupper())
    return last.isdigit() and len(last) < 4 and following[0].isalpha()


def ends_with_head(line: str, words: Words) -> bool:
    """Whether a line ends with the first word of a body's name: "10. Sở", "các đơn vị thuộc Bộ"."""
    return line.rsplit(" ", 1)[-1] in words.head


def _is_named(line: str, following: str, words: Words) -> bool:
    """Whether what reads like a verb is the name of the body whose first word ends a line: "Sở" / "Xây dựng"; after "Mỹ
    Thanh" it is one."""
    return line.rsplit(" ", 1)[-1] not in words.head_part and words.names.match(following) is not None


def begins_sentence(line: str, words: Words) -> bool:
    """Whether a line begins as only a sentence does: with a task's verb, or with a function word in a capital
    ("Sau năm 2030, …")."""
    first = line.split(" ", 1)[0]
    return words.verbs.match(line) is not None or (first[1:].islower() and first.lower() in words.open)


def could_begin_sentence(line: str, words: Words) -> bool:
    """Whether a line begins as a sentence may: one capital, and no name that has it inside a sentence too."""
    first, _, rest = line.partition(" ")
    return first[1:].rstrip(",").islower() and rest[:1].islower() and words.proper.match(line) is None


def joined_by_dash(line: str, following: str, words: Words, *, wrapped: bool) -> bool:
    """Whether a dash at the beginning of a line joins two words: "Sở Lao động" / "- Thương binh", "2021" / "- 2030". Where
    lines are not `wrapped`, of figures years alone are joined: "2.4. Đề án 06" / "- 100% công dân …"."""
    if line[-1].isdigit() and following[1:].lstrip()[:1].isdigit():
        if not wrapped or _YEAR_LAST.search(line):
            # not so "Định hướng đến năm 2030" / "- 100% xã …", nor "Giai đoạn 2021 - 2025" / "- 2026 là năm …"
            return _YEARS_JOINED.search(f"{line} {following}") is not None and _RANGE_END.search(line) is None
        return True
    right = following[1:].lstrip().lower()
    pairs = words.compounds.get(right.split(" ", 1)[0].rstrip(",;."), ())
    return bool(pairs) and any(line.lower().endswith(a) and right.startswith(b) for a, b in pairs)


def after_line(
    wrap: Wrap,
    words: Words,
    line: str,
    following: str,
    third: str | None,
    *,
    first: bool,
    heading: bool,
    names: bool,
    repeats: bool,
) -> int:
    """Whether the paragraph goes on from `line` to `following`, which bears no mark: END … GOES_ON.

    `third` is the line after that, or None; `first` says that `line` is the first line of its paragraph, `heading`
    that the paragraph so far could be a title, `names` that it names a thing and does not begin with a task's verb,
    `repeats` that the following line begins as the title does ("3. Sở Nội vụ" / "Sở Nội vụ chủ trì …").
    """
    terminal = ends_sentence(line, words)
    if following[0].isdigit() and line[-1] in ":,(":
        return GOES_ON
    begins_low = following[0].islower()
    if begins_low or following[0] in ",;.)%”":
        # "… kinh tế cao." / "trình hợp tác …": the beginning of a paragraph was lost.
        return LIKELY_END if terminal and begins_low and _LAST_WORD.search(line) else GOES_ON
    if not wrap.width:
        return END
    if wrap.overlong(line) or wrap.overlong(following):
        # "… của Ủy ban nhân dân tỉnh Hà Giang -" / "Kế hoạch hóa gia đình": pages leave the text of a link unwrapped.
        return GOES_ON if not terminal and leaves_open(line, following, words) else LIKELY_END
    room = wrap.short(line, following)
    if room and not wrap.ragged:
        return LIKELY_END
    if line[-1] == ":" and ends_with_head(line[:-1].rstrip(), words) and _is_named_so(following, words):
        return GOES_ON  # "… phối hợp với các Sở:" / "Tài chính, Tư pháp"
    if terminal:
        return _after_sentence(wrap, words, line, following, third, room=room, first=first)
    sentence = begins_sentence(following, words)
    if leaves_open(line, following, words):
        return GOES_ON
    if line.endswith(words.title_head) or (
        ends_with_head(line, words) and (not sentence or _is_named(line, following, words))
    ):
        return GOES_ON
    caps = is_caps(line)
    # "… GIAI ĐOẠN" / "2022-2025", "… mục tiêu" / "TTX 3": figures and abbreviations say nothing of the case.
    caps_next = is_caps(following) if sum(map(str.isalpha, following)) > 6 else caps
    if caps != caps_next and (heading or caps_next):
        return LIKELY_END if len(following) > 3 or caps else UNSURE
    if not room:
        return (
            LIKELY_END
            if heading
            and (
                sentence
                or repeats
                or (names and not line.rsplit(" ", 1)[-1][0].isupper() and could_begin_sentence(following, words))
            )
            else GOES_ON
        )
    if not wrap.ragged or not first:
        return LIKELY_END
    if caps:
        return GOES_ON
    if sentence:
        return LIKELY_END
    return _after_short_first_line(wrap, following, third)


def _is_named_so(following: str, words: Words) -> bool:
    """Whether a line begins as the name of a body does behind its first word."""
    return words.names.match(following) is not None or words.proper.match(following) is not None


def _after_sentence(
    wrap: Wrap, words: Words, line: str, following: str, third: str | None, *, room: bool, first: bool
) -> int:
    if line.endswith("./."):
        return LIKELY_END
    if room and wrap.ragged and first and line[-1] == ":":
        if line[0] in "-+" and words.names.match(following):
            return GOES_ON  # "- Đơn vị phối hợp:" / "Sở Y tế; Sở Nội vụ."
        if third is not None and third[0].islower() and not wrap.short(following, third):
            # A full line is none that begins a paragraph: "5. Ngân hàng Chính sách:" / "Bố trí nguồn vốn, hướng dẫn …"
            return GOES_ON
    if room:
        # "- Đơn vị phối hợp: các sở, ban ngành;" / "Ủy ban nhân dân quận, huyện."
        return UNSURE if wrap.ragged and first and line[-1] in ";," else LIKELY_END
    if not wrap.ragged:
        return LIKELY_END if wrap.splits and line[-1] == "." else UNSURE
    # In a ragged wrap a paragraph betrays itself by its short first line.
    short = third is not None and wrap.short(following, third)
    return LIKELY_END if short and not ends_sentence(following, words) else UNSURE


def _after_short_first_line(wrap: Wrap, following: str, third: str | None) -> int:
    """After the short first line of a paragraph in a ragged wrap: "4. Sở Công" / "Thương" or "9. Sở Xây dựng" /
    "Đẩy mạnh việc triển khai thực" / "hiện …"."""
    if third is None:
        return GOES_ON
    if not wrap.short(following, third):
        return GOES_ON
    # The next line is short too: were it a second line, its paragraph would end with it.
    low = third[0].islower() and not may_be_point(third)
    return LIKELY_END if low else GOES_ON
