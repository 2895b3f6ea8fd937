"""The name under which somebody with several is known."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select, update

from medley.core.kinds import fold, sort_key
from medley.core.library._store.tables import credit, item, person, person_key, shelf


def replace_unused(connection: Connection, keys: Iterable[str]) -> dict[str, list[str]]:
    """Whom no item calls by the known name is known by the one that most do; gives source id → ids of changed items."""
    changed: dict[str, list[str]] = {}
    for key in sorted(keys):
        query = select(person).join(person_key, person_key.c.person_id == person.c.id).where(person_key.c.key == key)
        row = connection.execute(query).one_or_none()
        name = _in_use(connection, row.id) if row else ""
        if row and name and _rename(connection, row.id, name):
            for source_id, item_id in _rename_items(connection, key, row.folded, name):
                changed.setdefault(source_id, []).append(item_id)
    return changed


def _in_use(connection: Connection, person_id: str) -> str:
    """What to call somebody instead; "" where the known name is in use, or none is."""
    query = select(credit.c.named).where(credit.c.person_id == person_id).group_by(credit.c.named)
    names = list(connection.scalars(query.order_by(func.count().desc(), credit.c.named)))
    return "" if "" in names else next(iter(names), "")


def _rename(connection: Connection, person_id: str, name: str) -> bool:
    """Whether the name was free."""
    values = {"name": name, "sort": sort_key(name), "folded": fold(name)}
    if connection.scalar(select(person.c.id).where(person.c.folded == values["folded"], person.c.id != person_id)):
        return False
    connection.execute(update(person).where(person.c.id == person_id).values(**values))
    mine = (credit.c.person_id == person_id, credit.c.named == name)
    connection.execute(update(credit).where(*mine).values(named=""))
    return True


def _rename_items(connection: Connection, key: str, before: str, name: str) -> list[tuple[str, str]]:
    """(source id, item id) of the items that stand for the person."""
    scheme, _, value = key.partition(":")
    query = select(item.c.id, item.c.ids, item.c.shelf_id, shelf.c.source_id).join(shelf, shelf.c.id == item.c.shelf_id)
    shelves = select(shelf.c.id)  # the index of identities begins with them
    rows = connection.execute(query.where(item.c.shelf_id.in_(shelves), item.c.identity == before)).all()
    mine = [row for row in rows if (row.ids or {}).get(scheme) == value and _is_free(connection, row, fold(name))]
    values = {"identity": fold(name), "title": name, "sort_title": sort_key(name)}
    connection.execute(update(item).where(item.c.id.in_([row.id for row in mine])).values(**values))
    return [(row.source_id, row.id) for row in mine]


def _is_free(connection: Connection, row: Any, identity: str) -> bool:
    taken = select(item.c.id).where(item.c.shelf_id == row.shelf_id, item.c.identity == identity)
    return connection.scalar(taken) is None
