"""Genres, tags, series and people: browsing by them, and tagging by hand."""

from medley.core.identity import Asker
from medley.core.library._cursors import cursor_of
from medley.core.library._items import Items
from medley.core.library._model import Counted
from medley.core.library._store import browse as store
from medley.core.library._store.words import Names, link_words, put_words
from medley.core.library.events import ItemsChanged
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.events import record
from medley.kernel.pages import Page, check_limit, encode_cursor

_TYPES = ("genre", "tag", "series")


class Words:
    """The names that items share, as one asker may see them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(
        self,
        asker: Asker,
        type_: str,
        *,
        kind: str = "",
        starting: str = "",
        below: bool = False,
        cursor: str = "",
        limit: int = 100,
    ) -> Page[Counted]:
        """Genres, tags or series that occur on items of `kind` (any, when empty), by name.

        `below`: genres with what is of narrower ones, so that those too are there that nothing is tagged with itself.
        """
        if type_ not in _TYPES:
            raise InvalidInput(f"There are no words of type “{type_}”.", hint=f"One of: {', '.join(_TYPES)}.")
        with self._database.read() as connection:
            after = cursor_of(cursor, str, str)
            more = check_limit(limit) + 1
            below = below and type_ == "genre"
            rows = store.words(connection, type_, asker.sources, kind, starting, after, more, below=below)
        return _page(rows, limit)

    def people(
        self, asker: Asker, *, role: str = "", kind: str = "", starting: str = "", cursor: str = "", limit: int = 100
    ) -> Page[Counted]:
        """People who are credited, by name."""
        with self._database.read() as connection:
            after = cursor_of(cursor, str, str)
            rows = store.people(connection, asker.sources, role, kind, starting, after, check_limit(limit) + 1)
        return _page(rows, limit)

    def person(self, asker: Asker, person_id: str) -> Counted:
        """One person; list their items by `person`."""
        with self._database.read() as connection:
            row = store.person_row(connection, person_id, asker.sources)
        if row is None:
            raise NotFound("There is no such person.", hint="Load the page again.")
        return Counted(row.id, row.name, row.many)

    def tag(self, asker: Asker, item_id: str, name: str) -> None:
        """Put a tag on an item by hand; scans leave it alone."""
        name = " ".join(name.replace("\0", "").split())
        if not 1 <= len(name) <= 100:
            raise InvalidInput("A tag has 1 to 100 characters.")
        with self._database.write() as connection:
            row = Items.row(connection, asker, item_id)
            names = Names()
            put_words(connection, names, [("tag", name)])
            link_words(connection, names, [(row.id, "tag", name, "")])
            store.keep_tag(connection, row.id, names.words.values())
            record(connection, ItemsChanged(source_id=row.source_id, item_ids=[row.id]))

    def untag(self, asker: Asker, item_id: str, name: str) -> None:
        """Take a tag off an item."""
        with self._database.write() as connection:
            row = Items.row(connection, asker, item_id)
            if not store.drop_tag(connection, row.id, name):
                raise NotFound(f"The item has no tag “{name}”.")
            record(connection, ItemsChanged(source_id=row.source_id, item_ids=[row.id]))


def _page(rows: list, limit: int) -> Page[Counted]:
    more = encode_cursor([rows[limit - 1].sort, rows[limit - 1].id]) if len(rows) > limit else None
    return Page([Counted(row.id, row.name, row.many) for row in rows[:limit]], more)
