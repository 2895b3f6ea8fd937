"""Smart playlists: filled by rules, anew when they are opened.

What was played, rated and loved is their owner's; others see of it what they may see.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.kinds import Kind
from medley.core.library._rules import decode, parse
from medley.core.library._store import item_lists, lists
from medley.core.library._store import smart as store
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, NotFound

_FRESH_MS = 10_000
_DAY_MS = 86_400_000
_KIND = "music"


class SmartLists:
    """The rules of playlists, and what they come to."""

    def __init__(self, database: Database, clock: Clock, kinds: Mapping[str, Kind]) -> None:
        self._database, self._clock, self._kinds = database, clock, kinds

    def read(self, given: str | bytes | Mapping[str, Any]) -> dict[str, Any]:
        """Rules as they are kept, of a `.nsp` file or an object; `InvalidInput` says what is not understood."""
        rules = dict(given) if isinstance(given, Mapping) else decode(given)
        parse(rules)
        try:
            kept = msgspec.json.encode(rules)
        except (UnicodeEncodeError, OverflowError) as error:
            raise InvalidInput("These rules hold text or numbers that cannot be kept.") from error
        if b"\\u0000" in kept:
            raise InvalidInput("These rules contain a zero byte.")
        return rules

    def set(self, connection: Connection, asker: Asker, list_id: str, rules: Mapping[str, Any]) -> None:
        """Give a playlist of the asker's its rules, in the caller's transaction."""
        kept = {"rules": self.read(rules), "sources": None if asker.sources is None else sorted(asker.sources)}
        item_lists.change_list(connection, list_id, rules=kept, refreshed_at_ms=0)

    def rules(self, asker: Asker, list_id: str) -> dict[str, Any]:
        """The rules of a playlist that one may see."""
        with self._database.read() as connection:
            row = item_lists.one(connection, list_id, asker.sources)
        if row is None or not row.rules or (row.owner_id != asker.user_id and not row.shared):
            raise NotFound("There is no such smart playlist.", hint="It may have been deleted.")
        return row.rules["rules"]

    def refresh(self, asker: Asker, list_id: str) -> None:
        """Fill a smart playlist anew, unless that was done seconds ago; does nothing to others."""
        now = self._clock.now_ms()
        with self._database.read() as connection:
            row = item_lists.one(connection, list_id, None)
            if row is None or not row.rules or now - _FRESH_MS < row.refreshed_at_ms <= now:
                return
            mine = row.owner_id == asker.user_id
            if not mine and not row.shared:
                return
            # Their owner's rights, as they were when the owner last looked.
            kept = row.rules["sources"]
            sources = asker.sources if mine else None if kept is None else frozenset(kept)
            leaf = self._kinds[_KIND].leaf.name
            shelf_ids = [shelf_id for shelf_id, _ in lists.shelves(connection, sources, _KIND, leaf)]
            try:
                wanted = store.chosen(
                    connection, parse(row.rules["rules"]), row.owner_id, shelf_ids, now, now // _DAY_MS
                )
            except InvalidInput:  # kept by another version, which understood more
                return
            before = [each.item_id for each in item_lists.entries(connection, list_id, None, None, None)]
        seen = {"rules": {**row.rules, "sources": None if sources is None else sorted(sources)}} if mine else {}
        with self._database.write() as connection:
            if wanted != before:
                item_lists.clear(connection, list_id)
                if wanted:
                    item_lists.insert_entries(connection, list_id, wanted, 0.0, 1024.0 * (len(wanted) + 1))
            item_lists.change_list(connection, list_id, refreshed_at_ms=now, **seen)
