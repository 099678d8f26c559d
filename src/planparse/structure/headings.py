"""Whether the words after a mark are a title, running text, or a title that runs into its text."""

from __future__ import annotations

import re

from planparse.grammar.grammar import Grammar
from planparse.levels import ITEM_LEVELS
from planparse.structure.flow import LONGEST_TITLE, Unit
from planparse.text import is_caps

#: A run-in title ("3. Thời gian thực hiện: tới năm 2020") is not longer, in characters.
_LONGEST_RUN_IN = 90
#: The title of an article is not longer, in characters: "Điều 4. Đối tượng được hỗ trợ."
_LONGEST_ARTICLE_TITLE = 90
#: What leads a list in is told by so many characters; a title that ends alike is not longer than this.
_LEAD_IN = 30
_SHORT_TITLE = 45
#: Words that name what follows a colon are no more.
_MOST_NAMING_WORDS = 8
_RUN_IN = re.compile(r"[^:;.]{2,90}?:(?=\s\S)")
_FOOTNOTE_MARK = "0123456789[] "


def split_heading(
    grammar: Grammar, unit: Unit, words: str, *, has_children: bool, followed: bool
) -> tuple[str | None, str | None]:
    """The heading and the text of a marked paragraph; either may be None.

    `words` are the paragraph's words after its mark; `has_children` says that sections stand under it, `followed`
    that an unmarked paragraph or a table follows it directly.
    """
    if not words:
        return None, None
    level = unit.mark.family.level if unit.mark else ""
    end = words.rstrip(_FOOTNOTE_MARK)[-1:] or words[-1]
    if level in ITEM_LEVELS:
        if end in ".;," or not (has_children or followed):
            return None, words
        short = len(words) < 120 and end not in ".;,"
        return (words, None) if (has_children and short) or (followed and short and end == ":") else (None, words)
    if level in {"part", "chapter", "division"} or (len(words) > 3 and is_caps(words)):
        return words, None
    run_in = _run_in(grammar, words, level)
    if run_in is not None:
        return words[:run_in].strip(), words[run_in:].strip()
    if end in ".;," or len(words) > LONGEST_TITLE:
        title = end == "." and len(words) < 130 and has_children and ". " not in words and ";" not in words
        if level == "article":
            title = title and len(words) < _LONGEST_ARTICLE_TITLE and grammar.words.verbs.match(words) is None
        return (words, None) if title and level != "letter" else (None, words)
    if (end == ":" and _leads_in(grammar, words)) or (level == "article" and _decides(grammar, words, end)):
        return None, words
    if end == ":":
        return (words, None) if has_children or followed or len(words) < 160 else (None, words)
    if ". " in words or "; " in words:
        return (None, words) if not has_children else (words, None)
    if has_children or followed:
        return words, None
    return (words, None) if len(words) < 130 and level in {"roman", "upper"} else (None, words)


def _leads_in(grammar: Grammar, words: str) -> bool:
    """Whether words that end in ":" are a sentence that leads a list in ("… cụ thể như sau:") and no title; a short name
    of a kind of section stays one ("Mục tiêu cụ thể như sau:")."""
    if grammar.found("lead_in", words[-_LEAD_IN:]) is None:
        return False
    return len(words) > _SHORT_TITLE or grammar.role_of(words) is None


def _decides(grammar: Grammar, words: str, end: str) -> bool:
    """Whether the words of an article are what it decides and no title, which is short: "Phê duyệt dự án …"."""
    return len(words) > _LONGEST_ARTICLE_TITLE and (end == ":" or grammar.words.verbs.match(words) is not None)


def _run_in(grammar: Grammar, words: str, level: str) -> int | None:
    """Where the text begins after a run-in title; None where there is no run-in title."""
    if level == "article" or ":" not in words[:_LONGEST_RUN_IN]:
        return None
    found = _RUN_IN.match(words)
    if found is None or len(found[0]) > _LONGEST_RUN_IN or len(words) - found.end() < 4:
        return None
    title = found[0][:-1]
    if (grammar.role_of(title) is not None and len(title) < 60) or (
        grammar.says("title_body", title) and "," not in words[found.end() : found.end() + 1]
    ):
        listed = words[found.end() :].strip()
        # "5. UBND các huyện: Bình Sơn, Sơn Tịnh": a title that lists, not one that runs into its text.
        if grammar.says("title_body", title) and listed[-1] not in ".;:" and len(words) < 160:
            return None
        return found.end()
    begun = words[found.end() :].lstrip()[0]
    return found.end() if (begun.isupper() or begun in '“"') and _names(grammar, title) else None


def _names(grammar: Grammar, title: str) -> bool:
    """Whether the words before a colon only name something ("Tên dự án", "Địa điểm xây dựng"): few, all in one phrase,
    and none that begins a task or a time."""
    words = title.split()
    return (
        len(words) <= _MOST_NAMING_WORDS
        and not any(mark in title for mark in ',()“”"')
        and not any(map(str.isdigit, title))
        and title[0].isupper()
        and words[0].lower() not in grammar.words.open
        and grammar.words.verbs.match(title) is None
    )
