"""What is compared: anything that `extract` reads, or the JSON that it wrote, which is not parsed again."""

from __future__ import annotations

import json
from typing import Any

from planparse.errors import InputError, Said, Wording
from planparse.grammar.grammar import Grammar

Data = dict[str, Any]


def read_model(name: str, grammar: Grammar, lang: str, encoding: str | None = None) -> Data:
    """The plain data of a document's model. Raises InputError, one line, where the file holds none."""
    from planparse.pipeline import parse_source
    from planparse.reading.text import read_file

    source = read_file(name, encoding, grammar)
    if source.text.lstrip("\ufeff \t\r\n").startswith("{"):
        stored = _stored(source.text, Wording("name.stdin") if name == "-" else name)
        if stored is not None:
            return stored
    return parse_source(source, grammar, lang)


def _stored(text: str, shown: Said) -> Data | None:
    """The model that a JSON text holds; None where the text is no JSON, only begins like it."""
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except RecursionError:
        raise InputError("json.too_deep", file=shown) from None
    except ValueError as error:
        if str(error).startswith("Extra data"):
            raise InputError("json.several", file=shown) from None
        return None
    from pydantic import ValidationError

    from planparse.model import PlanDocument

    try:
        return PlanDocument.model_validate(data).model_dump()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or Wording("json.whole")
        raise InputError("json.no_plan", file=shown, place=place, reason=first["msg"]) from None
