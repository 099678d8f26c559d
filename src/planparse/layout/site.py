"""What the hosting site put before and after a document: metadata lists, related-document lists, its own title."""

from __future__ import annotations

from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.layout.lines import BAR, BLANK, PIPE, RULE, TEXT, Lines
from planparse.levels import LIST_LEVELS
from planparse.text import fold_tones, is_caps

#: What a site puts above a document is no longer, in lines.
_HEAD_LINES = 400
# What only the body of a document says.
_BODY = ("legal_basis", "proposal", "enacting", "appendix", "attached_to", "recipients", "authority")
#: So many labels of a site's list tell that cells closed by bars above the letterhead are of that list.
_FEWEST_LABELS = 2
#: A letterhead ends within so many lines.
_LETTERHEAD_LINES = 60
#: A stamp, or a body that is not in capitals, is no longer, in characters.
_SHORT = 60
#: A line of labels and values is no longer, in words.
_MOST_WORDS = 120


class Edges(NamedTuple):
    """The lines of the document itself: from `first` up to, but not with, `last`; what lies outside is the site's."""

    first: int
    last: int


def find_edges(lines: Lines, grammar: Grammar) -> Edges:
    """Where the document begins and ends between what the site put around it."""
    first = _head(lines, grammar)
    return Edges(first, max(first, _tail(lines, grammar)))


def metadata(lines: Lines, grammar: Grammar, edges: Edges) -> dict[str, str | None]:
    """What the site says of the document, by its own labels; a placeholder ("Đang cập nhật") is None."""
    said: dict[str, str | None] = {}
    for i in (*range(edges.first), *range(edges.last, len(lines))):
        if lines.kind[i] not in (TEXT, PIPE):
            continue
        for entry in _entries(lines, grammar, i):
            if found := grammar.site("key", entry):
                value = found["value"].strip(" ,") or _value_in_next_cell(lines, grammar, i)
                said.setdefault(found["key"], None if not value or grammar.site("placeholder", value) else value)
    return said


def _value_in_next_cell(lines: Lines, grammar: Grammar, i: int) -> str:
    """The value of a label that is alone in its cell: "Số hiệu:" / "|" / "15/KH-UBND" / "|"."""
    if i + 3 >= len(lines) or lines.kind[i + 1] != BAR or lines.kind[i + 2] != TEXT or lines.kind[i + 3] != BAR:
        return ""
    return "" if grammar.site("key", lines.text[i + 2]) else lines.text[i + 2].strip(" ,")


def _entries(lines: Lines, grammar: Grammar, i: int) -> list[str]:
    """What a line says under each of its labels: "Số hiệu: 15/KH-UBND Loại văn bản: Kế hoạch" is two entries, and so is a
    row "Số hiệu | 15/KH-UBND | Loại văn bản | Kế hoạch |". A label within a line bears a colon, or begins a cell."""
    row = lines.kind[i] == PIPE
    words = [word.strip() for word in lines.text[i].split("|" if row else " ")]
    if len(words) > _MOST_WORDS:
        return []
    entries: list[list[str]] = []
    for at, word in enumerate(words):
        rest = " ".join(words[at:])
        if not entries or (
            word[:1].isupper() and (found := grammar.site("key", rest)) and (row or ":" in rest[: found.start("value")])
        ):
            entries.append([])
        entries[-1].append(word)
    return [" ".join(entry).strip() for entry in entries]


def _is_list_line(lines: Lines, grammar: Grammar, i: int) -> bool:
    text = lines.text[i].strip("| ") if lines.kind[i] == PIPE else lines.text[i]
    letter = text[:1]
    if letter and (letter in "-–•" or letter.isupper()):
        text = text.replace(" | ", " ")
        return bool(grammar.site("related", text) or grammar.site("key", text) or grammar.site("furniture", text))
    return False


def _head(lines: Lines, grammar: Grammar) -> int:
    """The first line of the document: at the letterhead, whatever the site put above it; else after the site's lists."""
    begin = _letterhead(lines, grammar)
    if begin is None:
        return _after_lists(lines, grammar)
    return begin if any(lines.kind[i] in (TEXT, PIPE) for i in range(begin)) else 0


def _letterhead(lines: Lines, grammar: Grammar) -> int | None:
    """The first line of the letterhead, or of the title where there is none; None where the body of a document comes
    before any."""
    cell = barred = labelled = False
    listed = 0
    for i in range(min(len(lines), _HEAD_LINES)):
        barred = barred or (lines.kind[i] == BAR and cell)
        if lines.kind[i] not in (TEXT, PIPE):
            continue
        text = _first_cell(lines, i)
        cell = lines.kind[i] == TEXT
        value_of_label, labelled = labelled, False
        if not text or _is_list_line(lines, grammar, i):
            listed += bool(text)
            labelled = text.endswith(":")
            continue
        if value_of_label and len(text) < _SHORT:
            continue
        if _begins_letterhead(lines, grammar, i, text):
            # Bars close the cells of a table, unless a site set its list so: "Số hiệu:" / "|" / "15/KH-UBND" / "|".
            return None if barred and listed < _FEWEST_LABELS else _top_of_letterhead(lines, grammar, i)
        if lines.kind[i] == PIPE or shows_body(grammar, text):
            return None
    return None


def _first_cell(lines: Lines, i: int) -> str:
    text = lines.text[i]
    return text if lines.kind[i] == TEXT else text.strip("| ").split("|", 1)[0].strip()


def _begins_letterhead(lines: Lines, grammar: Grammar, i: int, text: str) -> bool:
    """Whether a line begins what stands at the top of a document: a body or the national name in capitals (which a wrap
    may have broken: "ỦY" / "BAN NHÂN DÂN"), a stamp, a number, a place and date, the type."""
    if any(grammar.says(kind, text) for kind in ("number", "place_date")):
        return True
    if grammar.says("stamp", text.upper()):
        return len(text) < _SHORT
    if (name := grammar.found("national_name", fold_tones(text))) and is_caps(text[: name.end()]):
        return True  # "ỦY BAN NHÂN DÂN CỘNG HÒA … Độc lập …": two columns on one line
    if not is_caps(text) or not text[0].isalpha():
        return False
    if grammar.type_of(text) is not None and text[-1] != ":":
        # "THÔNG BÁO" in a site's menu stands above the letterhead; the type stands below it.
        return not _national_name_follows(lines, grammar, i)
    for following in range(i + 1, min(i + 3, len(lines))):
        if lines.kind[following - 1] != TEXT or not (more := _first_cell(lines, following)) or not is_caps(more):
            break
        text = f"{text} {more}"
    text = fold_tones(text.upper())
    return bool(grammar.says("national_name", text)) or grammar.issuer_of(text) is not None


def _national_name_follows(lines: Lines, grammar: Grammar, i: int) -> bool:
    for following in range(i + 1, min(i + _LETTERHEAD_LINES, len(lines))):
        if lines.kind[following] not in (TEXT, PIPE) or not (text := _first_cell(lines, following)):
            continue
        if grammar.says("national_name", fold_tones(text)):
            return True
        if shows_body(grammar, text):
            return False
    return False


def _top_of_letterhead(lines: Lines, grammar: Grammar, i: int) -> int:
    """The first of the lines above a line that belong to the letterhead with it: in capitals (a body that no lexicon has
    may stand over the one that it has), or a body that is not in capitals."""
    top = i
    while i:
        i -= 1
        if lines.kind[i] in (BLANK, RULE, BAR):
            continue
        text = _first_cell(lines, i)
        if not text or not text[0].isalpha() or _is_list_line(lines, grammar, i):
            break
        if not is_caps(text) and (len(text) > _SHORT or grammar.issuer_of(fold_tones(text.upper())) is None):
            break
        top = i
    return top


def shows_body(grammar: Grammar, text: str) -> bool:
    """Whether a line belongs to the body of a document: a legal basis, a section mark, a label, a signature."""
    if any(grammar.says(kind, text) for kind in _BODY):
        return True
    families = grammar.families_by_first.get(text[0], ())
    return any(family.level not in LIST_LEVELS and family.pattern.match(text) for family in families)


def _after_lists(lines: Lines, grammar: Grammar) -> int:
    """The first line after the lists of a site, up to where a letterhead could begin; 0 where there are none."""
    seen = False
    end = 0
    for i in range(min(len(lines), _HEAD_LINES)):
        if lines.kind[i] not in (TEXT, PIPE):
            if lines.kind[i] != BLANK and not seen:
                return 0
            if lines.kind[i] != BLANK:
                break
            continue
        text = lines.text[i]
        if _is_list_line(lines, grammar, i):
            seen = True
            end = i + 1
            continue
        if lines.kind[i] == PIPE:
            break
        if is_caps(text) and len(text) > 1 and text[0].isalpha():
            break
        if not seen and i > 12:
            break
        if grammar.says("place_date", text) or grammar.says("number", text):
            break
    if not seen:
        return 0
    # The site's own lines that a wrap broke, up to the letterhead.
    i = end
    while i < len(lines) and i < end + 6:
        if lines.kind[i] != TEXT or is_caps(lines.text[i]) or grammar.says("number", lines.text[i]):
            break
        i += 1
    else:
        i = end
    if i < len(lines) and lines.kind[i] != BLANK:
        end = i
    while end < len(lines) and lines.kind[end] == BLANK:
        end += 1
    return end


def _tail(lines: Lines, grammar: Grammar) -> int:
    """The line after the document's last: where the site's lists begin that go on to the end of the text."""
    last = len(lines)
    begun = last
    strays = 0
    i = last - 1
    while i >= 0:
        if lines.kind[i] == BLANK:
            i -= 1
            continue
        if lines.kind[i] != TEXT:
            break
        if _is_list_line(lines, grammar, i):
            begun = i
            strays = 0
        elif begun == last and not grammar.site("title", lines.text[i]):
            break
        else:
            # The second line of an entry that a wrap broke, or the site's title between its lists.
            strays += 1
            if strays > 12:
                break
        i -= 1
    if begun < last and begun and grammar.site("title", lines.text[begun - 1]) and _lonely(lines, begun - 1):
        begun -= 1
    return begun


def _lonely(lines: Lines, i: int) -> bool:
    """Whether a line stands at the top of the site's block, not inside a paragraph of the document."""
    return i == 0 or lines.kind[i - 1] != TEXT or lines.text[i - 1][-1] in ".;:|"
