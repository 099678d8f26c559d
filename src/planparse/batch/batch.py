"""A batch from what is asked for to its summary: what is to be done, doing it, and what is kept of it."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any, NamedTuple

from planparse.batch import job, runner
from planparse.batch.inputs import Choice, Input, check_clashes, find_inputs, output_name
from planparse.batch.manifest import FAILED, NAME, OK, PARTIAL, SKIPPED, Manifest, Row, shown
from planparse.batch.outputs import alone, prepare, remove, rows_path
from planparse.batch.summary import Summary, Watcher
from planparse.errors import InputError, OutputError, PlanparseError
from planparse.version import __version__

_UNFINISHED = "was being done again when the run ended; run the batch again"


class Request(NamedTuple):
    """What is asked of a batch. `listed` is what standard input holds where `asked` has "-"."""

    asked: tuple[str, ...]
    out: str
    forms: tuple[str, ...] = ("json",)
    tables: tuple[str, ...] = ()
    report: str | None = None
    choice: Choice = Choice()
    listed: bytes | None = None
    workers: int = 1
    timeout: float = 60.0
    retry_failed: bool = False
    prune: bool = False
    encoding: str | None = None
    grammar: str | None = None
    lang: str = "en"


Work = Callable[[Input, job.Options], job.Result]


def run_batch(request: Request, watcher: Watcher, work: Work = job.work) -> Summary:
    """Do what is asked and say how it went.

    Raises InputError, OutputError or GrammarError, one line, where nothing can be done, or the disk takes no more: what
    was done until then is in the manifest.
    """
    import time

    begun = time.perf_counter()
    options = _options(request)
    inputs = _inputs(request)
    prepare(request.out)
    summary = Summary(request.out, total=len(inputs))
    with alone(request.out):
        manifest = Manifest(request.out)
        try:
            with _asked_to_stop() as stopping:
                _Run(request, options, manifest, summary, watcher).do(inputs, work, stopping)
                summary.interrupted = stopping()
            if request.prune and not summary.interrupted:
                _prune(request, manifest, inputs, summary)
            manifest.tidy()
            summary.slowest.sort(reverse=True)
            summary.seconds = time.perf_counter() - begun
            if not summary.interrupted:
                _sum_up(request, manifest, summary)
        finally:
            manifest.close()
    return summary


def _options(request: Request) -> job.Options:
    from planparse.grammar import load

    decisive = [__version__, load(request.grammar).fingerprint, sorted(request.forms), request.lang, request.encoding]
    key = hashlib.sha256(json.dumps(decisive).encode()).hexdigest()[:32]
    out = os.path.abspath(request.out)
    forms = tuple(sorted(request.forms))
    rows = bool(request.tables)
    return job.Options(out, forms, rows, request.grammar, request.lang, key, request.timeout, request.encoding)


def _inputs(request: Request) -> list[Input]:
    for name in request.asked:
        if os.path.isdir(name) and os.path.exists(request.out) and os.path.samefile(name, request.out):
            raise OutputError(f"{request.out}: is the folder of the documents; choose another OUT")
    inputs = find_inputs(request.asked, request.listed, request.choice, request.out)
    if not inputs and not request.prune:
        kinds = ", ".join(request.choice.include)
        raise InputError(f"{', '.join(request.asked)}: no documents ({kinds}) there; name others, or use --include")
    own = [NAME, *([f"report.{request.report}"] if request.report else [])]
    check_clashes(inputs, request.forms, request.out, own)
    return inputs


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed. The second time it interrupts at once."""
    pressed = threading.Event()

    def press(number: int, frame: Any) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()

    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return
    before = signal.signal(signal.SIGINT, press)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


class _Run:
    """One pass over the documents."""

    def __init__(
        self, request: Request, options: job.Options, manifest: Manifest, summary: Summary, watcher: Watcher
    ) -> None:
        self._request = request
        self._options = options
        self._manifest = manifest
        self._summary = summary
        self._watcher = watcher

    def do(self, inputs: Sequence[Input], work: Work, stopping: Callable[[], bool]) -> None:
        """Do what is to be done; rows are in the manifest as soon as their outputs are in their places."""
        refused: list[str] = []
        crew = runner.Crew(self._request.workers, self._request.timeout, job.start, (self._options,))
        self._watcher.begin(len(inputs))
        try:
            todo = self._todo(inputs, stopping)
            stop = lambda: bool(refused) or stopping()  # noqa: E731
            with closing(runner.run(todo, work, (self._options,), crew, stop)) as ended:
                for done in ended:
                    if isinstance(done.result, job.Stopped):
                        refused.append(done.result.reason)
                    else:
                        self._keep(done.item, done.result or self._broken(done.item, done.reason or "failed"))
        except RuntimeError as error:
            raise PlanparseError(f"worker processes cannot be started ({error}); try --workers 1") from None
        finally:
            self._watcher.end()
        if refused:
            count = self._summary.counts[OK] + self._summary.counts[PARTIAL]
            raise OutputError(
                f"{self._request.out}: cannot be written to ({refused[0]}) after {count} documents; "
                "make room there and run the same command again"
            )

    def _todo(self, inputs: Sequence[Input], stopping: Callable[[], bool]) -> Iterator[Input]:
        for item in inputs:
            if stopping():
                return
            old = self._manifest.get(shown(item.document))
            if item.trouble is not None:
                self._tell_trouble(item, old, item.trouble)
            elif old is None:
                yield item
            elif self._is_done(item, old):
                self._summary.unchanged += 1
                self._summary.failed_before += old.status == FAILED
                self._watcher.step(None)
            else:
                if old.outputs and not old.unfinished:
                    self._manifest.append(old._replace(status=FAILED, error=_UNFINISHED, unfinished=True))
                yield item

    def _tell_trouble(self, item: Input, old: Row | None, trouble: str) -> None:
        row = job.failure(item, self._options, trouble, status=SKIPPED if item.skipped else FAILED)
        if old == row and not self._request.retry_failed:
            self._summary.unchanged += 1
            self._summary.failed_before += row.status == FAILED
            self._watcher.step(None)
            return
        self._keep(item, row)

    def _is_done(self, item: Input, old: Row) -> bool:
        if old.unfinished or old.key != self._options.key or old.input != shown(item.path) or old.status == SKIPPED:
            return False
        if old.status == FAILED:
            return not self._request.retry_failed and job.hash_of(item.path) == old.sha256
        if self._options.rows and not (old.rows and os.path.isfile(rows_path(self._options.out, old.document))):
            return False
        return self._has_outputs(item, old) and job.hash_of(item.path) == old.sha256

    def _has_outputs(self, item: Input, old: Row) -> bool:
        for form in self._options.forms:
            try:
                found = os.stat(os.path.join(self._options.out, output_name(item.document, form)))
            except OSError:
                return False
            if found.st_size != old.bytes.get(form):
                return False
        return True

    def _keep(self, item: Input, row: Row) -> None:
        """Put a row into the manifest; outputs of an earlier row that it does not have any more are removed."""
        old = self._manifest.get(row.document)
        self._manifest.append(row)
        if old is not None:
            remove(self._options.out, {form: name for form, name in old.outputs.items() if form not in row.outputs})
            if old.rows and not row.rows:
                with suppress(OSError):
                    os.unlink(rows_path(self._options.out, row.document))
        self._summary.add(row)
        self._watcher.step(row)

    def _broken(self, item: Input, reason: str) -> Row:
        """The row of a document whose worker was lost; what it may have written is removed."""
        remove(self._options.out, {form: output_name(item.document, form) for form in self._options.forms})
        with suppress(OSError):
            os.unlink(rows_path(self._options.out, shown(item.document)))
        return job.failure(item, self._options, reason, sha256=job.hash_of(item.path))


def _prune(request: Request, manifest: Manifest, inputs: Sequence[Input], summary: Summary) -> None:
    """Remove the outputs of documents that are not there any more, and their rows; nothing else."""
    asked = {shown(item.document) for item in inputs}
    for document in manifest.documents():
        if document in asked:
            continue
        row = manifest.get(document)
        # Bytes that are no UTF-8 are escaped in a row: what it names cannot be looked for.
        if row is None or "\\udc" in row.location or not _is_gone(row.location):
            continue
        remove(request.out, row.outputs)
        with suppress(OSError):
            os.unlink(rows_path(request.out, document))
        manifest.drop(document)
        summary.pruned += 1


def _is_gone(path: str) -> bool:
    """Whether nothing is at a path; what cannot be looked at is not gone."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _sum_up(request: Request, manifest: Manifest, summary: Summary) -> None:
    """The tables and the report."""
    if request.tables:
        from planparse.batch.tables import write_tables

        files, summary.without_rows = write_tables(request.out, manifest, request.tables)
        summary.written += files
    if request.report:
        from planparse.batch.report import write_report

        summary.written.append(write_report(request.out, manifest, summary, request.report, request.lang))
