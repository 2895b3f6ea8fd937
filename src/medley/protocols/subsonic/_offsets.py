"""Offsets → places in our lists.

Apps count: "500 songs, after the first 60,000". Ours are lists that go on from a place. Where a page ended is
remembered, so that the next one begins there at once, whatever came or went meanwhile; only for an app that leaps the
library has to count.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from medley.kernel.pages import Page

_MOST = 4_096


class Places:
    """Where pages ended, by who asked for what and the number of the item that follows. Safe between threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, str] = OrderedDict()
        self._turn = threading.Lock()

    def page(self, key: Hashable, offset: int, fetch: Callable[[str, int], Page[str]]) -> list[str]:
        """The items from `offset` on; `fetch(cursor, skip)` reads them from a place or by counting."""
        cursor = self._recall((key, offset)) if offset else ""
        page = fetch(cursor, 0 if cursor else offset)
        if page.next:
            self._keep((key, offset + len(page.items)), page.next)
        return page.items

    def _recall(self, place: Hashable) -> str:
        with self._turn:
            return self._known.get(place, "")

    def _keep(self, place: Hashable, cursor: str) -> None:
        with self._turn:
            self._known[place] = cursor
            self._known.move_to_end(place)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)


PLACES = Places()
