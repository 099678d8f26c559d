"""Where each document's output goes, and in which format."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from planparse.errors import OutputError


def format_of(output: Path | None, formats: Mapping[str, str], default: str) -> str:
    """The format that a file's name asks for by its ending; the default without a file or an ending, and for a folder.

    `formats` tells the format of each known ending ("md"). Raises OutputError for an ending that it does not know.
    """
    ending = output.suffix[1:].lower() if output is not None and not os.path.isdir(output) else ""
    if not ending:
        return default
    if ending not in formats:
        known = ", ".join(f".{name}" for name in formats)
        raise OutputError("output.no_format", file=str(output), ending=ending, known=known)
    return formats[ending]


def targets_of(files: list[str], output: Path | None, suffix: str) -> list[tuple[str, Path | None]]:
    """Each input with its output file, or None for standard output.

    One input writes to `output` itself, or into it where it is a folder; several write into the folder, each under its
    own name. Raises OutputError where two inputs would write to one file, one of them would be written over, or the
    folder is missing.
    """
    if output is None:
        return [(name, None) for name in files]
    if len(files) == 1 and not os.path.isdir(output):
        spare_documents([output], files)
        return [(files[0], output)]
    if not os.path.lexists(output):
        raise OutputError("output.no_folder", file=str(output))
    if not os.path.isdir(output):
        raise OutputError("output.not_folder", file=str(output))
    targets: dict[Path, str] = {}
    for name in files:
        stem = "stdin" if name == "-" else Path(name).stem
        target = output / f"{stem}.{suffix}"
        if target in targets:
            raise OutputError("output.same", file=str(target), first=targets[target], second=name)
        targets[target] = name
    spare_documents(list(targets), files)
    return [(name, target) for target, name in targets.items()]


def spare_documents(targets: Sequence[Path], files: Sequence[str]) -> None:
    """Raise OutputError where a document would be written over with what was read from it."""
    for target in targets:
        if os.path.isfile(target):
            for name in files:
                if name != "-" and os.path.isfile(name) and os.path.samefile(target, name):
                    raise OutputError("output.is_input", file=str(target))
