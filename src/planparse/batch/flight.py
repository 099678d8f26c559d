"""Which worker of a cluster gets which documents, and what becomes of them when it is lost. Nothing here knows the cluster.

As it is decided here what a worker has in hands, it is known what it had when it was lost: the chunks that it had begun go
out again one document at a time, each alone on a worker, and a document that loses several of them is given up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

#: Chunks for each thread of a worker that wait or are done.
_AHEAD = 2
#: A document that was alone on so many workers that were lost is given up.
MOST_LOSSES = 2


class Chunk(NamedTuple):
    """Documents that go to a worker together. losses: how many workers were lost while its document was alone on them; None
    for a chunk that shares its worker with others."""

    items: tuple[Any, ...]
    losses: int | None = None


class Flight:
    """The documents of a run: those to come, those out with workers, those whose worker was lost."""

    def __init__(self, source: Iterator[Any], size: int) -> None:
        self._source = source
        self._size = size
        self._more = True
        self._again: deque[Chunk] = deque()
        self._suspects: deque[Chunk] = deque()
        self._out: dict[str, list[Chunk]] = {}

    def next(self, threads: Mapping[str, int]) -> tuple[str, Chunk] | None:
        """A worker and a chunk for it; None where nothing can be given out now. threads: how many each worker has."""
        spared: list[str] = []
        if self._suspects:
            # A suspect is alone on its worker: as many workers as needed get nothing else until they have nothing in hands.
            spared = sorted(threads, key=self._in_hands)[: len(self._suspects)]
            if spared and not self._in_hands(spared[0]):
                return self._give(spared[0], self._suspects.popleft())
        for worker, count in threads.items():
            if worker in spared or self._in_hands(worker) >= count * _AHEAD or self._has_suspect(worker):
                continue
            chunk = self._take()
            return None if chunk is None else self._give(worker, chunk)
        return None

    def land(self, worker: str, chunk: Chunk, left: Sequence[Any]) -> None:
        """A chunk is back; what of it was not begun goes out again."""
        self._drop(worker, chunk)
        if left:
            (self._again if chunk.losses is None else self._suspects).append(chunk._replace(items=tuple(left)))

    def lose(self, worker: str, chunk: Chunk, threads: int) -> tuple[Any, ...]:
        """The worker of a chunk is lost; it had so many threads. Of several chunks the last that was given out is told
        first. Gives the documents that are given up."""
        was_begun = self._out[worker].index(chunk) < threads
        self._drop(worker, chunk)
        if not was_begun:
            self._again.append(chunk)
            return ()
        losses = 0 if chunk.losses is None else chunk.losses + 1
        if losses >= MOST_LOSSES:
            return chunk.items
        self._suspects.extend(Chunk((item,), losses) for item in chunk.items)
        return ()

    def is_over(self) -> bool:
        """Whether nothing is to be given out any more; what is out may still come back."""
        return not self._more and not self._again and not self._suspects

    def _in_hands(self, worker: str) -> int:
        return len(self._out.get(worker, ()))

    def _has_suspect(self, worker: str) -> bool:
        return any(chunk.losses is not None for chunk in self._out.get(worker, ()))

    def _take(self) -> Chunk | None:
        if self._again:
            return self._again.popleft()
        items = tuple(islice(self._source, self._size)) if self._more else ()
        self._more = bool(items)
        return Chunk(items) if items else None

    def _give(self, worker: str, chunk: Chunk) -> tuple[str, Chunk]:
        self._out.setdefault(worker, []).append(chunk)
        return worker, chunk

    def _drop(self, worker: str, chunk: Chunk) -> None:
        self._out[worker].remove(chunk)
        if not self._out[worker]:
            del self._out[worker]
