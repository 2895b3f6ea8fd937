"""Episodes as files: downloaded, resumed, checked, shelved, and taken away again by the rules."""

import re
from typing import Any

import msgspec
from sqlalchemy import Connection

from medley.core.acquire import _views
from medley.core.acquire._fetching import check_status, host_of
from medley.core.acquire._model import Rules
from medley.core.acquire._place import Place, empty_trash
from medley.core.acquire._rules import beyond, rules_of
from medley.core.acquire._secrets import Secrets
from medley.core.acquire._sniff import ending_of, is_page
from medley.core.acquire._store import episodes, feeds
from medley.core.acquire.events import PodcastChanged
from medley.core.acquire.ports import FeedEpisode
from medley.core.kinds.podcast.layout import file_stem
from medley.core.library import Library
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.egress import Egress, Limits, Request, Stream
from medley.kernel.errors import InvalidInput, MedleyError, Unavailable
from medley.kernel.events import record
from medley.kernel.jobs import Cancelled, JobContext, Jobs

DOWNLOAD_JOB = "podcast-download"
SOUND = Limits(max_bytes=16 << 30, seconds=6 * 3600.0, redirects=12)  # hosts count listens by chains of redirects
_MOST_FAILURES = 8
_FIRST_PAUSE_MS = 15 * 60_000
_TRASH_MS = 30 * 24 * 3_600_000
_RANGE = re.compile(r"bytes (\d+)-")


class Downloads:
    """Asks for downloads and does them."""

    def __init__(
        self, database: Database, clock: Clock, jobs: Jobs, library: Library, egress: Egress, secrets: Secrets
    ) -> None:
        self._database, self._clock, self._jobs = database, clock, jobs
        self._library, self._egress, self._secrets = library, egress, secrets

    def want(self, connection: Connection, episode_id: str, podcast: str, *, by: str | None = None) -> str:
        """Have an episode downloaded, as part of the caller's transaction; the answer is the job's id."""
        episodes.change(connection, episode_id, state="wanted", error="")
        return self._jobs.request(
            DOWNLOAD_JOB,
            {"episode_id": episode_id},
            title=f"Download an episode of {podcast}"[:200],
            priority=5 if by else -1,
            dedupe=f"{DOWNLOAD_JOB} {episode_id}",
            connection=connection,
            requested_by=by,
        )

    def request_again(self, row: Any, rules: Rules) -> None:
        """Try failed downloads of a feed again whose pause is over, and keep its folder to the rules."""
        with self._database.write() as connection:
            for episode_id in episodes.to_retry(connection, row.id, self._clock.now_ms(), _MOST_FAILURES):
                self.want(connection, episode_id, row.title)
        self._tidy(row.id, rules)

    def run(self, context: JobContext) -> str | None:
        """The job: one episode. The answer is its path below the source."""
        episode_id = context.arguments["episode_id"]
        with self._database.write() as connection:
            row = episodes.one(connection, episode_id)
            if row is None or row.state not in ("wanted", "loading", "failed"):
                return None
            episodes.change(connection, episode_id, state="loading", error="")
            self._tell(connection, row)
        try:
            path, size = self._load(context, row)
        except Cancelled:
            self._note(row, state="wanted")
            raise
        except MedleyError as error:
            self._fail(row, error)
            raise
        self._note(row, state="here", path=path, bytes=size, failures=0, etag="", done_at_ms=self._clock.now_ms())
        self._look_again(row.source_id, row.folder)
        with self._database.read() as connection:
            feed = feeds.one(connection, row.feed_id)
        if feed is not None:
            self._tidy(row.feed_id, rules_of(feed))
        return path

    # -- one download

    def _load(self, context: JobContext, row: Any) -> tuple[str, int]:
        """(path below the source, bytes)."""
        source = self._library.sources.get(row.source_id)
        if not source.writable:
            raise Unavailable(f"Medley may only read “{source.name}”.", hint="Allow writing on the page of the source.")
        told = _views.told(row)
        half = f".{row.id}.part"
        with Place(source.path, row.folder) as place:
            have = (place.size(half) or 0) if row.etag else 0
            request = self._request(row, told, have)
            with self._egress.open(request) as stream:
                if stream.status == 416:  # what is here is not a beginning of what is there
                    place.remove(half)
                check_status(stream.status, told.media_url)
                start = _resumed_at(stream, have)
                self._note(row, etag=_validator(stream))
                size, head = _receive(context, place, half, stream, start)
            ending = ending_of(head or place.read(half, 64) or b"", stream.headers.get("content-type", ""), stream.url)
            name = self._free_name(place, row, told, ending)
            place.rename(half, name)
            place.write(f"{name.rpartition('.')[0]}.info.json", _sidecar(row, told))
            return f"{row.folder}/{name}", size

    def _request(self, row: Any, told: FeedEpisode, have: int) -> Request:
        headers = {"range": f"bytes={have}-", "if-range": row.etag} if have else {}
        credentials = self._secrets.for_host(row.feed_id, told.media_url)
        return Request(told.media_url, headers=headers, credentials=credentials, limits=SOUND)

    def _free_name(self, place: Place, row: Any, told: FeedEpisode, ending: str) -> str:
        """The episode's own name of before, else the first that neither the folder nor another episode has."""
        stem = file_stem(told.title, told.published_ms, told.season, told.number)
        with self._database.read() as connection:
            taken = {path.rpartition("/")[2].lower() for path in episodes.paths(connection, row.feed_id) - {row.path}}
        own = row.path.rpartition("/")[2].lower()
        taken |= {name for name in place.names() if name != own}
        stems = {name.rpartition(".")[0] for name in taken}  # another ending would share the sidecar
        wanted, number = stem, 2
        while wanted.lower() in stems:
            wanted, number = f"{stem} ({number})", number + 1
        return f"{wanted}.{ending}"

    def _fail(self, row: Any, error: MedleyError) -> None:
        failures = row.failures + 1
        retry = self._clock.now_ms() + _FIRST_PAUSE_MS * 4 ** min(failures - 1, 6)
        self._note(row, state="failed", failures=failures, error=error.message[:1000], retry_at_ms=retry)

    def _note(self, row: Any, **values: Any) -> None:
        with self._database.write() as connection:
            episodes.change(connection, row.id, **values)
            if "state" in values:
                self._tell(connection, row)

    @staticmethod
    def _tell(connection: Connection, row: Any) -> None:
        record(connection, PodcastChanged(source_id=row.source_id, feed_id=row.feed_id))

    # -- taking away

    def take_away(self, rows: list[Any]) -> None:
        """Move the files of downloaded episodes into their source's trash, and tell the library. The rows stay."""
        for row in rows:
            source = self._library.sources.get(row.source_id)
            name = row.path.rpartition("/")[2]
            with Place(source.path, row.folder) as place:
                for each in (name, f"{name.rpartition('.')[0]}.info.json"):
                    place.trash(each, f"{row.id}-{each[-80:]}", self._clock.now_ms())
            self._note(row, state="removed", error="")
        for source_id, folder in {(row.source_id, row.folder) for row in rows}:
            self._look_again(source_id, folder)

    def _look_again(self, source_id: str, folder: str) -> None:
        """Have a podcast's folder scanned. Losses are meant, and a scan under way may be past it: it is no answer."""
        self._library.sources.scan(source_id, [folder], accept_losses=True, priority=10)

    def _tidy(self, feed_id: str, rules: Rules) -> None:
        """What the rules of a feed do not want to keep."""
        if not rules.keep and not rules.keep_played_days:
            return
        with self._database.read() as connection:
            here = episodes.brief(connection, feed_id, ("here",))
        going = set(beyond(rules, here)) | self._played(rules, here)
        with self._database.read() as connection:
            rows = [row for episode_id in going if (row := episodes.one(connection, episode_id)) is not None]
        self.take_away(rows)

    def _played(self, rules: Rules, here: list[Any]) -> set[str]:
        if not rules.keep_played_days:
            return set()
        before = self._clock.now_ms() - rules.keep_played_days * 24 * 3_600_000
        items = {row.item_id: row.id for row in here if row.item_id}
        return {items[item_id] for item_id in self._library.progress.done_with(list(items), before)}

    def empty_trash(self) -> int:
        """Delete for good what has lain in the trash for a month; how many files that were."""
        before = self._clock.now_ms() - _TRASH_MS
        return sum(empty_trash(each.path, before) for each in self._library.sources.all() if each.writable)


def _receive(context: JobContext, place: Place, half: str, stream: Stream, start: int) -> tuple[int, bytes]:
    """Write what comes behind byte `start`; (bytes in all, the first ones that came)."""
    if is_page(stream.headers.get("content-type", "")):
        raise InvalidInput(f"{host_of(stream.url)} answers with a web page instead of sound.")
    length = stream.headers.get("content-length", "")
    total = start + int(length) if length.isdecimal() and len(length) < 16 else 0
    place.check_room(total - start)
    size, head = start, b""
    with place.appending(half, start) as file:
        for piece in stream:
            head = head or (piece[:64] if start == 0 else b"")
            file.write(piece)
            size += len(piece)
            context.check()
            context.report(size, total)
    if size == 0:
        raise Unavailable(f"{host_of(stream.url)} sent an empty file.", hint="It is tried again later.")
    return size, head


def _resumed_at(stream: Stream, have: int) -> int:
    """From which byte on the answer is: the end of what is here, or the beginning."""
    match = _RANGE.match(stream.headers.get("content-range", ""))
    if stream.status == 206 and match and int(match[1]) == have:
        return have
    if stream.status == 206:
        raise Unavailable(f"{host_of(stream.url)} sent another part than was asked for.", hint="It is tried again.")
    return 0


def _validator(stream: Stream) -> str:
    """By what a later request can ask for the rest of the same bytes (RFC 9110, section 13.1.5): a strong one."""
    etag = stream.headers.get("etag", "")
    return etag[:500] if etag and not etag.startswith("W/") else stream.headers.get("last-modified", "")[:100]


def _sidecar(row: Any, told: FeedEpisode) -> bytes:
    """What a scan needs to know, in the format of yt-dlp: the sound itself stays as its maker made it."""
    day = file_stem("x", told.published_ms)[:10].replace("-", "") if told.published_ms else None
    said = {
        "id": told.guid or row.id,
        "title": told.title,
        "description": told.summary,
        "upload_date": day,
        "duration": told.duration_ms // 1000 or None,
        "season_number": told.season,
        "episode_number": told.number,
        "series": row.podcast,
        "webpage_url": told.link,
        "extractor_key": "Podcast",
        "chapters": [{"start_time": each.start_ms / 1000, "title": each.title} for each in told.chapters] or None,
    }
    return msgspec.json.encode({key: value for key, value in said.items() if value not in (None, "")})
