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
    quotes = _Quotes(source)
    for part in document["parts"]:
        quotes.enter(part["span"])
        for key in ("label", "title", "attached_to"):
            part[key] = quotes.quote(part[key])
        quotes.mend(part["blocks"])
    for key in ("tasks", "targets", "funding", "citations", "deadlines", "abbreviations"):
        quotes.mend(document[key])
    metadata = document["metadata"]
    quotes.mend(metadata["legal_bases"])
    for key, kind in _BLOCKS.items():
        for block in (block for part in document["parts"] for block in part["blocks"] if block["type"] == kind):
            quotes.enter(block["span"])
            metadata[key] = quotes.quote(metadata[key])


class _Quotes:
    """Mends what quotes the source, span by span."""

    def __init__(self, source: Source) -> None:
        self._text = source.text
        self._places: list[int] = []
        self._solid = ""
        #: What was mended: a cell that is carried down stands in the span of another row.
        self._known: dict[str, str] = {}

    def enter(self, span: Data) -> None:
        """Look for what follows in a span."""
        letters = enumerate(self._text[span["start"] : span["end"]])
        solid = [(at, letter) for at, letter in letters if not letter.isspace() and letter != "|"]
        self._places = [at for at, _ in solid]
        self._solid = "".join(letter for _, letter in solid)

    def mend(self, value: Any) -> None:
        """Mend all that stands in a value; the nearest span around a field says where its words stand."""
        if isinstance(value, list):
            for item in value:
                self.mend(item)
        elif isinstance(value, dict):
            if "span" in value:
                self.enter(value["span"])
            for key in value.keys() & _QUOTING:
                value[key] = self.quote(value[key])
            for key in value.keys() - _QUOTING:
                self.mend(value[key])

    def quote(self, value: Any) -> Any:
        """A field with each of its texts as printed."""
        if isinstance(value, list):
            return [self.quote(item) for item in value]
        if isinstance(value, dict):
            return {key: self.quote(inner) if key in _QUOTING else inner for key, inner in value.items()}
        return self._quoted(value) if isinstance(value, str) and value else value

    def _quoted(self, text: str) -> str:
        """A text without the blanks that do not stand between its letters in the span; as it is where its letters do not
        stand there in one run."""
        at = self._solid.find("".join(text.split()))
        if at < 0:
            return self._known.get(text, text)
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
        self._known[text] = "".join(kept)
        return self._known[text]
