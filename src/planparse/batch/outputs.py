"""Files below OUT: whole or as they were before, in the tree of the inputs, never outside of OUT.

New files are made in `OUT/.planparse/tmp` and moved to their places, so that a run that is killed leaves nothing
half-written in the tree; the next run sweeps that folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from planparse.errors import OutputError, PlaceError, Wording, reason_of

#: What the batch keeps for itself in OUT.
OWN = ".planparse"


def own_path(out: str, *names: str) -> str:
    """A path in the batch's own folder."""
    return os.path.join(out, OWN, *names)


def rows_name(document: str) -> str:
    """Where in OUT a document's rows for the tables wait: short, whatever the document is called in the manifest."""
    name = hashlib.sha256(document.encode()).hexdigest()[:32]
    return os.path.join(OWN, "rows", name[:2], f"{name}.json")


def prepare(out: str) -> None:
    """Make OUT and its own folder. Raises OutputError, one line, where nothing can be written there."""
    if os.path.lexists(out) and not os.path.isdir(out):
        raise OutputError("out.not_folder", file=out)
    try:
        os.makedirs(own_path(out, "tmp"), exist_ok=True)
        probe = temporary(out)
        with open(probe, "xb"):
            pass
        os.unlink(probe)
    except OSError as error:
        raise OutputError("out.unwritable", file=out, reason=reason_of(error)) from None


@contextmanager
def alone(out: str) -> Iterator[None]:
    """While it lasts no other batch writes to OUT; what a killed one left half-made is swept, before and after."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    try:
        lock = open(own_path(out, "lock"), "w")  # noqa: SIM115 - held until the end
    except OSError as error:
        raise OutputError("out.unwritable", file=out, reason=reason_of(error)) from None
    with lock:
        try:
            # A lock of this process alone: the workers of a batch that was killed do not go on holding it.
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            raise OutputError("out.taken", file=out) from None
        except OSError:
            pass  # a file system without locks
        _sweep(out)
        try:
            yield
        finally:
            _sweep(out)


def _sweep(out: str) -> None:
    folder = own_path(out, "tmp")
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        with suppress(OSError):
            if os.path.isdir(path):
                shutil.rmtree(path)
            else:
                os.unlink(path)


def temporary(out: str) -> str:
    """A new name in the batch's folder for files that are being made; processes of other machines make theirs there, too."""
    return own_path(out, "tmp", f"{os.getpid()}-{os.urandom(8).hex()}")


def write_set(out: str, files: Mapping[str, bytes]) -> None:
    """Write files, by their paths: all are made before the first is moved to its place. Raises OSError."""
    made: list[tuple[str, str]] = []
    try:
        for path, data in files.items():
            _make_folder(out, os.path.dirname(path))
            name = temporary(out)
            made.append((name, path))
            with open(name, "xb") as file:
                file.write(data)
        for name, path in made:
            os.replace(name, path)
    except BaseException:
        for name, _ in made:
            with suppress(OSError):
                os.unlink(name)
        raise


@contextmanager
def whole_file(out: str, path: str) -> Iterator[str]:
    """A temporary name to write to; moved to `path` at the end, or removed where that fails. Raises OSError."""
    name = temporary(out)
    try:
        yield name
        _make_folder(out, os.path.dirname(path))
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _make_folder(out: str, folder: str) -> None:
    """Make a folder of the tree; one that leads out of OUT, through a link, is refused."""
    os.makedirs(folder, exist_ok=True)
    top = os.path.realpath(out)
    real = os.path.realpath(folder)
    if real != top and not real.startswith(top.rstrip(os.sep) + os.sep):
        raise PlaceError(Wording("out.link_leads_out"), folder)


def remove(out: str, names: Mapping[str, str]) -> int:
    """Remove outputs, by format and path in OUT, and folders that they leave empty. How many were there."""
    count = 0
    top = os.path.realpath(out)
    for name in names.values():
        path = os.path.join(out, name)
        folder = os.path.realpath(os.path.dirname(path))
        if folder != top and not folder.startswith(top.rstrip(os.sep) + os.sep):
            continue  # a manifest that somebody edited: nothing outside of OUT is removed
        with suppress(OSError):
            os.unlink(path)
            count += 1
        with suppress(OSError):
            while folder != top and not os.listdir(folder):
                os.rmdir(folder)
                folder = os.path.dirname(folder)
    return count
