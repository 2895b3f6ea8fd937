"""Rules of smart playlists as SQL."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from medley.core.library._rules import DATE, FIELDS, FLAG, NUMBER, Condition, Group, Rules
from medley.core.library._store.tables import credit, edition, edition_file, file, folder, item, item_word, person, word
from medley.core.library._store.user_tables import item_list, list_entry, opinion, progress
from medley.kernel.database import Ident

_DAY_MS = 86_400_000
_parent, _top = item.alias("parent"), item.alias("top")
_NEGATIVE = {"isnot": "is", "notcontains": "contains", "notinthelast": "inthelast", "notinplaylist": "inplaylist"}
_Test = Callable[[Any], ColumnElement[bool]]


def chosen(
    connection: Connection, rules: Rules, owner_id: str, shelf_ids: Sequence[int], now_ms: int, day: int
) -> list[str]:
    """The ids that `rules` choose on these shelves, in their order; what was played and loved is by `owner_id`."""
    sql = _Sql(connection.dialect.name == "postgresql", owner_id, now_ms)
    mine = (progress.c.item_id == item.c.id) & (progress.c.user_id == owner_id)
    opined = (opinion.c.item_id == item.c.id) & (opinion.c.user_id == owner_id)
    tables = item.outerjoin(_parent, _parent.c.id == item.c.parent_id).outerjoin(_top, _top.c.id == _parent.c.parent_id)
    tables = tables.outerjoin(progress, mine).outerjoin(opinion, opined)
    query = select(item.c.id).select_from(tables).where(item.c.shelf_id.in_(shelf_ids), item.c.trashed_at_ms == 0)
    order = [_directed(sql.sort_key(name, day), down) for name, down in rules.sort]
    return list(connection.scalars(query.where(sql.group(rules.where)).order_by(*order, item.c.id).limit(rules.limit)))


def _directed(key: Any, down: bool) -> Any:
    return key.desc() if down else key.asc()


class _Sql:
    """Conditions for one dialect and one person."""

    def __init__(self, postgresql: bool, owner_id: str, now_ms: int) -> None:
        self._postgresql, self._owner_id, self._now_ms = postgresql, owner_id, now_ms

    def group(self, group: Group) -> ColumnElement[bool]:
        parts = [self.group(each) if isinstance(each, Group) else self._condition(each) for each in group.parts]
        return and_(true(), *parts) if group.every else or_(false(), *parts)

    def sort_key(self, name: str, day: int) -> Any:
        if name == "random":  # another order every day, the same all day long
            return (item.c.signature % 1_000_003 + 1_000_003) * (day % 9973 + 1) % 999_983
        if name in _ROLES:
            named = select(func.min(person.c.sort)).join(credit, credit.c.person_id == person.c.id)
            return named.where(credit.c.item_id == item.c.id, credit.c.role == name).correlate(item).scalar_subquery()
        return self._column(name)

    def _condition(self, condition: Condition) -> ColumnElement[bool]:
        operator = _NEGATIVE.get(condition.operator)
        if operator:
            return not_(self._condition(condition._replace(operator=operator)))
        if condition.operator == "inplaylist":
            return self._in_list(condition.value)
        test = self._test(condition)
        several = self._many(condition.field, test)
        return several if several is not None else func.coalesce(test(self._column(condition.field)), false())

    def _test(self, condition: Condition) -> _Test:
        """What is asked of a column."""
        operator, value, type_ = condition.operator, condition.value, FIELDS[condition.field]
        if operator == "intherange":
            return lambda column: column.between(*value)
        if operator in ("gt", "after"):
            return lambda column: column > value
        if operator in ("lt", "before"):
            return lambda column: column < value
        if operator == "inthelast":
            return lambda column: column >= self._now_ms - int(value * _DAY_MS)
        if type_ == DATE:
            return lambda column: column.between(value, value + _DAY_MS - 1)
        if type_ == FLAG:
            return lambda column: column if value else not_(column)
        if type_ == NUMBER:
            return lambda column: column == value
        text = value.lower()
        if operator == "is":
            return lambda column: func.lower(column) == text
        like = {"contains": "contains", "startswith": "startswith", "endswith": "endswith"}[operator]
        return lambda column: getattr(func.lower(column, type_=Ident), like)(text, autoescape=True)

    def _column(self, name: str) -> Any:
        """What an item has one of."""
        if name in _FIELDS:
            return self._field(item, _FIELDS[name])
        if name == "bpm":
            return cast(self._field(item, name), Float)
        if name == "compilation":
            return func.coalesce(self._field(_parent, name), "false").in_(("true", "1"))
        if name == "mbz_recording_id":
            return self._said(item.c.ids, "musicbrainz_recording")
        if name in ("size", "filetype", "filepath"):
            return _of_file(name)
        return _COLUMNS[name]

    def _field(self, of: Any, name: str) -> Any:
        return self._said(of.c.fields, name)

    def _said(self, column: Any, name: str) -> Any:
        if self._postgresql:
            return func.jsonb_extract_path_text(column, name, type_=Ident)
        return cast(func.json_extract(column, f"$.{name}"), Ident)

    def _many(self, name: str, test: _Test) -> ColumnElement[bool] | None:
        """What an item may have several of: one of them has to do; None for other fields."""
        if name in _ROLES:
            named = select(credit.c.item_id).join(person, person.c.id == credit.c.person_id)
            return exists(named.where(credit.c.item_id == item.c.id, credit.c.role == name, test(person.c.name)))
        if name in ("genre", "tag"):
            named = select(item_word.c.item_id).join(word, word.c.id == item_word.c.word_id)
            return exists(named.where(item_word.c.item_id == item.c.id, word.c.type == name, test(word.c.name)))
        if name in ("mood", "grouping"):
            if self._postgresql:
                values = func.jsonb_array_elements_text(func.jsonb_extract_path(item.c.fields, f"{name}s"))
            else:
                values = func.json_each(item.c.fields, f"$.{name}s")
            each = values.table_valued("value")
            return exists(select(literal(1)).select_from(each).where(test(each.c.value)))
        return None

    def _in_list(self, list_id: str) -> ColumnElement[bool]:
        """In a playlist that the owner may see."""
        entries = select(list_entry.c.id).join(item_list, item_list.c.id == list_entry.c.list_id)
        seen = or_(item_list.c.owner_id == self._owner_id, item_list.c.shared.is_(True))
        return exists(entries.where(list_entry.c.list_id == list_id, list_entry.c.item_id == item.c.id, seen))


def _of_file(name: str) -> Any:
    """Of the file that an item is first played from."""
    value = {"size": file.c.size, "filetype": file.c.format, "filepath": folder.c.path + "/" + file.c.name}[name]
    found = select(value).select_from(
        edition.join(edition_file, edition_file.c.edition_id == edition.c.id)
        .join(file, file.c.id == edition_file.c.file_id)
        .join(folder, folder.c.id == file.c.folder_id)
    )
    found = found.where(edition.c.item_id == item.c.id, edition.c.extra == "").correlate(item)
    return found.order_by(edition.c.label, edition_file.c.part, file.c.id).limit(1).scalar_subquery()


_ROLES = (
    *("artist", "composer", "conductor", "lyricist", "arranger"),
    *("producer", "remixer", "performer", "engineer", "mixer"),
)
_FIELDS = {"comment": "comment", "discsubtitle": "disc_title", "key": "key", "explicitstatus": "explicit"}
_COLUMNS: dict[str, Any] = {
    "title": item.c.title,
    "sorttitle": item.c.sort_title,
    "album": _parent.c.title,
    "sortalbum": _parent.c.sort_title,
    "albumartist": _top.c.title,
    "sortalbumartist": _top.c.sort_title,
    "tracknumber": item.c.number,
    "discnumber": item.c.group,
    "year": item.c.year,
    "date": item.c.date,
    "duration": item.c.duration_ms / 1000.0,
    "playcount": func.coalesce(progress.c.play_count, 0),
    "rating": func.coalesce(opinion.c.rating, 0) / 2.0,  # stars
    "loved": func.coalesce(opinion.c.favourite, false()),
    "hascoverart": func.coalesce(item.c.artwork_id, _parent.c.artwork_id, _top.c.artwork_id).is_not(None),
    "dateadded": item.c.added_at_ms,
    "datemodified": item.c.changed_at_ms,
    "lastplayed": progress.c.happened_at_ms,
    "dateloved": opinion.c.favourite_at_ms,
}
