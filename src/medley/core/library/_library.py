"""The library as one thing: its verbs by what they are about."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection

from medley.core.identity.events import UserRemoved
from medley.core.kinds import Kind
from medley.core.library._artwork import ARTWORK_JOB, Artworks, make_artwork
from medley.core.library._documents import Documents
from medley.core.library._item_lists import ItemLists
from medley.core.library._items import Items
from medley.core.library._listening import Listening
from medley.core.library._listing import Listing
from medley.core.library._mixes import Mixes
from medley.core.library._playlist_files import PlaylistFiles
from medley.core.library._progress import Progress
from medley.core.library._radio import RadioStations
from medley.core.library._scan.scan import Scan, Settings
from medley.core.library._shares import Shares
from medley.core.library._smart import SmartLists
from medley.core.library._sources import SCAN_JOB, Sources
from medley.core.library._store import listening
from medley.core.library._store.userdata import forget_user
from medley.core.library._trash import Trash
from medley.core.library._words import Words
from medley.core.library._works import Works
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.events import Event, Reaction
from medley.kernel.jobs import JobContext, JobKind, Jobs


class Library:
    """Everything that is kept: `sources`, `items`, `listing`, `works`, `progress`, `listening`, `playlists`,
    `smart_lists`, `playlist_files`, `collections`, `shares`, `radio`, `mixes`, `words`, `artworks`, `trash`, and
    `documents` (pages and pictures made of files on the fly).
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        jobs: Jobs,
        kinds: dict[str, Kind],
        *,
        readers: Mapping[str, str],
        desk: str,
        cache: Path,
        children: int = 2,
    ) -> None:
        """`readers`: extension → `package.module:name` of a `Reader`; `desk`: the same of a `Desk`."""
        self._database, self._clock, self._cache = database, clock, cache
        self._settings = Settings(dict(readers), kinds, children)
        self.kinds = kinds
        self.sources = Sources(database, clock, kinds, jobs)
        self.items = Items(database, kinds)
        self.listing = Listing(database, kinds)
        self.works = Works(database, kinds)
        self.progress = Progress(database, clock)
        self.listening = Listening(database, clock, self.progress)
        self.smart_lists = SmartLists(database, clock, kinds)
        self.playlists = ItemLists(database, clock, "playlist", self.smart_lists)
        self.playlist_files = PlaylistFiles(database, self.items, self.playlists)
        self.collections = ItemLists(database, clock, "collection")
        self.shares = Shares(database, clock, self.playlists)
        self.radio = RadioStations(database, clock)
        self.mixes = Mixes(database, clock, kinds)
        self.words = Words(database)
        self.artworks = Artworks(database, jobs, cache)
        self.trash = Trash(database, clock)
        self.documents = Documents(desk)

    def job_kinds(self) -> list[JobKind]:
        """What the worker can do for the library."""
        return [JobKind(SCAN_JOB, self._scan), JobKind(ARTWORK_JOB, self._make_artwork)]

    @staticmethod
    def reactions() -> list[Reaction]:
        """What the library does about other rooms' events."""
        return [Reaction("library: forget user", (UserRemoved,), run=_forget)]

    def close(self) -> None:
        """End child processes."""
        self.documents.close()

    def _scan(self, context: JobContext) -> object:
        arguments = context.arguments
        scan = Scan(self._database, self._clock, self._settings, context, arguments["source_id"])
        options = {name: bool(arguments.get(name)) for name in ("accept_losses", "anew")}
        result = scan.run(arguments.get("paths") or (), **options)
        self.artworks.request()
        return result

    def _make_artwork(self, context: JobContext) -> object:
        return make_artwork(self._database, self._clock, self.documents, self._cache, context)


def _forget(connection: Connection, event: Event) -> None:
    assert isinstance(event, UserRemoved)
    forget_user(connection, event.user_id)
    listening.forget_user(connection, event.user_id)
