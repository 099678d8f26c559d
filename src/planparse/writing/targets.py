"""Where each document's output goes."""

from __future__ import annotations

import os
from pathlib import Path

from planparse.errors import OutputError


def targets_of(files: list[str], output: Path | None, suffix: str) -> list[tuple[str, Path | None]]:
    """Each input with its output file, or None for standard output.

    One input writes to `output` itself, or into it where it is a folder; several write into the folder, each under its
    own name. Raises OutputError where two inputs would write to one file, one of them would be written over, or the
    folder is missing.
    """
    if output is None:
        return [(name, None) for name in files]
    if len(files) == 1 and not os.path.isdir(output):
        _spare_documents([output], files)
        return [(files[0], output)]
    if not os.path.isdir(output):
        raise OutputError(f"{output}: is not a folder; several files need a folder to be written to")
    targets: dict[Path, str] = {}
    for name in files:
        stem = "stdin" if name == "-" else Path(name).stem
        target = output / f"{stem}.{suffix}"
        if target in targets:
            raise OutputError(f"{target}: both {targets[target]} and {name} would be written there; rename one")
        targets[target] = name
    _spare_documents(list(targets), files)
    return [(name, target) for target, name in targets.items()]


def _spare_documents(targets: list[Path], files: list[str]) -> None:
    """No document is written over with what was read from it."""
    for target in targets:
        if os.path.isfile(target):
            for name in files:
                if name != "-" and os.path.isfile(name) and os.path.samefile(target, name):
                    raise OutputError(f"{target}: is one of the documents to read; name another file to write")
