"""One scan of one source, step by step."""

import logging
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import msgspec
from sqlalchemy.exc import IntegrityError

from medley.core.kinds import Kind
from medley.core.library._scan import child
from medley.core.library._scan.messages import (
    FileOrder,
    FolderAnswer,
    FolderOrder,
    ReadOrder,
    decode_answers,
    decode_order,
    encode,
)
from medley.core.library._scan.step1_walk import Listing, Relister, walk
from medley.core.library._scan.step4_shelve import Shelver
from medley.core.library._store import files as store
from medley.core.library._store import items, sources
from medley.core.library.events import ItemsChanged, NoticeRaised, SourceChanged
from medley.kernel.children import Children, Limits, Outcome
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import Unavailable
from medley.kernel.events import record

log = logging.getLogger(__name__)

_BATCH_FILES = 250  # files in one message to a child, and about as many in one transaction
_LOSS_SHARE, _LOSS_LEAST = 0.2, 10  # more than this gone at once is taken for a fault of the disk


class Watcher(Protocol):
    """Whoever follows a scan: the job that runs it."""

    def report(self, done: int, total: int, message: str = "") -> None: ...
    def check(self) -> None: ...


class ScanResult(msgspec.Struct, frozen=True):
    """What a scan came to."""

    files: int = 0
    added: int = 0
    changed: int = 0
    missing: int = 0
    notices: int = 0
    paused: str = ""  # why the scan left what is gone alone


@dataclass(frozen=True, slots=True)
class Settings:
    """How to scan: which reader reads which extension, how many children, and their limits."""

    readers: dict[str, str]
    kinds: dict[str, Kind]
    children: int = 2
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class _Changed:
    path: str
    files: int


class Scan:
    """Scans one source once; see README.md for the steps."""

    def __init__(self, database: Database, clock: Clock, settings: Settings, watcher: Watcher, source_id: str) -> None:
        self._database, self._clock, self._settings, self._watcher = database, clock, settings, watcher
        self._source_id = source_id
        with database.read() as connection:
            source = sources.one_source(connection, source_id)
        if source is None:
            raise Unavailable("The source is gone.", hint="It was removed while its scan was waiting.")
        self._source = source
        self._shelver = Shelver(source_id, clock.now_ms())
        self._done = self._notices = 0
        self._noticed: set[str] = set()
        self._known: dict[str, tuple[str, bytes | None]] = {}
        self._relister = Relister(self._source.path)

    def run(self, paths: Iterable[str] = (), *, accept_losses: bool = False) -> ScanResult:
        """Scan the whole source, or only the folders at `paths` and what is below them.

        A root that cannot be read, or that is suddenly empty, is a fault and leaves everything as it is.
        """
        started = time.monotonic()
        with self._database.read() as connection:
            known = self._known = store.folders_of(connection, self._source_id)
            present = store.count_present(connection, self._source_id)
            self._noticed = sources.noticed_paths(connection, self._source_id)
        self._watcher.report(0, 0, "Looking for changes")
        try:
            changed, seen = self._walk(known, list(paths))
        except Unavailable as error:
            return self._stop("unreachable", f"{error.message} {error.hint}")
        self._find_gone(known, changed, seen, list(paths))
        if not seen - {""} and not changed and present and len(self._shelver.gone.by_id) >= present:
            return self._stop("paused", "The folder is empty. Is its disk mounted?")
        total = sum(folder.files for folder in changed)
        with Children(child.TARGET, self._settings.children, self._settings.limits) as children:
            for answers, signatures in self._read(children, changed):
                self._shelve(answers, signatures)
                self._done += sum(len(answer.files) for answer in answers)
                self._watcher.report(self._done, total, "Reading files")
                self._watcher.check()
        result = self._finish(present, accept_losses=accept_losses)
        log.info("scanned %s in %.1f s: %s", self._source.name, time.monotonic() - started, result)
        return result

    # ---- step 1 -------------------------------------------------------------------------------------------------

    def _walk(self, known: dict[str, tuple[str, bytes | None]], paths: list[str]) -> tuple[list[_Changed], set[str]]:
        changed: list[_Changed] = []
        seen: set[str] = set()
        for number, listing in enumerate(self._listings(paths)):
            seen.add(listing.path)
            if listing.error:
                self._notice(listing.path, listing.error, "Give Medley's user the right to read it.")
                self._keep(known, listing.path, seen)
            elif known.get(listing.path, ("", None))[1] != listing.signature():
                changed.append(_Changed(listing.path, len(listing.files)))
            if number % 500 == 0:
                self._watcher.check()
        return changed, seen

    def _listings(self, paths: list[str]) -> Iterator[Listing]:
        for path in paths or [""]:
            try:
                yield from walk(self._source.path, path)
            except Unavailable:
                if not paths:
                    raise

    @staticmethod
    def _keep(known: dict[str, tuple[str, bytes | None]], path: str, seen: set[str]) -> None:
        """A folder that may not be read is not gone, nor is anything below it."""
        seen.update(each for each in known if each == path or each.startswith(path + "/"))

    def _find_gone(
        self, known: dict[str, tuple[str, bytes | None]], changed: list[_Changed], seen: set[str], paths: list[str]
    ) -> None:
        def in_question(path: str) -> bool:
            return not paths or any(path == each or path.startswith(each + "/") for each in paths)

        lost = [id_ for path, (id_, _) in known.items() if path not in seen and in_question(path)]
        with self._database.read() as connection:
            for files in store.files_in(connection, lost).values():
                self._shelver.gone.add(file for file in files.values())
            for folder in changed:
                if folder.path in known:
                    here = {name for name, _, _ in self._relister.listing(folder.path).files}
                    files = store.files_in(connection, [known[folder.path][0]]).get(known[folder.path][0], {})
                    self._shelver.gone.add(file for name, file in files.items() if name not in here)

    # ---- steps 2 and 3 ------------------------------------------------------------------------------------------

    def _read(
        self, children: Children, changed: list[_Changed]
    ) -> Iterator[tuple[list[FolderAnswer], dict[str, bytes]]]:
        waiting: deque[tuple[bytes, dict[str, bytes]]] = deque()
        for order, signatures in self._orders(changed):
            while children.full:
                yield self._answer(children, waiting)
            message = encode(order)
            waiting.append((message, signatures))
            children.submit(message)
        while waiting:
            yield self._answer(children, waiting)

    def _answer(
        self, children: Children, waiting: deque[tuple[bytes, dict[str, bytes]]]
    ) -> tuple[list[FolderAnswer], dict[str, bytes]]:
        while True:
            outcome = children.next()
            place = next(index for index, (message, _) in enumerate(waiting) if message is outcome.message)
            _, signatures = waiting[place]
            del waiting[place]
            if not outcome.failure:
                return decode_answers(outcome.answer), signatures
            message = encode(self._without_culprit(outcome))
            waiting.append((message, signatures))
            children.submit(message)

    def _without_culprit(self, outcome: Outcome) -> ReadOrder:
        """The same order, with the file at which the child died left unread."""
        order, number = decode_order(outcome.message), 0
        for folder in order.folders:
            for file in folder.files:
                if number == outcome.step and file.read:
                    file.read = False
                    path = f"{folder.path}/{file.name}" if folder.path else file.name
                    seconds = f"within {self._settings.limits.seconds:.0f} s"
                    reason = f"not {seconds}" if outcome.failure == "time" else "the reader crashed on it"
                    self._notice(path, f"The file could not be read: {reason}.", "It is probably damaged.")
                    return order
                number += 1
        # Not a file but the recognising itself: let nothing of these folders be guessed twice.
        for folder in order.folders:
            self._notice(folder.path, "The folder's files could not be recognised.", "Please report their names.")
        return msgspec.structs.replace(order, kinds=[])

    def _orders(self, changed: list[_Changed]) -> Iterator[tuple[ReadOrder, dict[str, bytes]]]:
        folders: list[FolderOrder] = []
        signatures: dict[str, bytes] = {}
        size = 0
        for each in changed:
            listing = self._relister.listing(each.path)
            if listing.error:
                continue
            folders.append(self._folder(listing))
            signatures[listing.path] = listing.signature()
            size += len(listing.files) + 1
            if size >= _BATCH_FILES:
                yield self._order(folders), signatures
                folders, signatures, size = [], {}, 0
        if folders:
            yield self._order(folders), signatures

    def _order(self, folders: list[FolderOrder]) -> ReadOrder:
        source, settings = self._source, self._settings
        kinds = list(settings.kinds) if source.kind == "auto" else [source.kind]
        return ReadOrder(source.path, source.name, kinds, settings.readers, folders)

    def _folder(self, listing: Listing) -> FolderOrder:
        """Which of the folder's files to read: those that are new, changed, or never could be read."""
        same, facts = self._unchanged(listing)
        orders = []
        for name, size, mtime_ns in listing.files:
            before = same.get(name)
            stored = facts.get(before.id) if before else None
            read = before is None or (stored is None and self._path(listing.path, name) in self._noticed)
            orders.append(FileOrder(name, size, mtime_ns, read, None if read else stored, not read))
        return FolderOrder(listing.path, orders, listing.folders, [list(names) for names in listing.above])

    def _unchanged(self, listing: Listing) -> tuple[dict[str, store.KnownFile], dict[str, bytes]]:
        """(name → file, file id → facts) of the files that are as they were."""
        if listing.path not in self._known:
            return {}, {}
        folder_id = self._known[listing.path][0]
        with self._database.read() as connection:
            known = store.files_in(connection, [folder_id]).get(folder_id, {})
            same = {
                name: known[name]
                for name, size, mtime_ns in listing.files
                if name in known and (known[name].size, known[name].mtime_ns) == (size, mtime_ns)
            }
            return same, store.facts_of(connection, [file.id for file in same.values()])

    @staticmethod
    def _path(folder: str, name: str) -> str:
        return f"{folder}/{name}" if folder else name

    # ---- step 4 -------------------------------------------------------------------------------------------------

    def _shelve(self, answers: list[FolderAnswer], signatures: dict[str, bytes]) -> None:
        for attempt in (1, 2):
            gone = dict(self._shelver.gone.by_id)
            try:
                with self._database.write() as connection:
                    self._shelver.shelve(connection, answers, signatures)
                    self._clear(connection, answers)
                break
            except IntegrityError:
                # Somebody emptied the trash or removed a word in between: look everything up anew, once.
                self._shelver.gone.by_id = gone
                self._shelver.forget()
                if attempt == 2:
                    raise
        for answer in answers:
            for file in answer.files:
                if file.error:
                    self._notice(self._path(answer.path, file.name), file.error, file.hint)

    def _clear(self, connection: object, answers: list[FolderAnswer]) -> None:
        fine = [
            path
            for answer in answers
            for file in answer.files
            if not file.error and file.facts and (path := self._path(answer.path, file.name)) in self._noticed
        ]
        if fine:
            sources.clear_notices(connection, self._source_id, fine)  # type: ignore[arg-type]

    def _notice(self, path: str, message: str, hint: str) -> None:
        self._notices += 1
        with self._database.write() as connection:
            now = self._clock.now_ms()
            notice_id = sources.put_notice(connection, self._source_id, path, "warning", message, hint, now)
            if notice_id:
                record(connection, NoticeRaised(source_id=self._source_id, notice_id=notice_id))

    # ---- the end ------------------------------------------------------------------------------------------------

    def _finish(self, present: int, *, accept_losses: bool) -> ScanResult:
        gone = [file for file in self._shelver.gone.by_id.values() if not file.missing_since_ms]
        paused = ""
        if len(gone) > max(_LOSS_LEAST, _LOSS_SHARE * present) and not accept_losses:
            paused = (
                f"{len(gone)} of {present} files are gone at once, so nothing was marked as missing. "
                "Mount the disk and scan again, or accept the losses if you removed them."
            )
            self._notice("", paused, "Scan with “accept losses” if the files were removed on purpose.")
        elif gone:
            self._mark_missing([file.id for file in gone])
        now = self._clock.now_ms()
        with self._database.write() as connection:
            store.drop_folders(connection, {file.folder_id for file in self._shelver.gone.by_id.values()})
            sources.change_source(
                connection,
                self._source_id,
                state="paused" if paused else "ready",
                state_reason=paused,
                scanned_at_ms=now,
            )
            if not paused:
                sources.clear_notices(connection, self._source_id, [""])
            record(connection, SourceChanged(source_id=self._source_id))
        shelver = self._shelver
        missing = 0 if paused else len(gone)
        return ScanResult(self._done, shelver.added, shelver.changed, missing, self._notices, paused)

    def _mark_missing(self, file_ids: list[str]) -> None:
        now = self._clock.now_ms()
        with self._database.write() as connection:
            store.mark_missing(connection, file_ids, now)
            lost = items.items_all_missing(connection, file_ids)
            items.mark_items_missing(connection, lost, now)
            store.drop_idle(connection, file_ids)
            for start in range(0, len(ids := sorted(lost)), 500):
                record(connection, ItemsChanged(source_id=self._source_id, item_ids=ids[start : start + 500]))

    def _stop(self, state: str, reason: str) -> ScanResult:
        with self._database.write() as connection:
            sources.change_source(connection, self._source_id, state=state, state_reason=reason)
            record(connection, SourceChanged(source_id=self._source_id))
        self._notice("", reason, "Nothing was marked as missing; scan again when it is back.")
        return ScanResult(paused=reason)
