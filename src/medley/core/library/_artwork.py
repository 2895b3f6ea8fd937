"""Artwork: every picture is made once, in one pass over its original, in all the widths a page asks for."""

import os
from pathlib import Path

import msgspec

from medley.core.identity import Asker
from medley.core.library._documents import Documents
from medley.core.library._scan.scan import Watcher
from medley.core.library._store import artworks as store
from medley.core.library._store.sources import has_notice, put_notice
from medley.core.library.events import ItemsChanged, NoticeRaised
from medley.core.library.ports import Draw, Drawing
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, MedleyError, NotFound, Unavailable
from medley.kernel.events import record
from medley.kernel.jobs import Jobs

ARTWORK_JOB = "artwork"
WIDTHS = (160, 320, 640, 1280)
_BATCH = 100


class Artworks:
    """Finds pictures, and asks for those that are not made yet."""

    def __init__(self, database: Database, jobs: Jobs, cache: Path) -> None:
        self._database, self._jobs, self._cache = database, jobs, cache

    def path(self, asker: Asker, artwork_id: str, width: int) -> Path:
        """The WebP file of the nearest width up. Not made yet is `Unavailable`; it is being made then."""
        if not 1 <= width <= 10_000:
            raise InvalidInput(f"A width of {width} pixels makes no sense.")
        with self._database.read() as connection:
            row = store.one(connection, artwork_id)
        if row is None or not asker.may_see(row.source_id):
            raise NotFound("There is no such picture.", hint="Load the page again.")
        path = place(self._cache, artwork_id, next((each for each in WIDTHS if each >= width), WIDTHS[-1]))
        if row.state == "ready" and path.is_file():
            return path
        if row.state == "failed":
            raise NotFound("This picture could not be made.", hint="Its notice says why.")
        if row.state == "ready":  # the cache was emptied
            with self._database.write() as connection:
                store.settle(connection, artwork_id, state="new")
        self.request()
        raise Unavailable("The picture is being made.", hint="Ask again in a moment.")

    def request(self) -> str:
        """Have everything made that is not; the answer is the job's id."""
        return self._jobs.request(ARTWORK_JOB, {}, title="Make pictures", priority=-5, dedupe=ARTWORK_JOB)


class Result(msgspec.Struct, frozen=True):
    """What a run of the artwork job came to."""

    made: int
    failed: int


def make_artwork(database: Database, clock: Clock, documents: Documents, cache: Path, watcher: Watcher) -> Result:
    """Make every picture that waits. Dies anywhere without harm: what was not settled is made again."""
    made = failed = 0
    after = ""
    with database.read() as connection:
        total = store.count_waiting(connection)
    while True:
        with database.read() as connection:
            rows = store.waiting(connection, after, _BATCH)
        if not rows:
            return Result(made, failed)
        for row in rows:
            after = row.id
            done = _make(database, clock, documents, cache, row)
            made, failed = made + done, failed + (not done)
            watcher.report(made + failed, max(total, made + failed), "Making pictures")
            watcher.check()


def _make(database: Database, clock: Clock, documents: Documents, cache: Path, row) -> bool:
    path = f"{row.folder_path}/{row.name}" if row.folder_path else row.name
    try:
        drawing = documents.draw(row.root, path, Draw(row.origin, row.index, WIDTHS))
    except MedleyError as error:
        with database.write() as connection:
            store.settle(connection, row.id, state="failed")
            if not has_notice(connection, row.source_id, path):  # the scan told of it already
                told = (row.source_id, path, "warning", error.message, error.hint, clock.now_ms())
                if notice_id := put_notice(connection, *told):
                    record(connection, NoticeRaised(source_id=row.source_id, notice_id=notice_id))
        return False
    keep(cache, row.id, drawing)
    values = {"width": drawing.width, "height": drawing.height, "placeholder": drawing.placeholder}
    with database.write() as connection:
        shown = store.settle(connection, row.id, state="ready", **values)
        if shown:
            record(connection, ItemsChanged(source_id=row.source_id, item_ids=[each.id for each in shown][:500]))
    return True


def place(cache: Path, artwork_id: str, width: int) -> Path:
    """Where a picture of a width lies; spread over folders, as one folder of a million files is slow everywhere."""
    return cache / artwork_id[-2:] / f"{artwork_id}-{width}.webp"


def keep(cache: Path, artwork_id: str, drawing: Drawing) -> None:
    """Write all widths; each appears whole or not at all."""
    for width, data in drawing.pictures.items():
        target = place(cache, artwork_id, width)
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(data)
        unfinished.replace(target)
