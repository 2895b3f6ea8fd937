"""Lists of ids by offset: for protocols whose apps count where a page begins, instead of turning pages."""

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.kinds import Kind
from medley.core.library._asked import checked, shelves
from medley.core.library._model import ItemQuery, NamedItem, WordCount
from medley.core.library._store import chances, charts, details, offsets, rosters
from medley.core.library._store.lists import Reading, shelves_by_level
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput
from medley.kernel.pages import Page

MOST = 5_000


class Listing:
    """Pages of ids, of up to `MOST`; what is shown of them comes from `items.sheets`."""

    def __init__(self, database: Database, kinds: dict[str, Kind]) -> None:
        self._database, self._kinds = database, kinds

    def page(self, asker: Asker, query: ItemQuery, limit: int, skip: int = 0) -> Page[str]:
        """A page of what `items.page` lists, `skip` items after the place of its cursor."""
        _check(limit, skip)
        sort = checked(self._kinds, query)
        with self._database.read() as connection:
            reading = Reading(connection, query, asker.user_id, self._shelf_ids(connection, asker, query), sort)
            return offsets.page(reading, limit, skip)

    def everything(self, asker: Asker, query: ItemQuery, limit: int, skip: int = 0) -> Page[str]:
        """A page of all items of a kind's level, source by source and each by title: to copy a whole library.

        Of `query`, its kind, level, source and cursor count.
        """
        _check(limit, skip)
        query = ItemQuery(kind=query.kind, level=query.level, source=query.source, sort="title", cursor=query.cursor)
        with self._database.read() as connection:
            wanted = shelves(connection, self._kinds, asker, query)
            reading = Reading(connection, query, asker.user_id, [shelf_id for shelf_id, _ in wanted], "title")
            return offsets.in_turn(reading, wanted, limit, skip)

    def by_parent(self, asker: Asker, query: ItemQuery, limit: int, skip: int = 0) -> Page[str]:
        """A page of a kind's level in the order of the level above: albums by artist.

        With a `parent`, of what stands two levels below it: an artist's tracks, album by album.
        """
        _check(limit, skip)
        names = [level.name for level in self._kinds[query.kind].levels]
        above = replace(query, level=names[max(0, names.index(query.level) - 1)], parent="")
        with self._database.read() as connection:
            here, over = (self._shelf_ids(connection, asker, each) for each in (query, above))
            return offsets.by_parent(connection, here, over, query, limit, skip)

    def most_played(self, asker: Asker, query: ItemQuery, limit: int, skip: int = 0) -> list[str]:
        """What `asker` played most often, or whose children they did, of `query`'s kind, level and source."""
        _check(limit, skip)
        with self._database.read() as connection:
            wanted = self._shelf_ids(connection, asker, query)
            if query.level == self._kinds[query.kind].leaf.name:
                return charts.most_played_leaves(connection, asker.user_id, wanted, limit, skip)
            return charts.most_played(connection, asker.user_id, wanted, limit, skip)

    def last_played(self, asker: Asker, query: ItemQuery, limit: int, skip: int = 0) -> list[str]:
        """Items whose children `asker` played last, of `query`'s kind, level and source."""
        _check(limit, skip)
        with self._database.read() as connection:
            wanted = self._shelf_ids(connection, asker, query)
            return charts.last_played(connection, asker.user_id, wanted, limit, skip)

    def names(self, asker: Asker, query: ItemQuery) -> list[NamedItem]:
        """Every item of `query`'s kind, level and source by title, as little of each as a list in one piece needs."""
        with self._database.read() as connection:
            return rosters.names(connection, asker.user_id, self._shelf_ids(connection, asker, query))

    def with_person(self, asker: Asker, query: ItemQuery, *, below: bool = False) -> list[str]:
        """Ids of at most `MOST` items of a kind's level that credit `query`'s person, by date.

        `below`: or that hold something that does.
        """
        with self._database.read() as connection:
            shelf_ids = self._shelf_ids(connection, asker, query)
            return rosters.with_person(connection, query.person, shelf_ids, MOST, below=below)

    def word_counts(self, asker: Asker, query: ItemQuery, type_: str = "genre") -> list[WordCount]:
        """Every genre (tag, series) that occurs on `query`'s kind and source, by name."""
        with self._database.read() as connection:
            wanted = shelves_by_level(connection, asker.sources, query.kind, query.source)
            return rosters.word_counts(connection, type_, wanted)

    def word(self, type_: str, name: str) -> str:
        """The id of a genre, tag or series by its name, however it is written; empty where there is none."""
        with self._database.read() as connection:
            return rosters.word_id(connection, type_, name)

    def children(self, asker: Asker, item_ids: Sequence[str]) -> list[str]:
        """What stands below each of `item_ids` that one may see, in their order and its own: the tracks of albums."""
        with self._database.read() as connection:
            return offsets.children(connection, details.visible(connection, list(item_ids), asker.sources))

    def leaves(self, item_ids: Sequence[str]) -> dict[str, int]:
        """How many items stand two levels below each of `item_ids`, which somebody may see: an artist's tracks."""
        with self._database.read() as connection:
            return offsets.leaves(connection, item_ids)

    def by_chance(self, asker: Asker, query: ItemQuery, limit: int) -> list[str]:
        """Items by chance, each once, of `query`'s kind, level, source, genre and years."""
        _check(limit, 0)
        with self._database.read() as connection:
            wanted = self._shelf_ids(connection, asker, query)
            return chances.by_chance(connection, query, wanted, limit) if limit else []

    def _shelf_ids(self, connection: Connection, asker: Asker, query: ItemQuery) -> list[int]:
        return [shelf_id for shelf_id, _ in shelves(connection, self._kinds, asker, query)]


def _check(limit: int, skip: int) -> None:
    if not 0 <= limit <= MOST or skip < 0:
        raise InvalidInput(f"A page holds up to {MOST} items, and begins at 0 or later.")
