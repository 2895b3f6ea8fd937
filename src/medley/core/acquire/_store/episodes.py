"""Episodes."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, bindparam, insert, or_, select, tuple_, update

from medley.core.acquire._merge import Known, Merged, Told
from medley.core.acquire._store.tables import podcast_episode as episode
from medley.core.acquire._store.tables import podcast_feed as feed
from medley.kernel.ids import new_id

_CHUNK = 500


def known(connection: Connection, feed_id: str) -> list[Known]:
    columns = (getattr(episode.c, name) for name in Known._fields)
    return [Known(*row) for row in connection.execute(select(*columns).where(episode.c.feed_id == feed_id))]


def write(connection: Connection, feed_id: str, merged: Merged, now_ms: int) -> list[str]:
    """What a refresh found; the ids of the new episodes, in the order of `merged.new`."""
    fresh = [{"id": new_id(), "feed_id": feed_id, "seen_at_ms": now_ms, "state": "listed"} for _ in merged.new]
    rows = [{**row, **_values(told)} for row, told in zip(fresh, merged.new, strict=True)]
    if rows:
        connection.execute(insert(episode), rows)
    if merged.changed:
        values = [{"of_id": episode_id, **_values(told), "gone": False} for episode_id, told in merged.changed]
        names = [name for name in values[0] if name != "of_id"]
        statement = update(episode).where(episode.c.id == bindparam("of_id"))
        connection.execute(statement.values({name: bindparam(name) for name in names}), values)
    for start in range(0, len(merged.gone), _CHUNK):
        chunk = merged.gone[start : start + _CHUNK]
        connection.execute(update(episode).where(episode.c.id.in_(chunk)).values(gone=True))
    return [row["id"] for row in rows]


def _values(told: Told) -> dict[str, Any]:
    return {
        "guid_key": told.guid_key,
        "media_key": told.media_key,
        "title_key": told.title_key,
        "title": told.episode.title,
        "published_ms": told.episode.published_ms,
        "duration_ms": told.episode.duration_ms,
        "details": msgspec.to_builtins(told.episode),
        "digest": told.digest,
    }


def _with_feed() -> Select[Any]:
    return select(
        episode, feed.c.source_id, feed.c.folder, feed.c.title.label("podcast"), feed.c.url.label("feed_url")
    ).join(feed)


def one(connection: Connection, episode_id: str) -> Any | None:
    """With `source_id`, `folder`, `podcast` (the title) and `feed_url` of its feed."""
    return connection.execute(_with_feed().where(episode.c.id == episode_id)).one_or_none()


def page(
    connection: Connection,
    feed_id: str,
    source_ids: Iterable[str] | None,
    before: tuple[int, str] | None,
    limit: int,
    states: Sequence[str] = (),
) -> list[Any]:
    """The newest first; of one feed, or of all of some sources (None: of all)."""
    query = _with_feed().order_by(episode.c.published_ms.desc(), episode.c.id.desc()).limit(limit)
    if feed_id:
        query = query.where(episode.c.feed_id == feed_id)
    if source_ids is not None:
        query = query.where(feed.c.source_id.in_(list(source_ids)))
    if before:
        query = query.where(tuple_(episode.c.published_ms, episode.c.id) < before)
    if states:
        query = query.where(episode.c.state.in_(states))
    return list(connection.execute(query))


def of_feeds(connection: Connection, feed_ids: list[str]) -> Iterator[Any]:
    """All episodes of some feeds, the newest of each first."""
    query = _with_feed().order_by(episode.c.feed_id, episode.c.published_ms.desc(), episode.c.id.desc())
    for start in range(0, len(feed_ids), _CHUNK):
        yield from connection.execute(query.where(episode.c.feed_id.in_(feed_ids[start : start + _CHUNK])))


def brief(connection: Connection, feed_id: str, states: Sequence[str]) -> list[Any]:
    """(id, published_ms, item_id, done_at_ms, state) of one feed's episodes, the newest first."""
    columns = (episode.c.id, episode.c.published_ms, episode.c.item_id, episode.c.done_at_ms, episode.c.state)
    query = select(*columns).where(episode.c.feed_id == feed_id, episode.c.state.in_(states))
    return list(connection.execute(query.order_by(episode.c.published_ms.desc(), episode.c.id.desc())))


def change(connection: Connection, episode_id: str, **values: Any) -> None:
    connection.execute(update(episode).where(episode.c.id == episode_id).values(**values))


def to_retry(connection: Connection, feed_id: str, now_ms: int, most_failures: int) -> list[str]:
    """Failed downloads whose pause is over."""
    where = (episode.c.feed_id == feed_id, episode.c.state == "failed", episode.c.failures < most_failures)
    return list(connection.scalars(select(episode.c.id).where(*where, episode.c.retry_at_ms <= now_ms)))


def unlinked(connection: Connection, source_id: str) -> dict[str, str]:
    """path → id of downloaded episodes of a source of which the library has not told the item yet."""
    query = select(episode.c.path, episode.c.id).join(feed)
    where = (feed.c.source_id == source_id, episode.c.state == "here", episode.c.item_id.is_(None))
    return {row.path: row.id for row in connection.execute(query.where(*where))}


def by_item(connection: Connection, item_ids: list[str]) -> list[Any]:
    """Episodes that became these items."""
    return list(connection.execute(_with_feed().where(episode.c.item_id.in_(item_ids))))


def paths(connection: Connection, feed_id: str) -> set[str]:
    """Every path that is or was a file of the feed."""
    return set(connection.scalars(select(episode.c.path).where(episode.c.feed_id == feed_id, episode.c.path != "")))


def here(connection: Connection, feed_id: str) -> list[Any]:
    """Episodes with a file."""
    where = or_(episode.c.state == "here", episode.c.state == "loading")
    return list(connection.execute(_with_feed().where(episode.c.feed_id == feed_id, where)))
