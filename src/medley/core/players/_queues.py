"""The play queue that a person takes along from one device to the next."""

from collections.abc import Sequence

from medley.core.identity import Asker
from medley.core.library import Library
from medley.core.players._model import PlayQueue
from medley.core.players._store import queues as store
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, TooLarge

MOST = 20_000
_LONGEST_MS = 1 << 53
_LONGEST_NAME = 200


class Queues:
    """One queue per person; the last save wins."""

    def __init__(self, database: Database, clock: Clock, library: Library) -> None:
        self._database, self._clock, self._library = database, clock, library

    def get(self, asker: Asker) -> PlayQueue:
        """The queue, without what one may not see any more; where the current entry is gone, the next one is current.

        A person who never saved one has an empty queue, changed at 0.
        """
        with self._database.read() as connection:
            row = store.one(connection, asker.user_id)
        if row is None:
            return PlayQueue()
        kept, current, same = self._seen(asker, store.unpacked(row.item_ids), row.current)
        return PlayQueue(
            item_ids=kept,
            current=current,
            position_ms=row.position_ms if same else 0,
            changed_at_ms=row.changed_at_ms,
            changed_by=row.changed_by,
        )

    def save(
        self, asker: Asker, item_ids: Sequence[str], *, current: int = 0, position_ms: int = 0, changed_by: str = ""
    ) -> None:
        """Replace the queue; without items it is cleared. What one may not see is left out.

        Raises `InvalidInput` where `current` is no index of `item_ids`, `TooLarge` beyond 20,000 entries.
        """
        if len(item_ids) > MOST:
            raise TooLarge(f"A play queue holds at most {MOST} entries.", hint="Save fewer, or make a playlist.")
        if item_ids and not 0 <= current < len(item_ids):
            raise InvalidInput("The current entry is not in the queue.", hint="Its index counts from 0.")
        kept, at, same = self._seen(asker, item_ids, current)
        with self._database.write() as connection:
            if not kept:
                store.drop(connection, asker.user_id)
                return
            row = {
                "user_id": asker.user_id,
                "current": at or 0,
                "position_ms": max(0, min(position_ms, _LONGEST_MS)) if same else 0,
                "changed_at_ms": self._clock.now_ms(),
                "changed_by": changed_by.replace("\0", "")[:_LONGEST_NAME],
            }
            store.put(connection, kept, row)

    def _seen(self, asker: Asker, item_ids: Sequence[str], current: int) -> tuple[list[str], int | None, bool]:
        """(entries by the ids they have today, the current one's index, whether it is still the same)."""
        today = self._library.items.follow(asker, item_ids)
        kept = [today[item_id] for item_id in item_ids if item_id in today]
        if not kept:
            return [], None, False
        before = sum(item_id in today for item_id in item_ids[:current])
        same = item_ids[current] in today
        return kept, before if same else min(before, len(kept) - 1), same
