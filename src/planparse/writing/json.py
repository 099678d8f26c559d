"""JSON: the contract of the program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

#: Pieces are handed out in chunks of at least so many bytes.
_CHUNK = 1 << 16
#: So many items of a list are written at once.
_SLICE = 64


def write_json(document: dict[str, Any], *, indent: bool = True) -> str:
    """The document as JSON, as `PlanDocument.model_dump_json` writes it; without `indent` on one line."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 if indent else 0).decode("utf-8")


def json_chunks(document: dict[str, Any], *, indent: bool = True) -> Iterator[bytes]:
    """What `write_json` gives and a line end, in UTF-8 and in chunks: the JSON of a long document takes more memory than the
    document, and is never there as a whole."""
    chunk = bytearray()
    for piece in _of_dict(document, b"\n" if indent else b""):
        chunk += piece
        if len(chunk) >= _CHUNK:
            yield bytes(chunk)
            chunk.clear()
    yield bytes(chunk) + b"\n"


def _of_dict(value: dict[str, Any], line: bytes) -> Iterator[bytes]:
    """The JSON of the document or of a part of it. line: what begins a line inside of what holds it ("\n    "), empty where
    all stands on one line."""
    inner = line and line + b"  "
    before = b"{"
    for name, item in value.items():
        yield before + inner + orjson.dumps(name) + (b": " if line else b":")
        if isinstance(item, list) and item:
            yield from _of_parts(item, inner) if name == "parts" else _of_list(item, inner)
        else:
            yield _dumped(item, inner)
        before = b","
    yield line + b"}"


def _of_parts(parts: list[dict[str, Any]], line: bytes) -> Iterator[bytes]:
    inner = line and line + b"  "
    before = b"["
    for part in parts:
        yield before + inner
        yield from _of_dict(part, inner)
        before = b","
    yield line + b"]"


def _of_list(items: list[Any], line: bytes) -> Iterator[bytes]:
    """The JSON of a list that is not empty, some of its items at once, each time without the list's own brackets."""
    last = len(line + b"]")
    for at in range(0, len(items), _SLICE):
        yield (b"," if at else b"[") + _dumped(items[at : at + _SLICE], line)[1:-last]
    yield line + b"]"


def _dumped(value: Any, line: bytes) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).replace(b"\n", line) if line else orjson.dumps(value)
