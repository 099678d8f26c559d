"""Names of files that may be URLs: which are, and what is the same for them and for paths."""

from __future__ import annotations

import os
import re

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_FILE = "file://"


def is_url(name: str) -> bool:
    """Whether a name is a URL ("s3://plans/2025"), not a path."""
    return _URL.match(name) is not None


def plain(name: str) -> str:
    """A name as it is used: "file:///plans" is the path "/plans", which needs nothing of what other URLs need."""
    return name[len(_FILE) :] if name.lower().startswith(_FILE) else name


def location(name: str, base: str = "") -> str:
    """A name that means the same from wherever it is read: a URL, or the path from the root. `base`: the folder that
    relative paths begin in; else the working folder."""
    return name if is_url(name) else os.path.abspath(os.path.join(base, name))


def below(folder: str, name: str) -> str:
    """The name of what lies in a folder; `name` has "/" between its parts where the folder is a URL."""
    return f"{folder.rstrip('/')}/{name}" if is_url(folder) else os.path.join(folder, name)


def protocol(url: str) -> str:
    """The protocol of a URL: "s3"."""
    return url.partition("://")[0].lower()
