"""The room as one thing: its verbs by what they are about."""

from sqlalchemy import Connection

from medley.core.identity.events import UserRemoved
from medley.core.library import Library
from medley.core.players._bookmarks import Bookmarks
from medley.core.players._listens import Listens
from medley.core.players._playing import Playing
from medley.core.players._queues import Queues
from medley.core.players._store import forget_user
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.events import Event, Reaction


class Players:
    """`playing` (who plays what now), `queues`, `bookmarks` and `listens`."""

    def __init__(self, database: Database, clock: Clock, library: Library) -> None:
        self.listens = Listens(database, clock, library)
        self.playing = Playing(database, clock, library, self.listens)
        self.queues = Queues(database, clock, library)
        self.bookmarks = Bookmarks(database, clock, library)

    @staticmethod
    def reactions() -> list[Reaction]:
        """What this room does about other rooms' events."""
        return [Reaction("players: forget user", (UserRemoved,), run=_forget)]


def _forget(connection: Connection, event: Event) -> None:
    assert isinstance(event, UserRemoved)
    forget_user(connection, event.user_id)
