"""Bookmarks: one place per person and item."""

from medley.core.identity import Asker
from medley.core.library import Library
from medley.core.players._model import Bookmark
from medley.core.players._store import bookmarks as store
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, NotFound

_LONGEST_MS = 1 << 53
_LONGEST_COMMENT = 4000


class Bookmarks:
    """Nobody sees the bookmarks of others."""

    def __init__(self, database: Database, clock: Clock, library: Library) -> None:
        self._database, self._clock, self._library = database, clock, library

    def all(self, asker: Asker) -> list[Bookmark]:
        """One's bookmarks, the last changed first; those of items that one may not see are left out."""
        with self._database.read() as connection:
            rows = store.all_of(connection, asker.user_id)
        today = self._library.items.follow(asker, [row.item_id for row in rows])
        found: dict[str, Bookmark] = {}
        for row in rows:
            if item_id := today.get(row.item_id):
                # An item that became another may leave two behind: the newer one counts.
                found.setdefault(item_id, _view(row, item_id))
        return list(found.values())

    def put(self, asker: Asker, item_id: str, position_ms: int, comment: str = "") -> Bookmark:
        """Set the bookmark of an item, in place of the one before."""
        if not 0 <= position_ms <= _LONGEST_MS:
            raise InvalidInput(f"A bookmark's position is 0 to {_LONGEST_MS} milliseconds, not {position_ms}.")
        now = self._clock.now_ms()
        before, same = self._of_item(asker, item_id)
        made = Bookmark(
            item_id=self._today(asker, item_id),
            position_ms=position_ms,
            comment=comment.replace("\0", "")[:_LONGEST_COMMENT],
            created_at_ms=before.created_at_ms if before else now,
            changed_at_ms=now,
        )
        with self._database.write() as connection:
            store.drop(connection, asker.user_id, {made.item_id, *same})
            fields = {name: getattr(made, name) for name in made.__struct_fields__}
            store.add(connection, {"user_id": asker.user_id, **fields})
        return made

    def remove(self, asker: Asker, item_id: str) -> None:
        """Take the bookmark of an item away; `NotFound` where there is none."""
        _, same = self._of_item(asker, item_id)
        if not same:
            raise NotFound("This item has no bookmark.", hint="It may have been removed on another device.")
        with self._database.write() as connection:
            store.drop(connection, asker.user_id, same)

    def _of_item(self, asker: Asker, item_id: str) -> tuple[Bookmark | None, list[str]]:
        """The newest bookmark of an item, and the ids under which bookmarks of it are kept."""
        with self._database.read() as connection:
            rows = store.all_of(connection, asker.user_id)
        today = self._library.items.follow(asker, [item_id, *(row.item_id for row in rows)])
        wanted = today.get(item_id, item_id)
        mine = [row for row in rows if today.get(row.item_id, row.item_id) == wanted]
        return (_view(mine[0], wanted) if mine else None), [row.item_id for row in mine]

    def _today(self, asker: Asker, item_id: str) -> str:
        found = self._library.items.follow(asker, [item_id]).get(item_id)
        if found is None:
            raise NotFound("There is no such item.", hint="It may have been removed from the library.")
        return found


def _view(row, item_id: str) -> Bookmark:
    return Bookmark(
        item_id=item_id,
        position_ms=row.position_ms,
        comment=row.comment,
        created_at_ms=row.created_at_ms,
        changed_at_ms=row.changed_at_ms,
    )
