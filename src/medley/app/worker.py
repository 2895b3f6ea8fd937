"""The worker process: scans, makes pictures, indexes, watches. Started by `medley serve`."""

import fcntl
import gc
import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medley.app.launch import begin, give_up
from medley.app.parts import UPKEEP_JOB, Parts, build, prepare
from medley.kernel.errors import Conflict, MedleyError

log = logging.getLogger(__name__)

_DAY_S = 24 * 3600.0
_FEEDS_S = 300.0
_INDEX_S = 0.5
_INDEX_BUSY_S = 60.0
_COLLECT_AFTER = 50_000  # new objects


def main() -> None:
    """Run until told to stop; exit code 2 when a person must change something first."""
    launch = begin("worker")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        parts = build(launch.settings)
        prepare(parts, launch.sources)
        Worker(parts).run(stop)
    except MedleyError as error:
        give_up(error)


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Hold the place of the one worker of a data folder; False when another process holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "worker.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def stand_in(parts: Parts) -> Iterator[None]:
    """Do the worker's jobs in this process for a while, where no worker runs."""
    with alone(parts.settings.folder) as mine:
        if not mine:
            yield
            return
        from medley.adapters.jobs.dbos import JobRunner

        runner = JobRunner(parts.database, parts.jobs, parts.job_kinds(), parts.settings.folder, poll_s=0.2)
        runner.start()
        try:
            yield
            parts.search.catch_up()
        finally:
            runner.stop()


class Worker:
    """Everything that happens without being asked for by a request."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._next_index = 0.0

    def run(self, stop: threading.Event) -> None:
        """Start everything, wait, stop everything in reverse."""
        parts = self._parts
        with alone(parts.settings.folder) as mine:
            if not mine:
                raise Conflict("Another worker uses this data folder.", hint="Stop it first, or give this one --data.")
            self._run(stop)

    def _run(self, stop: threading.Event) -> None:
        from medley.adapters.jobs.dbos import JobRunner

        parts = self._parts
        runner = JobRunner(parts.database, parts.jobs, parts.job_kinds(), parts.settings.folder)
        runner.every(UPKEEP_JOB, _DAY_S, "Daily upkeep")
        runner.start()
        postman = threading.Thread(target=parts.postman.watch, args=(stop,), name="postman")
        postman.start()
        indexing = threading.Thread(target=self._index, args=(stop,), name="indexing")
        indexing.start()
        following = threading.Thread(target=self._follow, args=(stop,), name="following", daemon=True)
        following.start()
        self._scan_all()
        watching = threading.Thread(target=self._watch, args=(stop,), name="watching", daemon=True)
        watching.start()
        _collect_seldom()
        stop.wait()
        runner.stop()
        indexing.join(10)
        postman.join(10)
        parts.close()

    def _scan_all(self) -> None:
        """What changed while nobody was looking."""
        for source in self._parts.library.sources.all():
            self._parts.library.sources.scan(source.id)

    def _follow(self, stop: threading.Event) -> None:
        """Have the feeds of podcasts read whose time has come."""
        while not stop.is_set():
            try:
                self._parts.podcasts.refresh_due()
            except MedleyError as error:
                log.warning("The podcasts wait: %s", error.message)
            stop.wait(_FEEDS_S)

    def _index(self, stop: threading.Event) -> None:
        """Keep the search index in step; while scans run, in fewer and larger steps."""
        while not stop.wait(_INDEX_S):
            try:
                if not self._parts.jobs.list(("running",), limit=1).items or time.monotonic() >= self._next_index:
                    self._parts.search.catch_up(stop.is_set)
                    self._next_index = time.monotonic() + _INDEX_BUSY_S
            except MedleyError as error:
                log.warning("The search index waits: %s", error.message)

    def _watch(self, stop: threading.Event) -> None:
        """Watch all sources, and begin anew whenever there are others."""
        from medley.adapters.watching import watch

        settings = self._parts.settings.scan
        if not settings.watch:
            return
        while not stop.is_set():
            roots = {source.path: source.id for source in self._parts.library.sources.all()}
            again = threading.Event()
            threading.Thread(target=self._notice, args=(set(roots), again, stop), name="sources", daemon=True).start()

            def changed(root: str, folders: list[str], ids: dict[str, str] = roots) -> None:
                self._changed(ids[root], folders)

            watch(roots, changed, again, settings.poll_minutes * 60_000)
            again.wait()

    def _notice(self, roots: set[str], again: threading.Event, stop: threading.Event) -> None:
        """Set `again` when the sources are others than `roots`, or at the end."""
        while not stop.wait(2):
            if {source.path for source in self._parts.library.sources.all()} != roots:
                break
        again.set()

    def _changed(self, source_id: str, folders: list[str]) -> None:
        sources = self._parts.library.sources
        try:
            if not folders:
                sources.scan(source_id, later=True)
            for folder in folders:
                sources.changed(source_id, folder)
        except MedleyError as error:
            log.warning("A change was not looked at: %s", error.message)


def _collect_seldom() -> None:
    """Let the collector of cycles look less often, and never again at what is loaded by now.

    A scan makes millions of small objects and hardly a cycle: looking for them took a fifth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


if __name__ == "__main__":
    main()
