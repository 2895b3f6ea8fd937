"""Ports meet adapters here, and nowhere else."""

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from medley.adapters.databases import open_database, upgrade
from medley.adapters.egress import Client
from medley.adapters.feeds import Reader
from medley.adapters.jukebox import Mpv
from medley.adapters.media import READERS
from medley.adapters.media.desk import DESK
from medley.adapters.media.ffmpeg import Ffmpeg, locate
from medley.adapters.scrobblers import LastFm, ListenBrainz, Maloja
from medley.adapters.searches.tantivy import TantivyIndex
from medley.app.settings import ScrobblingSettings, Settings
from medley.core.acquire import Podcasts
from medley.core.identity import Identity, Vault
from medley.core.kinds import load_kinds
from medley.core.library import Library
from medley.core.playback import Limits, Playback
from medley.core.players import Players
from medley.core.players.ports import Scrobbler
from medley.core.search import Search
from medley.kernel.clock import Clock, SystemClock
from medley.kernel.database import Database
from medley.kernel.egress import Egress
from medley.kernel.errors import InvalidInput, Unavailable
from medley.kernel.jobs import JobKind, Jobs
from medley.kernel.postman import Postman

REBUILD_JOB = "rebuild-search"
UPKEEP_JOB = "upkeep"
KEY_FILE = "app-passwords.key"  # opens what is sealed in the database; it belongs into backups of its own

_KEEP_EVENTS_MS = 7 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a process works with."""

    settings: Settings
    clock: Clock
    database: Database
    jobs: Jobs
    identity: Identity
    library: Library
    search: Search
    playback: Playback
    players: Players
    postman: Postman
    egress: Egress
    podcasts: Podcasts

    def job_kinds(self) -> list[JobKind]:
        """Everything that a worker can do."""
        return [
            *self.library.job_kinds(),
            *self.players.job_kinds(),
            *self.podcasts.job_kinds(),
            JobKind(REBUILD_JOB, lambda _: self.search.rebuild()),
            JobKind(UPKEEP_JOB, lambda _: self.forget_old_events()),
        ]

    def forget_old_events(self) -> int:
        """Forget events that everybody has digested and that are older than a week; how many they were.

        The search index follows the log too: it must have caught up first.
        """
        self.search.catch_up()
        return self.postman.prune(self.clock.now_ms() - _KEEP_EVENTS_MS)

    def close(self) -> None:
        """Let go of everything, in reverse."""
        self.search.close()
        self.library.close()
        self.database.close()


def database_file(settings: Settings) -> str:
    """The catalogue's address: the setting, or a file in the data folder."""
    return settings.database or str(settings.folder / "medley.sqlite")


def backups_folder(settings: Settings) -> Path:
    """Where copies of the database go."""
    return settings.folder / "backups"


def build(settings: Settings, *, clock: Clock | None = None) -> Parts:
    """All parts as `settings` choose them; the database must be up to date."""
    clock = clock or SystemClock()
    _make_folder(settings.folder)
    database = open_database(database_file(settings))
    jobs = Jobs(database, clock)
    identity = Identity(database, clock, settings.folder / KEY_FILE)
    library = Library(
        database,
        clock,
        jobs,
        load_kinds(),
        readers=READERS,
        desk=DESK,
        cache=settings.folder / "cache" / "artwork",
        children=settings.scan.children,
    )
    egress = Client(settings.egress.allow)
    vault = Vault(settings.folder / KEY_FILE)
    players = Players(database, clock, library, jobs, vault, _scrobblers(settings.scrobbling, egress))
    podcasts = _podcasts(settings, database, clock, jobs, library, egress)
    postman = Postman(database, [*library.reactions(), *players.reactions(), *podcasts.reactions()], clock)
    return Parts(
        settings=settings,
        clock=clock,
        database=database,
        jobs=jobs,
        identity=identity,
        library=library,
        search=Search(database, library, postman, TantivyIndex(settings.folder / "search")),
        playback=_playback(settings),
        players=players,
        postman=postman,
        egress=egress,
        podcasts=podcasts,
    )


def _scrobblers(settings: ScrobblingSettings, egress: Egress) -> list[Scrobbler]:
    found: list[Scrobbler] = [ListenBrainz(egress, settings.listenbrainz)] if settings.listenbrainz else []
    if settings.lastfm_key and settings.lastfm_secret:
        found.append(LastFm(egress, settings.lastfm_key, settings.lastfm_secret))
    return [*found, Maloja(egress, settings.maloja)] if settings.maloja else found


def _podcasts(
    settings: Settings, database: Database, clock: Clock, jobs: Jobs, library: Library, egress: Egress
) -> Podcasts:
    vault = Vault(settings.folder / KEY_FILE)
    return Podcasts(database, clock, jobs, library, egress, Reader(), vault, settings.folder / "podcasts")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InvalidInput(
            f"The data folder {folder} cannot be written: {error.strerror}.",
            hint="Correct its owner, or choose another with --data or MEDLEY_DATA.",
        ) from error


def _playback(settings: Settings) -> Playback:
    program = locate(settings.playback.ffmpeg)
    limits = Limits(cache_bytes=settings.playback.cache_mib << 20, heads=settings.playback.transcodes)
    speaker = Mpv(settings.playback.mpv, settings.playback.speaker)
    return Playback(settings.folder / "cache" / "segments", Ffmpeg(program), limits, speaker)


def prepare(parts: Parts, sources: list[tuple[str, str]]) -> None:
    """Bring the database up to date; add the sources (kind, path) that are named and new, and ask for their scan."""
    with _turn(parts.settings.folder):  # web and worker start together, and would both add them
        upgrade(parts.database, backups_folder(parts.settings))
        known = {source.path for source in parts.library.sources.all()} if sources else set()
        for kind, path in sources:
            # A known folder may be away for now, as an unmounted disk is; that is no reason not to start.
            if str(Path(path).expanduser().resolve()) not in known:
                parts.library.sources.scan(parts.library.sources.ensure(kind, path).id)


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    try:
        lock = open(folder / "prepare.lock", "w")  # noqa: SIM115 - closed below
    except OSError as error:
        hint = "Free some space, or correct the owner of the folder."
        raise Unavailable(f"The data folder {folder} cannot be written: {error.strerror}.", hint=hint) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
