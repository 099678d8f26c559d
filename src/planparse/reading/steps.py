"""Long work within one file, told to whoever watches: the pages of a scan take seconds each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Is told how many pages are done, and of how many.
Watcher = Callable[[int, int], None]

_watchers: list[Watcher] = []


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """What is read within is told to a watcher."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)


def tell(done: int, total: int) -> None:
    """Say that so many of so many pages are done."""
    for watcher in _watchers:
        watcher(done, total)
