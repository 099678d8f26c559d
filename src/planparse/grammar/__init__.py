"""The language of the documents, read from the rows of `grammars/` into compiled form.

`load()` gives the grammar that is shipped; `load(folder)` lays a user's own rows over it: a row with the same `id`
replaces one, any other is added. `check(folder)` proves every row by its own examples.
"""

from __future__ import annotations

from planparse.grammar.grammar import Grammar, load
from planparse.grammar.proof import check

__all__ = ["Grammar", "check", "load"]
