"""Sources, folders and files: what lies on the disks."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select, update

from medley.core.library._store.queries import chunks, execute_all, insert_rows, rows_in
from medley.core.library._store.tables import artwork, edition_file, file, file_facts, folder, item
from medley.kernel.database import upsert
from medley.kernel.ids import new_id


class KnownFile(NamedTuple):
    """A file as it was last shelved; `path` is below the source."""

    id: str
    folder_id: str
    name: str
    size: int
    mtime_ns: int
    fingerprint: bytes | None
    essence: bytes | None
    format: str
    missing_since_ms: int


_KNOWN = (
    file.c.id,
    file.c.folder_id,
    file.c.name,
    file.c.size,
    file.c.mtime_ns,
    file.c.fingerprint,
    file.c.essence,
    file.c.format,
    file.c.missing_since_ms,
)


def folders_of(connection: Connection, source_id: str) -> dict[str, tuple[str, bytes | None]]:
    """Every folder of a source: path → (id, signature)."""
    query = select(folder.c.path, folder.c.id, folder.c.signature).where(folder.c.source_id == source_id)
    return {path: (id_, signature) for path, id_, signature in connection.execute(query)}


def put_folders(connection: Connection, source_id: str, paths: Iterable[str]) -> dict[str, str]:
    """The ids of the folders at `paths`, made where they are new."""
    wanted = list(paths)
    upsert(
        connection,
        folder,
        [{"id": new_id(), "source_id": source_id, "path": path} for path in wanted],
        ("source_id", "path"),
    )
    query = select(folder.c.path, folder.c.id).where(folder.c.source_id == source_id)
    return {row.path: row.id for row in rows_in(connection, query, folder.c.path, wanted)}


_sign = update(folder).where(folder.c.id == bindparam("folder")).values(signature=bindparam("value"))


def sign_folders(connection: Connection, signatures: dict[str, bytes | None]) -> None:
    """Remember what the folders (by id) looked like; None: look again next time."""
    execute_all(connection, _sign, [{"folder": id_, "value": value} for id_, value in signatures.items()])


_sign_path = (
    update(folder)
    .where(folder.c.source_id == bindparam("source"), folder.c.path == bindparam("at"))
    .values(signature=bindparam("value"))
)


def sign_paths(connection: Connection, source_id: str, signatures: dict[str, bytes]) -> None:
    """As `sign_folders`, by path."""
    rows = [{"source": source_id, "at": path, "value": value} for path, value in signatures.items()]
    execute_all(connection, _sign_path, rows)


def drop_folders(connection: Connection, folder_ids: Iterable[str]) -> None:
    """Forget folders that hold no file any more, not even a missing one."""
    for chunk in chunks(folder_ids):
        empty = folder.c.id.in_(chunk) & ~select(file.c.id).where(file.c.folder_id == folder.c.id).exists()
        connection.execute(delete(folder).where(empty))


def unsign_folders(connection: Connection, source_id: str) -> None:
    """Make the next scan look at every folder of a source again."""
    connection.execute(update(folder).where(folder.c.source_id == source_id).values(signature=None))


def files_in(connection: Connection, folder_ids: Iterable[str]) -> dict[str, dict[str, KnownFile]]:
    """folder id → name → file, missing ones too."""
    found: dict[str, dict[str, KnownFile]] = {}
    for row in rows_in(connection, select(*_KNOWN), file.c.folder_id, folder_ids):
        found.setdefault(row.folder_id, {})[row.name] = KnownFile(*row)
    return found


def facts_of(connection: Connection, file_ids: Iterable[str]) -> dict[str, bytes]:
    """file id → encoded facts, for those that have any."""
    query = select(file_facts.c.file_id, file_facts.c.facts)
    return {row.file_id: row.facts for row in rows_in(connection, query, file_facts.c.file_id, file_ids)}


def count_present(connection: Connection, source_id: str) -> int:
    """How many files of a source are not missing."""
    query = (
        select(func.count())
        .select_from(file.join(folder))
        .where(folder.c.source_id == source_id, file.c.missing_since_ms == 0)
    )
    return connection.scalar(query) or 0


_change = (
    update(file)
    .where(file.c.id == bindparam("file"))
    .values(
        folder_id=bindparam("in_folder"),
        name=bindparam("called"),
        size=bindparam("bytes"),
        mtime_ns=bindparam("time"),
        fingerprint=bindparam("print"),
        essence=bindparam("core"),
        format=bindparam("kind"),
        missing_since_ms=0,
    )
)


def insert_files(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """New files, as rows of the table."""
    insert_rows(connection, file, rows)


def change_files(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Files that changed, moved or came back: `file in_folder called bytes time print core kind`."""
    execute_all(connection, _change, rows)


_rename = update(file).where(file.c.id == bindparam("file")).values(name=bindparam("called"))


def rename_files(connection: Connection, names: dict[str, str]) -> None:
    """file id → name."""
    execute_all(connection, _rename, [{"file": id_, "called": name} for id_, name in names.items()])


def missing_files(connection: Connection, source_id: str) -> list[KnownFile]:
    """The files of a source that are gone from the disk but not forgotten."""
    mine = (folder.c.source_id == source_id, file.c.missing_since_ms > 0)
    return [KnownFile(*row) for row in connection.execute(select(*_KNOWN).join(folder).where(*mine))]


def files_like(connection: Connection, source_id: str, fingerprints: Iterable[bytes]) -> list[tuple[KnownFile, str]]:
    """(file, path of its folder) of the files of a source that have one of these fingerprints."""
    query = select(*_KNOWN, folder.c.path).join(folder).where(folder.c.source_id == source_id)
    return [(KnownFile(*row[:-1]), row[-1]) for row in rows_in(connection, query, file.c.fingerprint, fingerprints)]


def put_facts(connection: Connection, facts: dict[str, bytes], new: set[str]) -> None:
    """file id → encoded facts, over what was there; the files `new` have none yet."""
    insert_rows(connection, file_facts, [{"file_id": id_, "facts": facts[id_]} for id_ in facts if id_ in new])
    facts = {id_: data for id_, data in facts.items() if id_ not in new}
    rows = [{"file_id": id_, "facts": data} for id_, data in facts.items()]
    upsert(connection, file_facts, rows, ("file_id",), ("facts",))


def mark_missing(connection: Connection, file_ids: Iterable[str], now_ms: int) -> None:
    """These files are gone from the disk; their items keep them, in case they come back."""
    for chunk in chunks(file_ids):
        connection.execute(
            update(file).where(file.c.id.in_(chunk), file.c.missing_since_ms == 0).values(missing_since_ms=now_ms)
        )


def drop_idle(connection: Connection, file_ids: Iterable[str]) -> None:
    """Forget those of the files that serve no edition: a vanished .nfo or poster needs no memory."""
    for chunk in chunks(file_ids):
        used = select(edition_file.c.file_id).where(edition_file.c.file_id.in_(chunk))
        idle = [file.c.id.in_(chunk), file.c.id.not_in(used)]
        pictures = list(connection.scalars(select(artwork.c.id).join(file).where(*idle)))
        take_down(connection, pictures)
        connection.execute(delete(file).where(*idle))


def take_down(connection: Connection, artwork_ids: list[str]) -> None:
    """These pictures hang nowhere any more."""
    for chunk in chunks(artwork_ids):
        connection.execute(update(item).where(item.c.artwork_id.in_(chunk)).values(artwork_id=None))
        connection.execute(update(item).where(item.c.backdrop_id.in_(chunk)).values(backdrop_id=None))
