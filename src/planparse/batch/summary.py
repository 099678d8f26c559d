"""How a run went, and who is told of it while it goes on."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import Protocol

from planparse.batch.manifest import FAILED, OK, PARTIAL, SKIPPED, Row

_MOST_LISTED = 10


@dataclass
class Summary:
    """How a run went. counts: rows of this run by status; unchanged: documents that were done before, failed_before: among
    the documents asked for, those that failed in an earlier run and were not tried again."""

    out: str
    total: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((OK, PARTIAL, FAILED, SKIPPED), 0))
    unchanged: int = 0
    failed_before: int = 0
    pruned: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    slowest: list[tuple[float, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    without_rows: int = 0
    written: list[str] = field(default_factory=list)

    @property
    def fell_short(self) -> bool:
        """Whether a document that was asked for failed, now or before."""
        return bool(self.counts[FAILED] or self.failed_before)

    def add(self, row: Row) -> None:
        """Count a row of this run."""
        self.counts[row.status] += 1
        if row.status == FAILED and len(self.failed) < _MOST_LISTED:
            self.failed.append((row.document, row.error or ""))
        if row.status in (OK, PARTIAL):
            push = heapq.heappush if len(self.slowest) < _MOST_LISTED else heapq.heappushpop
            push(self.slowest, (row.seconds, row.document))


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def begin(self, total: int) -> None:
        """So many documents are looked at."""

    def step(self, row: Row | None) -> None:
        """One has been done, or None: was done before."""

    def end(self) -> None:
        """No more come."""
