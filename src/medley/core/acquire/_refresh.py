"""Reading feeds again: what is new, what moved, what fails."""

import hashlib
import logging
import random
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from threading import BoundedSemaphore
from typing import Any

import msgspec
from sqlalchemy import Connection

from medley.core.acquire import _views
from medley.core.acquire._cover import keep_cover
from medley.core.acquire._downloads import Downloads
from medley.core.acquire._fetching import Fetched, fetch_feed
from medley.core.acquire._keys import feed_key
from medley.core.acquire._merge import merge
from medley.core.acquire._rules import rules_of, wanted
from medley.core.acquire._secrets import Secrets, host_name
from medley.core.acquire._store import episodes, feeds
from medley.core.acquire.events import PodcastChanged
from medley.core.acquire.ports import Feed, FeedReader
from medley.core.kinds import sort_key
from medley.core.library import Library
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.egress import Egress
from medley.kernel.errors import MedleyError
from medley.kernel.events import record
from medley.kernel.jobs import Cancelled, JobContext

_AT_ONCE = 12  # feeds that are fetched at the same time
_PARSING = 2  # feeds whose whole text is taken apart at the same time: each may need some 200 MB
_LONGEST_PAUSE_MS = 24 * 3_600_000
_TELL_AFTER = 3  # failures in a row until a notice says so
_JITTER = 0.1
_MINUTE_MS = 60_000

_log = logging.getLogger(__name__)


class Result(msgspec.Struct, frozen=True):
    """What a refresh came to: feeds looked at, those with something new, those that failed."""

    feeds: int = 0
    changed: int = 0
    failed: int = 0


class Refresher:
    """Reads feeds and writes down what they say; one feed's failure is its own."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        egress: Egress,
        reader: FeedReader,
        secrets: Secrets,
        library: Library,
        downloads: Downloads,
    ) -> None:
        self._database, self._clock, self._egress, self._secrets = database, clock, egress, secrets
        self._library, self._downloads = library, downloads
        self._reader = _OneAtATime(reader)

    def run(self, context: JobContext) -> Result:
        """The job: one feed where its id is given, else all whose time has come."""
        chosen = context.arguments.get("feed_id")
        with self._database.read() as connection:
            ids = [chosen] if chosen else feeds.due(connection, self._clock.now_ms())
        outcomes = []
        for outcome in self._all(ids, context):
            outcomes.append(outcome)
            context.report(len(outcomes), len(ids))
        return Result(len(outcomes), outcomes.count("changed"), outcomes.count("failed"))

    def _all(self, ids: list[str], context: JobContext) -> Iterator[str]:
        """A few at a time; no more is handed out than is being worked on."""
        waiting, running = iter(ids), set[Future[str]]()
        with ThreadPoolExecutor(min(_AT_ONCE, max(1, len(ids))), "feeds") as pool:
            while True:
                while len(running) < _AT_ONCE and (feed_id := next(waiting, None)) is not None:
                    running.add(pool.submit(self.refresh, feed_id))
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
                try:
                    context.check()
                except Cancelled:
                    wait(running)
                    raise

    def refresh(self, feed_id: str) -> str:
        """Read one feed: “changed”, “same”, “failed”, or “gone” where nobody follows it any more."""
        with self._database.read() as connection:
            row = feeds.one(connection, feed_id)
        if row is None:
            return "gone"
        try:
            fetched = self._fetch(row)
            return "changed" if self.settle(feed_id, fetched) else "same"
        except MedleyError as error:
            self._fail(row, error)
        except Exception as error:
            _log.error("The feed of “%s” made Medley stumble", row.title, exc_info=error)
            self._fail(row, MedleyError("Medley made a mistake with this feed; the log has the details."))
        return "failed"

    def _fetch(self, row: Any) -> Fetched:
        credentials = self._secrets.of(row)
        fetched = fetch_feed(self._egress, self._reader, row.url, credentials, etag=row.etag, modified=row.modified)
        moved = fetched.feed.moved_to if fetched.feed else ""
        if moved and feed_key(moved) != feed_key(row.url):
            same_host = host_name(moved) == host_name(row.url)
            try:  # a move counts once the new place is really there
                there = fetch_feed(self._egress, self._reader, moved, credentials if same_host else None)
            except MedleyError as error:
                _log.warning("“%s” says that it moved, but there it is not: %s", row.title, error)
            else:
                return Fetched(replace(there.answer, moved_to=there.answer.moved_to or moved), there.feed)
        return fetched

    def settle(self, feed_id: str, fetched: Fetched) -> bool:
        """Write down what a feed said; whether anything is new."""
        with self._database.read() as connection:
            row = feeds.one(connection, feed_id)
        if row is None:
            return False
        values = self._went_well(row, fetched)
        feed = fetched.feed
        digest = hashlib.blake2b(fetched.answer.body, digest_size=16).digest() if feed else row.digest
        if feed is None or digest == row.digest:
            with self._database.write() as connection:
                feeds.change(connection, feed_id, **values)
                self._choose(connection, row, frozenset())
            self._downloads.request_again(row, rules_of(row))
            return False
        cover = keep_cover(self._egress, self._library, row, feed)
        with self._database.write() as connection:
            merged = merge(episodes.known(connection, feed_id), feed.episodes)
            fresh = episodes.write(connection, feed_id, merged, self._clock.now_ms())
            feeds.change(connection, feed_id, **values, **_said(row, feed), cover=cover, digest=digest)
            self._choose(connection, row, frozenset(fresh))
            if merged or _differs(row, feed):
                record(connection, PodcastChanged(source_id=row.source_id, feed_id=feed_id))
        self._downloads.request_again(row, rules_of(row))
        return bool(merged)

    def _choose(self, connection: Connection, row: Any, fresh: frozenset[str]) -> None:
        """Have the rules' episodes downloaded; the requests stand in the same transaction."""
        rules = rules_of(row)
        listed = episodes.brief(connection, row.id, ("listed",)) if rules.download != "none" else []
        for episode_id in wanted(rules, listed, fresh):
            self._downloads.want(connection, episode_id, row.title)

    def _went_well(self, row: Any, fetched: Fetched) -> dict[str, Any]:
        now, headers = self._clock.now_ms(), fetched.answer.headers
        values: dict[str, Any] = {
            "checked_at_ms": now,
            "next_check_at_ms": now + _jittered(row.interval_minutes * _MINUTE_MS),
            "failures": 0,
            "error": "",
        }
        if fetched.feed is not None:
            values |= {"etag": headers.get("etag", "")[:1000], "modified": headers.get("last-modified", "")[:100]}
        if row.failures >= _TELL_AFTER:
            self._library.sources.clear_notice(row.source_id, row.folder)
        return values | self._new_place(row, fetched.answer.moved_to)

    def _new_place(self, row: Any, moved_to: str) -> dict[str, Any]:
        """A lasting move, unless that place is followed already; secrets do not move to another host."""
        if not moved_to or moved_to == row.url:
            return {}
        with self._database.read() as connection:
            other = feeds.by_key(connection, feed_key(moved_to))
        if other is not None and other.id != row.id:
            return {}
        secrets = {} if host_name(moved_to) == host_name(row.url) else {"login": "", "sealed": ""}
        return {"url": moved_to, "url_key": feed_key(moved_to), **secrets}

    def _fail(self, row: Any, error: MedleyError) -> None:
        """Note why, and try again after a pause that grows; nothing is ever switched off."""
        failures = row.failures + 1
        pause = min(row.interval_minutes * _MINUTE_MS * 2 ** min(failures, 10), _LONGEST_PAUSE_MS)
        now = self._clock.now_ms()
        with self._database.write() as connection:
            feeds.change(
                connection,
                row.id,
                failures=failures,
                error=error.message[:1000],
                checked_at_ms=now,
                next_check_at_ms=now + _jittered(pause),
            )
            record(connection, PodcastChanged(source_id=row.source_id, feed_id=row.id))
        if failures == _TELL_AFTER:
            message = f"The feed of “{row.title}” fails: {error.message}"
            self._library.sources.raise_notice(row.source_id, row.folder, message, error.hint)


class _OneAtATime:
    """A reader that takes only a few feeds apart at the same time."""

    def __init__(self, reader: FeedReader) -> None:
        self._reader, self._turns = reader, BoundedSemaphore(_PARSING)
        self.outlines = reader.outlines

    def feed(self, data: bytes, url: str, charset: str = "") -> Feed:
        with self._turns:
            return self._reader.feed(data, url, charset)


def _said(row: Any, feed: Feed) -> dict[str, Any]:
    """Columns out of a feed; a title that it lost stays."""
    title = feed.title or row.title
    details = _views.FeedDetails(
        feed.summary, list(feed.categories), list(feed.persons), list(feed.funding), list(feed.value)
    )
    return {
        "title": title,
        "sort_title": sort_key(title),
        **{name: getattr(feed, name) for name in _COLUMNS},
        "details": msgspec.to_builtins(details),
    }


_COLUMNS = ("author", "description", "link", "image_url", "language", "explicit", "type")


def _differs(row: Any, feed: Feed) -> bool:
    return any(getattr(row, name) != getattr(feed, name) for name in _COLUMNS)


def _jittered(pause_ms: float) -> int:
    """Not all feeds of a host at the same moment."""
    return int(pause_ms * random.uniform(1 - _JITTER, 1 + _JITTER))  # noqa: S311 - nothing secret about it
