"""One document to its outputs, in a worker: read, parse, write, and say how it went. Plain data, no model classes."""

from __future__ import annotations

import errno
import gc
import json
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from planparse.batch.choice import Input
from planparse.batch.inputs import output_name
from planparse.batch.manifest import FAILED, NO_DIAGNOSTICS, OK, PARTIAL, Row, shown
from planparse.batch.outputs import rows_name
from planparse.batch.place import place_of
from planparse.batch.urls import is_url, location
from planparse.errors import InputError, PlanparseError, Said, Wording, printable, reason_of

if TYPE_CHECKING:
    from planparse.grammar.grammar import Grammar
    from planparse.reading.source import Source

#: Errors of the disk, not of a document: the run cannot go on.
_FATAL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
_MORE_TIME = 30


class Options(NamedTuple):
    """What all documents of a run share.

    key: a hash of all that decides the outputs besides the content.
    base: the folder that relative paths begin in, for workers with another working folder.
    """

    out: str
    forms: tuple[str, ...]
    rows: bool
    grammar: str | None
    lang: str
    key: str
    timeout: float
    encoding: str | None = None
    base: str = ""


class Stopped(NamedTuple):
    """The disk refused an output: nothing more can be written. `reason` is why."""

    reason: Said


Result = Row | Stopped


def start(options: Options) -> None:
    """Make a worker ready: the grammar is read once."""
    from planparse.grammar import load

    load(options.grammar)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    gc.freeze()


def _end_with_parent(parent: int) -> None:
    """A worker whose parent was killed ends, too."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def work(item: Input, options: Options) -> Result:
    """Read, parse and write a document. Fails for no document: what is wrong is in the row."""
    _set_alarm(options.timeout + _MORE_TIME)
    begun = time.perf_counter()
    result = _work(item, options)
    if isinstance(result, Row):
        result = result._replace(seconds=round(time.perf_counter() - begun, 4))
    _set_alarm(0)
    return result


def _set_alarm(seconds: float) -> None:
    """Should nobody be there to end a document that hangs, the system ends this process."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def failure(item: Input, options: Options, reason: Wording, *, sha256: str | None = None, status: str = FAILED) -> Row:
    """The row of a document that has no outputs; `reason` says why and what to do."""
    return Row(
        document=shown(item.document),
        input=shown(item.path),
        location=shown(location(item.path, options.base)),
        status=status,
        sha256=sha256,
        error=shown(printable(reason.say(options.lang))),
        key=options.key,
    )


def _work(item: Input, options: Options) -> Result:
    from planparse.grammar import load
    from planparse.pipeline import parse_source

    sha256: str | None = None
    try:
        grammar = load(options.grammar)
        source = _read(item, options, grammar)
        sha256 = source.sha256
        document = parse_source(source, grammar, options.lang)
        counts = _count(document)
        texts = {form: _written(form, document, options.lang) for form in options.forms}
        kept = _kept_rows(document, item, counts) if options.rows else None
    except InputError as error:
        sha256 = sha256 or hash_of(item.path, options.base)
        return failure(item, options, error.problem, sha256=sha256)
    except MemoryError:
        return failure(item, options, Wording("document.no_memory"), sha256=sha256)
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return failure(item, options, Wording("document.failed", what=what), sha256=sha256)
    outputs = {form: output_name(item.document, form) for form in options.forms}
    files = {outputs[form]: text for form, text in texts.items()}
    if kept is not None:
        files[rows_name(shown(item.document))] = kept
    try:
        place_of(options.out).write_set(files)
    except OSError as error:
        if error.errno in _FATAL or (isinstance(error, PermissionError) and is_url(options.out)):
            return Stopped(reason_of(error))
        return failure(item, options, Wording("document.unwritable", reason=reason_of(error)), sha256=sha256)
    return Row(
        document=shown(item.document),
        input=shown(item.path),
        location=shown(location(item.path, options.base)),
        status=PARTIAL if counts["error"] else OK,
        sha256=sha256,
        error=_first_error(document, options.lang),
        sections=counts["sections"],
        tables=counts["tables"],
        diagnostics={severity: counts[severity] for severity in NO_DIAGNOSTICS},
        outputs={form: shown(name) for form, name in outputs.items()},
        bytes={form: len(text) for form, text in texts.items()},
        rows=kept is not None,
        key=options.key,
    )


def _read(item: Input, options: Options, grammar: Grammar) -> Source:
    """A document, named as it was asked for, wherever it is opened. Raises InputError, of which the row has the problem."""
    if is_url(item.path):
        from planparse.batch import far
        from planparse.reading.text import decode

        return decode(far.read(item.path), item.path, options.encoding, grammar)
    from planparse.reading.text import read_file

    return read_file(os.path.join(options.base, item.path), options.encoding, grammar)._replace(path=shown(item.path))


def _written(form: str, document: dict[str, Any], lang: str) -> bytes:
    """A document in a format, as `extract -o` writes it."""
    if form == "json":
        from planparse.writing.json import json_chunks

        return b"".join(json_chunks(document))
    from planparse.writing.markdown import write_markdown

    return write_markdown(document, lang=lang).encode()


def _kept_rows(document: dict[str, Any], item: Input, counts: dict[str, int]) -> bytes:
    from planparse.batch.rows import rows_of

    return json.dumps(rows_of(document, shown(item.document), counts), ensure_ascii=False).encode("utf-8", "replace")


def _count(document: dict[str, Any]) -> dict[str, int]:
    """The sections and tables of a document, and its diagnostics by severity."""
    counts = {"sections": 0, "tables": 0, **NO_DIAGNOSTICS}
    waiting = [part["blocks"] for part in document["parts"]]
    while waiting:
        for block in waiting.pop():
            if block["type"] == "section":
                counts["sections"] += 1
                waiting.append(block["blocks"])
            elif block["type"] == "table":
                counts["tables"] += 1
    for item in document["diagnostics"]:
        counts[item["severity"]] += 1
    return counts


def _first_error(document: dict[str, Any], lang: str) -> str | None:
    """The first error diagnostic, with its line: why a document is partial."""
    for item in document["diagnostics"]:
        if item["severity"] == "error":
            said: str = item["message"]
            if item["span"]:
                said = Wording("document.diagnostic", line=item["span"]["first_line"], message=said).say(lang)
            return printable(said)
    return None


def is_unchanged(old: Row, item: Input, options: Options) -> bool:
    """Whether a document is as its row has it, and its outputs are there."""
    if old.status != FAILED:
        place = place_of(options.out)
        if options.rows and not (old.rows and place.size(rows_name(old.document)) is not None):
            return False
        if any(place.size(output_name(item.document, form)) != old.bytes.get(form, -1) for form in options.forms):
            return False
    return hash_of(item.path, options.base) == old.sha256


def hash_of(path: str, base: str = "") -> str | None:
    """The SHA-256 of a document, None where it cannot be read."""
    import hashlib
    import stat

    try:
        if is_url(path):
            from planparse.batch import far

            return hashlib.sha256(far.read(path)).hexdigest()
        path = os.path.join(base, path)
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError, PlanparseError):
        return None
