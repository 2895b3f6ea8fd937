"""Sources: the folders that a library is made of, and what is wrong with them."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from medley.core.identity import Asker
from medley.core.kinds import Kind
from medley.core.library._cursors import cursor_of
from medley.core.library._model import Notice, Source
from medley.core.library._store import sources as store
from medley.core.library._store.files import unsign_folders
from medley.core.library._store.queries import chunks
from medley.core.library.events import ItemsRemoved, NoticeRaised, SourceChanged
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import Conflict, InvalidInput, NotFound
from medley.kernel.events import record
from medley.kernel.files import from_text, to_text
from medley.kernel.ids import new_id
from medley.kernel.jobs import Jobs
from medley.kernel.pages import Page, check_limit, encode_cursor

SCAN_JOB = "scan"
AUTO = "auto"


class Sources:
    """Adds, changes, removes and scans sources."""

    def __init__(self, database: Database, clock: Clock, kinds: dict[str, Kind], jobs: Jobs) -> None:
        self._database, self._clock, self._kinds, self._jobs = database, clock, kinds, jobs

    def all(self, asker: Asker | None = None) -> list[Source]:
        """Every source that `asker` may see (None: Medley itself), by name."""
        with self._database.read() as connection:
            rows, counts = store.all_sources(connection), store.counts(connection)
        return [_view(row, counts) for row in rows if asker is None or asker.may_see(row.id)]

    def get(self, source_id: str, asker: Asker | None = None) -> Source:
        """One source."""
        for each in self.all(asker):
            if each.id == source_id:
                return each
        raise NotFound("There is no such source.", hint="It may have been removed.")

    def add(self, name: str, kind: str, path: str, *, writable: bool = False) -> Source:
        """A new source: `kind` is a kind's name or “auto”; `path` an existing folder."""
        folder = self._folder(path)
        self._check_kind(kind)
        with self._database.write() as connection:
            self._check_free(store.all_sources(connection), name, folder)
            source_id = new_id()
            store.insert_source(
                connection,
                {
                    "id": source_id,
                    "name": name.strip(),
                    "kind": kind,
                    "path": folder,
                    "writable": writable,
                    "state": "new",
                    "created_at_ms": self._clock.now_ms(),
                },
            )
            record(connection, SourceChanged(source_id=source_id))
        return self.get(source_id)

    def ensure(self, kind: str, path: str, name: str = "") -> Source:
        """The source at `path`, added if it is not there yet (for scripts, which run twice)."""
        folder = self._folder(path)
        known = self.all()
        for each in known:
            if each.path == folder:
                return each
        name = wanted = name or Path(folder).name or folder
        taken = {each.name for each in known}
        number = 2
        while name in taken:
            name, number = f"{wanted} {number}", number + 1
        return self.add(name, kind, folder)

    def change(self, source_id: str, changes: dict[str, Any]) -> Source:
        """Rename a source, correct its path after a move, or change its kind; progress stays with the items."""
        before = self.get(source_id)
        values = {key: value for key, value in changes.items() if value is not None}
        if "path" in values:
            values["path"] = self._folder(values["path"])
        if "kind" in values:
            self._check_kind(values["kind"])
        with self._database.write() as connection:
            others = [row for row in store.all_sources(connection) if row.id != source_id]
            self._check_free(others, values.get("name", before.name), values.get("path", before.path))
            if values:
                store.change_source(connection, source_id, **values)
            if values.get("kind", before.kind) != before.kind:
                unsign_folders(connection, source_id)
            record(connection, SourceChanged(source_id=source_id))
        return self.get(source_id)

    def remove(self, source_id: str) -> None:
        """Take a source and its items out of the library. Files on the disk are not touched."""
        self.get(source_id)
        with self._database.write() as connection:
            for chunk in chunks(store.item_ids(connection, source_id)):
                record(connection, ItemsRemoved(source_id=source_id, item_ids=chunk))
            store.delete_source(connection, source_id)
            record(connection, SourceChanged(source_id=source_id))

    def scan(
        self,
        source_id: str,
        paths: list[str] | None = None,
        *,
        accept_losses: bool = False,
        anew: bool = False,
        later: bool = False,
        priority: int = 0,
        requested_by: str | None = None,
    ) -> str:
        """Ask for a scan of a source, or of some of its folders; the answer is the job's id.

        `accept_losses`: also when much of it is gone at once. `anew`: every file is read again, changed or not.
        `later`: a scan that runs already is no answer, as it may be past what changed just now.
        """
        source = self.get(source_id)
        paths = sorted(set(paths or ()))
        once = "" if accept_losses or anew else f"scan {source_id} {'|'.join(paths)}"[:1000]
        job_id = ""
        for dedupe in (once, f"{once} again", f"{once} and again") if later and once else (once,):
            job_id = self._jobs.request(
                SCAN_JOB,
                {"source_id": source_id, "paths": paths, "accept_losses": accept_losses, "anew": anew},
                title=f"Scan {source.name}",
                priority=priority,
                dedupe=dedupe,
                requested_by=requested_by,
            )
            if not later or self._jobs.get(job_id).state == "queued":
                break
        return job_id

    def scanning(self) -> bool:
        """Whether a scan of any source is asked for or under way."""
        return any(job.kind == SCAN_JOB for job in self._jobs.list(("queued", "running"), limit=500).items)

    def changed(self, source_id: str, path: str, requested_by: str | None = None, *, anew: bool = False) -> str:
        """One path of a source changed: scan its folder (as `scan`). `path` is below the source or absolute."""
        source = self.get(source_id)
        root = Path(os.fsdecode(from_text(source.path)))
        inside = root / os.fsdecode(from_text(path))  # an absolute path replaces the root
        if ".." in inside.parts or "\0" in path or not inside.is_relative_to(root):
            raise InvalidInput("The path is not in this source.", hint=f"It must lie below {source.path}.")
        while inside != root and not inside.is_dir():
            inside = inside.parent
        below = to_text(str(inside.relative_to(root)))
        paths = None if below == "." else [below]
        return self.scan(source_id, paths, anew=anew, later=True, priority=10, requested_by=requested_by)

    def notices(self, asker: Asker, cursor: str = "", limit: int = 100) -> Page[Notice]:
        """What is wrong, newest first."""
        visible = None if asker.sources is None else list(asker.sources)
        (after,) = cursor_of(cursor, str) or (None,)
        with self._database.read() as connection:
            rows = store.notices(connection, visible, after, check_limit(limit) + 1)
        found = [
            Notice(
                id=row.id,
                source_id=row.source_id,
                path=row.path,
                severity=row.severity,
                message=row.message,
                hint=row.hint,
                happened_at_ms=row.happened_at_ms,
            )
            for row in rows[:limit]
        ]
        return Page(found, encode_cursor([found[-1].id]) if len(rows) > limit else None)

    def raise_notice(self, source_id: str, path: str, message: str, hint: str = "") -> None:
        """Tell what is wrong with something at `path`, for rooms above; the same sentence stands there once."""
        with self._database.write() as connection:
            known = store.one_source(connection, source_id) is not None
            now = self._clock.now_ms()
            if known and (made := store.put_notice(connection, source_id, path, "warning", message, hint, now)):
                record(connection, NoticeRaised(source_id=source_id, notice_id=made))

    def clear_notice(self, source_id: str, path: str) -> None:
        """What was wrong at `path` is no more."""
        with self._database.write() as connection:
            store.clear_notices(connection, source_id, [path])

    def dismiss(self, notice_id: str) -> None:
        """Somebody has seen a notice."""
        with self._database.write() as connection:
            if not store.delete_notice(connection, notice_id):
                raise NotFound("There is no such notice.", hint="It may have been dismissed already.")

    @staticmethod
    def _folder(path: str) -> str:
        with suppress(OSError, RuntimeError, ValueError):  # a name too long, the home of nobody, a zero byte
            folder = Path(os.fsdecode(from_text(path))).expanduser().resolve()
            if path and folder.is_dir():
                return to_text(str(folder))
        raise InvalidInput(f"There is no folder {path!r}.", hint="Give the path of a folder that exists.")

    def _check_kind(self, kind: str) -> None:
        if kind != AUTO and kind not in self._kinds:
            raise InvalidInput(f"There is no kind “{kind}”.", hint=f"One of: {AUTO}, {', '.join(self._kinds)}.")

    @staticmethod
    def _check_free(others: list[Any], name: str, path: str) -> None:
        if not 1 <= len(name.strip()) <= 200:
            raise InvalidInput("A source's name has 1 to 200 characters.")
        for row in others:
            if row.name == name.strip():
                raise Conflict(f"There is already a source called “{name}”.", hint="Choose another name.")
            nested = Path(path).is_relative_to(row.path) or Path(row.path).is_relative_to(path)
            if nested:
                raise Conflict(
                    f"{path} and the source “{row.name}” ({row.path}) lie inside one another.",
                    hint="A file belongs to one source; add folders that do not overlap.",
                )


def _view(row: Any, counts: dict[str, dict[str, int]]) -> Source:
    return Source(
        id=row.id,
        name=row.name,
        kind=row.kind,
        path=row.path,
        writable=row.writable,
        state=row.state,
        state_reason=row.state_reason,
        scanned_at_ms=row.scanned_at_ms,
        counts=counts.get(row.id, {}),
    )
