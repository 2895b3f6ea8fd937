"""Step 4, first half: the files of a batch of folders, and which of them merely moved."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from medley.core.library._scan.messages import FileAnswer, FolderAnswer
from medley.core.library._store import files as store
from medley.kernel.ids import new_id

Seek = Callable[[Connection, list[bytes]], Iterable[store.KnownFile]]


@dataclass(slots=True)
class Gone:
    """Files that are not where they were; a new file that looks like one of them is it."""

    by_id: dict[str, store.KnownFile] = field(default_factory=dict)
    _prints: dict[bytes, list[str]] = field(default_factory=lambda: defaultdict(list))

    def copy(self) -> "Gone":
        """As it is now; what is added later may be in both, which does no harm: only `by_id` counts."""
        return Gone(dict(self.by_id), self._prints)

    def add(self, known: Iterable[store.KnownFile]) -> None:
        for file in known:
            self.by_id[file.id] = file
            # Nothing can be told from empty files: they are all alike.
            for mark in {file.fingerprint, file.essence} - {None} if file.size else ():
                self._prints[mark].append(file.id)  # type: ignore[index]

    def take(self, mark: bytes | None, name: str) -> store.KnownFile | None:
        """The gone file with that fingerprint or essence, rather one of the same name."""
        if not mark or not self.by_id:
            return None
        found = [self.by_id[file_id] for file_id in self._prints.get(mark, ()) if file_id in self.by_id]
        best = next((file for file in found if file.name == name), found[0] if found else None)
        return self.by_id.pop(best.id) if best else None


@dataclass(slots=True)
class ShelvedFiles:
    """path → file id for the whole batch; which ids are older than this scan; which of those changed."""

    ids: dict[str, str] = field(default_factory=dict)
    old: set[str] = field(default_factory=set)
    changed: list[str] = field(default_factory=list)
    facts: dict[str, bytes] = field(default_factory=dict)
    durations: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Place:
    """A file that is there now, and the row it had in this place, or has."""

    folder: FolderAnswer
    folder_id: str
    answer: FileAnswer
    own: store.KnownFile | None
    before: store.KnownFile | None = None

    @property
    def path(self) -> str:
        return f"{self.folder.path}/{self.answer.name}" if self.folder.path else self.answer.name


def shelve_files(
    connection: Connection, source_id: str, batch: list[FolderAnswer], gone: Gone, seek: Seek | None, now_ms: int
) -> tuple[ShelvedFiles, dict[str, str]]:
    """Bring the file rows of `batch` up to date; also gives path → folder id.

    `seek`: looks for files that went away without our having noticed, by fingerprint.
    """
    folders = store.put_folders(connection, source_id, [folder.path for folder in batch])
    known = store.files_in(connection, folders.values())
    places = [
        _Place(folder, folders[folder.path], answer, known.get(folders[folder.path], {}).get(answer.name))
        for folder in batch
        for answer in folder.files
    ]
    displaced = _settle(connection, places, gone, seek)
    store.rename_files(connection, {file.id: f"{file.name}/{file.id}" for file in displaced})
    done, new, changes = ShelvedFiles(), [], []
    for place in places:
        answer, before = place.answer, place.before
        file_id = before.id if before else new_id()
        done.ids[place.path] = file_id
        done.durations[file_id] = answer.duration_ms
        if answer.facts is not None:
            done.facts[file_id] = answer.facts
        if before is None:
            new.append(_row(file_id, place.folder_id, answer, now_ms))
            continue
        if not place.folder.error:
            done.old.add(file_id)
        if not answer.known or before.missing_since_ms or before is not place.own:
            changes.append(_change(before, place.folder_id, answer))
        if not answer.known and (before.size, before.fingerprint) != (answer.size, answer.fingerprint):
            done.changed.append(file_id)
    store.insert_files(connection, new)
    store.change_files(connection, changes)
    store.put_facts(connection, done.facts, {row["id"] for row in new})
    return done, folders


def _settle(connection: Connection, places: list[_Place], gone: Gone, seek: Seek | None) -> list[store.KnownFile]:
    """Find the row of each file; gives the rows whose place another file has taken.

    Bytes first: of two files that swapped names each is still itself. Then the place: a file whose bytes are new is
    the one that was there. Last the part that a new tag leaves alone: it was moved and retagged at once.
    """
    open_: list[_Place] = []
    for place in places:
        own, answer = place.own, place.answer
        if own and (answer.known or not answer.fingerprint or own.fingerprint == answer.fingerprint):
            place.before = own
        else:
            open_.append(place)
    loose = [place.own for place in open_ if place.own]
    gone.add(loose)
    if seek and open_:
        gone.add(seek(connection, [place.answer.fingerprint for place in open_ if place.answer.fingerprint]))
    for place in open_:
        place.before = gone.take(place.answer.fingerprint, place.answer.name)
    for place in open_:
        if not place.before and place.own:
            place.before = gone.by_id.pop(place.own.id, None)
    for place in open_:
        place.before = place.before or gone.take(place.answer.essence, place.answer.name)
    return [place.own for place in open_ if place.own and place.before is not place.own]


def _row(file_id: str, folder_id: str, answer: FileAnswer, now_ms: int) -> dict[str, Any]:
    return {
        "id": file_id,
        "folder_id": folder_id,
        "name": answer.name,
        "size": answer.size,
        "mtime_ns": answer.mtime_ns if answer.settled else -1,
        "fingerprint": answer.fingerprint,
        "essence": answer.essence,
        "format": answer.format,
        "missing_since_ms": 0,
        "added_at_ms": now_ms,
    }


def _change(before: store.KnownFile, folder_id: str, answer: FileAnswer) -> dict[str, Any]:
    return {
        "file": before.id,
        "in_folder": folder_id,
        "called": answer.name,
        "bytes": answer.size,
        "time": answer.mtime_ns if answer.settled else -1,
        "print": answer.fingerprint or before.fingerprint,
        "core": answer.essence or before.essence,
        "kind": before.format if answer.known else answer.format,
    }
