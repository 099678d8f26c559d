"""The end of a document: signature (authority, role, name) and recipients, in either order."""

from __future__ import annotations

from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.late import late
from planparse.text import LOWER_CLASS, UPPER_CLASS, fold_tones, is_caps, squash

# "H’Yim Kđoh", "Y Giang Gry", "Vừ A Bằng": names of the highlands.
_WORD = rf"{UPPER_CLASS}(?:['’]\s?{UPPER_CLASS})?{LOWER_CLASS}*"
_NAME = late(rf"(?:{_WORD}\s){{1,5}}{_WORD}$")
_TAIL_NAME = late(
    rf"(?<=[A-ZĐÀ-Ỹ.)])\s(?P<name>(?:{UPPER_CLASS}(?:['’]\s?{UPPER_CLASS})?{LOWER_CLASS}+\s|[AY]\s){{1,5}}{UPPER_CLASS}{LOWER_CLASS}+)$"
)
# A dash inside a name is none between items: "Trung tâm Thông tin - Công báo".
_ITEM = late(r"(?:^|(?<=[;.:)\]])\s*|\n\s*)[-–+•]\s+")
_ANY_DASH = late(r"\s[-–+•]\s+")


class Signer(NamedTuple):
    """A signer: the name, the role in capitals as printed, and the authority lines joined by " / "."""

    name: str | None
    role: str | None
    authority: str | None


def is_name(grammar: Grammar, text: str) -> bool:
    """Whether a line is a person's name: two to six words, each with a capital and no more; a rank may stand before."""
    text = _untitled(grammar, text)
    return len(text) < 42 and not any(ch.isdigit() for ch in text) and _NAME.match(text) is not None and not text.isupper()


def _untitled(grammar: Grammar, text: str) -> str:
    """A name without the rank or degree before it: "PGS.TS. Nguyễn Văn An"."""
    found = grammar.says("person_title", text)
    return text[found.end() :] if found else text


def ends_with_name(text: str) -> bool:
    """Whether a signature set on one line ends with the signer's name."""
    return _TAIL_NAME.search(text) is not None


def read_signature(grammar: Grammar, text: str) -> Signer:
    """The signer that a signature names: "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn An"."""
    text = squash(text.replace("|", " "))
    for pattern in grammar.phrase("signed"):
        while found := pattern.search(text):
            if not found[0].strip():
                break
            text = squash(text[: found.start()] + " " + text[found.end() :])
    name = None
    if found := _TAIL_NAME.search(text):
        name = found["name"]
        text = text[: found.start()].strip()
    elif is_name(grammar, text):
        return Signer(text, None, None)
    text = _untitled(grammar, text) if not text.isupper() else text
    marks = [mark for row in grammar.seek("authority_mark") for mark in row.matches(text)]
    starts = sorted(mark.start() for mark in marks)
    if not starts:
        return Signer(name, text or None, None)
    if text.startswith("Q.") and len(starts) == 1:
        return Signer(name, text, None)  # "Q. BỘ TRƯỞNG": acting, on nobody's behalf
    pieces = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    last = pieces[-1]
    body_at = max(mark.end() for mark in marks) - starts[-1]
    role_at = _role_start(grammar, last, body_at)
    role = last[role_at:].strip() or None if role_at is not None else None
    if role_at is not None:
        pieces[-1] = last[:role_at].strip()
    return Signer(name, role, " / ".join(pieces) or None)


def _role_start(grammar: Grammar, text: str, body_at: int) -> int | None:
    """Where the role of the signer begins after the authority: "KT. CHỦ TỊCH|PHÓ CHỦ TỊCH"."""
    folded = fold_tones(text)
    for at in range(body_at + 1, len(text)):
        if text[at - 1] != " ":
            continue
        for pattern in grammar.phrase("role"):
            if (found := pattern.match(folded[at:])) and found[0] not in {"BAN", "VĂN PHÒNG", "THANH TRA"}:
                before = text[body_at:at].split()
                # "BỘ TRƯỞNG", "THỨ TRƯỞNG": the second word begins no role of its own.
                if before and before[-1] in {"BỘ", "THỨ", "PHÓ", "VỤ", "CỤC", "TỔNG", "VIỆN", "QUYỀN", "HIỆU"}:
                    continue
                return at
    return None


def read_recipients(grammar: Grammar, text: str) -> list[str]:
    """The recipients that a list names, without their dashes and the semicolons between them."""
    text = text.replace("|", " ").strip()
    if label := grammar.says("recipients", text):
        text = text[label.end() :].lstrip()
    items = _ITEM.split(text)
    if len(items) < 3 and "\n" not in text:
        items = [piece for item in items for piece in _ANY_DASH.split(item)]
    return [item for part in items if (item := squash(part).rstrip(";").strip())]


def is_role_line(grammar: Grammar, text: str) -> bool:
    """Whether a line is the role of a signer alone: "CHỦ TỊCH"."""
    return len(text) < 60 and is_caps(text) and bool(grammar.says("role", text)) and text[-1] not in ":;,"
