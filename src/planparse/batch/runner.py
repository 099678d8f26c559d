"""Work done by other processes: in bounded number, each with a time limit; a process that dies costs one piece of work.

Nothing here knows what the work is. Items are taken from an iterator as workers become free, so that it may go on for
ever (a folder that is watched).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from planparse.errors import Wording

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Pieces of work for each worker that wait or are done: enough that none waits for the next.
_AHEAD = 3
_PRELOAD = ["planparse.batch.job", "planparse.pipeline", "planparse.writing.json", "planparse.grammar"]


class Done(NamedTuple, Generic[Item, Result]):
    """A piece of work and its result, or why there is none."""

    item: Item
    result: Result | None
    reason: Wording | None = None


class Crew(NamedTuple):
    """How many workers, how many seconds for a piece of work, and what makes a worker ready."""

    workers: int
    timeout: float
    start: Callable[..., object]
    start_args: tuple[Any, ...]


class Runner(Protocol):
    """Who does the work: processes of this machine, or of a cluster (`cluster.Cluster`)."""

    def run(
        self, items: Iterable[Item], work: Callable[..., Result], args: tuple[Any, ...], stopping: Callable[[], bool]
    ) -> Generator[Done[Item, Result], None, None]:
        """`work(item, *args)` for each item, in the order that they end. Once `stopping()` is true no more are begun; what
        was begun is finished."""

    def check(self, names: Sequence[str]) -> None:
        """Make sure that the workers are there, are of this version, and see these paths and URLs. Raises PlanparseError."""

    def close(self) -> None:
        """Send the workers home; the runner is not used any more."""


class Local:
    """Worker processes of this machine. They are started with the first item, and wait for the next `run` after one."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._pool: Any = None

    def run(
        self, items: Iterable[Item], work: Callable[..., Result], args: tuple[Any, ...], stopping: Callable[[], bool]
    ) -> Generator[Done[Item, Result], None, None]:
        """See Runner. Items that were not begun stay in `items`, where it is an iterator."""
        waiting: dict[Future[Result], Item] = {}
        ended: queue.SimpleQueue[Future[Result]] = queue.SimpleQueue()
        source = iter(items)
        finished = False
        try:
            more = True
            while more or waiting:
                while more and len(waiting) < self._crew.workers * _AHEAD and not stopping():
                    try:
                        item = next(source)
                    except StopIteration:
                        more = False
                        break
                    future = self._started().schedule(work, args=(item, *args), timeout=self._crew.timeout)
                    waiting[future] = item
                    future.add_done_callback(ended.put)
                if stopping():
                    more = False
                if waiting:
                    with contextlib.suppress(queue.Empty):
                        future = ended.get(timeout=0.5)
                        yield _done(waiting.pop(future), future, self._crew.timeout)
            finished = True
        finally:
            if not finished:
                self._end(at_once=True)

    def check(self, names: Sequence[str]) -> None:
        """They see what this process sees."""

    def close(self) -> None:
        """See Runner."""
        self._end(at_once=False)

    def _started(self) -> Any:
        if self._pool is None:
            from pebble import ProcessPool

            crew = self._crew
            self._pool = ProcessPool(crew.workers, initializer=crew.start, initargs=crew.start_args, context=_context())
        return self._pool

    def _end(self, *, at_once: bool) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            if at_once:
                pool.stop()
            else:
                pool.close()
            pool.join()


def _done(item: Item, future: Future[Result], timeout: float) -> Done[Item, Result]:
    from pebble import ProcessExpired

    try:
        return Done(item, future.result())
    except TimeoutError:
        return Done(item, None, Wording("document.too_slow", seconds=timeout))
    except ProcessExpired as error:
        code = error.exitcode
        ended_by = code is not None and code < 0
        how = Wording("exit.signal", number=-code) if ended_by else Wording("exit.code", number=code)
        return Done(item, None, Wording("document.worker_died", how=how))
    except Exception as error:
        return Done(item, None, Wording("document.worker_failed", what=f"{type(error).__name__}: {error}"))


def _context() -> Any:
    """Workers begin as copies of a small process that has read the program, not of this one with its threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    from multiprocessing import forkserver

    # Ctrl-C is for this process, which tells the others; they are deaf to it from their first moment.
    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
    try:
        forkserver.ensure_running()
    finally:
        if main:
            signal.signal(signal.SIGINT, before)
    return context
