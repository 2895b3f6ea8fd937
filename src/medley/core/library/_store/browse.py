"""Browsing by words and people."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, func, select, tuple_, update

from medley.core.kinds import fold
from medley.core.library._store.tables import credit, item, item_word, person, shelf, word, word_above


def _seen(sources: frozenset[str] | None, kind: str) -> list[Any]:
    where: list[Any] = [item.c.trashed_at_ms == 0]
    if sources is not None:
        where.append(shelf.c.source_id.in_(sources))
    if kind:
        where.append(shelf.c.kind == kind)
    return where


def words(
    connection: Connection,
    type_: str,
    sources: frozenset[str] | None,
    kind: str,
    starting: str,
    after: list[Any] | None,
    limit: int,
    *,
    below: bool = False,
) -> list[Any]:
    """(id, name, sort, many) of words that occur on visible items; `below`: or narrower words do, each item once."""
    many = func.count(item.c.id.distinct()) if below else func.count()
    query = select(word.c.id, word.c.name, word.c.sort, many.label("many"))
    if below:
        query = query.join(word_above, word_above.c.above_id == word.c.id)
    query = (
        query.join(item_word, item_word.c.word_id == (word_above.c.word_id if below else word.c.id))
        .join(item, item.c.id == item_word.c.item_id)
        .join(shelf, shelf.c.id == item.c.shelf_id)
        .where(word.c.type == type_, *_seen(sources, kind))
        .group_by(word.c.id, word.c.name, word.c.sort)
        .order_by(word.c.sort, word.c.id)
        .limit(limit)
    )
    return list(connection.execute(_narrowed(query, word, starting, after)))


def people(
    connection: Connection,
    sources: frozenset[str] | None,
    role: str,
    kind: str,
    starting: str,
    after: list[Any] | None,
    limit: int,
) -> list[Any]:
    """(id, name, sort, many) of people who are credited on visible items."""
    query = (
        select(person.c.id, person.c.name, person.c.sort, func.count(credit.c.item_id.distinct()).label("many"))
        .join(credit, credit.c.person_id == person.c.id)
        .join(item, item.c.id == credit.c.item_id)
        .join(shelf, shelf.c.id == item.c.shelf_id)
        .where(*_seen(sources, kind))
        .group_by(person.c.id, person.c.name, person.c.sort)
        .order_by(person.c.sort, person.c.id)
        .limit(limit)
    )
    if role:
        query = query.where(credit.c.role == role)
    return list(connection.execute(_narrowed(query, person, starting, after)))


def _narrowed(query: Any, names: Any, starting: str, after: list[Any] | None) -> Any:
    if starting:
        folded = fold(starting)
        query = query.where(names.c.folded >= folded, names.c.folded < folded + "\U0010ffff")
    return query.where(tuple_(names.c.sort, names.c.id) > tuple(after)) if after else query


def person_row(connection: Connection, person_id: str, sources: frozenset[str] | None) -> Any | None:
    """(id, name, many) of somebody who is credited on something visible."""
    query = (
        select(person.c.id, person.c.name, func.count(credit.c.item_id.distinct()).label("many"))
        .join(credit, credit.c.person_id == person.c.id)
        .join(item, item.c.id == credit.c.item_id)
        .join(shelf, shelf.c.id == item.c.shelf_id)
        .where(person.c.id == person_id, *_seen(sources, ""))
        .group_by(person.c.id, person.c.name)
    )
    return connection.execute(query).one_or_none()


def keep_tag(connection: Connection, item_id: str, word_ids: Iterable[str]) -> None:
    """Mark tags of an item as a person's."""
    mine = (item_word.c.item_id == item_id, item_word.c.word_id.in_(list(word_ids)))
    connection.execute(update(item_word).where(*mine).values(by_hand=True))


def drop_tag(connection: Connection, item_id: str, name: str) -> bool:
    """Whether the item had such a tag."""
    tags = select(word.c.id).where(word.c.type == "tag", word.c.folded == fold(name))
    gone = delete(item_word).where(item_word.c.item_id == item_id, item_word.c.word_id.in_(tags))
    return connection.execute(gone).rowcount > 0
