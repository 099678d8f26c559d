"""The documents that a batch is asked to read: from folders, files, globs, a list; each in its place in the tree of
outputs."""

from __future__ import annotations

import glob
import os
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from planparse.batch.choice import WILDCARDS, Choice, Input
from planparse.batch.outputs import OWN
from planparse.batch.urls import below, is_url, location, plain
from planparse.errors import InputError, OutputError, Wording, reason_of

#: The ending that an output's name leaves out. Any other stays: a folder often holds plan.docx beside its signed plan.pdf.
_TEXT_ENDING = ".txt"


def read_list(data: bytes) -> list[str]:
    """The names of a list: one a line, or each ended by a NUL byte (`find -print0`), which allows line ends in names."""
    names = data.split(b"\0") if b"\0" in data else [line.rstrip(b"\r") for line in data.split(b"\n")]
    return [os.fsdecode(name) for name in names if name]


def find_inputs(asked: Sequence[str], listed: bytes | None, choice: Choice, out: str) -> list[Input]:
    """All inputs in the order of their places, each once.

    asked: folders, files, globs, as paths or URLs, "-" for the names in `listed`. What lies in `out` is not read.
    Raises InputError where a folder or file that was named does not exist, or a glob finds nothing.
    """
    found: list[Input] = []
    for name in map(plain, asked):
        if name == "-":
            found += [_named(plain(path)) for path in read_list(listed or b"")]
        elif is_url(name):
            from planparse.batch import far

            found += far.find(name, choice, out)
        elif os.path.isdir(name):
            found += _walk(name, choice, out)
        elif os.path.lexists(name):
            found.append(_named(name))
        elif WILDCARDS & set(name):
            found += _globbed(name, choice, out)
        else:
            raise InputError("inputs.missing", file=name)
    unique = {(item.document, location(item.path)): item for item in reversed(found)}
    return sorted(unique.values(), key=lambda item: (os.fsencode(item.document), os.fsencode(item.path)))


def _named(path: str) -> Input:
    """A file that was named: mirrored by its path from the working folder, or by its whole path where it lies elsewhere."""
    if is_url(path):
        from planparse.batch import far

        return far.named(path)
    whole, here = os.path.abspath(path), os.getcwd()
    inside = whole.startswith(here.rstrip(os.sep) + os.sep)
    document = os.path.relpath(whole, here) if inside else os.path.splitdrive(whole)[1].lstrip(os.sep)
    return Input(path, document, *_trouble(path))


def _globbed(pattern: str, choice: Choice, out: str) -> Iterator[Input]:
    """What a glob finds, mirrored below the folder that comes before its first wildcard."""
    pieces = pattern.split(os.sep)
    fixed = next(at for at, piece in enumerate(pieces) if WILDCARDS & set(piece))
    base = os.sep.join(pieces[:fixed]) or (os.sep if pattern.startswith(os.sep) else os.curdir)
    found = sorted(glob.glob(pattern, recursive=True, include_hidden=False))
    if not found:
        raise InputError("inputs.no_match", file=pattern)
    for path in found:
        place = os.path.relpath(path, base)
        if not os.path.isdir(path) and not choice.leaves(os.path.basename(path), place) and not _inside(path, out):
            yield Input(path, place, *_trouble(path))


def _inside(path: str, folder: str) -> bool:
    real, top = os.path.realpath(path), os.path.realpath(folder)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def _trouble(path: str) -> tuple[Wording | None, bool]:
    """Why a path cannot be read as a file, and whether that is no failure."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return None, False  # reading it says why
    if stat.S_ISREG(mode):
        return None, False
    if stat.S_ISDIR(mode):
        return Wording("document.folder"), True
    return Wording("document.device"), True


# --- folders ----------------------------------------------------------------------------------------------------------
def _walk(folder: str, choice: Choice, out: str) -> Iterator[Input]:
    """The documents below a folder. Links are followed; one that leads back to a folder above it is reported, once."""
    outside = _identity(out)
    waiting: list[tuple[str, str, frozenset[tuple[int, int]]]] = [(folder, "", frozenset())]
    while waiting:
        path, place, above = waiting.pop()
        me = _identity(path)
        if me is not None and me == outside:
            continue
        if me is not None and me in above:
            yield Input(path, place, Wording("document.loop"), True)
            continue
        try:
            with os.scandir(path) as entries:
                names = sorted(((entry.name, _is_folder(entry)) for entry in entries), reverse=True)
        except OSError as error:
            yield Input(path, place or os.curdir, Wording("document.folder_unreadable", reason=reason_of(error)))
            continue
        inner = above if me is None else above | {me}
        for name, is_folder in names:
            full, at = os.path.join(path, name), os.path.join(place, name)
            if is_folder:
                if choice.leaves(name, at) or name == OWN:
                    continue
                if choice.takes(name, at) and "*" not in choice.include:
                    yield Input(full, at, Wording("document.folder_named_so"), True)
                waiting.append((full, at, inner))
            elif choice.takes(name, at):
                yield Input(full, at, *_trouble(full))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


# --- clashes ----------------------------------------------------------------------------------------------------------
def output_name(document: str, form: str) -> str:
    """A document's output in the tree: "a/b.json" for "a/b.txt", "a/b.pdf.json" for "a/b.pdf"."""
    return f"{_stem(document)}.{form}"


def _stem(document: str) -> str:
    return document[: -len(_TEXT_ENDING)] if document.lower().endswith(_TEXT_ENDING) else document


def check_clashes(inputs: Sequence[Input], forms: Sequence[str], out: str, own: Iterable[str]) -> None:
    """Raises OutputError where two inputs would write to one output, or an input or a file of the batch's own (`own`, paths
    in OUT) would be written over."""
    taken: dict[str, Input] = {}
    reserved = {_place_key(name) for name in own}
    documents = {_real(item.path) for item in inputs}
    real_out = _real(out)
    for item in inputs:
        if item.trouble is not None:
            continue
        stem = _place_key(_stem(item.document))
        first = taken.setdefault(stem, item)
        if first is not item:
            output = output_name(item.document, forms[0])
            raise OutputError("inputs.same", file=output, first=first.path, second=item.path)
        for form in forms:
            name = output_name(item.document, form)
            if _place_key(name) in reserved:
                raise OutputError("inputs.own", file=item.path, output=name)
            if below(real_out, name) in documents:
                raise OutputError("out.is_input", file=below(out, name))


def _real(path: str) -> str:
    return path if is_url(path) else os.path.realpath(path)


def _place_key(name: str) -> str:
    """Names that some systems take for one are one there."""
    return unicodedata.normalize("NFC", name).casefold() if sys.platform in ("win32", "darwin") else name
