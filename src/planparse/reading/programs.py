"""Programs of their own that some formats need: where they are, and the command that installs them."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple


class Program(NamedTuple):
    """A program that a reader runs.

    name: as messages call it ("LibreOffice"); commands: what it may be called on the path.
    install: the one command that installs it, by `sys.platform`; "" stands for all others.
    places: where it may be besides, by `sys.platform`.
    """

    name: str
    commands: tuple[str, ...]
    install: dict[str, str]
    places: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - never changed

    def find(self) -> str | None:
        """The path of the program, or None where it is not installed."""
        import shutil

        found = next(filter(None, map(shutil.which, self.commands)), None)
        return found or next(filter(os.path.isfile, self.places.get(sys.platform, ())), None)

    @property
    def command(self) -> str:
        """The one command that installs it here."""
        return self.install.get(sys.platform) or self.install[""]
