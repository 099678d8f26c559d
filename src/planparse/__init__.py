"""planparse reads Vietnamese plan documents (kế hoạch, quyết định ban hành kế hoạch) into a typed model.

>>> import planparse
>>> document = planparse.parse("KẾ HOẠCH\\nTRỒNG CÂY NĂM 2024\\nI. MỤC TIÊU\\n1. Trồng 5.000 cây.")
>>> document.parts[0].blocks[1].heading
'MỤC TIÊU'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planparse.version import __version__

if TYPE_CHECKING:
    from planparse.api import parse, parse_file
    from planparse.errors import GrammarError, InputError, OutputError, PlanparseError
    from planparse.model import PlanDocument

__all__ = [
    "GrammarError",
    "InputError",
    "OutputError",
    "PlanDocument",
    "PlanparseError",
    "__version__",
    "parse",
    "parse_file",
]

_HOMES = {"parse": "api", "parse_file": "api", "PlanDocument": "model"} | dict.fromkeys(
    ("GrammarError", "InputError", "OutputError", "PlanparseError"), "errors"
)


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first used: the command line starts without pydantic."""
    if name not in _HOMES:
        raise AttributeError(f"module 'planparse' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"planparse.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
