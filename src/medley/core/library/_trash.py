"""The trash: what people take out of the library, until they change their minds. Files are not touched."""

from medley.core.identity import Asker
from medley.core.library._items import Items
from medley.core.library._model import ItemCard
from medley.core.library._store import cards, userdata
from medley.core.library.events import ItemsAdded, ItemsRemoved
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.events import record
from medley.kernel.pages import Page, check_limit, decode_cursor, encode_cursor


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
            record(connection, ItemsRemoved(source_id=row.source_id, item_ids=ids[:500]))

    def restore(self, asker: Asker, item_id: str) -> None:
        """Put an item and everything below it back."""
        with self._database.write() as connection:
            row = Items.row(connection, asker, item_id)
            ids = userdata.all_below(connection, row.id)
            userdata.trash(connection, ids, 0)
            record(connection, ItemsAdded(source_id=row.source_id, item_ids=ids[:500]))

    def page(self, asker: Asker, cursor: str = "", limit: int = 100) -> Page[ItemCard]:
        """What lies in the trash, the newest first."""
        after = decode_cursor(cursor, 2) if cursor else None
        with self._database.read() as connection:
            rows = userdata.trashed(connection, asker.sources, after, check_limit(limit) + 1)
            found = cards.cards(connection, asker.user_id, [row.id for row in rows[:limit]])
        more = encode_cursor([rows[limit - 1].trashed_at_ms, rows[limit - 1].id]) if len(rows) > limit else None
        return Page(found, more)
