"""Work on files that may be made to do harm, in a process of its own: with bounded memory, and ended when it hangs.

A library in C cannot be stopped from within: a page whose forms call one another takes all time and memory. Where the
system cannot divide a process (Windows), the work is done in this one.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")

#: The memory that the work may take beyond what the process has already, in bytes.
MEMORY = 1 << 30


class LostError(Exception):
    """The work came to no end: it took too long for its next result, or too much memory, or died."""


def apart(work: Callable[[], Iterator[T]], patience: float) -> Iterator[T]:
    """The results of some work, done in a process of its own. Raises what the work raises, and LostError where it gives no
    next result within so many seconds."""
    if not hasattr(os, "fork"):
        yield from work()
        return
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child only reads its file
        child = os.fork()
    if child == 0:
        os.close(reading)
        _do(work, writing)
    os.close(writing)
    try:
        yield from _results(reading, patience)
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child, 0)


def _results(reading: int, patience: float) -> Iterator[Any]:
    while True:
        length = int.from_bytes(_bytes(reading, 8, patience), "big")
        kind, value = pickle.loads(_bytes(reading, length, patience))
        if kind == "end":
            return
        if kind == "error":
            raise value
        yield value


def _bytes(reading: int, count: int, patience: float) -> bytes:
    pieces = []
    while count:
        ready, _, _ = select.select([reading], [], [], patience)
        piece = os.read(reading, min(count, 1 << 20)) if ready else b""
        if not piece:
            raise LostError
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _do(work: Callable[[], Iterator[Any]], writing: int) -> NoReturn:
    """The child: do the work, hand on its results, and end without whatever the parent would do at its end."""
    try:
        _limit_memory()
        with os.fdopen(writing, "wb") as pipe:
            for message in _messages(work):
                held = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
                pipe.write(len(held).to_bytes(8, "big") + held)
                pipe.flush()
    except BaseException:  # whatever it is, the parent sees the end of the pipe
        os._exit(1)
    os._exit(0)


def _messages(work: Callable[[], Iterator[Any]]) -> Iterator[tuple[str, Any]]:
    try:
        for result in work():
            yield "result", result
    except Exception as error:
        yield "error", error
    yield "end", None


def _limit_memory() -> None:
    import resource

    with suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = used + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
