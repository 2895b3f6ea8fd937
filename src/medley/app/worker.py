"""The worker process: scans, makes pictures, indexes, watches. Started by `medley serve`."""

import logging
import signal
import sys
import threading

from medley.app import logs
from medley.app.launch import from_text
from medley.app.parts import Parts, build, prepare
from medley.kernel.errors import MedleyError

log = logging.getLogger(__name__)


def main() -> None:
    """Run until told to stop; exit code 2 when a person must change something first."""
    launch = from_text(sys.argv[1])
    logs.configure(launch.settings.log, "worker")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        parts = build(launch.settings)
        prepare(parts, launch.sources)
        Worker(parts).run(stop)
    except MedleyError as error:
        log.error("%s %s", error.message, error.hint)
        sys.exit(2)


class Worker:
    """Everything that happens without being asked for by a request."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def run(self, stop: threading.Event) -> None:
        """Start everything, wait, stop everything in reverse."""
        from medley.adapters.jobs.dbos import JobRunner

        parts = self._parts
        runner = JobRunner(parts.database, parts.jobs, parts.job_kinds(), parts.settings.folder)
        runner.start()
        postman = threading.Thread(target=parts.postman.watch, args=(stop,), name="postman")
        postman.start()
        self._scan_all()
        watching = threading.Thread(target=self._watch, args=(stop,), name="watching", daemon=True)
        watching.start()
        stop.wait()
        runner.stop()
        postman.join(10)
        parts.close()

    def _scan_all(self) -> None:
        """What changed while nobody was looking."""
        for source in self._parts.library.sources.all():
            self._parts.library.sources.scan(source.id)

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
                sources.scan(source_id)
            for folder in folders:
                sources.changed(source_id, folder)
        except MedleyError as error:
            log.warning("A change was not looked at: %s", error.message)


if __name__ == "__main__":
    main()
