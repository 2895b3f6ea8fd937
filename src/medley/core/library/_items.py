"""Looking at items: lists, one item, the home page."""

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.kinds import Facts, Kind
from medley.core.kinds.facts import decode
from medley.core.library._asked import checked, shelves
from medley.core.library._model import (
    FileHandle,
    HomeRow,
    Indexable,
    ItemCard,
    ItemDetail,
    ItemQuery,
    ItemSheet,
    Letter,
    ListCount,
    PlayedFile,
)
from medley.core.library._store import cards, details, facets, indexable, lists, sheets, trash
from medley.core.library._store.userdata import recent
from medley.kernel.database import Database
from medley.kernel.errors import NotFound
from medley.kernel.pages import Page

_ROW = 24
_CHUNK = 5_000


class Items:
    """What stands on the shelves, as one asker may see it."""

    def __init__(self, database: Database, kinds: dict[str, Kind]) -> None:
        self._database, self._kinds = database, kinds

    def page(self, asker: Asker, query: ItemQuery) -> Page[ItemCard]:
        """One page of items.

        Without a level a kind's broadest one is listed; without a kind, every level of every kind. The children of
        `parent` come in their own order unless another sort is asked for.
        """
        sort = checked(self._kinds, query)
        with self._database.read() as connection:
            if query.parent:
                query = msgspec.structs.replace(query, parent=self.row(connection, asker, query.parent).id)
            shelf_ids = self._shelf_ids(connection, asker, query)
            page = lists.page_of_ids(connection, query, asker.user_id, shelf_ids, sort)
            return Page(cards.cards(connection, asker.user_id, page.items), page.next)

    def count(self, asker: Asker, query: ItemQuery, *, letters: bool = False, years: bool = False) -> ListCount:
        """How long the list is, where its letters begin, and which years it has without its own filter by year."""
        checked(self._kinds, query)
        with self._database.read() as connection:
            wanted = shelves(connection, self._kinds, asker, query)
            ids = [shelf_id for shelf_id, _ in wanted]
            whole = not facets.is_narrow(query)
            total = sum(many for _, many in wanted) if whole else facets.count(connection, query, asker.user_id, ids)
            marks, before = [], 0
            for letter, many in facets.letters(connection, query, asker.user_id, ids) if letters else ():
                marks.append(Letter(letter, before))
                before += many
            any_year = msgspec.structs.replace(query, year=None)
            found = facets.years(connection, any_year, asker.user_id, ids) if years else []
            return ListCount(total, marks, found)

    def _shelf_ids(self, connection: Connection, asker: Asker, query: ItemQuery) -> list[int]:
        return [shelf_id for shelf_id, _ in shelves(connection, self._kinds, asker, query)]

    def cards(self, asker: Asker, item_ids: list[str]) -> list[ItemCard]:
        """The cards of those of `item_ids` that one may see, in their order (search results)."""
        with self._database.read() as connection:
            return cards.cards(connection, asker.user_id, details.visible(connection, item_ids, asker.sources))

    def follow(self, asker: Asker, item_ids: Sequence[str]) -> dict[str, str]:
        """Each of `item_ids` that one may see → the id it has today (its own, unless its item became another)."""
        with self._database.read() as connection:
            today = details.today(connection, item_ids)
            seen = set(details.visible(connection, list(dict.fromkeys(today.values())), asker.sources))
        return {item_id: now for item_id, now in today.items() if now in seen}

    def sheets(self, asker: Asker, item_ids: Sequence[str]) -> list[ItemSheet]:
        """Those of `item_ids` that one may see, in their order, with all that does not need a look at each alone.

        A fixed number of queries for any number of items. An id that its item outgrew is understood.
        """
        with self._database.read() as connection:
            today = details.today(connection, item_ids)
            now = [today[item_id] for item_id in item_ids]
            return sheets.sheets(connection, asker.user_id, asker.sources, self._kinds, now)

    def get(self, asker: Asker, item_id: str) -> ItemDetail:
        """Everything about one item."""
        with self._database.read() as connection:
            row = self.row(connection, asker, item_id)
            return self._detail(connection, asker, row)

    @staticmethod
    def row(connection: Connection, asker: Asker, item_id: str):
        """The item's row; `NotFound` also for what one may not see."""
        row = details.find(connection, item_id)
        if row is None or not asker.may_see(row.source_id):
            raise NotFound("There is no such item.", hint="It may have been removed from the library.")
        return row

    def _detail(self, connection: Connection, asker: Asker, row) -> ItemDetail:
        card = cards.cards(connection, asker.user_id, [row.id])[0]
        words = details.words_of(connection, row.id)
        versions, extras = details.editions_of(connection, row.id)
        following = None if card.playable else self._next_below(connection, asker, row.id)
        return ItemDetail(
            **{name: getattr(card, name) for name in ItemCard.__struct_fields__},
            overview=row.overview,
            fields=row.fields or {},
            ids=row.ids or {},
            source_id=row.source_id,
            path_titles=details.path_of(connection, row.parent_id),
            genres=words.get("genre", []),
            tags=words.get("tag", []),
            series=words.get("series", []),
            people=details.people_of(connection, row.id),
            editions=versions,
            extras=extras,
            companions=details.companions_of(connection, row.id),
            children_level=self._level_below(row.kind, row.level),
            next_up=following,
            neighbours=details.neighbours_of(connection, row),
        )

    def _level_below(self, kind: str, level: str) -> str | None:
        names = [each.name for each in self._kinds[kind].levels] if kind in self._kinds else []
        place = names.index(level) + 1 if level in names else len(names)
        return names[place] if place < len(names) else None

    def _next_below(self, connection: Connection, asker: Asker, item_id: str) -> ItemCard | None:
        """Where one would go on in a show, a book of parts, a course."""
        following = details.next_unfinished(connection, item_id, asker.user_id)
        found = cards.cards(connection, asker.user_id, [following] if following else [])
        return found[0] if found else None

    def home(self, asker: Asker) -> list[HomeRow]:
        """What one would want now: go on, what comes next, what is new of each kind."""
        with self._database.read() as connection:
            rows = [self._continue(connection, asker), self._next(connection, asker)]
            rows.extend(self._newest(connection, asker, kind) for kind in self._kinds.values())
        return [row for row in rows if row.items]

    def _continue(self, connection: Connection, asker: Asker) -> HomeRow:
        shelf_ids = [shelf_id for shelf_id, _ in lists.shelves(connection, asker.sources)]
        started = recent(connection, asker.user_id, shelf_ids, finished=False, limit=_ROW)
        ids = [row.item_id for row in started]
        return HomeRow("continue", "Continue", None, cards.cards(connection, asker.user_id, ids))

    def _next(self, connection: Connection, asker: Asker) -> HomeRow:
        shelf_ids = [
            shelf_id
            for kind in self._kinds.values()
            if kind.serial
            for shelf_id, _ in lists.shelves(connection, asker.sources, kind.name, kind.leaf.name)
        ]
        done = recent(connection, asker.user_id, shelf_ids, finished=True, limit=60) if shelf_ids else []
        ids: list[str] = []
        tops: set[str] = set()
        for row in done:
            top = details.top_of(connection, row.item_id)
            if top in tops or len(tops) >= _ROW:
                continue
            tops.add(top)
            if following := details.next_after(connection, row.item_id, asker.user_id):
                ids.append(following)
        return HomeRow("next", "Next up", None, cards.cards(connection, asker.user_id, ids))

    def _newest(self, connection: Connection, asker: Asker, kind: Kind) -> HomeRow:
        level = kind.featured or kind.levels[0].name
        query = ItemQuery(kind=kind.name, level=level, order="desc", limit=_ROW)
        shelf_ids = self._shelf_ids(connection, asker, query)
        page = lists.page_of_ids(connection, query, asker.user_id, shelf_ids, "added")
        found = cards.cards(connection, asker.user_id, page.items)
        return HomeRow(f"new/{kind.name}", f"New in {kind.plural}", kind.name, found)

    def indexable(self, item_ids: list[str]) -> list[Indexable]:
        """Those of `item_ids` that are in the library, for a search index: nobody in particular asks."""
        with self._database.read() as connection:
            return indexable.indexable(connection, item_ids)

    def every_id(self) -> Iterator[str]:
        """The ids of all items, read in chunks so that no transaction stays open."""
        after = ""
        while True:
            with self._database.read() as connection:
                found = list(indexable.every_id(connection, after, _CHUNK))
            if not found:
                return
            yield from found
            after = found[-1]

    def file(self, asker: Asker, file_id: str) -> FileHandle:
        """Where a file lies, for one who may see it."""
        with self._database.read() as connection:
            found = details.handle(connection, file_id)
            gone = found is None or trash.buried(connection, file_id, found.item_id)
        if found is None or gone or not asker.may_see(found.source_id):
            raise NotFound("There is no such file.", hint="It may have been replaced; load the item again.")
        return found

    def played_from(self, asker: Asker, item_id: str) -> PlayedFile:
        """The file that an item is first played from. An id that its item outgrew is understood."""
        with self._database.read() as connection:
            found = details.played_from(connection, item_id)
            if found is None and (today := details.today(connection, [item_id])[item_id]) != item_id:
                found = details.played_from(connection, today)
            gone = found is None or trash.buried(connection, found.file.id, found.file.item_id)
        if found is None or gone or not asker.may_see(found.file.source_id):
            raise NotFound("There is nothing to play with this id.", hint="It may have been removed; load it again.")
        return found

    def at(self, source_id: str, paths: Sequence[str]) -> dict[str, str]:
        """path → id of the item that the file at this path of a source belongs to, for rooms above."""
        with self._database.read() as connection:
            return details.items_at(connection, source_id, paths)

    def facts(self, file_id: str) -> Facts | None:
        """What was read from a file; None where nothing could be."""
        with self._database.read() as connection:
            data = details.facts(connection, file_id)
        return decode(data) if data else None
