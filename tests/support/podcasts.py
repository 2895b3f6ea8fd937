"""Following podcasts as tests do it: real rooms, a real host on loopback, jobs run where they are asked for."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import imageio_ffmpeg
from PIL import Image
from tests.support.feeds import Told, episodes, megaphone
from tests.support.hosts import Asked, Behaviour, Host, answer, host
from tests.support.library_room import Following, Room, open_room

from medley.adapters.egress import Client
from medley.adapters.feeds import Reader
from medley.core.acquire import Episode, Podcasts, Subscription
from medley.core.identity import Vault
from medley.kernel.clock import FixedClock
from medley.kernel.database import Database
from medley.kernel.jobs import Job
from medley.kernel.postman import Postman


@cache
def sound(seconds: int = 1) -> bytes:
    """A real MP3 of silence."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono"]
    made = subprocess.run(
        [*command, "-t", str(seconds), "-b:a", "32k", "-f", "mp3", "-"], check=True, capture_output=True, timeout=60
    )
    return made.stdout


@cache
def picture(colour: str = "teal") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (600, 600), colour).save(buffer, "PNG")
    return buffer.getvalue()


class Publisher:
    """A podcast's host. `told`, `shape` and `extra` are what its feed says next; `paths` answer beside it."""

    def __init__(self) -> None:
        self.told: list[Told] = episodes(1, 2, 3)
        self.shape: Callable[..., bytes] = megaphone
        self.extra: dict[str, Any] = {}
        self.paths: dict[str, Behaviour] = {"/cover.png": answer(200, picture(), content_type="image/png")}
        self.media: Behaviour = answer(200, sound(), content_type="audio/mpeg", etag='"sound"')
        self.etag = ""
        self.host: Host

    @property
    def feed_url(self) -> str:
        return f"{self.host.url}/feed.xml"

    def __call__(self, asked: Asked, connection: Any) -> None:
        path = asked.path.partition("?")[0]
        if path in self.paths:
            self.paths[path](asked, connection)
        elif path == "/feed.xml":
            self._feed(asked, connection)
        elif re.search(r"\.(mp3|m4a|ogg)$", path) or path == "/media":
            self.media(asked, connection)
        else:
            answer(404)(asked, connection)

    def _feed(self, asked: Asked, connection: Any) -> None:
        if self.etag and asked.headers.get("if-none-match") == self.etag:
            answer(304)(asked, connection)
            return
        headers = {"etag": self.etag} if self.etag else {}
        body = self.shape(self.host.url, self.told, **self.extra)
        answer(200, body, content_type="application/rss+xml; charset=utf-8", **headers)(asked, connection)

    def asked_for(self, path: str) -> list[Asked]:
        return [each for each in self.host.asked if each.path.partition("?")[0] == path]


class Studio:
    """Podcasts, their library and one host."""

    def __init__(self, room: Room, clock: FixedClock, publisher: Publisher, folder: Path) -> None:
        self.room, self.clock, self.publisher = room, clock, publisher
        self.home = folder / "podcasts"
        self.egress = Client(["127.0.0.0/8"])
        vault = Vault(folder / "key")
        self.podcasts = Podcasts(room.database, clock, room.jobs, room.library, self.egress, Reader(), vault, self.home)
        self.postman = Postman(room.database, [*room.library.reactions(), *self.podcasts.reactions()], clock)
        self.me = room.me

    def follow(self, url: str = "", **more: Any) -> Subscription:
        return self.podcasts.subscriptions.add(self.me, url or self.publisher.feed_url, **more)

    def all(self) -> list[Subscription]:
        return self.podcasts.subscriptions.page(self.me).items

    def one(self) -> Subscription:
        (found,) = self.all()
        return found

    def episodes(self, feed_id: str = "") -> list[Episode]:
        return self.podcasts.episodes.page(self.me, feed_id or self.one().id).items

    def states(self) -> list[str]:
        return [each.state for each in self.episodes()]

    def refresh(self, *, feed_id: str = "", later_minutes: int = 24 * 60) -> Any:
        """Run the job, a day later: everything is due then."""
        self.clock.advance(later_minutes * 60_000)
        return self.job("podcasts-refresh").run(Following({"feed_id": feed_id} if feed_id else {}))

    def waiting(self, kind: str) -> list[Job]:
        return [each for each in self.room.jobs.list(("queued",), limit=500).items if each.kind == kind][::-1]

    def work(self) -> list[str]:
        """Do what waits, as a worker would: downloads, then scans, then what they tell. The errors of the jobs."""
        errors = []
        for kind in ("podcast-download", "scan"):
            for job in self.waiting(kind):
                self.room.jobs.cancel(job.id)  # a worker would take it; here it is done in place
                try:
                    self.job(kind).run(Following(job.arguments))
                except Exception as error:
                    errors.append(str(error))
        while self.postman.deliver():
            pass
        return errors

    def job(self, name: str) -> Any:
        return next(each for each in (*self.podcasts.job_kinds(), *self.room.library.job_kinds()) if each.name == name)

    def files(self) -> list[str]:
        """What lies in the folder of podcasts."""
        found = [str(each.relative_to(self.home)) for each in self.home.rglob("*") if each.is_file()]
        return sorted(found)


@contextmanager
def open_studio(database: Database, clock: FixedClock, folder: Path) -> Iterator[Studio]:
    publisher = Publisher()
    with host(publisher) as there, open_room(database, clock, folder) as room:
        publisher.host = there
        yield Studio(room, clock, publisher, folder)
