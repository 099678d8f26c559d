"""Which old encoding a text is in, told by how well it reads as Vietnamese, and what was saved wrongly, set right.

Raw text has one character of Latin-1 for each byte.
"""

from __future__ import annotations

import re
from typing import Any

from planparse.reading.capitals import restored
from planparse.reading.encodings import Read
from planparse.reading.legacy import ENCODINGS, Encoding, code_page
from planparse.reading.syllables import Fit, fit

#: How much of a text is tried in each encoding, in characters; more of a text that says less than so many words there.
_SAMPLE, _ENOUGH, _LARGE_SAMPLE = 50_000, 40, 1_000_000
#: So many different words must be Vietnamese, and so large a share. A text that reads as well as it is stays as it is: at
#: most half of its odd words may be odd then, and two at least must be so no longer.
_FEWEST, _SHARE = 4, 0.8
#: The code pages that a program takes bytes for that it does not know: of Western Europe and of Vietnam.
_PAGES = (1252, 1258)
_NONE = Fit(0, 0)
#: A text that was saved wrongly may have been so again.
_TIMES = 3


def read_bytes(data: bytes) -> Read | None:
    """The text of bytes that are no UTF-8, or None where they fit no old encoding."""
    raw = data.decode("latin-1")
    sample = _sample(raw)
    best, _ = _best(sample, fit(sample))
    return best and read_as(best, raw)


def read_as(encoding: Encoding, raw: str) -> Read:
    """Raw text read in an encoding."""
    text = encoding.read(raw)
    if not encoding.no_capitals:
        return Read(text, encoding.name)
    made = restored(text)
    return Read(made, encoding.name, sum(a != b for a, b in zip(text, made, strict=True)))


def read_mistaken(text: str) -> Read | None:
    """What a text was before a program mistook its bytes for another encoding and saved it; None for a sound text."""
    sample = _sample(text)
    return _utf8_mistaken(text, sample) or _legacy_mistaken(text, sample)


def forced(raw: str, name: str) -> tuple[Encoding, Fit]:
    """The variant of an encoding that raw text fits best, and how well."""
    sample = _sample(raw)
    tried = [(encoding, fit(encoding.read(sample))) for encoding in ENCODINGS if encoding.name == name]
    return min(tried, key=_odd)


# --- bytes of an old encoding -----------------------------------------------------------------------------------------
def _best(raw: str, as_it_is: Fit) -> tuple[Encoding | None, Fit]:
    """The encoding that raw text fits clearly, and how well; `as_it_is` says how well the text fits unread.

    The fewest odd words decide, not the share: a sign of one encoding that is a capital in another ("…", "Ạ") would make
    it one good word more.
    """
    tried = [(encoding, fit(encoding.read(raw))) for encoding in ENCODINGS]
    fitting = [
        (encoding, how)
        for encoding, how in tried
        if how.good >= _FEWEST and how.share >= _SHARE and as_it_is.odd >= 2 * (how.odd + 1)
    ]
    return min(fitting, key=_odd, default=(None, _NONE))


def _odd(tried: tuple[Any, ...]) -> int:
    how: Fit = tried[1]
    return how.odd


def _sample(text: str) -> str:
    head = text[:_SAMPLE]
    return head if fit(head).total >= _ENOUGH else text[:_LARGE_SAMPLE]


# --- text that was saved wrongly --------------------------------------------------------------------------------------
#: A letter of UTF-8, byte by byte; a no-break space at its end may have become a space, and a byte may be lost.
_LETTER = re.compile("[\xc2-\xdf][\x80-\xbf \ufffd]|[\xe0-\xef][\x80-\xbf][\x80-\xbf \ufffd]|[\xf0-\xf4][\x80-\xbf]{3}")
_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
#: So many letters that only Vietnamese has must come out, and no more than so large a share of signs may stay odd.
_FEWEST_LETTERS, _LEFT = 2, 0.1


def _legacy_mistaken(text: str, sample: str) -> Read | None:
    as_it_is = fit(sample)
    fitting = []
    for page in _PAGES:
        best, how = _best(as_bytes(sample, page), as_it_is)
        if best is not None:
            fitting.append((best, how, page))
    if not fitting:
        return None
    best, _, page = min(fitting, key=_odd)
    return read_as(best, as_bytes(text, page))._replace(encoding=f"{best.name} mistaken for windows-{page}")


def _utf8_mistaken(text: str, sample: str) -> Read | None:
    for page in _PAGES:
        made = sample
        for times in range(1, _TIMES + 1):
            made, left = _letters_joined(made, page)
            if left > _LEFT:
                break
            if len(_VIETNAMESE.findall(made)) >= _FEWEST_LETTERS and fit(made).share >= _SHARE:
                for _ in range(times):
                    text, _left = _letters_joined(text, page)
                return Read(text, f"utf-8 mistaken for windows-{page}")
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
