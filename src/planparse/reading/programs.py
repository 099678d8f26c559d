"""What formats need besides this package: packages of Python and programs of their own; and the command that installs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import NamedTuple


class Program(NamedTuple):
    """A program that a reader runs.

    name: as messages call it ("LibreOffice"); commands: what it may be called on the path.
    install: the one command that installs it, by `sys.platform`; "" stands for all others.
    places: where it may be besides, by `sys.platform`.
    lists, holds: what it is asked, and a word that its answer must have: the language that it is of no use without.
    """

    name: str
    commands: tuple[str, ...]
    install: dict[str, str]
    places: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - never changed
    lists: tuple[str, ...] = ()
    holds: str = ""

    def find(self) -> str | None:
        """The path of the program, or None where it is not installed, or lacks what it must hold."""
        found = next(filter(None, map(shutil.which, self.commands)), None)
        found = found or next(filter(os.path.isfile, self.places.get(sys.platform, ())), None)
        return found if found and self._is_whole(found) else None

    def _is_whole(self, path: str) -> bool:
        if not self.holds:
            return True
        try:
            done = subprocess.run(
                [path, *self.lists], stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return self.holds in (done.stdout + done.stderr).decode("utf-8", "replace").split()

    @property
    def command(self) -> str:
        """The one command that installs it here."""
        return self.install.get(sys.platform) or self.install[""]


PROGRAMS: dict[str, Program] = {
    "libreoffice": Program(
        "LibreOffice",
        ("soffice", "libreoffice"),
        {
            "": "sudo apt-get install libreoffice-writer-nogui",
            "darwin": "brew install --cask libreoffice",
            "win32": "winget install TheDocumentFoundation.LibreOffice",
        },
        {
            "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
            "win32": (
                r"C:\Program Files\LibreOffice\program\soffice.exe",
                r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
            ),
        },
    ),
    "tesseract": Program(
        "Tesseract with Vietnamese",
        ("tesseract",),
        {
            "": "sudo apt-get install tesseract-ocr tesseract-ocr-vie",
            "darwin": "brew install tesseract tesseract-lang",
            "win32": "winget install UB-Mannheim.TesseractOCR",
        },
        {"win32": (r"C:\Program Files\Tesseract-OCR\tesseract.exe",)},
        ("--list-langs",),
        "vie",
    ),
}


class Missing(NamedTuple):
    """What a format needs and is not installed, and the one command that installs it."""

    names: list[str]
    command: str


def missing(packages: Sequence[tuple[str, str]], programs: Sequence[str]) -> Missing | None:
    """What of these is not installed: packages as (module, what pip installs), programs by name. None where all is."""
    wanted = [install for module, install in packages if not _importable(module)]
    absent = [program for program in (PROGRAMS[name] for name in programs) if program.find() is None]
    if not wanted and not absent:
        return None
    commands = [f"pip install {' '.join(wanted)}"] if wanted else []
    return Missing(
        [*wanted, *(program.name for program in absent)], " && ".join([*commands, *(program.command for program in absent)])
    )


def _importable(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):  # the package around it is missing, or it is half imported
        return False
