"""Episodes of followed podcasts: looking, having them here, listening without."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import msgspec
from sqlalchemy import Connection

from medley.core.acquire import _views
from medley.core.acquire._chapters import fetch_chapters
from medley.core.acquire._downloads import SOUND, Downloads
from medley.core.acquire._model import Episode
from medley.core.acquire._secrets import Secrets
from medley.core.acquire._store import episodes as store
from medley.core.acquire._subscriptions import Subscriptions
from medley.core.acquire.events import PodcastChanged
from medley.core.acquire.ports import FeedChapter
from medley.core.identity import Asker
from medley.kernel.database import Database
from medley.kernel.egress import Egress, Request, Stream
from medley.kernel.errors import Conflict, InvalidInput, NotFound
from medley.kernel.events import record
from medley.kernel.pages import Page, check_limit, decode_cursor, encode_cursor


class Episodes:
    """What the feeds offer, and what became of it here."""

    def __init__(self, database: Database, egress: Egress, downloads: Downloads, secrets: Secrets) -> None:
        self._database, self._egress = database, egress
        self._downloads, self._secrets = downloads, secrets

    def page(
        self, asker: Asker, feed_id: str = "", cursor: str = "", limit: int = 100, *, downloaded: bool = False
    ) -> Page[Episode]:
        """Episodes of one podcast, or of all, the newest first."""
        before = _cursor(cursor)
        with self._database.read() as connection:
            if feed_id:
                Subscriptions.row(connection, asker, feed_id)
            states = ("here",) if downloaded else ()
            rows = store.page(connection, feed_id, asker.sources, before, check_limit(limit) + 1, states)
        found = [_views.episode(row) for row in rows[:limit]]
        more = encode_cursor([found[-1].published_ms, found[-1].id]) if len(rows) > limit else None
        return Page(found, more)

    def of_podcasts(self, asker: Asker, feed_ids: Sequence[str]) -> dict[str, list[Episode]]:
        """podcast's id → all its episodes, the newest first; podcasts that one may not see are left out."""
        found: dict[str, list[Episode]] = {feed_id: [] for feed_id in feed_ids}
        with self._database.read() as connection:
            for row in store.of_feeds(connection, list(feed_ids)):
                if asker.may_see(row.source_id):
                    found[row.feed_id].append(_views.episode(row))
        return found

    def get(self, asker: Asker, episode_id: str) -> Episode:
        """One episode."""
        with self._database.read() as connection:
            return _views.episode(self._row(connection, asker, episode_id))

    def by_items(self, asker: Asker, item_ids: Sequence[str]) -> dict[str, Episode]:
        """item's id → the episode that it was downloaded as."""
        with self._database.read() as connection:
            rows = store.by_item(connection, list(item_ids))
        return {row.item_id: _views.episode(row) for row in rows if asker.may_see(row.source_id)}

    def download(self, asker: Asker, episode_id: str) -> Episode:
        """Have an episode here; a second asking changes nothing."""
        with self._database.write() as connection:
            row = self._row(connection, asker, episode_id)
            if row.state not in ("here", "loading"):
                store.change(connection, episode_id, failures=0)
                self._downloads.want(connection, episode_id, row.podcast, by=asker.user_id or None)
                record(connection, PodcastChanged(source_id=row.source_id, feed_id=row.feed_id))
        return self.get(asker, episode_id)

    def remove(self, asker: Asker, episode_id: str) -> Episode:
        """Take the file of an episode away (to the source's trash), or withdraw the wish for it.

        It is not downloaded by itself again; what people did with it is kept.
        """
        with self._database.read() as connection:
            row = self._row(connection, asker, episode_id)
        if row.state == "here":
            self._downloads.take_away([row])
        elif row.state == "loading":
            raise Conflict("This episode is being downloaded.", hint="Wait until it is here, or cancel its job.")
        else:
            with self._database.write() as connection:
                store.change(connection, episode_id, state="removed", error="")
                record(connection, PodcastChanged(source_id=row.source_id, feed_id=row.feed_id))
        return self.get(asker, episode_id)

    def listen(self, asker: Asker, episode_id: str, byte_range: str = "") -> AbstractContextManager[Stream]:
        """The sound of an episode from where it is offered, as it comes; `byte_range` as in the header Range."""
        with self._database.read() as connection:
            row = self._row(connection, asker, episode_id)
        told = _views.told(row)
        return self._egress.open(
            Request(
                told.media_url,
                headers={"range": byte_range} if byte_range else {},
                credentials=self._secrets.for_host(row.feed_id, told.media_url),
                limits=SOUND,
                listening=True,
            )
        )

    def chapters(self, asker: Asker, episode_id: str) -> list[FeedChapter]:
        """The chapters of an episode: those in its feed, else those in the file that the feed names."""
        with self._database.read() as connection:
            told = _views.told(self._row(connection, asker, episode_id))
        if told.chapters or not told.chapters_url:
            return list(told.chapters)
        return fetch_chapters(self._egress, told.chapters_url)

    def link(self, connection: Connection, source_id: str, items: dict[str, str]) -> None:
        """Note which item (by path) the library made of which file."""
        waiting = store.unlinked(connection, source_id)
        for path, item_id in items.items():
            store.change(connection, waiting[path], item_id=item_id)

    @staticmethod
    def unlinked(connection: Connection, source_id: str) -> list[str]:
        """Paths of downloaded episodes of which no item is known yet."""
        return list(store.unlinked(connection, source_id))

    @staticmethod
    def _row(connection: Connection, asker: Asker, episode_id: str) -> Any:
        row = store.one(connection, episode_id)
        if row is None or not asker.may_see(row.source_id):
            raise NotFound("There is no such episode.", hint="Load the podcast again.")
        return row


def _cursor(cursor: str) -> tuple[int, str] | None:
    if not cursor:
        return None
    published, episode_id = decode_cursor(cursor, 2)
    good = isinstance(published, int) and not isinstance(published, bool) and abs(published) < 1 << 62
    if not good or not isinstance(episode_id, str) or "\0" in episode_id:
        raise InvalidInput("This page cursor is not one of ours.", hint="Start again from the first page.")
    return msgspec.convert(published, int), episode_id
