"""Where the outputs of a batch go: a folder of this machine, or a URL (`far.Far`). Names in a place have "/" or the
system's separator between their parts and never lead out of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from functools import lru_cache
from typing import Protocol

from planparse.batch import outputs
from planparse.batch.urls import is_url


class Place(Protocol):
    """A tree of outputs.

    out: how it is named. folder: the folder of this machine where the manifest, the tables and the report are made.
    block: how many documents are marked at once as being done again, before they are.
    """

    @property
    def out(self) -> str: ...

    @property
    def folder(self) -> str: ...

    @property
    def block(self) -> int: ...

    def prepare(self) -> None:
        """Make the place. Raises OutputError, one line, where nothing can be written there."""

    def alone(self) -> AbstractContextManager[None]:
        """While it lasts this batch works in the place; the manifest that is there can be read in `folder`."""

    def write_set(self, files: Mapping[str, bytes]) -> None:
        """Write files by their names, each whole or not at all. Raises OSError."""

    def size(self, name: str) -> int | None:
        """How many bytes a file has; None where there is none."""

    def read(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """What files hold, in order; None where one cannot be read."""

    def remove(self, names: Mapping[str, str]) -> None:
        """Remove outputs, by format and name, and folders that they leave empty. Those that are not there are gone."""

    def discard(self, name: str) -> None:
        """Remove a file of the batch's own."""

    def sync(self, *, at_once: bool = False) -> None:
        """Put rows that were added to the manifest in `folder` where the next run finds them; not every time, unless
        `at_once`."""

    def publish(self, names: Iterable[str]) -> None:
        """Bring files from `folder` to their places. Raises OutputError."""

    def finish(self) -> None:
        """The manifest in `folder` was written anew and is closed: it takes the place of the one that was there."""


class Local:
    """A folder of this machine, or of a disk that it shares with others."""

    block = 1

    def __init__(self, out: str) -> None:
        self.out = self.folder = out

    def prepare(self) -> None:
        outputs.prepare(self.out)

    def alone(self) -> AbstractContextManager[None]:
        return outputs.alone(self.out)

    def write_set(self, files: Mapping[str, bytes]) -> None:
        outputs.write_set(self.out, {os.path.join(self.out, name): data for name, data in files.items()})

    def size(self, name: str) -> int | None:
        try:
            return os.stat(os.path.join(self.out, name)).st_size
        except OSError:
            return None

    def read(self, names: Iterable[str]) -> Iterator[bytes | None]:
        for name in names:
            try:
                with open(os.path.join(self.out, name), "rb") as file:
                    yield file.read()
            except OSError:
                yield None

    def remove(self, names: Mapping[str, str]) -> None:
        outputs.remove(self.out, names)

    def discard(self, name: str) -> None:
        with suppress(OSError):
            os.unlink(os.path.join(self.out, name))

    def sync(self, *, at_once: bool = False) -> None:
        """Rows are in the manifest at once."""

    def publish(self, names: Iterable[str]) -> None:
        """Files are made in their places."""

    def finish(self) -> None:
        """The manifest was written in its place."""


@lru_cache(maxsize=4)
def place_of(out: str) -> Place:
    """The place that is named. Raises OutputError where it is a URL and what it needs is not installed."""
    if is_url(out):
        from planparse.batch.far import Far

        return Far(out)
    return Local(out)
