"""The library as tests use it: real database, real readers, real children; jobs are run where they are asked for."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.invariants import check

from medley.adapters.media import READERS
from medley.adapters.media.desk import DESK
from medley.core.identity import ROLES, Asker
from medley.core.kinds import load_kinds
from medley.core.library import ItemCard, ItemDetail, ItemQuery, Library
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.jobs import Jobs


class Following:
    """What a running job is handed."""

    id = "job"
    stopping = False

    def __init__(self, arguments: dict[str, Any]) -> None:
        self.arguments = arguments
        self.reports: list[tuple[int, int, str]] = []

    def report(self, done: int, total: int, message: str = "") -> None:
        self.reports.append((done, total, message))

    def check(self) -> None: ...

    def step(self, name: str, function: Any, *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)


def person(user_id: str = "ann", sources: Iterable[str] | None = None, role: Any = "admin") -> Asker:
    """Somebody who asks; `sources` None means all."""
    seen = None if sources is None else frozenset(sources)
    return Asker(user_id=user_id, name=user_id, role=role, permissions=ROLES[role], sources=seen)


class Room:
    """A library over one folder of the test."""

    def __init__(self, database: Database, clock: Clock, folder: Path, readers: dict[str, str] | None = None) -> None:
        self.database, self.clock, self.folder = database, clock, folder
        self.media = folder / "media"
        self.media.mkdir(exist_ok=True)
        self.jobs = Jobs(database, clock)
        self.cache = folder / "cache"
        self.library = Library(
            database,
            clock,
            self.jobs,
            load_kinds(),
            readers={**READERS, **(readers or {})},
            desk=DESK,
            cache=self.cache,
            children=1,
        )
        self.me = person()

    def source(self, kind: str, name: str = "", path: Path | None = None) -> str:
        """The id of a source at `path`, else in a folder of its name below `media`."""
        path = path or self.media / (name or kind)
        path.mkdir(parents=True, exist_ok=True)
        return self.library.sources.ensure(kind, str(path), name).id

    def scan(self, source_id: str, paths: Iterable[str] = (), **options: bool) -> Any:
        """Run the scan job with `options`; then the library must be whole."""
        arguments = {"source_id": source_id, "paths": list(paths), **options}
        result = self._job("scan").run(Following(arguments))
        check(self.database)
        return result

    def draw(self) -> Any:
        """Run the artwork job."""
        return self._job("artwork").run(Following({}))

    def _job(self, name: str) -> Any:
        return next(kind for kind in self.library.job_kinds() if kind.name == name)

    def cards(self, kind: str = "", level: str = "", **query: Any) -> list[ItemCard]:
        """A list's first page as the admin sees it."""
        return self.library.items.page(self.me, ItemQuery(kind=kind, level=level, **query)).items

    def titles(self, kind: str = "", level: str = "", **query: Any) -> list[str]:
        return [card.title for card in self.cards(kind, level, **query)]

    def card(self, title: str, kind: str = "", level: str = "") -> ItemCard:
        """The one item of that title."""
        found = [card for card in self.cards(kind, level) if card.title == title]
        assert len(found) == 1, f"{title!r}: {[(card.title, card.level) for card in self.cards(kind, level)]}"
        return found[0]

    def item(self, item_id: str) -> ItemDetail:
        return self.library.items.get(self.me, item_id)

    def notices(self) -> list[tuple[str, str]]:
        """(path, message)."""
        return [(each.path, each.message) for each in self.library.sources.notices(self.me).items]


@contextmanager
def open_room(database: Database, clock: Clock, folder: Path, readers: dict[str, str] | None = None) -> Iterator[Room]:
    room = Room(database, clock, folder, readers)
    try:
        yield room
        check(database)
    finally:
        room.library.close()
