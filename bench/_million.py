"""A library of a million tracks that lie in the database and the index alone: made once, kept below build/bench."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from bench._ground import CACHE, ROOT, Size, renamed_when_done, scratch
from bench._library import album
from bench._medley import PASSWORD, USER, parts_of

KIND, LEVEL = "music", "track"
_LEVELS = ("artist", "album", "track")
_SOURCES = 2  # a list is merged from the shelves of all sources
_ALBUMS_AT_ONCE = 2_000
_PLAYED, _RATED = 20, 50  # one in so many
_EPOCH_MS = 1_700_000_000_000
# When one of these changes, what an earlier run made may not be what a scan would make now.
_MADE_BY = ("src/medley/adapters/databases/versions", "src/medley/adapters/searches", "bench/_million.py")


@contextmanager
def million(size: Size) -> Iterator[Path]:
    """A copy of the data folder, to be served and changed."""
    made = _made(size.items)
    with scratch() as folder:
        yield Path(shutil.copytree(made, folder / "data"))


def some_titles(size: Size, many: int, seed: int) -> list[str]:
    """Titles of tracks that are in the library."""
    random_, albums = random.Random(seed), size.items // 12
    found = (random_.choice(album(random_.randrange(albums))) for _ in iter(int, 1))
    return [track.title for track in islice(found, many)]


def _made(items: int) -> Path:
    folder = CACHE / f"million-{items}-{_recipe()}"
    if not folder.exists():
        for older in CACHE.glob(f"million-{items}-*"):
            shutil.rmtree(older)
        with renamed_when_done(folder) as making:
            _make(making, items)
    return folder


def _recipe() -> str:
    digest = blake2b(digest_size=4)
    for name in _MADE_BY:
        place = ROOT / name
        for path in [place] if place.is_file() else sorted(place.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(slots=True)
class _Batch:
    """Rows of the tables, and entries of the index."""

    items: list[dict[str, Any]]
    progress: list[dict[str, Any]]
    opinions: list[dict[str, Any]]
    entries: list[Any]


def _make(folder: Path, items: int) -> None:
    from medley.adapters.searches.tantivy import TantivyIndex

    parts = parts_of(folder)
    index = TantivyIndex(folder / "search")
    try:
        user = parts.identity.add_user(USER, PASSWORD, "admin")
        sources = [_source(parts, number) for number in range(_SOURCES)]
        with _indexed_at_the_end(parts):
            for batch in _batches(sources, user.id, items):
                _insert(parts, batch)
                index.put(batch.entries)
        index.commit()
        _count(parts)
    finally:
        index.close()
        parts.close()


@dataclass(frozen=True, slots=True)
class _Source:
    id: str
    shelves: dict[str, int]  # level → id


def _source(parts: Any, number: int) -> _Source:
    from medley.core.library._store.items import put_shelf

    place = CACHE / f"nothing-{number}"
    place.mkdir(exist_ok=True)
    source_id = parts.library.sources.ensure(KIND, str(place)).id
    with parts.database.write() as connection:
        return _Source(source_id, {level: put_shelf(connection, source_id, KIND, level) for level in _LEVELS})


def _batches(sources: list[_Source], user_id: str, items: int) -> Iterator[_Batch]:
    albums = -(-items // 12)
    for start in range(0, albums, _ALBUMS_AT_ONCE):
        batch = _Batch([], [], [], [])
        for number in range(start, min(start + _ALBUMS_AT_ONCE, albums)):
            _add_album(batch, sources[number // 10 % len(sources)], user_id, number, min(12, items - number * 12))
        yield batch


def _add_album(batch: _Batch, source: _Source, user_id: str, number: int, tracks: int) -> None:
    described = album(number)
    first, random_ = described[0], random.Random(number)
    if number % 10 == 0:
        _add(batch, source, "artist", _id(number // 10, 0, 0), None, first.artist, 0, random_)
    artist_id, album_id = _id(number // 10, 0, 0), _id(number // 10, number + 1, 0)
    _add(batch, source, "album", album_id, artist_id, first.album, first.year, random_, context=[first.artist])
    for track in described[:tracks]:
        track_id, context = _id(number // 10, number + 1, track.number), [track.album, track.artist]
        row = _add(batch, source, "track", track_id, album_id, track.title, track.year, random_, context=context)
        row["number"], row["number_known"] = float(track.number), True
        mine = {"user_id": user_id, "item_id": track_id}
        if random_.random() < 1 / _PLAYED:
            batch.progress.append(mine | {"finished": True, "play_count": 1, "happened_at_ms": row["added_at_ms"]})
        if random_.random() < 1 / _RATED:
            since = {"favourite": True, "favourite_at_ms": row["added_at_ms"]}
            batch.opinions.append(mine | since | {"rating": random_.randint(0, 10)})


def _add(
    batch: _Batch,
    source: _Source,
    level: str,
    id_: str,
    parent_id: str | None,
    title: str,
    year: int,
    random_: random.Random,
    context: list[str] | None = None,
) -> dict[str, Any]:
    from medley.core.kinds import sort_key
    from medley.core.search import Entry

    row = {"id": id_, "shelf_id": source.shelves[level], "identity": id_, "parent_id": parent_id, "title": title}
    row |= {"sort_title": sort_key(title), "year": year, "date": f"{year}" if year else "", "number": 0.0}
    row |= {"number_known": False, "added_at_ms": _EPOCH_MS + random_.randrange(10**11), "changed_at_ms": _EPOCH_MS}
    row |= {"duration_ms": random_.randrange(60_000, 600_000)}
    batch.items.append(row)
    weight = 1 / (1 + 0.3 * _LEVELS.index(level))
    entry = Entry(
        id=id_, kind=KIND, level=level, source=source.id, title=title, context=context or [], year=year, weight=weight
    )
    batch.entries.append(entry)
    return row


def _id(artist: int, album_: int, track: int) -> str:
    """In the order in which a scan would have made them."""
    return f"01{artist:08}{album_:08}{track:08}"


def _insert(parts: Any, batch: _Batch) -> None:
    from medley.core.library._store.tables import item
    from medley.core.library._store.user_tables import opinion, progress
    from medley.kernel.database import insert_all

    with parts.database.write() as connection:
        insert_all(connection, item, batch.items)
        insert_all(connection, progress, batch.progress)
        insert_all(connection, opinion, batch.opinions)


@contextmanager
def _indexed_at_the_end(parts: Any) -> Iterator[None]:
    """Sorting once is ten times as quick as keeping order all along."""
    from medley.core.library._store.tables import item

    with parts.database.write() as connection:
        for index in item.indexes:
            index.drop(connection)
    yield
    with parts.database.write() as connection:
        for index in item.indexes:
            index.create(connection)


def _count(parts: Any) -> None:
    """What a scan keeps in step as it goes: the shelves' counts, the index's place in the log, the planner's notes."""
    from sqlalchemy import func, select, update

    from medley.core.library._store.tables import item, shelf
    from medley.core.search._store import reach

    with parts.database.write() as connection:
        many = select(func.count()).where(item.c.shelf_id == shelf.c.id).scalar_subquery()
        connection.execute(update(shelf).values(count=many))
        reach(connection, "items", parts.postman.head())
