"""Following podcasts: adding, changing and leaving subscriptions, lists of them in and out."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import quoteattr

from sqlalchemy import Connection

from medley.core.acquire import _views
from medley.core.acquire._fetching import Fetched, fetch_feed, host_of, preview, take_apart
from medley.core.acquire._home import Home
from medley.core.acquire._keys import feed_key
from medley.core.acquire._model import Imported, Preview, Rules, Subscription
from medley.core.acquire._refresh import Refresher
from medley.core.acquire._secrets import Secrets
from medley.core.acquire._store import feeds as store
from medley.core.acquire.events import PodcastChanged
from medley.core.acquire.ports import Feed, FeedReader, Outline
from medley.core.identity import Asker
from medley.core.kinds import sort_key
from medley.core.kinds.podcast.layout import folder_name
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.egress import Egress
from medley.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from medley.kernel.events import record
from medley.kernel.ids import new_id
from medley.kernel.pages import Page, check_limit, decode_cursor, encode_cursor

_MANAGE = "media.upload"
_ROWS = 1000
_SPREAD_MS = 20  # between the first fetches of an imported list


class Subscriptions:
    """The podcasts that are followed, as one asker may see them."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        egress: Egress,
        reader: FeedReader,
        secrets: Secrets,
        home: Home,
        refresher: Refresher,
    ) -> None:
        self._database, self._clock, self._egress, self._reader = database, clock, egress, reader
        self._secrets, self._home, self._refresher = secrets, home, refresher

    # -- looking

    def page(self, asker: Asker, cursor: str = "", limit: int = 100) -> Page[Subscription]:
        """Subscriptions by title."""
        after = _cursor(cursor)
        with self._database.read() as connection:
            rows = store.page(connection, asker.sources, after, check_limit(limit) + 1)
            found = _with_counts(connection, rows[:limit], asker)
        more = encode_cursor([rows[limit - 1].sort_title, rows[limit - 1].id]) if len(rows) > limit else None
        return Page(found, more)

    def get(self, asker: Asker, feed_id: str) -> Subscription:
        """One subscription."""
        with self._database.read() as connection:
            return _with_counts(connection, [self.row(connection, asker, feed_id)], asker)[0]

    @staticmethod
    def row(connection: Connection, asker: Asker | None, feed_id: str) -> Any:
        """The row of a subscription; `NotFound` also for what one may not see."""
        row = store.one(connection, feed_id)
        if row is None or (asker is not None and not asker.may_see(row.source_id)):
            raise NotFound("There is no such podcast.", hint="It may not be followed any more; load the list again.")
        return row

    def preview(self, url: str, login: str = "", password: str = "") -> Preview:
        """A feed as it is now, before anybody follows it."""
        url, own_login, own_password = take_apart(url)
        fetched, feed = self._fetched(url, _credentials(login or own_login, password or own_password))
        with self._database.read() as connection:
            known = store.by_key(connection, feed_key(url)) or store.by_key(connection, feed_key(fetched.answer.url))
        return preview(feed, url, known.id if known else "")

    # -- changing

    def add(
        self,
        asker: Asker,
        url: str,
        *,
        login: str = "",
        password: str = "",
        rules: Rules | None = None,
        source_id: str = "",
    ) -> Subscription:
        """Follow a podcast: its feed is read at once, so that what is wrong with it is told now."""
        url, own_login, own_password = take_apart(url)
        rules = (rules or Rules()).checked()
        self._refuse_known(url)
        source = self._home.find(asker, source_id)
        if not asker.may_see(source.id):
            raise Forbidden("You may not see where podcasts are kept.", hint="Ask the administrator of this server.")
        credentials = _credentials(login or own_login, password or own_password)
        fetched, feed = self._fetched(url, credentials)
        url = fetched.answer.moved_to or url
        self._refuse_known(url)
        with self._database.write() as connection:
            title = feed.title or host_of(url)
            taken = store.folders(connection, source.id)
            row = self._new(url, title, rules, source.id, asker.user_id, credentials, taken)
            store.add(connection, [row])
        self._refresher.settle(row["id"], fetched)
        return self.get(asker, row["id"])

    def change(
        self,
        asker: Asker,
        feed_id: str,
        *,
        rules: Rules | None = None,
        login: str | None = None,
        password: str | None = None,
    ) -> Subscription:
        """Other rules, or another name and password (two empty texts: none). The next refresh is due at once."""
        values: dict[str, Any] = {"next_check_at_ms": self._clock.now_ms()}
        if rules is not None:
            values |= {name: getattr(rules.checked(), name) for name in Rules.__struct_fields__}
        with self._database.write() as connection:
            row = self.row(connection, asker, feed_id)
            if password is not None:
                values |= self._secrets.sealed(feed_id, _credentials(login or "", password))
            store.change(connection, feed_id, **values)
            record(connection, PodcastChanged(source_id=row.source_id, feed_id=feed_id))
        return self.get(asker, feed_id)

    def remove(self, asker: Asker, feed_id: str) -> None:
        """Follow a podcast no more. What was downloaded stays in the library."""
        with self._database.write() as connection:
            row = self.row(connection, asker, feed_id)
            store.remove(connection, feed_id)
            record(connection, PodcastChanged(source_id=row.source_id, feed_id=feed_id))

    # -- lists

    def import_opml(self, asker: Asker, data: bytes, rules: Rules | None = None, source_id: str = "") -> Imported:
        """Follow every feed of a list; each is read by the next refresh."""
        rules = (rules or Rules()).checked()
        outlines = self._reader.outlines(data)
        source = self._home.find(asker, source_id)
        if not asker.may_see(source.id):
            raise Forbidden("You may not see where podcasts are kept.", hint="Ask the administrator of this server.")
        with self._database.read() as connection:
            keys, taken = store.known_keys(connection), store.folders(connection, source.id)
        rows, known, refused = list[dict[str, Any]](), 0, 0
        for outline in outlines:
            if (found := _usable(outline)) is None:
                refused += 1
                continue
            url, credentials = found
            if feed_key(url) in keys:
                known += 1
                continue
            keys.add(feed_key(url))
            row = self._new(url, outline.title or host_of(url), rules, source.id, asker.user_id, credentials, taken)
            rows.append({**row, "next_check_at_ms": self._clock.now_ms() + len(rows) * _SPREAD_MS})
        for start in range(0, len(rows), _ROWS):  # in pieces: others want to write, too
            with self._database.write() as connection:
                store.add(connection, rows[start : start + _ROWS])
        return Imported(len(rows), known, refused)

    def export_opml(self, asker: Asker) -> str:
        """All subscriptions that one may see as OPML 2.0; names and passwords are left out, addresses are whole."""
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
        lines += ["<head><title>Podcasts in Medley</title></head>", "<body>"]
        for each in self._every(asker):
            title, url = quoteattr(each.title), quoteattr(each.url)
            page = f" htmlUrl={quoteattr(each.link)}" if each.link else ""
            lines.append(f'<outline type="rss" text={title} title={title} xmlUrl={url}{page}/>')
        return "\n".join([*lines, "</body>", "</opml>", ""])

    def _every(self, asker: Asker) -> Iterable[Any]:
        after: tuple[str, str] | None = None
        while True:
            with self._database.read() as connection:
                rows = store.page(connection, asker.sources, after, 500)
            yield from rows
            if len(rows) < 500:
                return
            after = (rows[-1].sort_title, rows[-1].id)

    # -- parts of the above

    def _fetched(self, url: str, credentials: tuple[str, str] | None) -> tuple[Fetched, Feed]:
        """A feed for the first time. That it cannot be had is the fault of the address: `InvalidInput`."""
        try:
            fetched = fetch_feed(self._egress, self._reader, url, credentials)
        except Unavailable as error:
            raise InvalidInput(error.message, hint=error.hint) from error
        assert fetched.feed is not None, "nothing was asked conditionally"
        return fetched, fetched.feed

    def _refuse_known(self, url: str) -> None:
        with self._database.read() as connection:
            if (known := store.by_key(connection, feed_key(url))) is not None:
                raise Conflict(f"“{known.title}” is followed already.", hint="It is in the list of podcasts.")

    def _new(
        self,
        url: str,
        title: str,
        rules: Rules,
        source_id: str,
        user_id: str,
        credentials: tuple[str, str] | None,
        taken: set[str],
    ) -> dict[str, Any]:
        """A row; its folder is the first free one, and is added to `taken`."""
        feed_id = new_id()
        folder = base = folder_name(title)
        number = 2
        while folder.lower() in taken:
            folder, number = f"{base} ({number})", number + 1
        taken.add(folder.lower())
        return {
            "id": feed_id,
            "source_id": source_id,
            "folder": folder,
            "url": url,
            "url_key": feed_key(url),
            "title": title,
            "sort_title": sort_key(title),
            "created_at_ms": self._clock.now_ms(),
            "created_by": user_id,
            **{name: getattr(rules, name) for name in Rules.__struct_fields__},
            **self._secrets.sealed(feed_id, credentials),
        }


def _with_counts(connection: Connection, rows: list[Any], asker: Asker) -> list[Subscription]:
    counts = store.counts(connection, [row.id for row in rows])
    manages = _MANAGE in asker.permissions
    return [_views.subscription(row, counts.get(row.id), with_url=manages) for row in rows]


def _usable(outline: Outline) -> tuple[str, tuple[str, str] | None] | None:
    """(address, credentials), or None for an address that cannot be one of a feed."""
    try:
        url, login, password = take_apart(outline.url)
    except InvalidInput:
        return None
    return url, _credentials(login, password)


def _credentials(login: str, password: str) -> tuple[str, str] | None:
    return (login, password) if login or password else None


def _cursor(cursor: str) -> tuple[str, str] | None:
    if not cursor:
        return None
    title, feed_id = decode_cursor(cursor, 2)
    if not isinstance(title, str) or not isinstance(feed_id, str) or "\0" in title + feed_id:
        raise InvalidInput("This page cursor is not one of ours.", hint="Start again from the first page.")
    return title, feed_id
