"""Works for listening and reading, for apps that count pages and want to know much of each."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.kinds import Kind
from medley.core.library._model import Named
from medley.core.library._store import details, lists
from medley.core.library._store import works as store
from medley.core.library._store.work_sheets import works
from medley.core.library._work import Depth, Group, Work, WorkList, WorkNames, WorkPage, WorkQuery, WorkTotals
from medley.kernel.database import Database
from medley.kernel.errors import NotFound


class Works:
    """Lists and looks up works, as one asker may see them."""

    def __init__(self, database: Database, kinds: dict[str, Kind]) -> None:
        self._database, self._kinds = database, kinds

    def page(self, asker: Asker, query: WorkQuery) -> WorkPage:
        """Which works a page holds, and how many there are in all."""
        with self._database.read() as connection:
            shelf_ids = self._shelves(connection, asker, query.source, query.kind, query.level)
            return store.page(connection, query, asker.user_id, shelf_ids)

    def get(self, asker: Asker, item_ids: Sequence[str], depth: Depth = "shown") -> list[Work]:
        """Those of `item_ids` that one may see, in their order. An id that its item outgrew is understood."""
        with self._database.read() as connection:
            today = details.today(connection, item_ids)
            return works(connection, asker.user_id, asker.sources, [today[item_id] for item_id in item_ids], depth)

    def one(self, asker: Asker, item_id: str) -> Work:
        """One work, whole; `NotFound` also for what one may not see."""
        if found := self.get(asker, [item_id], "whole"):
            return found[0]
        raise NotFound("There is no such item.", hint="It may have been removed from the library.")

    def below(self, asker: Asker, item_ids: Sequence[str]) -> dict[str, list[Work]]:
        """What stands directly below items (a podcast's episodes), each in its own order."""
        with self._database.read() as connection:
            inside = store.children(connection, item_ids)
            every = [child for children in inside.values() for child in children]
            found = {each.id: each for each in works(connection, asker.user_id, asker.sources, every, "whole")}
        return {above: [found[each] for each in inside.get(above, ()) if each in found] for above in item_ids}

    def opened(self, asker: Asker, kinds: Iterable[str]) -> list[Work]:
        """Where the asker is in every work of `kinds` that they ever opened, the last first."""
        with self._database.read() as connection:
            shelf_ids = [
                shelf_id for kind in kinds for shelf_id, _ in lists.shelves(connection, asker.sources, kind=kind)
            ]
            ids = store.opened(connection, asker.user_id, shelf_ids)
            found = works(connection, asker.user_id, asker.sources, ids, "mine")
        return [each for each in found if each.mine is not None]

    def series(self, asker: Asker, source: str, kind: str, only: str = "") -> list[Group]:
        """The series of a shelf by name, with their members in order; `only` the one of that id."""
        return self._groups(asker, source, kind, only, word_type="series")

    def people(self, asker: Asker, source: str, kind: str, role: str, only: str = "") -> list[Group]:
        """Who is credited on a shelf in a role, by name; `only` the one of that id."""
        return self._groups(asker, source, kind, only, role=role)

    def names(self, asker: Asker, source: str, kind: str) -> WorkNames:
        """Everything that a list of the shelf can be narrowed by."""
        with self._database.read() as connection:
            shelf_ids = self._shelves(connection, asker, source, kind)
            words, people = store.words_on(connection, shelf_ids), store.people_on(connection, shelf_ids)
            years = store.years_on(connection, shelf_ids)
            languages = store.fields_on(connection, shelf_ids, "language")
            publishers = store.fields_on(connection, shelf_ids, "publisher")
        return WorkNames(
            authors=[Named(row.id, row.name) for row in people if row.role == "author"],
            narrators=[Named(row.id, row.name) for row in people if row.role == "narrator"],
            series=[Named(row.id, row.name) for row in words if row.type == "series"],
            genres=[row.name for row in words if row.type == "genre"],
            tags=[row.name for row in words if row.type == "tag"],
            languages=languages,
            publishers=publishers,
            decades=sorted({year // 10 * 10 for year in years}),
        )

    def totals(self, asker: Asker, source: str, kind: str) -> WorkTotals:
        """How much a kind in a source is."""
        leaf = self._kinds[kind].leaf.name
        with self._database.read() as connection:
            length, size, files = store.totals(connection, self._shelves(connection, asker, source, kind, leaf))
            shelf_ids = self._shelves(connection, asker, source, kind)
            genres, tags = (store.frequent(connection, shelf_ids, type_) for type_ in ("genre", "tag"))
        return WorkTotals(duration_ms=length, size=size, files=files, genres=genres, tags=tags)

    def lists(self, asker: Asker, type_: Literal["playlist", "collection"], only: str = "") -> list[WorkList]:
        """The playlists or collections that one may see, with what is in them; `only` the one of that id."""
        with self._database.read() as connection:
            rows = store.lists_of(connection, type_, asker.user_id, asker.sources, only)
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(row.id, []).append(row)
        return [
            WorkList(
                **{name: getattr(each[0], name) for name in ("id", "name", "owner_id", "created_at_ms")},
                changed_at_ms=each[0].changed_at_ms,
                members=[(row.entry_id, row.item_id) for row in each if row.entry_id],
            )
            for each in found.values()
        ]

    def _shelves(self, connection: Connection, asker: Asker, source: str, kind: str, level: str = "") -> list[int]:
        level = level or self._kinds[kind].levels[0].name
        return [shelf_id for shelf_id, _ in lists.shelves(connection, asker.sources, kind, level, source)]

    def _groups(self, asker: Asker, source: str, kind: str, only: str, **which: str) -> list[Group]:
        with self._database.read() as connection:
            shelf_ids = self._shelves(connection, asker, source, kind)
            rows = store.groups(connection, shelf_ids, only=only, **which)
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(row.id, []).append(row)
        return [_group(members) for members in found.values()]


def _group(rows: list[Any]) -> Group:
    first = rows[0]
    rows = sorted(rows, key=lambda row: store.in_sequence(row.number, row.title))
    return Group(
        id=first.id,
        name=first.name,
        sort=first.sort,
        added_at_ms=min(row.added_at_ms for row in rows),
        changed_at_ms=max(row.changed_at_ms or row.added_at_ms for row in rows),
        duration_ms=sum(row.duration_ms for row in rows),
        members=[(row.item_id, row.number) for row in rows],
    )
