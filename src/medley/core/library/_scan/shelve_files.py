"""Step 4, first half: the files of a batch of folders, and which of them merely moved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from medley.core.library._scan.messages import FileAnswer, FolderAnswer
from medley.core.library._store import files as store
from medley.kernel.ids import new_id


@dataclass(slots=True)
class Gone:
    """Files that are not where they were; a new file that looks like one of them is it."""

    by_id: dict[str, store.KnownFile] = field(default_factory=dict)
    _prints: dict[bytes, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: Iterable[store.KnownFile]) -> None:
        for file in known:
            self.by_id[file.id] = file
            for mark in {file.fingerprint, file.essence} - {None}:
                self._prints[mark].append(file.id)  # type: ignore[index]

    def take(self, answer: FileAnswer) -> store.KnownFile | None:
        """The gone file that `answer` is, by all of its bytes or else by those that a retag leaves alone."""
        if not self.by_id:
            return None
        for mark in (answer.fingerprint, answer.essence):
            for file_id in self._prints.get(mark, ()) if mark else ():
                if file_id in self.by_id:
                    return self.by_id.pop(file_id)
        return None


@dataclass(slots=True)
class ShelvedFiles:
    """path → file id for the whole batch; which ids are older than this scan; which of those changed."""

    ids: dict[str, str] = field(default_factory=dict)
    old: set[str] = field(default_factory=set)
    changed: list[str] = field(default_factory=list)
    facts: dict[str, bytes] = field(default_factory=dict)
    durations: dict[str, int] = field(default_factory=dict)


def shelve_files(
    connection: Connection, source_id: str, batch: list[FolderAnswer], gone: Gone, now_ms: int
) -> tuple[ShelvedFiles, dict[str, str]]:
    """Bring the file rows of `batch` up to date; also gives path → folder id."""
    folders = store.put_folders(connection, source_id, [folder.path for folder in batch])
    known = store.files_in(connection, folders.values())
    done, new, changes = ShelvedFiles(), [], []
    for folder in batch:
        folder_id = folders[folder.path]
        here = known.get(folder_id, {})
        for answer in folder.files:
            before = here.get(answer.name) or gone.take(answer)
            file_id = before.id if before else new_id()
            done.ids[f"{folder.path}/{answer.name}" if folder.path else answer.name] = file_id
            if before is None:
                new.append(_row(file_id, folder_id, answer, now_ms))
            else:
                done.old.add(file_id)
                if not answer.known or before.missing_since_ms or before.folder_id != folder_id:
                    changes.append(_change(before, folder_id, answer))
                if _differs(before, answer):
                    done.changed.append(file_id)
            done.durations[file_id] = answer.duration_ms
            if answer.facts is not None:
                done.facts[file_id] = answer.facts
    store.insert_files(connection, new)
    store.change_files(connection, changes)
    store.put_facts(connection, done.facts)
    store.drop_artwork_of(connection, done.changed)
    return done, folders


def _differs(before: store.KnownFile, answer: FileAnswer) -> bool:
    return not answer.known and (before.size, before.fingerprint) != (answer.size, answer.fingerprint)


def _row(file_id: str, folder_id: str, answer: FileAnswer, now_ms: int) -> dict[str, object]:
    return {
        "id": file_id,
        "folder_id": folder_id,
        "name": answer.name,
        "size": answer.size,
        "mtime_ns": answer.mtime_ns,
        "fingerprint": answer.fingerprint,
        "essence": answer.essence,
        "format": answer.format,
        "missing_since_ms": 0,
        "added_at_ms": now_ms,
    }


def _change(before: store.KnownFile, folder_id: str, answer: FileAnswer) -> dict[str, object]:
    return {
        "file": before.id,
        "in_folder": folder_id,
        "called": answer.name,
        "bytes": answer.size,
        "time": answer.mtime_ns,
        "print": answer.fingerprint or before.fingerprint,
        "core": answer.essence or before.essence,
        "kind": answer.format,
    }
