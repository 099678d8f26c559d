"""What the diagnostics say: one catalogue by code, in English and Vietnamese."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

LANGUAGES = ("en", "vi")


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, Any]]:
    """Code → severity and templates; `levels` and `parts` name what the templates speak of."""
    return tomli.loads((Path(__file__).parent / "messages.toml").read_text("utf-8"))


def severity(code: str) -> str:
    """info, warning or error."""
    return str(catalogue()[code]["severity"])


def render(code: str, values: Mapping[str, Any], lang: str) -> str:
    """The message of a diagnostic in a language ("en" or "vi"), beginning with a capital."""
    said = dict(values)
    if "level" in said:
        said["level"] = catalogue()["levels"][said["level"]][lang]
    if code in {"letterhead.incomplete", "signature.incomplete"}:
        said["missing"] = ", ".join(catalogue()["parts"][part][lang] for part in said["missing"])
    for name, value in said.items():
        if isinstance(value, list):
            said[name] = ", ".join(str(item) for item in value)
        elif isinstance(value, int) and name not in {"line", "count", "lines", "right", "depth"}:
            said[name] = f"{value:,}".replace(",", "." if lang == "vi" else ",")
    text = str(catalogue()[code][lang]).format_map(said)
    return text[:1].upper() + text[1:]


def language(wanted: str | None = None) -> str:
    """The language to speak: the one wanted, else the locale's, else English."""
    if wanted in LANGUAGES:
        return str(wanted)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"
