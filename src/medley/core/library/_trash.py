"""The trash: what people take out of the library, until they change their minds. Files are not touched."""

from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.library._cursors import cursor_of
from medley.core.library._items import Items
from medley.core.library._model import ItemCard
from medley.core.library._store import cards, userdata
from medley.core.library._store.details import path_of
from medley.core.library._store.items import sum_up
from medley.core.library._store.queries import chunks
from medley.core.library.events import ItemsAdded, ItemsRemoved
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.events import record
from medley.kernel.pages import Page, check_limit, encode_cursor


class Trash:
    """Moves items out of sight and back. A trashed item stays trashed when its files are scanned again."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def put(self, asker: Asker, item_id: str) -> None:
        """Take an item and everything below it out of the library."""
        with self._database.write() as connection:
            row = Items.row(connection, asker, item_id)
            ids = userdata.all_below(connection, row.id)
            userdata.trash(connection, ids, self._clock.now_ms())
            _count_again(connection, ids, [row.parent_id] if row.parent_id else [])
            for chunk in chunks(ids):
                record(connection, ItemsRemoved(source_id=row.source_id, item_ids=chunk))

    def restore(self, asker: Asker, item_id: str) -> None:
        """Put an item and everything below it back, and what it stands in, where that lies in the trash too."""
        with self._database.write() as connection:
            row = Items.row(connection, asker, item_id)
            above = [crumb.id for crumb in path_of(connection, row.parent_id)]
            ids = userdata.all_below(connection, row.id)
            userdata.trash(connection, [*above, *ids], 0)
            _count_again(connection, ids, above)
            for chunk in chunks([*above, *ids]):
                record(connection, ItemsAdded(source_id=row.source_id, item_ids=chunk))

    def page(self, asker: Asker, cursor: str = "", limit: int = 100) -> Page[ItemCard]:
        """What lies in the trash, the newest first."""
        after = cursor_of(cursor, int, str)
        with self._database.read() as connection:
            rows = userdata.trashed(connection, asker.sources, after, check_limit(limit) + 1)
            found = cards.cards(connection, asker.user_id, [row.id for row in rows[:limit]])
        more = encode_cursor([rows[limit - 1].trashed_at_ms, rows[limit - 1].id]) if len(rows) > limit else None
        return Page(found, more)


def _count_again(connection: Connection, tree: list[str], above: list[str]) -> None:
    """Bring the numbers of children up to date, from the bottom up (`tree` and `above` are listed top down)."""
    for level in (*chunks(reversed(tree)), *([each] for each in reversed(above))):
        sum_up(connection, level)
