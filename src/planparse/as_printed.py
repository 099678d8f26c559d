"""What a document says as its source prints it, where words that stand joined were read as several.

"Sở Tưpháp chủ trì" is read as "Sở Tư pháp chủ trì", so that the department is found; what the model quotes is what stands
there, "Sở Tưpháp", and the name that it stands for is `canonical`.
"""

from __future__ import annotations

from typing import Any

from planparse.reading.source import Source

Data = dict[str, Any]

#: The fields that quote the text.
_QUOTING = frozenset(
    {
        "text", "heading", "caption", "unit", "path", "cells", "name", "label", "title", "attached_to", "indicator", "time",
        "product", "funding_source", "source_of_money", "subject", "short", "long", "recipients", "role", "authority",
    }
)  # fmt: skip
#: Of the metadata, what stands in which blocks.
_BLOCKS = {"title": "title", "recipients": "recipients", "signers": "signature"}


def quote_as_printed(document: Data, source: Source) -> None:
    """Give the fields that quote the text the blanks that the source has, and no more."""
    for part in document["parts"]:
        for key in ("label", "title", "attached_to"):
            part[key] = _Printed(source, part["span"]).quote(part[key])
        _walk(part["blocks"], source, None)
    for key in ("tasks", "targets", "funding", "citations", "deadlines", "abbreviations"):
        _walk(document[key], source, None)
    metadata = document["metadata"]
    _walk(metadata["legal_bases"], source, None)
    for key, kind in _BLOCKS.items():
        for block in (block for part in document["parts"] for block in part["blocks"] if block["type"] == kind):
            metadata[key] = _quoted(metadata[key], _Printed(source, block["span"]))


def _walk(value: Any, source: Source, printed: _Printed | None) -> None:
    """Mend all that stands in a value; the nearest span around a field says where its words stand."""
    if isinstance(value, list):
        for item in value:
            _walk(item, source, printed)
    elif isinstance(value, dict):
        if "span" in value:
            printed = _Printed(source, value["span"])
        for key, inner in value.items():
            if key in _QUOTING and printed is not None:
                value[key] = _quoted(inner, printed)
            else:
                _walk(inner, source, printed)


def _quoted(value: Any, printed: _Printed) -> Any:
    """A field with each of its texts as printed."""
    if isinstance(value, list):
        return [_quoted(item, printed) for item in value]
    if isinstance(value, dict):
        return {key: _quoted(inner, printed) if key in _QUOTING else inner for key, inner in value.items()}
    return printed.quote(value) if isinstance(value, str) else value


class _Printed:
    """The words of a span of the source."""

    def __init__(self, source: Source, span: Data) -> None:
        text = source.text[span["start"] : span["end"]]
        self._places = [at for at, letter in enumerate(text) if not letter.isspace() and letter != "|"]
        self._solid = "".join(text[at] for at in self._places)

    def quote(self, text: str | None) -> str | None:
        """A text without the blanks that do not stand between its letters in the source; as it is where its letters do not
        stand there in one run."""
        if not text:
            return text
        at = self._solid.find("".join(text.split()))
        if at < 0:
            return text
        kept: list[str] = []
        blank = ""
        for letter in text:
            if letter.isspace():
                blank += letter
                continue
            if blank and (not kept or self._places[at] > self._places[at - 1] + 1):
                kept.append(blank)
            kept.append(letter)
            blank = ""
            at += 1
        return "".join(kept)
