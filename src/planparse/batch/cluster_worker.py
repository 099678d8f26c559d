"""What runs in the workers of a cluster: a chunk of documents, each done by a child process that can be ended."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from planparse.batch.runner import Crew, Done, Local
from planparse.batch.urls import is_url
from planparse.errors import PlanparseError
from planparse.version import __version__

#: No document of a chunk is begun after so many seconds; what is left comes back.
SLICE_SECONDS = 2.0
#: Child processes whose run sent nothing for so long are ended when another run sends something.
_IDLE_SECONDS = 60.0


class Wanted(NamedTuple):
    """What a worker must be like: the versions of what it runs, the grammar, and the paths and URLs that it must see."""

    versions: tuple[tuple[str, str], ...]
    grammar: str | None
    fingerprint: str
    names: tuple[str, ...]


class Ended(NamedTuple):
    """What came of a chunk: documents that ended, and those that were not begun."""

    done: list[Done[Any, Any]]
    left: list[Any]


def versions() -> tuple[tuple[str, str], ...]:
    """What must be the same on both sides: for the bytes of the outputs, and to understand each other at all."""
    from importlib.metadata import version

    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (("planparse", __version__), ("Python", python), ("distributed", version("distributed")))


def check_versions(wanted: tuple[tuple[str, str], ...]) -> None:
    """Raises PlanparseError, one line, where this process has others."""
    for (name, mine), (_, other) in zip(versions(), wanted, strict=True):
        if mine != other:
            raise PlanparseError("worker.version", name=name, mine=mine, other=other)


@cache
def check_worker(wanted: Wanted) -> None:
    """Raises PlanparseError, one line, where this process is not as a worker must be."""
    check_versions(wanted.versions)
    from planparse.grammar import load

    if load(wanted.grammar).fingerprint != wanted.fingerprint:
        raise PlanparseError("worker.grammar")
    for name in wanted.names:
        if is_url(name):
            from planparse.batch import far

            far.filesystem(name)
        elif not os.path.lexists(name):
            raise PlanparseError("worker.blind", name=name)


def do_chunk(items: Sequence[Any], work: Callable[..., Any], args: tuple[Any, ...], crew: Crew, wanted: Wanted) -> Ended:
    """The work on some documents, by a child process of this worker."""
    check_worker(wanted)
    until = time.monotonic() + SLICE_SECONDS
    source = iter(items)
    with _hired(crew) as runner:
        done = list(runner.run(source, work, args, lambda: time.monotonic() > until))
    return Ended(done, list(source))


_idle: dict[Crew, list[Local]] = {}
_used: dict[Crew, float] = {}
_lock = threading.Lock()


@contextlib.contextmanager
def _hired(crew: Crew) -> Iterator[Local]:
    """A child process for a thread of this worker; one that did a chunk before is taken again, as starting costs time."""
    # Dask makes its workers daemons, which may have no children, lest these outlive them. Ours end by themselves.
    vars(multiprocessing.current_process())["_config"]["daemon"] = False
    now = time.monotonic()
    with _lock:
        _used[crew] = now
        runner = waiting.pop() if (waiting := _idle.get(crew)) else Local(crew)
        left = [other for other, used in _used.items() if now - used > _IDLE_SECONDS]
    for other in left:
        dismiss(other)
    yield runner
    with _lock:
        _idle.setdefault(crew, []).append(runner)


def dismiss(crew: Crew) -> None:
    """End the child processes of a run. Does not wait for their end."""
    with _lock:
        runners = _idle.pop(crew, [])
        _used.pop(crew, None)
    for runner in runners:
        threading.Thread(target=runner.close, daemon=True).start()
