"""Cards: what lists show of items, for a page of ids in a fixed number of queries."""

import base64
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, literal, select

from medley.core.kinds import load_kinds
from medley.core.library._model import Artwork, ItemCard, Mine
from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import artwork, item, shelf
from medley.core.library._store.user_tables import opinion, progress

_parent = item.alias("parent")
_top = item.alias("top")
_child = item.alias("child")


def _columns(user_id: str) -> tuple[Any, Any]:
    front = func.coalesce(item.c.artwork_id, _parent.c.artwork_id, _top.c.artwork_id, _first_child_art())
    columns = select(
        *(item.c[name] for name in _PLAIN),
        shelf.c.kind,
        shelf.c.level,
        _parent.c.title.label("parent_title"),
        _top.c.id.label("top_id"),
        _top.c.title.label("top_title"),
        func.coalesce(item.c.backdrop_id, _parent.c.backdrop_id, _top.c.backdrop_id).label("behind"),
        artwork.c.id.label("art_id"),
        artwork.c.width,
        artwork.c.height,
        artwork.c.placeholder,
        progress.c.position_ms,
        progress.c.fraction,
        progress.c.finished,
        progress.c.play_count,
        progress.c.happened_at_ms,
        opinion.c.favourite,
        opinion.c.rating,
    )
    tables = (
        item.join(shelf, shelf.c.id == item.c.shelf_id)
        .outerjoin(_parent, _parent.c.id == item.c.parent_id)
        .outerjoin(_top, _top.c.id == _parent.c.parent_id)
        .outerjoin(artwork, artwork.c.id == front)
        .outerjoin(progress, and_(progress.c.item_id == item.c.id, progress.c.user_id == literal(user_id)))
        .outerjoin(opinion, and_(opinion.c.item_id == item.c.id, opinion.c.user_id == literal(user_id)))
    )
    return columns, tables


def _first_child_art() -> Any:
    """An artist without a portrait shows the first album's cover; a series the first issue's."""
    pictured = select(_child.c.artwork_id).where(_child.c.parent_id == item.c.id, _child.c.artwork_id.is_not(None))
    order = (_child.c.group, _child.c.number, _child.c.sort_title, _child.c.id)
    return pictured.order_by(*order).limit(1).correlate(item).scalar_subquery()


_PLAIN = (
    *("id", "title", "sort_title", "number", "number_known", "group", "year", "date", "duration_ms", "child_count"),
    *("added_at_ms", "missing_since_ms", "parent_id", "fields"),
)


def cards(connection: Connection, user_id: str, item_ids: Sequence[str]) -> list[ItemCard]:
    """The cards of `item_ids`, in their order; ids that do not exist are left out."""
    columns, tables = _columns(user_id)
    found = {row.id: card(row) for row in rows_in(connection, columns.select_from(tables), item.c.id, item_ids)}
    return [found[item_id] for item_id in item_ids if item_id in found]


def card(row: Any) -> ItemCard:
    """A row of the query above as a card."""
    return ItemCard(
        id=row.id,
        kind=row.kind,
        level=row.level,
        title=row.title,
        sort_title=row.sort_title,
        subtitle=(row.fields or {}).get("subtitle", ""),
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
