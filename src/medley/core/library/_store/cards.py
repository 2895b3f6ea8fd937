"""Cards: what lists show of items, for a page of ids in a fixed number of queries."""

import base64
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, exists, func, or_, select, true

from medley.core.kinds import load_kinds
from medley.core.library._model import Artwork, ItemCard, Mine
from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import artwork, credit, item, person, shelf
from medley.core.library._store.user_tables import opinion, progress

_parent = item.alias("parent")
_top = item.alias("top")
_child = item.alias("child")
_grandchild = item.alias("grandchild")
_done = progress.alias("done")
_behind = artwork.alias("behind")
_me = bindparam("user_id", type_=progress.c.user_id.type)
_PLAIN = (
    *("id", "title", "sort_title", "number", "number_known", "group", "year", "date", "duration_ms", "child_count"),
    *("added_at_ms", "missing_since_ms", "parent_id", "fields"),
)

_AUTHORS = (
    select(credit.c.item_id, person.c.name)
    .join(person, person.c.id == credit.c.person_id)
    .where(credit.c.role == "author")
    .order_by(credit.c.item_id, credit.c.position)
)


def _first_child_art() -> Any:
    """An artist without a portrait shows the first album's cover; a series the first issue's."""
    pictured = select(_child.c.artwork_id).where(_child.c.parent_id == item.c.id, _child.c.artwork_id.is_not(None))
    order = (_child.c.group, _child.c.number, _child.c.sort_title, _child.c.id)
    return pictured.order_by(*order).limit(1).correlate(item).scalar_subquery()


def _all_done() -> Any:
    """Whether every leaf below the item is finished, and there is one."""
    return and_(_some_leaf(lambda _: true()), ~_some_leaf(_is_left))


def _some_leaf(is_wanted: Callable[[Any], Any]) -> Any:
    """Whether such a leaf is among the item's children, or theirs."""
    deep = select(_grandchild.c.id).where(_grandchild.c.parent_id == _child.c.id, _grandchild.c.trashed_at_ms == 0)
    deep = deep.where(is_wanted(_grandchild)).correlate(_child)
    wanted = or_(and_(_child.c.child_count == 0, is_wanted(_child)), exists(deep))
    here = select(_child.c.id).where(_child.c.parent_id == item.c.id, _child.c.trashed_at_ms == 0, wanted)
    return exists(here.correlate(item))


def _is_left(leaf: Any) -> Any:
    mine = (_done.c.item_id == leaf.c.id, _done.c.user_id == _me, _done.c.finished.is_(True))
    return ~exists(select(_done.c.item_id).where(*mine).correlate(leaf))


_FRONT = func.coalesce(item.c.artwork_id, _parent.c.artwork_id, _top.c.artwork_id, _first_child_art())
_BACK = func.coalesce(item.c.backdrop_id, _parent.c.backdrop_id, _top.c.backdrop_id)
# Built once: putting it together takes as long as the database needs to answer it.
_CARDS = select(
    *(item.c[name] for name in _PLAIN),
    shelf.c.kind,
    shelf.c.level,
    _parent.c.title.label("parent_title"),
    _top.c.id.label("top_id"),
    _top.c.title.label("top_title"),
    _behind.c.id.label("behind"),
    artwork.c.id.label("art_id"),
    artwork.c.width,
    artwork.c.height,
    artwork.c.placeholder,
    progress.c.position_ms,
    progress.c.fraction,
    case((item.c.child_count > 0, _all_done()), else_=progress.c.finished).label("finished"),
    progress.c.play_count,
    progress.c.happened_at_ms,
    opinion.c.favourite,
    opinion.c.rating,
).select_from(
    item.join(shelf, shelf.c.id == item.c.shelf_id)
    .outerjoin(_parent, _parent.c.id == item.c.parent_id)
    .outerjoin(_top, _top.c.id == _parent.c.parent_id)
    .outerjoin(artwork, artwork.c.id == _FRONT)
    .outerjoin(_behind, and_(_behind.c.id == _BACK, _behind.c.state == "ready"))
    .outerjoin(progress, and_(progress.c.item_id == item.c.id, progress.c.user_id == _me))
    .outerjoin(opinion, and_(opinion.c.item_id == item.c.id, opinion.c.user_id == _me))
)


def cards(connection: Connection, user_id: str, item_ids: Sequence[str]) -> list[ItemCard]:
    """The cards of `item_ids`, in their order; ids that do not exist are left out."""
    rows = list(rows_in(connection, _CARDS, item.c.id, item_ids, user_id=user_id))
    # What stands below something else says what that is instead of who wrote it.
    authors: dict[str, list[str]] = {row.id: [] for row in rows if row.parent_id is None}
    for credited in rows_in(connection, _AUTHORS, credit.c.item_id, authors):
        authors[credited.item_id].append(credited.name)
    found = {row.id: _card(row, authors.get(row.id, [])) for row in rows}
    return [found[item_id] for item_id in item_ids if item_id in found]


def _card(row: Any, authors: list[str]) -> ItemCard:
    return ItemCard(
        id=row.id,
        kind=row.kind,
        level=row.level,
        title=row.title,
        sort_title=row.sort_title,
        subtitle=(row.fields or {}).get("subtitle", ""),
        authors=authors,
        year=row.year or None,
        date=row.date,
        number=row.number if row.number_known else None,
        group=row.group or None,
        parent_id=row.parent_id,
        parent_title=row.parent_title or "",
        top_id=row.top_id or row.parent_id,
        top_title=row.top_title or row.parent_title or "",
        duration_ms=row.duration_ms,
        child_count=row.child_count,
        playable=_playable(row.kind, row.level),
        missing=row.missing_since_ms > 0,
        added_at_ms=row.added_at_ms,
        artwork=_artwork(row),
        backdrop_id=row.behind,
        mine=Mine(
            position_ms=row.position_ms or 0,
            fraction=row.fraction or 0.0,
            finished=bool(row.finished),
            play_count=row.play_count or 0,
            played_at_ms=row.happened_at_ms or 0,
            favourite=bool(row.favourite),
            rating=row.rating,
        ),
    )


def _artwork(row: Any) -> Artwork | None:
    if not row.art_id:
        return None
    placeholder = base64.b64encode(row.placeholder).decode() if row.placeholder else ""
    return Artwork(row.art_id, row.width, row.height, placeholder)


def _playable(kind: str, level: str) -> bool:
    known = load_kinds().get(kind)
    return bool(known) and any(each.name == level and each.playable for each in known.levels)
