"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from planparse.errors import OutputError, reason_of


def write_whole(path: Path, content: str | bytes | Iterable[bytes]) -> None:
    """Write a file so that it is there whole or as it was before; a text as UTF-8, with its line ends as they are, or
    chunks of bytes.

    Raises OutputError, one line, where the folder is missing, the place is a folder, or writing fails.
    """
    if isinstance(content, str):
        content = content.encode("utf-8")
    chunks = [content] if isinstance(content, bytes) else content
    # The tests of os.path answer for any name; those of Path fail for one that is too long or may not be looked at.
    if os.path.isdir(path):
        raise OutputError("file.folder", file=str(path))
    if os.path.exists(path) and not os.path.isfile(path):
        # A device or a pipe ("/dev/null", a FIFO) is written to, never replaced.
        _write_through(path, chunks)
        return
    path = Path(os.path.realpath(path))  # a link stays a link to the new content
    if not os.path.isdir(path.parent):
        raise OutputError("output.no_parent", file=str(path), folder=str(path.parent))
    handle = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        os.replace(name, path)
    except OSError as error:
        if handle is not None:
            Path(name).unlink(missing_ok=True)
        raise OutputError("output.unwritable", file=str(path), reason=reason_of(error)) from None
    except BaseException:
        if handle is not None:
            Path(name).unlink(missing_ok=True)
        raise


def _write_through(path: Path, chunks: Iterable[bytes]) -> None:
    try:
        with path.open("wb") as file:
            file.writelines(chunks)
    except OSError as error:
        raise OutputError("output.unwritable", file=str(path), reason=reason_of(error)) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
