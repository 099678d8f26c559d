"""The Python interface: a text or a file into a PlanDocument."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from planparse.grammar import load
from planparse.model import PlanDocument
from planparse.pipeline import parse_source
from planparse.reading.source import Source, make_source
from planparse.reading.text import read_file


def parse(text: str, *, grammar: str | Path | None = None, lang: str = "en") -> PlanDocument:
    """Parse a text.

    text: the document as text, in any of the layouts.
    grammar: a folder of the user's own grammar rows, laid over the shipped ones.
    lang: the language of the diagnostics' messages, "en" or "vi".

    Any text gives a document; what is odd in it is in `diagnostics`. Raises GrammarError where a row of `grammar` is
    wrong.
    """
    return _model(make_source(text), grammar, lang)


def parse_file(
    path: str | os.PathLike[str], *, encoding: str | None = None, grammar: str | Path | None = None, lang: str = "en"
) -> PlanDocument:
    """Parse a file; "-" reads standard input. As `parse`, and raises InputError where the file cannot be read.

    encoding: that of a text ("tcvn3", "vni", "viscii", "windows-1258", "utf-8" …); without it, it is told by the text.
    """
    return _model(read_file(path, encoding, load(grammar)), grammar, lang)


def _model(source: Source, grammar: str | Path | None, lang: str) -> PlanDocument:
    data = parse_source(source, load(grammar), lang)
    enabled = gc.isenabled()
    gc.disable()
    try:
        return PlanDocument.model_validate(data)
    finally:
        if enabled:
            gc.enable()
