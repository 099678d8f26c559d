"""The levels of sections that several stages tell apart."""

from __future__ import annotations

#: Marks that bear no number: the items of a list.
LIST_LEVELS = frozenset({"dash", "plus", "bullet"})
#: The same, and "(1)": items that have no titles of their own.
ITEM_LEVELS = LIST_LEVELS | {"paren"}
