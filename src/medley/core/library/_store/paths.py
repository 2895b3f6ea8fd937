"""Items by where their files lie."""

import string
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import edition, edition_file, file, folder, item, source
from medley.kernel.database import Name

_ASCII = {ord(letter): letter.lower() for letter in string.ascii_uppercase}


class Called(NamedTuple):
    """A file of some name: its path below its source, and the item that it is played as."""

    path: str
    item_id: str


def roots(connection: Connection, sources: frozenset[str] | None) -> dict[str, str]:
    """path → id of the sources that one may see."""
    chosen = select(source.c.path, source.c.id)
    if sources is not None:
        chosen = chosen.where(source.c.id.in_(sources))
    return {row.path: row.id for row in connection.execute(chosen)}


_PLAYED = (
    select(folder.c.source_id, folder.c.path, file.c.name, edition.c.item_id)
    .join(file, file.c.folder_id == folder.c.id)
    .join(edition_file, edition_file.c.file_id == file.c.id)
    .join(edition, edition.c.id == edition_file.c.edition_id)
    .join(item, item.c.id == edition.c.item_id)
    .where(edition.c.extra == "", item.c.trashed_at_ms == 0)
    .order_by(edition_file.c.start_ms.desc(), edition.c.item_id)  # of several in one file, the first stays
)


def items_at(connection: Connection, wanted: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
    """key → item id, for those of (source id, folder, file name) that there are."""
    rows = rows_in(connection, _PLAYED, folder.c.path, {place[1] for place in wanted.values()})
    known = {(row.source_id, row.path, row.name): row.item_id for row in rows}
    return {key: known[place] for key, place in wanted.items() if place in known}


def files_called(connection: Connection, names: Collection[str], sources: frozenset[str] | None) -> list[Called]:
    """The files with one of these names, small and capital letters alike: one walk through all files."""
    if not names:
        return []
    chosen = _PLAYED if sources is None else _PLAYED.where(folder.c.source_id.in_(sources))
    # SQLite knows the capital letters of ASCII only.
    small = {form for name in names for form in (name.lower(), name.translate(_ASCII))}
    rows = rows_in(connection, chosen, func.lower(file.c.name, type_=Name), small)
    return [Called(f"{row.path}/{row.name}" if row.path else row.name, row.item_id) for row in rows]
