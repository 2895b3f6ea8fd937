"""What goes with what: shared genres, people, years, and what is heard together.

Each query reads a bounded stretch of an index, whatever the size of the library.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import credit, item, item_word, person, word
from medley.core.library._store.user_tables import progress, progress_log

_TOGETHER_MS = 3_600_000  # what is heard within an hour is heard together
_TIMES = 200  # the newest plays of the seeds that are looked around
_PERFORMER = "artist"


class Traits(NamedTuple):
    """What of an item is compared."""

    words: frozenset[str]
    people: frozenset[str]
    moods: frozenset[str]
    year: int


def leaves_below(connection: Connection, item_id: str, limit: int) -> list[str]:
    """The item itself where it holds nothing, else the first of what lies one or two rungs below."""
    child, deep = item.alias("child"), item.alias("deep")
    below = select(child.c.id).where(child.c.parent_id == item_id, child.c.trashed_at_ms == 0)
    order = (child.c.group, child.c.number, child.c.id)
    found = list(connection.scalars(below.where(child.c.child_count == 0).order_by(*order).limit(limit)))
    deeper = select(deep.c.id).join(child, child.c.id == deep.c.parent_id)
    deeper = deeper.where(child.c.parent_id == item_id, deep.c.trashed_at_ms == 0).limit(limit)
    return found or list(connection.scalars(deeper)) or [item_id]


def traits(connection: Connection, item_ids: Collection[str]) -> dict[str, Traits]:
    """What is compared of each item, in three queries."""
    words: dict[str, set[str]] = {}
    genres = select(item_word.c.item_id, item_word.c.word_id).join(word, word.c.id == item_word.c.word_id)
    for row in rows_in(connection, genres.where(word.c.type == "genre"), item_word.c.item_id, item_ids):
        words.setdefault(row.item_id, set()).add(row.word_id)
    people: dict[str, set[str]] = {}
    credited = select(credit.c.item_id, credit.c.person_id).where(credit.c.role == _PERFORMER)
    for row in rows_in(connection, credited, credit.c.item_id, item_ids):
        people.setdefault(row.item_id, set()).add(row.person_id)
    return {
        row.id: Traits(
            frozenset(words.get(row.id, ())),
            frozenset(people.get(row.id, ())),
            frozenset((row.fields or {}).get("moods", ())),
            row.year,
        )
        for row in rows_in(connection, select(item.c.id, item.c.year, item.c.fields), item.c.id, item_ids)
    }


def ends_of(connection: Connection, word_id: str) -> tuple[str, str] | None:
    """The first and the last id of what has a word."""
    ends = select(func.min(item_word.c.item_id), func.max(item_word.c.item_id)).where(item_word.c.word_id == word_id)
    low, high = connection.execute(ends).one()
    return (low, high) if low else None


def with_word(connection: Connection, word_id: str, start: str, limit: int) -> list[str]:
    """Some of what has a word, from an id on."""
    chosen = select(item_word.c.item_id).where(item_word.c.word_id == word_id, item_word.c.item_id >= start)
    return list(connection.scalars(chosen.order_by(item_word.c.item_id).limit(limit)))


def by_people(connection: Connection, person_ids: Sequence[str], limit: int) -> list[str]:
    """Some of what these people perform."""
    chosen = select(credit.c.item_id).where(credit.c.person_id.in_(person_ids), credit.c.role == _PERFORMER)
    return list(connection.scalars(chosen.order_by(credit.c.person_id, credit.c.item_id).limit(limit)))


def heard_beside(connection: Connection, item_ids: Sequence[str], limit: int) -> dict[str, int]:
    """What people heard within an hour of these items → how often, the most often first."""
    log, beside = progress_log.alias("log"), progress_log.alias("beside")
    times = select(log.c.user_id, log.c.happened_at_ms).where(log.c.item_id.in_(item_ids), log.c.finished.is_(True))
    seen = times.order_by(log.c.happened_at_ms.desc()).limit(_TIMES).subquery()
    often = func.count().label("often")
    near = beside.c.happened_at_ms.between(seen.c.happened_at_ms - _TOGETHER_MS, seen.c.happened_at_ms + _TOGETHER_MS)
    found = (
        select(beside.c.item_id, often)
        .join(seen, seen.c.user_id == beside.c.user_id)
        .where(near, beside.c.finished.is_(True), beside.c.item_id.not_in(item_ids))
        .group_by(beside.c.item_id)
        .order_by(often.desc(), beside.c.item_id)
        .limit(limit)
    )
    return {row.item_id: row.often for row in connection.execute(found)}


def on_shelves(connection: Connection, item_ids: Iterable[str], shelf_ids: Sequence[int]) -> set[str]:
    """Those of the items that stand on these shelves."""
    chosen = select(item.c.id).where(item.c.shelf_id.in_(shelf_ids), item.c.trashed_at_ms == 0)
    return {row.id for row in rows_in(connection, chosen, item.c.id, set(item_ids))}


def person_called(connection: Connection, folded: str) -> str | None:
    """The id of a person by the folded name."""
    return connection.scalar(select(person.c.id).where(person.c.folded == folded))


class Rank(NamedTuple):
    """By what the best of an artist are sorted."""

    id: str
    plays: int
    year: int
    sort_title: str


def ranks(connection: Connection, item_ids: Collection[str], shelf_ids: Sequence[int]) -> list[Rank]:
    """How often everybody played each of the items that stand on these shelves."""
    counted = select(progress.c.item_id, func.sum(progress.c.play_count).label("plays")).group_by(progress.c.item_id)
    plays = {row.item_id: int(row.plays) for row in rows_in(connection, counted, progress.c.item_id, item_ids)}
    chosen: Any = select(item.c.id, item.c.year, item.c.sort_title)
    chosen = chosen.where(item.c.shelf_id.in_(shelf_ids), item.c.trashed_at_ms == 0)
    rows = rows_in(connection, chosen, item.c.id, item_ids)
    return [Rank(row.id, plays.get(row.id, 0), row.year, row.sort_title) for row in rows]
