"""Marks: any number of named places in an item, as listeners of books leave them."""

from collections.abc import Sequence

import msgspec

from medley.core.identity import Asker
from medley.core.library import Library
from medley.core.players._store import marks as store
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import Conflict, InvalidInput, NotFound

_LONGEST_MS = 1 << 53
_LONGEST_TITLE = 1000
_MOST = 10_000


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A named place in an item; there is one at most at each position."""

    item_id: str
    position_ms: int
    title: str
    created_at_ms: int


class Marks:
    """Nobody sees the marks of others."""

    def __init__(self, database: Database, clock: Clock, library: Library) -> None:
        self._database, self._clock, self._library = database, clock, library

    def all(self, asker: Asker) -> list[Mark]:
        """One's marks by item and position; those in items that one may not see are left out."""
        with self._database.read() as connection:
            rows = store.all_of(connection, asker.user_id)
        today = self._library.items.follow(asker, list({row.item_id for row in rows}))
        found = [
            Mark(
                item_id=today[row.item_id],
                position_ms=row.position_ms,
                title=row.title,
                created_at_ms=row.created_at_ms,
            )
            for row in rows
            if row.item_id in today
        ]
        return sorted(found, key=lambda mark: (mark.item_id, mark.position_ms))

    def put(self, asker: Asker, item_id: str, position_ms: int, title: str) -> Mark:
        """Set a mark, or give the one at this position another title."""
        if not 0 <= position_ms <= _LONGEST_MS:
            raise InvalidInput(f"A mark's position is 0 to {_LONGEST_MS} milliseconds, not {position_ms}.")
        names = self._names(asker, item_id)
        with self._database.write() as connection:
            if store.count(connection, asker.user_id) >= _MOST:
                raise Conflict(f"There are {_MOST} marks already.", hint="Remove some that are not needed any more.")
            before = store.at(connection, asker.user_id, names, position_ms)
            made = Mark(
                item_id=names[0],
                position_ms=position_ms,
                title=title.replace("\0", "")[:_LONGEST_TITLE],
                created_at_ms=before.created_at_ms if before else self._clock.now_ms(),
            )
            store.drop(connection, asker.user_id, names, position_ms)
            store.add(connection, {"user_id": asker.user_id, **msgspec.structs.asdict(made)})
        return made

    def remove(self, asker: Asker, item_id: str, position_ms: int) -> None:
        """Take a mark away; `NotFound` where there is none."""
        names = self._names(asker, item_id)
        with self._database.write() as connection:
            if not store.drop(connection, asker.user_id, names, position_ms):
                raise NotFound("There is no mark at this place.", hint="It may have been removed on another device.")

    def _names(self, asker: Asker, item_id: str) -> Sequence[str]:
        """The id that the item has today, and the one that was asked for."""
        today = self._library.items.follow(asker, [item_id]).get(item_id)
        if today is None:
            raise NotFound("There is no such item.", hint="It may have been removed from the library.")
        return list(dict.fromkeys((today, item_id)))
