"""Which old encoding a text is in, told by how well it reads as Vietnamese, and what was saved wrongly, set right.

Raw text has one character of Latin-1 for each byte.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.reading.legacy import ENCODINGS, Encoding, code_page
from planparse.reading.syllables import Fit, fit

#: How much of a text is tried in each encoding, in characters; all of a text that says little in the beginning.
_SAMPLE, _ENOUGH = 50_000, 40
#: So many different words must be Vietnamese, and so large a share; a text that reads well as it is stays as it is.
_FEWEST, _SHARE, _GOOD_ALREADY = 4, 0.8, 0.5
#: The code pages that a program takes bytes for that it does not know: of Western Europe and of Vietnam.
_PAGES = (1252, 1258)
#: A text that was saved wrongly may have been so again.
_TIMES = 3


class Read(NamedTuple):
    """A text as it was meant, and the encoding that it was in."""

    text: str
    encoding: str


def read_bytes(data: bytes) -> Read | None:
    """The text of bytes that are no UTF-8, or None where they fit no old encoding."""
    raw = data.decode("latin-1")
    best = _best(raw, fit(_sample(raw)))
    return best and Read(best.read(raw), best.name)


def read_mistaken(text: str) -> Read | None:
    """What a text was before a program mistook its bytes for another encoding and saved it; None for a sound text."""
    return _utf8_mistaken(text) or _legacy_mistaken(text)


def forced(raw: str, name: str) -> tuple[Encoding, Fit]:
    """The variant of an encoding that raw text fits best, and how well."""
    sample = _sample(raw)
    tried = [(encoding, fit(encoding.read(sample))) for encoding in ENCODINGS if encoding.name == name]
    return max(tried, key=lambda one: one[1].share)


# --- bytes of an old encoding -----------------------------------------------------------------------------------------
def _best(raw: str, as_it_is: Fit) -> Encoding | None:
    """The encoding that raw text fits clearly."""
    if as_it_is.total >= _FEWEST and as_it_is.share >= _GOOD_ALREADY:
        return None
    sample = _sample(raw)
    best, found = None, Fit(0, 0)
    for encoding in ENCODINGS:
        tried = fit(encoding.read(sample))
        if tried.good >= _FEWEST and tried.share >= _SHARE and tried.share > found.share:
            best, found = encoding, tried
    return best


def _sample(text: str) -> str:
    head = text[:_SAMPLE]
    return head if fit(head).total >= _ENOUGH else text


# --- text that was saved wrongly --------------------------------------------------------------------------------------
#: A letter of UTF-8, byte by byte; a no-break space at its end may have become a space, and a byte may be lost.
_LETTER = re.compile(
    "[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
    "|(?:[\xc2\xc3]|\xe1[\xba\xbb])[ \ufffd]|[\xc4-\xc6]\ufffd"
)
_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
#: So many letters that only Vietnamese has must come out, and no more than so large a share of signs may stay odd.
_FEWEST_LETTERS, _LEFT = 2, 0.1


def _legacy_mistaken(text: str) -> Read | None:
    as_it_is = fit(_sample(text))
    found: list[tuple[float, Read]] = []
    for page in _PAGES:
        raw = as_bytes(text, page)
        if (best := _best(raw, as_it_is)) is not None:
            made = best.read(raw)
            found.append((fit(_sample(made)).share, Read(made, f"{best.name} mistaken for windows-{page}")))
    return max(found, key=lambda one: one[0], default=(0.0, None))[1]


def _utf8_mistaken(text: str) -> Read | None:
    for page in _PAGES:
        made = text
        for _ in range(_TIMES):
            made, left = _letters_joined(made, page)
            if left > _LEFT:
                break
            if len(_VIETNAMESE.findall(made)) >= _FEWEST_LETTERS and fit(_sample(made)).share >= _SHARE:
                return Read(made, f"utf-8 mistaken for windows-{page}")
    return None


def _letters_joined(text: str, page: int) -> tuple[str, float]:
    """The text with the bytes of each letter of UTF-8 made one letter, and the share of its signs beyond ASCII that are
    of no such letter."""
    raw = as_bytes(text, page)
    pieces: list[str] = []
    done = within = 0
    for found in _LETTER.finditer(raw):
        letter = _letter(found[0])
        if letter is not None:
            pieces += [text[done : found.start()], letter]
            done = found.end()
            within += len(found[0]) - (" " in found[0])
    beyond = sum(not character.isascii() for character in raw)
    return "".join([*pieces, text[done:]]), 1 - within / beyond if beyond else 1.0


def _letter(raw: str) -> str | None:
    if raw.endswith("\ufffd"):
        return "\ufffd"
    try:
        return raw.replace(" ", "\xa0").encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None


def is_unicode(text: str) -> int | None:
    """Where a letter stands that only Vietnamese in Unicode has; None where there is none."""
    found = _VIETNAMESE.search(text)
    return found and found.start()


def as_bytes(text: str, page: int) -> str:
    """Each character as the byte that a code page has for it; what the page has not stays."""
    return text.translate({ord(shown): raw for raw, shown in code_page(page).items()})
