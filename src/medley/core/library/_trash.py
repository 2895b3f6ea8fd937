"""The trash: what people take out of the library, until they change their minds. Files are not touched."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.library._cursors import cursor_of
from medley.core.library._items import Items
from medley.core.library._model import ItemCard
from medley.core.library._store import cards
from medley.core.library._store import trash as store
from medley.core.library._store.details import path_of
from medley.core.library._store.items import sum_up
from medley.core.library._store.queries import chunks
from medley.core.library.events import ItemsAdded, ItemsRemoved
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import Conflict
from medley.kernel.events import record
from medley.kernel.pages import Page, check_limit, encode_cursor


class Trash:
    """Moves items out of sight and back, or away for good.

    A trashed item stays trashed when its files are scanned again. A deleted one stays deleted as long as they lie on
    the disk; a copy that comes after they are gone is a new item.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def put(self, asker: Asker, item_id: str) -> None:
        """Take an item and everything below it out of the library."""
        with self._database.write() as connection:
            row = Items.row(connection, asker, item_id)
            ids = store.all_below(connection, [row.id])
            store.put(connection, ids, self._clock.now_ms())
            _count_again(connection, ids, [row.parent_id] if row.parent_id else [])
            _tell_removed(connection, row.source_id, ids)

    def restore(self, asker: Asker, item_id: str) -> None:
        """Put an item and everything below it back, and what it stands in, where that lies in the trash too."""
        with self._database.write() as connection:
            row = Items.row(connection, asker, item_id)
            above = [crumb.id for crumb in path_of(connection, row.parent_id)]
            ids = store.all_below(connection, [row.id])
            store.take_out(connection, [*above, *ids])
            store.wake(connection, above)
            _count_again(connection, ids, above)
            for chunk in chunks([*above, *ids]):
                record(connection, ItemsAdded(source_id=row.source_id, item_ids=chunk))

    def delete(self, asker: Asker, item_id: str) -> None:
        """Delete an item in the trash, everything below it, and all that people did with it, for good."""
        with self._database.write() as connection:
            row = Items.row(connection, asker, item_id)
            if not row.trashed_at_ms:
                raise Conflict(f"“{row.title}” is not in the trash.", hint="Move it to the trash first.")
            self._delete(connection, row.source_id, [row.id])

    def empty(self, asker: Asker) -> None:
        """Delete everything in the trash that `asker` may see, for good."""
        by_source: dict[str, list[str]] = defaultdict(list)
        with self._database.write() as connection:
            for row in store.trashed(connection, asker.sources, None, None):
                by_source[row.source_id].append(row.id)
            for source_id, item_ids in by_source.items():
                self._delete(connection, source_id, item_ids)

    def _delete(self, connection: Connection, source_id: str, item_ids: list[str]) -> None:
        ids = store.all_below(connection, item_ids)
        gone = store.delete_for_good(connection, ids, self._clock.now_ms())
        _tell_removed(connection, source_id, {*ids, *gone})

    def count(self, asker: Asker) -> int:
        """How many items `page` gives in all."""
        with self._database.read() as connection:
            return store.count(connection, asker.sources)

    def page(self, asker: Asker, cursor: str = "", limit: int = 100) -> Page[ItemCard]:
        """What lies in the trash, the newest first."""
        after = cursor_of(cursor, int, str)
        with self._database.read() as connection:
            rows = store.trashed(connection, asker.sources, after, check_limit(limit) + 1)
            found = cards.cards(connection, asker.user_id, [row.id for row in rows[:limit]])
        more = encode_cursor([rows[limit - 1].trashed_at_ms, rows[limit - 1].id]) if len(rows) > limit else None
        return Page(found, more)


def _tell_removed(connection: Connection, source_id: str, item_ids: Iterable[str]) -> None:
    for chunk in chunks(item_ids):
        record(connection, ItemsRemoved(source_id=source_id, item_ids=chunk))


def _count_again(connection: Connection, tree: list[str], above: list[str]) -> None:
    """Bring the numbers of children up to date, from the bottom up (`tree` and `above` are listed top down)."""
    for level in (*chunks(reversed(tree)), *([each] for each in reversed(above))):
        sum_up(connection, level)
