"""Subscriptions."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select, tuple_, update

from medley.core.acquire._store.tables import podcast_episode as episode
from medley.core.acquire._store.tables import podcast_feed as feed
from medley.kernel.database import upsert


def add(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """New subscriptions, as rows of equal columns; one whose address is followed meanwhile is left out."""
    upsert(connection, feed, rows, ("url_key",))


def change(connection: Connection, feed_id: str, **values: Any) -> None:
    connection.execute(update(feed).where(feed.c.id == feed_id).values(**values))


def remove(connection: Connection, feed_id: str) -> None:
    connection.execute(delete(feed).where(feed.c.id == feed_id))


def one(connection: Connection, feed_id: str) -> Any | None:
    return connection.execute(select(feed).where(feed.c.id == feed_id)).one_or_none()


def by_key(connection: Connection, url_key: str) -> Any | None:
    return connection.execute(select(feed).where(feed.c.url_key == url_key)).one_or_none()


def known_keys(connection: Connection) -> set[str]:
    return set(connection.scalars(select(feed.c.url_key)))


def folders(connection: Connection, source_id: str) -> set[str]:
    """Names of folders that are taken, in lower case."""
    return {each.lower() for each in connection.scalars(select(feed.c.folder).where(feed.c.source_id == source_id))}


def page(
    connection: Connection, source_ids: Iterable[str] | None, after: tuple[str, str] | None, limit: int
) -> list[Any]:
    """By title, those of some sources (None: of all)."""
    query = select(feed).order_by(feed.c.sort_title, feed.c.id).limit(limit)
    if source_ids is not None:
        query = query.where(feed.c.source_id.in_(list(source_ids)))
    if after:
        query = query.where(tuple_(feed.c.sort_title, feed.c.id) > after)
    return list(connection.execute(query))


def counts(connection: Connection, feed_ids: list[str]) -> dict[str, Any]:
    """feed id → (episodes, downloaded, newest_ms)."""
    here = func.count().filter(episode.c.state == "here")
    newest = func.max(episode.c.published_ms)
    query = select(
        episode.c.feed_id, func.count().label("episodes"), here.label("downloaded"), newest.label("newest_ms")
    )
    rows = connection.execute(query.where(episode.c.feed_id.in_(feed_ids)).group_by(episode.c.feed_id))
    return {row.feed_id: row for row in rows}


def due(connection: Connection, now_ms: int) -> list[str]:
    """Ids of feeds whose time has come, the longest waiting first."""
    query = select(feed.c.id).where(feed.c.next_check_at_ms <= now_ms).order_by(feed.c.next_check_at_ms)
    return list(connection.scalars(query))


def ids(connection: Connection) -> list[str]:
    return list(connection.scalars(select(feed.c.id)))


def in_source(connection: Connection, source_id: str) -> bool:
    """Whether any subscription keeps its episodes there."""
    return bool(connection.scalar(select(exists().where(feed.c.source_id == source_id))))
