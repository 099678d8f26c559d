"""What a document says as its source prints it, where words that stand joined were read as several.

"Sở Tưpháp chủ trì" is read as "Sở Tư pháp chủ trì", so that the department is found; what the model quotes is what stands
there, "Sở Tưpháp", and the name that it stands for is `canonical`.
"""

from __future__ import annotations

from typing import Any

from planparse.reading.edits import Breaks, mapped

Data = dict[str, Any]

#: The fields that quote the text.
_QUOTING = frozenset(
    {
        "text", "heading", "caption", "unit", "path", "cells", "name", "label", "title", "attached_to", "indicator", "time",
        "product", "funding_source", "source_of_money", "column", "subject", "short", "long",
    }
)  # fmt: skip
#: Of the metadata, what stands in which blocks; of a signer all is printed.
_BLOCKS = {"title": "title", "place": "letterhead", "recipients": "recipients", "signers": "signature"}
_SIGNER = ("name", "role", "authority")
#: What joins the levels of a header, and the lines of an authority.
_JOINT = " / "
#: So many texts that do not stand in their spans are looked for in the whole document: names that a heading gives.
_MOST_SOUGHT = 500


def quote_as_printed(document: Data, clean: str, breaks: Breaks) -> None:
    """Give the fields that quote the text the blanks that the source has, and no more. `clean` is the text before words in
    it were parted, `breaks` where it and the text that spans point into part."""
    quotes = _Quotes(clean, breaks)
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
        spans = [block["span"] for part in document["parts"] for block in part["blocks"] if block["type"] == kind]
        if spans:
            quotes.enter({"start": spans[0]["start"], "end": spans[-1]["end"]})
            metadata[key] = quotes.quote(metadata[key])


class _Quotes:
    """Mends what quotes the source, span by span."""

    def __init__(self, clean: str, breaks: Breaks) -> None:
        self._clean = clean
        self._breaks = breaks
        #: Of the span that is looked at: where its letters stand, these letters, and where the last text was found.
        self._places: list[int] = []
        self._solid = ""
        self._at = 0
        #: What was mended: a cell that is carried down stands in the span of another row.
        self._known: dict[str, str] = {}
        self._whole: _Quotes | None = None
        self._sought = 0

    def enter(self, span: Data) -> None:
        """Look for what follows in a span."""
        start, end = (mapped(span[key], *reversed(self._breaks)) for key in ("start", "end"))
        letters = enumerate(self._clean[start:end])
        solid = [(at, letter) for at, letter in letters if not letter.isspace() and letter != "|"]
        self._places = [at for at, _ in solid]
        self._solid = "".join(letter for _, letter in solid)
        self._at = 0

    def mend(self, value: Any) -> None:
        """Mend all that stands in a value; the nearest span around a field says where its words stand."""
        if isinstance(value, list):
            for item in value:
                self.mend(item)
        elif isinstance(value, dict):
            outer = self._places, self._solid, self._at
            if "span" in value:
                self.enter(value["span"])
            for key, inner in value.items():
                if key in _QUOTING:
                    value[key] = self.quote(inner)
            for key, inner in value.items():
                if key not in _QUOTING:
                    self.mend(inner)
            self._places, self._solid, self._at = outer

    def quote(self, value: Any) -> Any:
        """A field with each of its texts as printed."""
        if isinstance(value, list):
            return [self.quote(item) for item in value]
        if isinstance(value, dict):
            return {key: self.quote(inner) if key in _SIGNER else inner for key, inner in value.items()}
        return self._quoted(value) if isinstance(value, str) and value else value

    def _quoted(self, text: str) -> str:
        """A text without the blanks that do not stand between its letters: in the span, else as it was mended before, piece
        by piece, or as it first stands in the document; as it is where its letters stand nowhere in one run."""
        if (found := self._printed(text)) is not None:
            self._known[text] = found
            return found
        if text in self._known:
            return self._known[text]
        if _JOINT in text:
            return _JOINT.join(map(self._quoted, text.split(_JOINT)))
        if self._sought == _MOST_SOUGHT:
            return text
        if self._whole is None:
            self._whole = _Quotes(self._clean, ([], []))
            self._whole.enter({"start": 0, "end": len(self._clean)})
        self._sought += 1
        self._known[text] = self._whole._printed(text) or text
        return self._known[text]

    def _printed(self, text: str) -> str | None:
        """The text as the span prints it, behind what was found last or before; None where it does not stand there."""
        wanted = "".join(text.split())
        at = self._solid.find(wanted, self._at)
        at = at if at >= 0 else self._solid.find(wanted)
        if at < 0:
            return None
        self._at = at
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
