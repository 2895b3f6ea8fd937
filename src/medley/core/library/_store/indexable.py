"""Items as a search index wants them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from medley.core.kinds import load_kinds
from medley.core.library._model import Indexable
from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import credit, item, item_word, person, shelf, word

_parent, _top = item.alias("parent"), item.alias("top")
_ITEMS = (
    select(
        item.c.id,
        item.c.title,
        item.c.overview,
        item.c.year,
        shelf.c.kind,
        shelf.c.level,
        shelf.c.source_id,
        _parent.c.title.label("parent"),
        _top.c.title.label("top"),
    )
    .select_from(
        item.join(shelf, shelf.c.id == item.c.shelf_id)
        .outerjoin(_parent, _parent.c.id == item.c.parent_id)
        .outerjoin(_top, _top.c.id == _parent.c.parent_id)
    )
    .where(item.c.trashed_at_ms == 0)
)
_PEOPLE = select(credit.c.item_id, person.c.name).join(person, person.c.id == credit.c.person_id)
_WORDS = select(item_word.c.item_id, word.c.type, word.c.name).join(word, word.c.id == item_word.c.word_id)
_OVERVIEW = 4_000  # characters: the rest of a long text adds noise and bytes, not hits


def indexable(connection: Connection, item_ids: Sequence[str]) -> list[Indexable]:
    """Those of `item_ids` that exist outside the trash."""
    people: dict[str, list[str]] = {}
    for row in rows_in(connection, _PEOPLE, credit.c.item_id, item_ids):
        people.setdefault(row.item_id, []).append(row.name)
    words: dict[tuple[str, str], list[str]] = {}
    for row in rows_in(connection, _WORDS, item_word.c.item_id, item_ids):
        words.setdefault((row.item_id, row.type), []).append(row.name)
    return [
        Indexable(
            id=row.id,
            kind=row.kind,
            level=row.level,
            source_id=row.source_id,
            title=row.title,
            people=people.get(row.id, []),
            context=[title for title in (row.parent, row.top) if title],
            genres=words.get((row.id, "genre"), []),
            tags=words.get((row.id, "tag"), []),
            series=words.get((row.id, "series"), []),
            overview=row.overview[:_OVERVIEW],
            year=row.year,
            weight=_weight(row),
        )
        for row in rows_in(connection, _ITEMS, item.c.id, item_ids)
    ]


def _weight(row: Any) -> float:
    """Broad items first: who types a band's name wants the band before its hundred tracks."""
    kind = load_kinds().get(row.kind)
    names = [level.name for level in kind.levels] if kind else []
    depth = names.index(row.level) if row.level in names else 0
    return 1.0 / (1 + 0.3 * depth)


def every_id(connection: Connection, after: str, limit: int) -> Iterator[str]:
    """Ids of items outside the trash, after the id `after`."""
    query = select(item.c.id).where(item.c.trashed_at_ms == 0, item.c.id > after)
    return iter(connection.scalars(query.order_by(item.c.id).limit(limit)).all())
