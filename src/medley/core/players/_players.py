"""The room as one thing: its verbs by what they are about."""

from collections.abc import Sequence

from sqlalchemy import Connection

from medley.core.identity import Vault
from medley.core.identity.events import UserRemoved
from medley.core.library import Library
from medley.core.players._bookmarks import Bookmarks
from medley.core.players._listens import Listens
from medley.core.players._marks import Marks
from medley.core.players._playing import Playing
from medley.core.players._queues import Queues
from medley.core.players._scrobbling import SCROBBLE_JOB, Scrobbling
from medley.core.players._sending import Sending
from medley.core.players._store import forget_user
from medley.core.players.ports import Scrobbler
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.events import Event, Reaction
from medley.kernel.jobs import JobKind, Jobs


class Players:
    """`playing` (who plays what now), `queues`, `bookmarks`, `marks`, `listens`; `scrobbling` tells others of these."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        library: Library,
        jobs: Jobs,
        vault: Vault,
        services: Sequence[Scrobbler] = (),
    ) -> None:
        self.scrobbling = Scrobbling(database, library, jobs, services, vault)
        self.listens = Listens(database, clock, library, self.scrobbling)
        self.playing = Playing(database, clock, library, self.listens, self.scrobbling)
        self.queues = Queues(database, clock, library)
        self.bookmarks = Bookmarks(database, clock, library)
        self.marks = Marks(database, clock, library)
        self._sending = Sending(database, clock, jobs, self.scrobbling)

    def job_kinds(self) -> list[JobKind]:
        """What the worker can do for this room."""
        return [JobKind(SCROBBLE_JOB, self._sending.run)]

    @staticmethod
    def reactions() -> list[Reaction]:
        """What this room does about other rooms' events."""
        return [Reaction("players: forget user", (UserRemoved,), run=_forget)]


def _forget(connection: Connection, event: Event) -> None:
    assert isinstance(event, UserRemoved)
    forget_user(connection, event.user_id)
