"""Makes the demo library: all pieces, several at once, each file whole or absent."""

import fcntl
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from medley.app.demo.workshop import Piece, Workshop
from medley.kernel.errors import InvalidInput

VERSION = 1
MARKER = ".medley-demo.json"
Report = Callable[[int, int, str], None]

SOURCES: dict[str, str] = {
    "film": "Films",
    "show": "Shows",
    "music": "Music",
    "audiobook": "Audiobooks",
    "podcast": "Podcasts",
    "photo": "Photos",
    "book": "Books",
    "comic": "Comics",
    "video": "Videos",
    "course": "Courses",
}
"""The kind of each source and its folder below the target."""


def generate(target: Path, report: Report | None = None, *, quick: bool = False) -> None:
    """Writes the demo library into `target`, which is new, empty, or an earlier demo.

    A finished demo is left as it is, an interrupted one is completed. `report(done, total, title)` is told before the
    first and after each piece. `quick` makes the same files, shorter and smaller (seconds instead of most of a minute).

    Raises InvalidInput where the folder holds something else.
    """
    target.mkdir(parents=True, exist_ok=True)
    marker = target / MARKER
    if not marker.exists() and any(target.iterdir()):
        raise InvalidInput(f"{target} is not empty, and no demo library.", hint="Name an empty or a new folder.")
    with marker.open("a+", encoding="utf-8") as state:
        fcntl.flock(state, fcntl.LOCK_EX)  # a second process waits, and then finds the work done
        state.seek(0)
        if _finished(state.read(), quick):
            return
        _make_all(Workshop(target, quick), report or (lambda _done, _total, _title: None))
        state.truncate(0)
        state.write(json.dumps({"version": VERSION, "quick": quick, "complete": True}))


def _finished(marker: str, quick: bool) -> bool:
    try:
        known = json.loads(marker)
    except ValueError:
        return False
    return known.get("version") == VERSION and known.get("quick", False) <= quick


def pieces() -> list[Piece]:
    """Everything there is to make, the slowest first, so that no core waits for the last one."""
    from medley.app.demo import audiobooks, books, comics, courses, films, music, photos, podcasts, shows, videos

    makers = (films, shows, videos, courses, music, photos, comics, audiobooks, podcasts, books)
    return [piece for maker in makers for piece in maker.pieces()]


def _make_all(shop: Workshop, report: Report) -> None:
    shop.tidy()
    todo = pieces()
    report(0, len(todo), "Preparing the demo library")
    with ThreadPoolExecutor(max_workers=max(2, min(6, os.cpu_count() or 2))) as pool:
        running = {pool.submit(piece.make, shop): piece for piece in todo}
        try:
            for done, future in enumerate(as_completed(running), 1):
                future.result()
                report(done, len(todo), running[future].title)
        finally:
            for future in running:
                future.cancel()
    shop.tidy()
