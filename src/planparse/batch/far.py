"""Documents and outputs at URLs that fsspec knows: s3://, gs://, abfs://, hdfs:// and others. Imported only where
one is named.

Nothing can be appended to an object. So the parent keeps the manifest in a temporary folder of its machine, puts the rows
that were added into small files of their own (`.planparse/journal`) every few seconds, and at the end the whole manifest
in its place. A run that was killed loses the rows of its last seconds: those documents are done again.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any

from planparse.batch.choice import WILDCARDS, Choice, Input
from planparse.batch.manifest import NAME
from planparse.batch.outputs import OWN, own_path
from planparse.batch.urls import below, is_url, protocol
from planparse.errors import InputError, OutputError, PlaceError, PlanparseError, Wording, reason_of
from planparse.reading import text

#: Where a file that is written is there whole or not at all; elsewhere it is written under another name and moved.
_OBJECTS = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oci", "oss", "memory"}
_JOURNAL = f"{OWN}/journal"
_TEMPORARY = f"{OWN}/tmp"
_SYNC_SECONDS = 5.0
_AT_ONCE = 256


def filesystem(url: str) -> tuple[Any, str]:
    """What reads and writes at a URL, and the path that it has there. Raises PlanparseError where it cannot be had."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise PlanparseError("package.missing", file=url, package="fsspec", extra="cluster") from None
    try:
        found: tuple[Any, str] = url_to_fs(url)
    except ImportError as error:  # fsspec says which package: "Install s3fs to access S3"
        raise PlanparseError("url.not_supported", file=url, reason=str(error)) from None
    except Exception as error:
        raise PlanparseError("url.unopened", file=url, reason=reason_of(error)) from None
    return found


# --- documents --------------------------------------------------------------------------------------------------------
def read(url: str) -> bytes:
    """What a document holds. Raises InputError."""
    fs, path = filesystem(url)
    try:
        size = fs.size(path)
        if size is None:  # a server that does not say
            with fs.open(path, "rb") as file:
                data: bytes = file.read(text.MAX_BYTES + 1)
        elif size > text.MAX_BYTES:
            raise InputError("file.too_large", file=url, most=text.MAX_BYTES >> 20)
        else:
            data = fs.cat_file(path)
    except PlanparseError:
        raise
    except FileNotFoundError:
        raise InputError("url.missing", file=url) from None
    except IsADirectoryError:
        raise InputError("file.folder", file=url) from None
    except Exception as error:
        raise InputError("url.unreadable", file=url, reason=reason_of(error)) from None
    return data


def is_gone(url: str) -> bool:
    """Whether nothing is at a URL; what cannot be looked at is not gone."""
    try:
        fs, path = filesystem(url)
        fs.info(path)
    except FileNotFoundError:
        return True
    except Exception:
        return False
    return False


def find(url: str, choice: Choice, out: str) -> list[Input]:
    """The documents that a URL names: a folder, a file or a glob. What lies in `out` is not read.

    Raises InputError where nothing is there.
    """
    fs, path = filesystem(url)
    try:
        fs.invalidate_cache()
        if fs.isdir(path):
            return list(_walk(fs, url, path, choice, _outside(fs, out)))
        if fs.exists(path):
            return [named(url)]
        if WILDCARDS & set(path):
            return list(_globbed(fs, url, path, choice, _outside(fs, out)))
    except PlanparseError:
        raise
    except Exception as error:
        raise InputError("url.unreadable", file=url, reason=reason_of(error)) from None
    raise InputError("url.nothing", file=url)


def named(url: str) -> Input:
    """A file that was named: mirrored by its whole path."""
    return Input(url, filesystem(url)[1].lstrip("/"))


def _outside(fs: Any, out: str) -> str | None:
    """The path of OUT, if it is on the same system."""
    if not is_url(out):
        return None
    other, path = filesystem(out)
    return path.rstrip("/") if other is fs else None


def _is_below(path: str, folder: str | None) -> bool:
    return folder is not None and (path.rstrip("/") == folder or path.startswith(f"{folder}/"))


def _walk(fs: Any, url: str, top: str, choice: Choice, outside: str | None) -> Iterator[Input]:
    """The documents below a folder; links to folders are not followed."""
    top = top.rstrip("/")
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = fs.ls(folder, detail=True)
            fs.invalidate_cache(folder)
        except Exception as error:
            at = folder[len(top) :].lstrip("/")
            trouble = Wording("document.folder_unreadable", reason=reason_of(error))
            yield Input(below(url, at), at or os.curdir, trouble)
            continue
        for entry in entries:
            path = entry["name"].rstrip("/")
            at, name = path[len(top) :].lstrip("/"), path.rpartition("/")[2]
            if path == folder or not name or _is_below(path, outside):
                continue
            if entry["type"] == "directory":
                if not entry.get("islink") and name != OWN and not choice.leaves(name, at):
                    waiting.append(path)
            elif choice.takes(name, at):
                yield Input(below(url, at), at)


def _globbed(fs: Any, url: str, pattern: str, choice: Choice, outside: str | None) -> Iterator[Input]:
    """What a glob finds, mirrored below the folder that comes before its first wildcard."""
    pieces = pattern.split("/")
    fixed = next(at for at, piece in enumerate(pieces) if WILDCARDS & set(piece))
    base = "/".join(pieces[:fixed])
    begin = url[: len(url) - len("/".join(pieces[fixed:]))]
    found = sorted(fs.glob(pattern, detail=True).items())
    if not found:
        raise InputError("inputs.no_match", file=url)
    for path, entry in found:
        at = path[len(base) :].lstrip("/")
        if entry["type"] != "directory" and not choice.leaves(at.rpartition("/")[2], at) and not _is_below(path, outside):
            yield Input(below(begin, at), at)


# --- outputs ----------------------------------------------------------------------------------------------------------
class Far:
    """A place (see `place.Place`) at a URL. Nothing keeps two batches from writing there at once."""

    block = 500

    def __init__(self, out: str) -> None:
        self.out = out
        self.folder = ""
        self._fs, self._top = filesystem(out)
        self._objects = protocol(out) in _OBJECTS
        self._parts: list[str] = []
        self._next = 0
        self._synced = 0
        self._last = 0.0
        self._fetched: tuple[int, int, int] | None = None

    def prepare(self) -> None:
        probe = f"{OWN}/probe"
        try:
            self._put(probe, b"planparse")
            self._fs.rm_file(self._path(probe))
        except Exception as error:
            raise OutputError("url.out_unwritable", file=self.out, reason=reason_of(error)) from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        with tempfile.TemporaryDirectory(prefix="planparse-") as folder:
            self.folder = folder
            os.makedirs(own_path(folder, "tmp"))
            self._fs.invalidate_cache()
            self._fetch()
            self._sweep()
            try:
                yield
            finally:
                with suppress(OutputError):
                    self.sync(at_once=True)
                self._sweep()

    def write_set(self, files: Mapping[str, bytes]) -> None:
        try:
            for name, data in files.items():
                self._put(name, data)
        except OSError:
            raise
        except Exception as error:  # each library has its own
            raise OSError(None, str(reason_of(error))) from None

    def size(self, name: str) -> int | None:
        try:
            return int(self._fs.size(self._path(name)))
        except Exception:
            return None

    def read(self, names: Iterable[str]) -> Iterator[bytes | None]:
        waiting = iter(names)
        while some := [self._path(name) for name in islice(waiting, _AT_ONCE)]:
            found = self._fs.cat(some, on_error="return")
            for path in some:
                data = found.get(path)
                yield data if isinstance(data, bytes) else None

    def remove(self, names: Mapping[str, str]) -> None:
        for name in names.values():
            self.discard(name)

    def discard(self, name: str) -> None:
        with suppress(Exception):
            self._fs.rm_file(self._path(name))

    def sync(self, *, at_once: bool = False) -> None:
        now = time.monotonic()
        if not at_once and now - self._last < _SYNC_SECONDS:
            return
        self._last = now
        with suppress(FileNotFoundError), open(self._manifest, "rb") as file:
            file.seek(self._synced)
            rows = file.read()
        if rows:
            name = f"{_JOURNAL}/{self._next:08}.jsonl"
            self._write(name, rows)
            self._parts.append(name)
            self._next += 1
            self._synced += len(rows)

    def publish(self, names: Iterable[str]) -> None:
        for name in names:
            with open(os.path.join(self.folder, name), "rb") as file:
                self._write(name, file)

    def finish(self) -> None:
        """The rows in the journal are in the manifest now."""
        if self._parts or self._fetched != _stamp(self._manifest):
            self.publish([NAME])
        for name in self._parts:
            self.discard(name)
        self._parts = []
        self._synced = os.path.getsize(self._manifest)

    @property
    def _manifest(self) -> str:
        return os.path.join(self.folder, NAME)

    def _fetch(self) -> None:
        """Bring the manifest here, with the rows that a killed run left in its journal."""
        try:
            self._parts = sorted(f"{_JOURNAL}/{path.rpartition('/')[2]}" for path in self._listed(_JOURNAL))
            with open(self._manifest, "wb") as file:
                if self._fs.exists(self._path(NAME)):
                    self._fs.get_file(self._path(NAME), self._manifest)
                    file.seek(0, os.SEEK_END)
                for name, rows in zip(self._parts, self.read(self._parts), strict=True):
                    if rows is None:
                        raise PlaceError(Wording("url.journal_unreadable", name=name), name)
                    file.write(rows)
        except Exception as error:
            raise OutputError("url.manifest_unreadable", file=below(self.out, NAME), reason=reason_of(error)) from None
        self._next = 1 + max((int(name.rpartition("/")[2].partition(".")[0]) for name in self._parts), default=-1)
        self._synced = os.path.getsize(self._manifest)
        self._fetched = _stamp(self._manifest)
        self._last = time.monotonic()

    def _listed(self, name: str) -> list[str]:
        try:
            found: list[str] = self._fs.ls(self._path(name), detail=False)
        except FileNotFoundError:
            return []
        return [path for path in found if path.endswith(".jsonl")]

    def _sweep(self) -> None:
        if not self._objects:
            with suppress(Exception):
                self._fs.rm(self._path(_TEMPORARY), recursive=True)

    def _path(self, name: str) -> str:
        """A name as the system has it; one that leads out of OUT is refused."""
        name = name.replace(os.sep, "/")
        if name.startswith("/") or ".." in name.split("/"):
            raise PlaceError(Wording("out.name_leads_out"), name)
        return f"{self._top.rstrip('/')}/{name}"

    def _write(self, name: str, data: Any) -> None:
        try:
            self._put(name, data)
        except Exception as error:
            raise OutputError("url.unwritable", file=below(self.out, name), reason=reason_of(error)) from None

    def _put(self, name: str, data: Any) -> None:
        """Write bytes, or what an open file of this machine holds."""
        path = self._path(name)
        if self._objects:
            self._bring(path, data)
            return
        made = self._path(f"{_TEMPORARY}/{os.getpid()}-{os.urandom(8).hex()}")
        for needed in (made, path):
            self._fs.makedirs(needed.rpartition("/")[0], exist_ok=True)
        self._bring(made, data)
        try:
            self._fs.mv(made, path)
        except Exception:  # some systems move nothing to a place that is taken
            self._fs.rm_file(path)
            self._fs.mv(made, path)

    def _bring(self, path: str, data: Any) -> None:
        if isinstance(data, bytes):
            self._fs.pipe_file(path, data)
        else:
            self._fs.put_file(data.name, path)


def _stamp(path: str) -> tuple[int, int, int]:
    found = os.stat(path)
    return found.st_ino, found.st_mtime_ns, found.st_size
