"""Podcasts as one thing."""

from pathlib import Path

from sqlalchemy import Connection

from medley.core.acquire._downloads import DOWNLOAD_JOB, Downloads
from medley.core.acquire._episodes import Episodes
from medley.core.acquire._home import Home
from medley.core.acquire._refresh import Refresher
from medley.core.acquire._secrets import Secrets, Vault
from medley.core.acquire._store import feeds
from medley.core.acquire._subscriptions import Subscriptions
from medley.core.acquire.ports import FeedReader
from medley.core.identity import Asker
from medley.core.library import FileHandle, Library
from medley.core.library.events import ItemsAdded, ItemsChanged
from medley.core.library.ports import Document
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.egress import Egress
from medley.kernel.errors import NotFound
from medley.kernel.events import Event, Reaction
from medley.kernel.jobs import JobContext, JobKind, Jobs

REFRESH_JOB = "podcasts-refresh"
_REFRESH_LIMIT_S = 6 * 3600.0


class Podcasts:
    """What is followed: `subscriptions` and their `episodes`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        jobs: Jobs,
        library: Library,
        egress: Egress,
        reader: FeedReader,
        vault: Vault,
        folder: Path,
    ) -> None:
        """`folder`: where episodes go as long as no source of podcasts may be written to."""
        self._database, self._clock, self._jobs, self._library = database, clock, jobs, library
        secrets = Secrets(database, vault)
        self._downloads = Downloads(database, clock, jobs, library, egress, secrets)
        self._refresher = Refresher(database, clock, egress, reader, secrets, library, self._downloads)
        home = Home(library, folder)
        self.subscriptions = Subscriptions(database, clock, egress, reader, secrets, home, self._refresher)
        self.episodes = Episodes(database, egress, self._downloads, secrets)

    def refresh(self, asker: Asker, feed_id: str = "") -> str:
        """Read one feed, or all that are due, now; the answer is the job's id."""
        title = "Refresh podcasts"
        if feed_id:
            title = f"Refresh {self.subscriptions.get(asker, feed_id).title}"[:200]
        return self._jobs.request(
            REFRESH_JOB,
            {"feed_id": feed_id} if feed_id else {},
            title=title,
            priority=10,
            dedupe=f"{REFRESH_JOB} {feed_id}",
            requested_by=asker.user_id or None,
        )

    def refresh_due(self) -> str | None:
        """As `refresh`, by Medley itself: nothing is asked for where no feed's time has come."""
        with self._database.read() as connection:
            if not feeds.due(connection, self._clock.now_ms()):
                return None
        return self._jobs.request(REFRESH_JOB, {}, title="Refresh podcasts", dedupe=f"{REFRESH_JOB} ")

    def cover(self, asker: Asker, feed_id: str, width: int) -> Document:
        """The picture of a podcast, drawn anew at most `width` pixels wide."""
        with self._database.read() as connection:
            row = Subscriptions.row(connection, asker, feed_id)
        if not row.cover:
            raise NotFound("This podcast has no picture.")
        source = self._library.sources.get(row.source_id)
        file = FileHandle("", "", source.id, source.path, f"{row.folder}/{row.cover}", row.cover, 0, 0, missing=False)
        return self._library.documents.picture(file, width)

    def job_kinds(self) -> list[JobKind]:
        """What the worker can do for podcasts."""
        return [
            JobKind(REFRESH_JOB, self._refresh, retries=0, timeout_s=_REFRESH_LIMIT_S),
            JobKind(DOWNLOAD_JOB, self._downloads.run, retries=0, concurrency=2),
        ]

    def reactions(self) -> list[Reaction]:
        """A scan tells which items became of downloaded files."""
        return [Reaction("podcasts: link items", (ItemsAdded, ItemsChanged), run=self._link)]

    def _refresh(self, context: JobContext) -> object:
        result = self._refresher.run(context)
        self._downloads.empty_trash()
        return result

    def _link(self, connection: Connection, event: Event) -> None:
        assert isinstance(event, ItemsAdded | ItemsChanged)
        if not feeds.in_source(connection, event.source_id):
            return
        if paths := self.episodes.unlinked(connection, event.source_id):
            self.episodes.link(connection, event.source_id, self._library.items.at(event.source_id, paths))
