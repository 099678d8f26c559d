"""The encodings of texts by name."""

from __future__ import annotations

import re
from typing import NamedTuple

#: Each encoding that can be asked for, and its other names, without signs between their letters.
ENCODINGS: dict[str, tuple[str, ...]] = {
    "utf-8": ("utf8sig",),
    "utf-16": (),
    "utf-16-le": (),
    "utf-16-be": (),
    "tcvn3": ("tcvn", "tcvn5712", "abc", "vn1", "vn3"),
    "vni": ("vniwin", "vniwindows"),
    "viscii": (),
    "windows-1258": ("cp1258", "1258"),
    "windows-1252": ("cp1252", "1252", "latin1", "iso88591"),
}


class Read(NamedTuple):
    """A text as it was meant, the encoding that it was in, and how many letters were made capitals that the encoding has
    not."""

    text: str
    encoding: str
    capitals: int = 0


def encoding_named(asked: str) -> str | None:
    """The encoding that a name stands for, in any case, with or without signs between its letters: "CP1258", "TCVN-3"."""
    key = re.sub(r"[^a-z0-9]", "", asked.lower())
    return next((name for name, others in ENCODINGS.items() if key in (name.replace("-", ""), *others)), None)
