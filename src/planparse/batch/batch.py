"""A batch from what is asked for to its summary: what is to be done, doing it, and what is kept of it."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from typing import Any, NamedTuple

from planparse.batch import job
from planparse.batch.choice import Choice, Input
from planparse.batch.inputs import check_clashes, find_inputs, output_name
from planparse.batch.manifest import FAILED, NAME, OK, PARTIAL, SKIPPED, Manifest, Row, shown
from planparse.batch.outputs import OWN, rows_name
from planparse.batch.place import place_of
from planparse.batch.runner import Crew, Local, Runner
from planparse.batch.summary import Summary, Watcher
from planparse.batch.urls import below, is_url, location, plain, protocol
from planparse.errors import InputError, OutputError, PlanparseError, Said, Wording
from planparse.version import __version__


class Request(NamedTuple):
    """What is asked of a batch. `asked` and `out` are paths or URLs; `listed` is what standard input holds where `asked`
    has "-"; `cluster` is the address of a scheduler, None for worker processes of this machine."""

    asked: tuple[str, ...]
    out: str
    forms: tuple[str, ...] = ("json",)
    tables: tuple[str, ...] = ()
    report: str | None = None
    choice: Choice = Choice()
    listed: bytes | None = None
    workers: int = 1
    cluster: str | None = None
    timeout: float = 60.0
    retry_failed: bool = False
    prune: bool = False
    encoding: str | None = None
    grammar: str | None = None
    lang: str = "en"


Work = Callable[[Input, job.Options], job.Result]


def run_batch(request: Request, watcher: Watcher, work: Work = job.work, runner: Runner | None = None) -> Summary:
    """Do what is asked and say how it went. `runner`: who does the work; else worker processes, or the cluster.

    Raises InputError, OutputError or GrammarError, one line, where nothing can be done, or the disk takes no more: what
    was done until then is in the manifest.
    """
    import time

    begun = time.perf_counter()
    request = request._replace(asked=tuple(map(plain, request.asked)), out=plain(request.out))
    options = _options(request)
    with closing(runner or _runner(request, options)) as hands:
        inputs = _inputs(request)
        place = place_of(request.out)
        place.prepare()
        summary = Summary(request.out, total=len(inputs))
        with place.alone():
            hands.check(_seen(options, inputs))
            manifest = Manifest(place.folder)
            try:
                with _asked_to_stop() as stopping:
                    _Run(request, options, manifest, summary, watcher).do(inputs, work, hands, stopping)
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
            place.finish()
    return summary


def _options(request: Request) -> job.Options:
    from planparse.grammar import load

    decisive = [__version__, load(request.grammar).fingerprint, sorted(request.forms), request.lang, request.encoding]
    key = hashlib.sha256(json.dumps(decisive).encode()).hexdigest()[:32]
    forms = tuple(sorted(request.forms))
    out, rows = location(request.out), bool(request.tables)
    options = job.Options(out, forms, rows, request.grammar, request.lang, key, request.timeout, request.encoding)
    if request.cluster is not None:  # its workers have other working folders
        options = options._replace(grammar=request.grammar and os.path.abspath(request.grammar), base=os.getcwd())
    return options


def _runner(request: Request, options: job.Options) -> Runner:
    for name in (*request.asked, request.out):
        if is_url(name) and protocol(name) == "memory":
            raise InputError("url.memory", file=name)
    crew = Crew(request.workers, request.timeout, job.start, (options,))
    if request.cluster is None:
        return Local(crew)
    from planparse.batch.cluster import Cluster

    return Cluster(request.cluster, crew, options.grammar)


def _seen(options: job.Options, inputs: Sequence[Input]) -> tuple[str, ...]:
    """What workers must be able to see, as this machine does: OUT, and the first document of each kind of place."""
    found: dict[str, str] = {}
    for item in inputs:
        kind = protocol(item.path) if is_url(item.path) else ""
        if kind not in found and item.trouble is None and (kind or os.path.lexists(item.path)):
            found[kind] = location(item.path)
    mine = options.out if is_url(options.out) else os.path.join(options.out, OWN)
    return (mine, *found.values())


def _inputs(request: Request) -> list[Input]:
    for name in request.asked:
        same = name.rstrip("/") == request.out.rstrip("/") if is_url(name) else _is_same_folder(name, request.out)
        if same:
            raise OutputError("out.holds_inputs", file=request.out)
    inputs = find_inputs(request.asked, request.listed, request.choice, request.out)
    if not inputs and not request.prune:
        kinds = ", ".join(request.choice.include)
        raise InputError("inputs.none", asked=", ".join(request.asked), kinds=kinds)
    own = [NAME, *([f"report.{request.report}"] if request.report else [])]
    check_clashes(inputs, request.forms, request.out, own)
    return inputs


def _is_same_folder(one: str, other: str) -> bool:
    return os.path.isdir(one) and os.path.exists(other) and os.path.samefile(one, other)


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
        self._place = place_of(request.out)
        self._manifest = manifest
        self._summary = summary
        self._watcher = watcher

    def do(self, inputs: Sequence[Input], work: Work, runner: Runner, stopping: Callable[[], bool]) -> None:
        """Do what is to be done; rows are in the manifest as soon as their outputs are in their places."""
        refused: list[Said] = []
        self._watcher.begin(len(inputs))
        try:
            changed = self._changed(inputs, runner, stopping) if self._is_far(inputs) else None
            todo = self._marked(self._todo(inputs, changed, stopping))
            stop = lambda: bool(refused) or stopping()  # noqa: E731
            with closing(runner.run(todo, work, (self._options,), stop)) as ended:
                for done in ended:
                    if isinstance(done.result, job.Stopped):
                        refused.append(done.result.reason)
                    else:
                        self._keep(done.item, done.result or self._broken(done.item, done.reason))
        except RuntimeError as error:
            raise PlanparseError("workers.not_started", reason=str(error)) from None
        finally:
            self._watcher.end()
        if refused:
            count = self._summary.counts[OK] + self._summary.counts[PARTIAL]
            raise OutputError("out.full", file=self._request.out, reason=refused[0], count=count)

    def _is_far(self, inputs: Sequence[Input]) -> bool:
        """Whether documents or outputs are reached over a network, where one reader would be slow."""
        named = (self._request.out, *(item.path for item in inputs))
        return self._request.cluster is not None or any(map(is_url, named))

    def _changed(self, inputs: Sequence[Input], runner: Runner, stopping: Callable[[], bool]) -> set[str]:
        """Of the documents that may have been done before, those that must be done again; the workers look."""
        changed: set[str] = set()
        known = (
            (item, old)
            for item in inputs
            if item.trouble is None and (old := self._manifest.get(shown(item.document))) and self._may_be_done(item, old)
        )
        with closing(runner.run(known, _is_unchanged, (self._options,), stopping)) as ended:
            for done in ended:
                item, old = done.item
                if done.result:
                    self._skip(old)
                else:
                    changed.add(item.document)
        return changed

    def _todo(
        self, inputs: Sequence[Input], changed: set[str] | None, stopping: Callable[[], bool]
    ) -> Iterator[tuple[Input, Row | None]]:
        """What is to be done, with the rows of what is done again. `changed`: see `_changed`; None where that is to be seen
        here and now."""
        for item in inputs:
            if stopping():
                return
            old = self._manifest.get(shown(item.document))
            if item.trouble is not None:
                self._tell_trouble(item, old, item.trouble)
            elif old is None or not self._may_be_done(item, old):
                yield item, old
            elif changed is not None:
                if item.document in changed:
                    yield item, old
            elif job.is_unchanged(old, item, self._options):
                self._skip(old)
            else:
                yield item, old

    def _marked(self, todo: Iterator[tuple[Input, Row | None]]) -> Iterator[Input]:
        """What is to be done; outputs of an earlier run are said to be unfinished before they are touched."""
        while block := list(islice(todo, self._place.block)):
            marks = [old for _, old in block if old is not None and old.outputs and not old.unfinished]
            for old in marks:
                why = Wording("document.unfinished").say(self._options.lang)
                self._manifest.append(old._replace(status=FAILED, error=why, unfinished=True))
            if marks:
                self._place.sync(at_once=True)
            yield from (item for item, _ in block)

    def _skip(self, old: Row) -> None:
        self._summary.unchanged += 1
        self._summary.failed_before += old.status == FAILED
        self._watcher.step(None)

    def _tell_trouble(self, item: Input, old: Row | None, trouble: Wording) -> None:
        row = job.failure(item, self._options, trouble, status=SKIPPED if item.skipped else FAILED)
        if old == row and not self._request.retry_failed:
            self._skip(row)
            return
        self._keep(item, row)

    def _may_be_done(self, item: Input, old: Row) -> bool:
        """Whether a row says that a document was done as it is asked for now; it may have changed since."""
        if old.unfinished or old.key != self._options.key or old.input != shown(item.path) or old.status == SKIPPED:
            return False
        return old.status != FAILED or not self._request.retry_failed

    def _keep(self, item: Input, row: Row) -> None:
        """Put a row into the manifest; outputs of an earlier row that it does not have any more are removed."""
        old = self._manifest.get(row.document)
        self._manifest.append(row)
        self._place.sync()
        if old is not None:
            self._place.remove({form: name for form, name in old.outputs.items() if form not in row.outputs})
            if old.rows and not row.rows:
                self._place.discard(rows_name(row.document))
        self._summary.add(row)
        self._watcher.step(row)

    def _broken(self, item: Input, reason: Wording | None) -> Row:
        """The row of a document whose worker was lost; what it may have written is removed."""
        self._place.remove({form: output_name(item.document, form) for form in self._options.forms})
        self._place.discard(rows_name(shown(item.document)))
        why = reason or Wording("document.no_result")
        return job.failure(item, self._options, why, sha256=job.hash_of(item.path))


def _is_unchanged(known: tuple[Input, Row], options: job.Options) -> bool:
    item, old = known
    return job.is_unchanged(old, item, options)


def _prune(request: Request, manifest: Manifest, inputs: Sequence[Input], summary: Summary) -> None:
    """Remove the outputs of documents that are not there any more, and their rows; nothing else."""
    place = place_of(request.out)
    asked = {shown(item.document) for item in inputs}
    for document in manifest.documents():
        if document in asked:
            continue
        row = manifest.get(document)
        # Bytes that are no UTF-8 are escaped in a row: what it names cannot be looked for.
        if row is None or "\\udc" in row.location or not _is_gone(row.location):
            continue
        place.remove(row.outputs)
        place.discard(rows_name(document))
        manifest.drop(document)
        summary.pruned += 1


def _is_gone(path: str) -> bool:
    """Whether nothing is at a path or a URL; what cannot be looked at is not gone."""
    if is_url(path):
        from planparse.batch import far

        return far.is_gone(path)
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _sum_up(request: Request, manifest: Manifest, summary: Summary) -> None:
    """The tables and the report."""
    place = place_of(request.out)
    if request.tables:
        from planparse.batch.tables import write_tables

        files, summary.without_rows = write_tables(place, manifest, request.tables)
        summary.written += [below(request.out, name) for name in files]
    if request.report:
        from planparse.batch.report import write_report

        name = write_report(place, manifest, summary, request.report, request.lang)
        summary.written.append(below(request.out, name))
