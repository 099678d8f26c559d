"""Pages: the document that an HTML file holds, told from what a site puts around it."""

from __future__ import annotations

import gc
from collections.abc import Iterable

from planparse.errors import Said
from planparse.grammar import load
from planparse.grammar.grammar import Grammar
from planparse.reading.html_bytes import read_page
from planparse.reading.html_find import Finder, Found
from planparse.reading.html_page import Box, PageTree, Text, parse_page
from planparse.reading.html_pieces import Setter
from planparse.reading.native import Native, Note

_LONGEST_VALUE = 300


def read(data: bytes, name: Said, grammar: Grammar | None = None) -> Native:
    """The document that a page holds. Any page gives one; what is odd about it is in the notes."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        return _read(data, grammar or load())
    finally:
        if enabled:
            gc.enable()


def _read(data: bytes, grammar: Grammar) -> Native:
    source = read_page(data)
    page = parse_page(source.data)
    finder = Finder(page, grammar)
    found = finder.find()
    inside = [
        found.first <= index < found.last and (found.hidden or not text.hidden) and not finder.furniture[index]
        for index, text in enumerate(page.texts)
    ]
    kept = {id(text) for text, holds in zip(page.texts, inside, strict=True) if holds}
    setter = Setter(
        lambda text: id(text) in kept,
        lambda text: _starts(grammar, text),
        lambda text: any(grammar.says(kind, text) for kind in ("national_name", "motto")),
    )
    pieces = list(setter.pieces(found.box))
    around = [(index, text) for index, text in enumerate(page.texts) if not inside[index] and not text.hidden]
    notes = source.notes + list(_notes(page, found, setter, inside))
    return Native(
        format="html",
        encoding=source.encoding,
        pieces=pieces,
        before=[text.text for index, text in around if index < found.first],
        after=[text.text for index, text in around if index >= found.first],
        site=_site(grammar, [text for text, holds in zip(page.texts, inside, strict=True) if not holds]),
        notes=notes,
    )


def _starts(grammar: Grammar, text: str) -> bool:
    """Whether a text begins with a section's mark."""
    return any(family.pattern.match(text) for family in grammar.families_by_first.get(text[:1], ()))


def _site(grammar: Grammar, texts: list[Text]) -> dict[str, str | None]:
    """What the site says of the document, by its own labels: "Số hiệu: 15/KH-UBND", or a label and its value next."""
    said: dict[str, str | None] = {}
    for at, text in enumerate(texts):
        line = text.text
        if len(line) > _LONGEST_VALUE:
            continue
        if label := grammar.portal("label", line):
            key, value = label["key"], label["value"]
            if value is None and at + 1 < len(texts) and texts[at + 1].hidden == text.hidden:
                value = texts[at + 1].text
            value = value or ""
            if not value or len(value) > _LONGEST_VALUE or grammar.portal("label", value):
                continue
        elif found := grammar.site("key", line):
            key, value = found["key"], found["value"].strip()
        else:
            continue
        nothing = grammar.site("placeholder", value) or grammar.portal("placeholder", value)
        said.setdefault(key, None if nothing else " ".join(value.split()))
    return said


def _notes(page: PageTree, found: Found, setter: Setter, inside: list[bool]) -> Iterable[Note]:
    """What the reader had to decide."""
    left_out = dict(page.left_out)
    hidden = sum(len(text.text) for text, holds in zip(page.texts, inside, strict=True) if text.hidden and not holds)
    left_out["hidden"] = left_out.get("hidden", 0) + hidden
    if any(left_out.values()):
        yield Note("html.left_out", {kind: left_out.get(kind, 0) for kind in ("hidden", "controls", "code")})
    if found.hidden:
        yield Note("html.document_hidden", {})
    if not found.sure and page.texts:
        yield Note("html.document_unsure", {})
    if setter.nested:
        yield Note("html.nested_table", {"count": setter.nested})
    if pictures := sum(_holds_picture(found, at, box) for at, box in page.pictures):
        yield Note("html.pictures", {"count": pictures})
    if page.too_deep:
        yield Note("html.too_deep", {})


def _holds_picture(found: Found, at: int, box: Box | None) -> bool:
    """Whether a picture stands in the document; `at` is the number of texts before it."""
    if not found.first < at <= found.last or (at == found.last < found.box.last):
        return False
    while box is not None and box is not found.box:
        box = box.parent
    return box is not None
