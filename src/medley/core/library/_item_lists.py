"""Playlists and collections.

A playlist is its owner's, may repeat an item and may be shared to be seen. A collection is the house's: everybody
sees it, those who may edit the library change it, and an item is in it once. Both leave out what one may not see.
"""

from collections.abc import Collection, Mapping
from typing import Any, Literal

from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.kinds import sort_key
from medley.core.library._cursors import cursor_of
from medley.core.library._model import ItemList, ListEntry, ListPlace
from medley.core.library._smart import SmartLists
from medley.core.library._store import cards
from medley.core.library._store import details as item_store
from medley.core.library._store import item_lists as store
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from medley.kernel.ids import new_id
from medley.kernel.pages import Page, check_limit, encode_cursor

Type = Literal["playlist", "collection"]
_LONGEST_COMMENT = 4_000
_LEAST_GAP = 1e-3  # halving ends here: doubles tell places apart up to lists of a billion entries


class ItemLists:
    """All lists of one type."""

    def __init__(self, database: Database, clock: Clock, type_: Type, smart: SmartLists | None = None) -> None:
        """`smart` fills those lists that have rules."""
        self._database, self._clock, self._type, self._smart = database, clock, type_, smart

    def all(self, asker: Asker, cursor: str = "", limit: int = 100) -> Page[ItemList]:
        """The lists that `asker` may see, by name."""
        after = cursor_of(cursor, str, str)
        with self._database.read() as connection:
            rows = store.lists(connection, self._type, asker.user_id, asker.sources, after, check_limit(limit) + 1)
        more = encode_cursor([rows[limit - 1].sort_name, rows[limit - 1].id]) if len(rows) > limit else None
        return Page([_view(row, asker) for row in rows[:limit]], more)

    def get(self, asker: Asker, list_id: str) -> ItemList:
        """One list."""
        self._open(asker, list_id)
        with self._database.read() as connection:
            return _view(self._row(connection, asker, list_id), asker)

    def create(
        self,
        asker: Asker,
        name: str,
        item_ids: list[str] | None = None,
        *,
        shared: bool = False,
        comment: str = "",
        rules: Mapping[str, Any] | None = None,
    ) -> ItemList:
        """A new list with `item_ids` in it, or one that `rules` fill (`SmartLists`)."""
        self._may_edit(asker, asker.user_id)
        now, list_id = self._clock.now_ms(), new_id()
        with self._database.write() as connection:
            store.insert_list(
                connection,
                {
                    "id": list_id,
                    "type": self._type,
                    "owner_id": asker.user_id,
                    "name": _named(name),
                    "sort_name": sort_key(name),
                    "comment": _comment(comment),
                    "shared": shared,
                    "created_at_ms": now,
                    "changed_at_ms": now,
                },
            )
            self._add(connection, asker, list_id, item_ids or [], None)
            self._rule(connection, asker, list_id, rules)
        return self.get(asker, list_id)

    def change(
        self,
        asker: Asker,
        list_id: str,
        *,
        name: str | None = None,
        shared: bool | None = None,
        comment: str | None = None,
        drop: Collection[str] = (),
        add: list[str] | None = None,
        whole: bool = False,
        rules: Mapping[str, Any] | None = None,
    ) -> ItemList:
        """Rename a list, share it, say something about it; take entries out (`drop`) and put items at the end (`add`).

        `whole`: those are all that it holds from now on. `rules` take the place of those that fill it.
        """
        with self._database.write() as connection:
            row = self._mine(connection, asker, list_id)
            if drop or add or whole:
                _by_hand(row)
            if rules is not None and not row.rules:
                raise Conflict("This playlist is filled by hand.", hint="Make a new one of the rules.")
            values: dict[str, Any] = {"changed_at_ms": self._clock.now_ms()}
            if name is not None:
                values |= {"name": _named(name), "sort_name": sort_key(name)}
            if shared is not None:
                values["shared"] = shared
            if comment is not None:
                values["comment"] = _comment(comment)
            if whole:
                store.clear(connection, list_id)
            if drop and store.delete_entries(connection, list_id, set(drop)) < len(set(drop)):
                raise _no_entry()
            self._add(connection, asker, list_id, add or [], None)
            store.change_list(connection, list_id, **values)
            self._rule(connection, asker, list_id, rules)
        return self.get(asker, list_id)

    def remove(self, asker: Asker, list_id: str) -> None:
        """Delete a list; its items stay in the library."""
        with self._database.write() as connection:
            self._mine(connection, asker, list_id)
            store.delete_list(connection, list_id)

    def entries(self, asker: Asker, list_id: str, cursor: str = "", limit: int = 100) -> Page[ListEntry]:
        """One page of a list's entries, in its order."""
        after = cursor_of(cursor, float, str)
        if after is None:
            self._open(asker, list_id)
        with self._database.read() as connection:
            self._row(connection, asker, list_id)
            rows = store.entries(connection, list_id, asker.sources, after, check_limit(limit) + 1)
            shown = rows[:limit]
            found = {
                card.id: card for card in cards.cards(connection, asker.user_id, sorted({row.item_id for row in shown}))
            }
        more = encode_cursor([shown[-1].position, shown[-1].id]) if len(rows) > limit else None
        return Page([ListEntry(row.id, found[row.item_id]) for row in shown], more)

    def places(self, asker: Asker, list_id: str) -> list[ListPlace]:
        """All of a list's entries, in its order."""
        self._open(asker, list_id)
        with self._database.read() as connection:
            self._row(connection, asker, list_id)
            rows = store.entries(connection, list_id, asker.sources, None, None)
        return [ListPlace(row.id, row.item_id) for row in rows]

    def add(self, asker: Asker, list_id: str, item_ids: list[str], before: str | None = None) -> ItemList:
        """Put items into a list, before the entry `before` or at the end."""
        with self._database.write() as connection:
            _by_hand(self._mine(connection, asker, list_id))
            self._add(connection, asker, list_id, item_ids, before)
            store.change_list(connection, list_id, changed_at_ms=self._clock.now_ms())
            return _view(self._row(connection, asker, list_id), asker)

    def take_out(self, asker: Asker, list_id: str, entry_id: str) -> None:
        """Remove one entry."""
        with self._database.write() as connection:
            _by_hand(self._mine(connection, asker, list_id))
            if not store.delete_entries(connection, list_id, [entry_id]):
                raise _no_entry()

    def move(self, asker: Asker, list_id: str, entry_id: str, before: str | None) -> None:
        """Move one entry before another, or to the end."""
        with self._database.write() as connection:
            _by_hand(self._mine(connection, asker, list_id))
            low, high = self._gap(connection, list_id, before)
            if before != entry_id and not store.move_entry(connection, list_id, entry_id, (low + high) / 2):
                raise _no_entry()

    def _add(self, connection: Connection, asker: Asker, list_id: str, item_ids: list[str], before: str | None) -> None:
        seen = item_store.visible(connection, item_ids, asker.sources)
        if len(seen) != len(item_ids):
            raise NotFound("One of these items does not exist.", hint="Load the page again.")
        if self._type == "collection":
            inside = store.item_ids_in(connection, list_id)
            seen = [item_id for item_id in dict.fromkeys(seen) if item_id not in inside]
        if seen:
            low, high = self._gap(connection, list_id, before, len(seen))
            high = high if before else low + 1024.0 * (len(seen) + 1)
            store.insert_entries(connection, list_id, seen, low, high)

    @staticmethod
    def _gap(connection: Connection, list_id: str, before: str | None, many: int = 1) -> tuple[float, float]:
        gap = store.gap_before(connection, list_id, before)
        if gap and (gap[1] - gap[0]) / (many + 1) < _LEAST_GAP:
            store.space_out(connection, list_id)
            gap = store.gap_before(connection, list_id, before)
        if gap is None:
            raise _no_entry()
        return gap

    def _row(self, connection: Connection, asker: Asker, list_id: str) -> Any:
        row = store.one(connection, list_id, asker.sources)
        hidden = row is not None and self._type == "playlist" and row.owner_id != asker.user_id and not row.shared
        if row is None or row.type != self._type or hidden:
            raise NotFound(f"There is no such {self._type}.", hint="It may have been deleted.")
        return row

    def _open(self, asker: Asker, list_id: str) -> None:
        if self._smart is not None:
            self._smart.refresh(asker, list_id)

    def _rule(self, connection: Connection, asker: Asker, list_id: str, rules: Mapping[str, Any] | None) -> None:
        if rules is None:
            return
        if self._smart is None:
            raise InvalidInput(f"A {self._type} has no rules.", hint="Make a playlist of them.")
        self._smart.set(connection, asker, list_id, rules)

    def _mine(self, connection: Connection, asker: Asker, list_id: str) -> Any:
        row = self._row(connection, asker, list_id)
        self._may_edit(asker, row.owner_id)
        return row

    def _may_edit(self, asker: Asker, owner_id: str) -> None:
        if self._type == "collection" and asker.role not in ("admin", "power_user"):
            raise Forbidden("Only those who look after the library change collections.")
        if self._type == "playlist" and owner_id != asker.user_id:
            raise Forbidden("This playlist belongs to somebody else.", hint="Make one of your own.")


def _view(row: Any, asker: Asker) -> ItemList:
    return ItemList(
        id=row.id,
        name=row.name,
        owner_id=row.owner_id,
        shared=row.shared,
        count=row._mapping["count"],
        duration_ms=int(row.ms),
        mine=row.owner_id == asker.user_id,
        comment=row.comment,
        created_at_ms=row.created_at_ms,
        changed_at_ms=row.changed_at_ms,
        smart=bool(row.rules),
    )


def _by_hand(row: Any) -> None:
    if row.rules:
        raise Conflict("Rules fill this playlist.", hint="Change its rules, or make another of what it holds.")


def _named(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not 1 <= len(name) <= 200:
        raise InvalidInput("A name has 1 to 200 characters.")
    return name


def _comment(text: str) -> str:
    return text.replace("\0", "").strip()[:_LONGEST_COMMENT]


def _no_entry() -> NotFound:
    return NotFound("There is no such entry in the list.", hint="Load the list again.")
