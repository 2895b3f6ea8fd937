"""Lists that come in one piece: the names of a level, what somebody is credited on, the genres with their numbers."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, and_, func, select, union

from medley.core.kinds import fold
from medley.core.library._model import NamedItem, WordCount
from medley.core.library._store.tables import credit, item, item_word, word
from medley.core.library._store.user_tables import opinion


def names(connection: Connection, user_id: str, shelf_ids: Sequence[int]) -> list[NamedItem]:
    """Every item of these shelves, by title."""
    mine = and_(opinion.c.item_id == item.c.id, opinion.c.user_id == user_id)
    query = (
        select(
            *(item.c.id, item.c.title, item.c.sort_title, item.c.child_count, item.c.ids),
            *(opinion.c.favourite_at_ms, opinion.c.rating),
        )
        .select_from(item.outerjoin(opinion, mine))
        .where(item.c.shelf_id.in_(shelf_ids), item.c.trashed_at_ms == 0)
        .order_by(item.c.sort_title, item.c.id)
    )
    return [
        NamedItem(id_, title, sort_title, children, ids or {}, since or 0, rating)
        for id_, title, sort_title, children, ids, since, rating in connection.execute(query)
    ]


def with_person(
    connection: Connection, person_id: str, shelf_ids: Sequence[int], limit: int, *, below: bool
) -> list[str]:
    """Items of these shelves that credit somebody, by date; `below`: or that hold something that does."""
    credited = select(credit.c.item_id.label("id")).where(credit.c.person_id == person_id)
    if below:
        inside = item.alias("inside")
        holders = select(inside.c.parent_id).join(credit, credit.c.item_id == inside.c.id)
        credited = union(credited, holders.where(credit.c.person_id == person_id, inside.c.trashed_at_ms == 0))
    found = credited.subquery()
    query = select(item.c.id).join(found, found.c.id == item.c.id)
    query = query.where(item.c.shelf_id.in_(shelf_ids), item.c.trashed_at_ms == 0)
    return list(connection.scalars(query.order_by(item.c.date, item.c.sort_title, item.c.id).limit(limit)))


def word_counts(connection: Connection, type_: str, levels: Mapping[int, str]) -> list[WordCount]:
    """Every word of a type that occurs on these shelves (id → level), by name."""
    query = (
        select(word.c.id, word.c.name, item.c.shelf_id, func.count().label("many"))
        .join(item_word, item_word.c.word_id == word.c.id)
        .join(item, item.c.id == item_word.c.item_id)
        .where(word.c.type == type_, item.c.trashed_at_ms == 0, item.c.shelf_id.in_(list(levels)))
        .group_by(word.c.id, word.c.name, word.c.sort, item.c.shelf_id)
        .order_by(word.c.sort, word.c.id)
    )
    found: dict[str, WordCount] = {}
    for id_, name, shelf_id, many in connection.execute(query):
        by_level = found.setdefault(id_, WordCount(id_, name, {})).by_level
        by_level[levels[shelf_id]] = by_level.get(levels[shelf_id], 0) + many
    return list(found.values())


def word_id(connection: Connection, type_: str, name: str) -> str:
    """A word by its name; empty where there is none."""
    known = select(word.c.id).where(word.c.type == type_, word.c.folded == fold(name))
    return connection.scalar(known) or ""
