"""One scan of one source, step by step."""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from medley.core.kinds import Kind, kind_specs
from medley.core.library._scan.ending import Ending
from medley.core.library._scan.messages import ReadOrder
from medley.core.library._scan.reading import Read, Reading, open_children
from medley.core.library._scan.step1_walk import Listing, Relister, check_root, disc_of, owner_of, walk
from medley.core.library._scan.step4_shelve import Shelver
from medley.core.library._store import files as store
from medley.core.library._store import sources
from medley.core.library.events import ItemsChanged, NoticeRaised, SourceChanged
from medley.kernel.ahead import ahead
from medley.kernel.children import Limits
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import Unavailable
from medley.kernel.events import record

log = logging.getLogger(__name__)

_FILES_AT_ONCE, _WAIT_S = 2000, 0.5  # a transaction is shelved when either is reached
_COUNTS = ("files", "added", "changed", "missing", "notices")


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

    def __str__(self) -> str:
        """`14 files, 3 added`: what did not happen is not said."""
        counts = [f"{number:,} {name}" for name in _COUNTS if (number := getattr(self, name))]
        return ", ".join(counts or ["nothing new"]) + (f"; {self.paused}" if self.paused else "")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to scan: which reader reads which extension, how many children, and their limits."""

    readers: dict[str, str]
    kinds: dict[str, Kind]
    children: int = 2
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class _Found:
    """What the walk came to."""

    changed: list[str] = field(default_factory=list)
    files: int = 0  # in the changed folders
    seen: set[str] = field(default_factory=set)
    shut: set[str] = field(default_factory=set)  # folders that may not be read


class Scan:
    """Scans one source once; see README.md for the steps."""

    def __init__(self, database: Database, clock: Clock, settings: Settings, watcher: Watcher, source_id: str) -> None:
        self._database, self._clock, self._settings, self._watcher = database, clock, settings, watcher
        with database.read() as connection:
            source = sources.one_source(connection, source_id)
            if source is None:
                raise Unavailable("The source is gone.", hint="It was removed while its scan was waiting.")
            self._known = store.folders_of(connection, source_id)
            self._present = store.count_present(connection, source_id)
            self._noticed = sources.noticed_paths(connection, source_id)
        self._source = source
        self._shelver = Shelver(source_id, clock.now_ms(), source.path)
        self._relister = Relister(source.path)
        self._done = self._notices = 0
        self._anew = False
        self._losing: set[str] = set()  # folders whose signature must wait until what is gone from them is settled
        self._late: dict[str, bytes] = {}

    def run(self, paths: Iterable[str] = (), *, accept_losses: bool = False, anew: bool = False) -> ScanResult:
        """Scan the whole source, or only the folders at `paths` and what is below them.

        `anew`: read every file again, for what changed without a change of size or time.
        A root that cannot be read, or that is suddenly empty, is a fault and leaves everything as it is.
        """
        started = time.monotonic()
        self._anew = anew
        paths = [owner_of(path) for path in paths]
        self._watcher.report(0, 0, "Looking for changes")
        if fault := self._fault(accept_losses=accept_losses):
            return self._stop(*fault)
        found = self._walk(paths)
        lost = self._find_gone(found, paths)
        if found.changed:
            self._read(found)
            # A disk that went away while it was read: what is left of it says nothing about what is gone.
            if fault := self._fault(accept_losses=accept_losses):
                return self._stop(*fault)
        result = self._end(found, lost, accept_losses=accept_losses)
        log.info("Scanned %s in %.1f s: %s.", self._source.name, time.monotonic() - started, result)
        return result

    def _fault(self, *, accept_losses: bool) -> tuple[str, str] | None:
        """(state, reason) where the root cannot be scanned: it is not there, or suddenly empty."""
        try:
            anything = check_root(self._source.path)
        except Unavailable as error:
            return "unreachable", f"{error.message} {error.hint}"
        if not anything and (self._present or self._done) and not accept_losses:
            return "paused", "The folder is empty. Is its disk mounted?"
        return None

    # ---- step 1 -------------------------------------------------------------------------------------------------

    def _walk(self, paths: list[str]) -> _Found:
        found, known = _Found(), self._known
        for number, listing in enumerate(each for path in paths or [""] for each in walk(self._source.path, path)):
            if listing.path in found.seen:
                continue
            found.seen.add(listing.path)
            if listing.error:
                self._notice(listing.path, listing.error, "Give Medley's user the right to read it.")
                found.shut.add(listing.path)
                # A folder that may not be read is not gone, nor is anything below it.
                found.seen.update(each for each in known if each.startswith(listing.path + "/"))
            elif self._anew or known.get(listing.path, ("", None))[1] != listing.signature():
                found.changed.append(listing.path)
                found.files += len(listing.files)
            if number % 500 == 0:
                self._watcher.check()
        return found

    def _find_gone(self, found: _Found, paths: list[str]) -> list[str]:
        """Tell the shelver which files are not where they were; gives the ids of folders that are gone."""

        def in_question(path: str) -> bool:
            return not paths or any(path == each or path.startswith(each + "/") for each in paths)

        gone, known = self._shelver.gone, self._known
        lost = [id_ for path, (id_, _) in known.items() if path not in found.seen and in_question(path)]
        with self._database.read() as connection:
            gone.add(store.missing_files(connection, self._source.id))
            for files in store.files_in(connection, lost).values():
                gone.add(files.values())
            for path in found.changed:
                if path in known:
                    here = {name for name, _, _ in self._relister.listing(path).files}
                    files = store.files_in(connection, [known[path][0]]).get(known[path][0], {})
                    if away := [file for name, file in files.items() if name not in here]:
                        gone.add(away)
                        self._losing.add(path)
        if paths:
            self._shelver.folders = {id_: path for path, (id_, _) in known.items()}
        return lost

    # ---- steps 2 and 3 ------------------------------------------------------------------------------------------

    def _read(self, found: _Found) -> None:
        source, settings = self._source, self._settings
        kinds = [kind_specs()[name] for name in (settings.kinds if source.kind == "auto" else [source.kind])]
        head = ReadOrder(source.path, source.name, kinds, settings.readers, [])
        self._begin()
        try:
            # The children have work while a batch is shelved: a thread takes their answers and gives them more.
            with open_children(settings.children, settings.limits) as children:
                reading = Reading(children, settings.limits, head, self._unchanged)
                with ahead(_gathered(reading.all(self._listings(self._whole(found.changed))))) as reads:
                    self._shelve_all(reads, found.files)
        except BaseException:
            self._state(source.state, source.state_reason)
            raise

    def _shelve_all(self, reads: Iterator[Read], expected: int) -> None:
        for read in reads:
            self._shelve(read)
            self._done += read.files
            self._watcher.report(self._done, max(expected, self._done), "Reading files")
            self._watcher.check()

    def _whole(self, changed: list[str]) -> list[str]:
        """The changed folders and the other discs beside those that are one: an album is what all its discs say."""
        works = {disc_of(path) for path in changed} - {None}
        others = {path for path in self._known if disc_of(path) in works} if works else set[str]()
        return sorted({*changed, *others}) if others else changed

    def _listings(self, paths: list[str]) -> Iterator[Listing]:
        for path in paths:
            listing = self._relister.listing(path)
            if not listing.error:
                yield listing

    def _unchanged(self, listing: Listing) -> tuple[dict[str, store.KnownFile], dict[str, bytes]]:
        """(name → file, file id → facts) of the files that are as they were."""
        if self._anew or listing.path not in self._known:
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

    # ---- step 4 -------------------------------------------------------------------------------------------------

    def _shelve(self, read: Read) -> None:
        whole = [answer for answer in read.folders if answer.settled and all(file.settled for file in answer.files)]
        settled = {answer.path for answer in whole}
        signatures = {path: sign for path, sign in read.signatures.items() if path in settled}
        late = {path: signatures.pop(path) for path in self._losing & set(signatures)}
        notices = 0
        for attempt in (1, 2):
            before = self._shelver.gone.copy()
            try:
                with self._database.write() as connection:
                    self._shelver.shelve(connection, read.folders, signatures)
                    notices = self._tell(connection, read)
                break
            except IntegrityError as error:
                # Somebody emptied the trash or removed a word in between: look everything up anew, once.
                self._shelver.gone = before
                self._shelver.forget()
                if attempt == 2:
                    raise self._source_is_gone() or error from error
        self._notices += notices
        self._late |= late

    def _source_is_gone(self) -> Unavailable | None:
        with self._database.read() as connection:
            there = sources.one_source(connection, self._source.id)
        return None if there else Unavailable("The source was removed while it was scanned.")

    def _tell(self, connection: Connection, read: Read) -> int:
        """Notices of what is wrong with these files, and no more notices of what is well; gives how many are new."""
        unclear = [folder for folder in read.folders if folder.error]
        wrong = [(folder.path, folder.error, "Please report the names of its files.") for folder in unclear]
        wrong += read.wrong
        well: list[str] = []
        for folder in read.folders:
            for file in folder.files:
                path = f"{folder.path}/{file.name}" if folder.path else file.name
                if file.error:
                    wrong.append((path, file.error, file.hint))
                elif not file.known and path in self._noticed and file.fingerprint:
                    well.append(path)
        sources.clear_notices(connection, self._source.id, well)
        return sum(self._put_notice(connection, *each) for each in wrong)

    def _notice(self, path: str, message: str, hint: str) -> None:
        with self._database.write() as connection:
            self._notices += self._put_notice(connection, path, message, hint)

    def _put_notice(self, connection: Connection, path: str, message: str, hint: str) -> bool:
        now, source_id = self._clock.now_ms(), self._source.id
        notice_id = sources.put_notice(connection, source_id, path, "warning", message, hint, now)
        if notice_id:
            record(connection, NoticeRaised(source_id=source_id, notice_id=notice_id))
        return bool(notice_id)

    # ---- the end ------------------------------------------------------------------------------------------------

    def _end(self, found: _Found, lost: list[str], *, accept_losses: bool) -> ScanResult:
        ending = Ending(self._source.id, self._shelver.gone, self._present, {i: p for p, (i, _) in self._known.items()})
        paused = "" if accept_losses else ending.too_much()
        if paused:
            self._notice("", paused, "Scan with “accept losses” if the files were removed on purpose.")
        now = self._clock.now_ms()
        with self._database.write() as connection:
            missing = 0 if paused else ending.settle(connection, lost, self._late, now)
            for source_id, item_ids in self._shelver.people.settle(connection).items():
                record(connection, ItemsChanged(source_id=source_id, item_ids=item_ids))
            well = {path for path in self._noticed if path in found.seen and path not in found.shut}
            sources.clear_notices(connection, self._source.id, sorted(well - {""} if paused else well))
            state = {"state": "paused" if paused else "ready", "state_reason": paused}
            sources.change_source(connection, self._source.id, **state, scanned_at_ms=now)
            record(connection, SourceChanged(source_id=self._source.id))
        shelver = self._shelver
        return ScanResult(self._done, shelver.added, shelver.changed, missing, self._notices, paused)

    def _begin(self) -> None:
        if self._source.state in ("new", "ready"):
            self._state("scanning", "")

    def _state(self, state: str, reason: str) -> None:
        with self._database.write() as connection:
            sources.change_source(connection, self._source.id, state=state, state_reason=reason)
            record(connection, SourceChanged(source_id=self._source.id))

    def _stop(self, state: str, reason: str) -> ScanResult:
        self._state(state, reason)
        self._notice("", reason, "Nothing was marked as missing; scan again when it is back.")
        return ScanResult(notices=self._notices, paused=reason)


def _gathered(reads: Iterator[Read]) -> Iterator[Read]:
    """The same in fewer and larger pieces where they come fast: a transaction costs as much as many files."""
    gathered, since = Read(), time.monotonic()
    for read in reads:
        gathered.folders += read.folders
        gathered.signatures |= read.signatures
        gathered.wrong += read.wrong
        if gathered.files >= _FILES_AT_ONCE or time.monotonic() - since > _WAIT_S:
            yield gathered
            gathered, since = Read(), time.monotonic()
    if gathered.folders:
        yield gathered
