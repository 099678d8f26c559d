"""The work of a batch on the workers of a dask.distributed scheduler. Imported only where a cluster is named."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import queue
import time
import warnings
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any

from planparse.batch.cluster_worker import Ended, Wanted, check_versions, check_worker, dismiss, do_chunk, versions
from planparse.batch.flight import MOST_LOSSES, Chunk, Flight
from planparse.batch.runner import Crew, Done, Item, Result
from planparse.errors import PlanparseError, Wording
from planparse.version import __version__

#: At most so many documents a chunk: see benchmarks/batch.py --cluster.
CHUNK = 32
_CONNECT_SECONDS = 10
_FIRST_WORKER_SECONDS = 30
_NO_WORKER_SECONDS = 300
_LOOK_SECONDS = 1.0
_GIVEN_UP = Wording("document.workers_lost", count=MOST_LOSSES)


class Cluster:
    """The workers of a scheduler; a `runner.Runner`. Raises PlanparseError where it is not reached or has no workers.

    crew: of each thread of a worker, but for the number. grammar: the folder of --grammar.
    """

    def __init__(self, address: str, crew: Crew, grammar: str | None = None, chunk: int = CHUNK) -> None:
        self._name = _named(address)
        self._crew = crew._replace(workers=1)
        self._grammar = grammar
        self._chunk = chunk
        self._wanted: Wanted | None = None
        self._shunned: dict[str, Wording | PlanparseError] = {}
        self._threads: dict[str, int] = {}
        self._looked = self._seen = 0.0
        self._client = _connected(address)
        try:
            self._client.wait_for_workers(1, timeout=_FIRST_WORKER_SECONDS)
        except TimeoutError:
            self.close()
            raise PlanparseError("cluster.no_workers", file=self._name, address=address) from None

    def check(self, names: Sequence[str]) -> None:
        """See Runner."""
        from planparse.grammar import load

        self._wanted = Wanted(versions(), self._grammar, load(self._grammar).fingerprint, tuple(names))
        try:
            self._client.run_on_scheduler(check_versions, self._wanted.versions)
        except Exception as error:
            raise PlanparseError("cluster.scheduler_unfit", file=self._name, why=_reason(error)) from None
        for worker, answer in self._client.run(check_worker, self._wanted, on_error="return").items():
            if answer is not None:
                raise self._unfit(worker, _reason(answer))

    def run(
        self, items: Iterable[Item], work: Callable[..., Result], args: tuple[Any, ...], stopping: Callable[[], bool]
    ) -> Generator[Done[Item, Result], None, None]:
        """See Runner. Raises PlanparseError where the scheduler or all workers are gone."""
        flight = Flight(iter(items), self._chunk)
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        out: dict[Any, tuple[str, Chunk]] = {}
        self._seen = time.monotonic()
        try:
            while True:
                for worker, threads in self._lost().items():
                    # The last that was given out first: see Flight.lose.
                    for future in [future for future in reversed(out) if out[future][0] == worker]:
                        future.cancel()
                        yield from _given_up(flight.lose(*out.pop(future), threads))
                while not stopping() and (given := flight.next(self._threads)) is not None:
                    future = self._submit(*given, work, args)
                    out[future] = given
                    future.add_done_callback(ended.put)
                if not out and (stopping() or flight.is_over()):
                    return
                with contextlib.suppress(queue.Empty):
                    future = ended.get(timeout=0.5)
                    if future not in out:
                        continue
                    worker, chunk = out.pop(future)
                    answer = self._answer(future, worker, chunk)
                    if answer is None:
                        yield from _given_up(flight.lose(worker, chunk, self._threads.get(worker, 1)))
                    else:
                        flight.land(worker, chunk, answer.left)
                        yield from answer.done
        finally:
            for future in out:
                with contextlib.suppress(Exception):
                    future.cancel()

    def close(self) -> None:
        """See Runner."""
        for end in (lambda: self._client.run(dismiss, self._crew, on_error="ignore"), self._client.close):
            with contextlib.suppress(Exception):
                end()

    def _submit(self, worker: str, chunk: Chunk, work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        call = (do_chunk, chunk.items, work, args, self._crew, self._wanted)
        key = f"planparse-{os.urandom(8).hex()}"
        return self._client.submit(*call, key=key, pure=False, workers=[worker], allow_other_workers=False)

    def _lost(self) -> dict[str, int]:
        """Look from time to time which workers there are. Gives those that are not there any more, and their threads."""
        now = time.monotonic()
        if now - self._looked < _LOOK_SECONDS:
            return {}
        self._looked = now
        try:
            found = self._client.nthreads()
        except Exception as error:
            raise self._gone(error) from None
        before = self._threads
        self._threads = {worker: threads for worker, threads in found.items() if worker not in self._shunned}
        if self._threads:
            self._seen = now
        elif found:
            worker, reason = next(iter(self._shunned.items()))
            raise self._unfit(worker, reason)
        elif now - self._seen > _NO_WORKER_SECONDS:
            raise PlanparseError("cluster.workers_gone", file=self._name)
        return {worker: threads for worker, threads in before.items() if worker not in self._threads}

    def _answer(self, future: Any, worker: str, chunk: Chunk) -> Ended | None:
        """What came of a chunk; None where its worker is lost. A worker that cannot begin with a chunk is of no use: it gets
        no more, and others get what it had."""
        from distributed.scheduler import KilledWorker

        if future.status == "cancelled":
            raise self._gone(ConnectionError("cancelled"))
        try:
            answer: Ended = future.result(timeout=_CONNECT_SECONDS)
        except (KilledWorker, TimeoutError):
            return None
        except Exception as error:
            if future.status != "error":
                return None
            self._shunned[worker] = _reason(error)
            self._threads.pop(worker, None)
            return Ended([], list(chunk.items))
        return answer

    def _gone(self, error: BaseException) -> PlanparseError:
        return PlanparseError("cluster.scheduler_gone", file=self._name, reason=_described(error))

    def _unfit(self, worker: str, why: Wording | PlanparseError) -> PlanparseError:
        return PlanparseError("cluster.worker_unfit", file=self._name, worker=worker, why=why)


def _given_up(items: tuple[Any, ...]) -> list[Done[Any, Any]]:
    return [Done(item, None, _GIVEN_UP) for item in items]


def _named(address: str) -> str:
    """A cluster as messages call it."""
    return f"--cluster {address}"


def _connected(address: str) -> Any:
    try:
        import distributed
    except ImportError:
        raise PlanparseError("package.missing", file=_named(address), package="dask.distributed", extra="cluster") from None
    for name in logging.root.manager.loggerDict:
        if name.startswith("distributed"):  # what matters of what it says is told here, in one line
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    client = _client(distributed.Client, address)
    if isinstance(client, PlanparseError):
        # A client that came to nothing is closed when it is collected; inside the making of another it would wait for that.
        gc.collect()
        raise client
    return client


def _client(make: Any, address: str) -> Any:
    """A client of the scheduler at an address, or the error that says why there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that differ; see `check`
            return make(address, timeout=_CONNECT_SECONDS, set_as_default=False, name="planparse")
    except ValueError as error:
        return PlanparseError("cluster.no_address", file=_named(address), reason=str(error))
    except Exception as error:
        return PlanparseError("cluster.no_answer", file=_named(address), reason=_described(error))


def _described(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__


def _reason(error: BaseException) -> Wording | PlanparseError:
    """What is wrong with a worker or scheduler that answered with an error, to go on after its name."""
    if isinstance(error, PlanparseError):
        return error
    if "No module named 'planparse" in str(error):
        return Wording("worker.no_planparse", version=__version__)
    return Wording("worker.failed", what=f"{type(error).__name__}: {_described(error)}")
