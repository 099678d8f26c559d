"""Work on files that may be made to do harm, in a process of its own: with bounded memory, and ended when it hangs.

A library in C cannot be stopped from within: a page whose forms call one another takes all time and memory. Where the
system cannot divide a process (Windows), the work is done in this one.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")

#: The memory that the work may take beyond what the process has already, in bytes.
MEMORY = 1 << 30
#: How long a process that is ended may take to clear up behind it, and how often it looks for its parent, in seconds.
_GRACE, _LOOK = 1.0, 0.5


class LostError(Exception):
    """The work came to no end: it took too long for its next result, or too much memory, or died."""


class _EndedError(BaseException):
    """The parent asked this process to end: what is open is closed on the way out, files and programs of its own too."""


def apart(work: Callable[[], Iterator[T]], patience: float) -> Generator[T, None, None]:
    """The results of some work, done in a process of its own. Raises what the work raises, and LostError where it gives no
    next result within so many seconds."""
    if not hasattr(os, "fork"):
        yield from work()
        return
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child only reads its file
        parent = os.getpid()
        child = os.fork()
    if child == 0:
        os.close(reading)
        _do(work, writing, parent)
    os.close(writing)
    try:
        yield from _results(reading, patience)
    finally:
        os.close(reading)
        _end(child)


def _end(child: int) -> None:
    """End the child: first so that it can clear up, then for good."""
    with suppress(ProcessLookupError, ChildProcessError):
        try:
            os.kill(child, signal.SIGTERM)
            until = time.monotonic() + _GRACE
            while time.monotonic() < until:
                if os.waitpid(child, os.WNOHANG)[0]:
                    return
                time.sleep(0.001)
        finally:  # a second Ctrl-C does not wait
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(child, signal.SIGKILL)
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


def _do(work: Callable[[], Iterator[Any]], writing: int, parent: int) -> NoReturn:
    """The child: do the work, hand on its results, and end without whatever the parent would do at its end."""
    try:
        _heed(parent)
        _limit_memory()
        with os.fdopen(writing, "wb") as pipe:
            for message in _messages(work):
                held = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
                pipe.write(len(held).to_bytes(8, "big") + held)
                pipe.flush()
    except BaseException:  # whatever it is, the parent sees the end of the pipe
        os._exit(1)
    os._exit(0)


def _heed(parent: int) -> None:
    """End when the parent says so, or is no more. A Ctrl-C reaches the parent, too, which then says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()


def _leave(_signal: int, _frame: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the clearing up is not disturbed
    raise _EndedError


def _end_with_parent(parent: int) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # it is the work that it must reach
    while os.getppid() == parent:
        time.sleep(_LOOK)
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)  # the work is in a library that cannot be stopped from within


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
