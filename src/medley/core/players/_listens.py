"""Listens: each is counted once, however often it is told."""

from collections.abc import Sequence

from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.library import Library
from medley.core.players._model import Heard
from medley.core.players._scrobbling import Scrobbling
from medley.core.players._store import listens as store
from medley.core.players.ports import Track
from medley.kernel.clock import Clock
from medley.kernel.database import Database

_LONGEST_NAME = 200


class Listens:
    """What people heard, for their play counts and for whoever they tell."""

    def __init__(self, database: Database, clock: Clock, library: Library, scrobbling: Scrobbling) -> None:
        self._database, self._clock, self._library, self._scrobbling = database, clock, library, scrobbling

    def add(self, asker: Asker, heard: Sequence[Heard]) -> int:
        """Count listens; how many of them were new. A player that was offline tells many at once.

        Raises `NotFound` for an item that one may not see; then none is counted.
        """
        tracks = self._scrobbling.tracks(asker, [each.item_id for each in heard])
        with self._database.write() as connection:
            return sum(self.count(connection, asker, each, tracks.get(each.item_id)) for each in heard)

    def count(self, connection: Connection, asker: Asker, heard: Heard, track: Track | None) -> bool:
        """Count one listen in the caller's transaction; False where it was told before. `track` is for services."""
        now = self._clock.now_ms()
        # A device whose clock is ahead does not get to win over what happens later elsewhere.
        happened = max(0, min(heard.happened_at_ms or now, now))
        device = heard.device.replace("\0", "")[:_LONGEST_NAME]
        item_id = self._library.progress.row(connection, asker, heard.item_id).id
        if not store.add(connection, asker.user_id, item_id, happened, device):
            return False
        self._library.progress.heard(connection, asker, item_id, happened, device)
        if track is not None:
            self._scrobbling.tell(connection, asker, track, happened, device, playing=False)
        return True
