"""The page on which each span begins, for formats that have pages."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any


def name_pages(document: dict[str, Any], pages: list[tuple[int, int]]) -> None:
    """Put `page` into every span of the plain data of a document.

    pages: where pages begin, as (offset, page from 1, 0 for none), by offset. What stands before the first has none.
    """
    begins = [offset for offset, _ in pages]
    todo: list[Any] = [document]
    while todo:
        thing = todo.pop()
        if isinstance(thing, list):
            todo += thing
        elif isinstance(thing, dict):
            if "first_line" in thing and "start" in thing:
                at = bisect_right(begins, thing["start"]) - 1
                if at >= 0 and pages[at][1]:
                    thing["page"] = pages[at][1]
            else:
                todo += thing.values()
