"""kill -9 of web and worker at random moments: nothing acknowledged is lost, nothing is doubled, work goes on."""

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.support.invariants import check
from tests.support.processes import until
from tests.support.server import Server, alive, everything
from tests.support.witness import Witness

from medley.adapters.databases import open_database

from .conftest import Serve
from .test_media import decode_hls, detail, play


def test_eight_kills(serve: Serve, demo: Path, house: Server) -> None:
    server = serve(demo)
    server.sources = [each for each in server.sources if each[0] in ("film", "music", "photo", "comic")]
    ordeal(server, house, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 9))
def test_fifty_kills(serve: Serve, demo: Path, house: Server, seed: int) -> None:
    ordeal(serve(demo), house, seed)


def ordeal(server: Server, house: Server, seed: int) -> None:
    """Eight kills on a fresh data folder: two in the migration, three in the first scans, one in the drawing of
    pictures, two while somebody watches; and all the while somebody writes."""
    chance = random.Random(seed)
    kill_in_the_migration(server, chance)
    server.wait_for_address()
    answering(server)
    server.set_up().close()
    with Witness(server, seed) as witness:
        for victim in chance.sample(("web", "web", "worker"), 3):
            kill(server, victim, after=chance.uniform(0.2, 3))
            answering(server)
        wait_for_drawing(server)
        kill(server, "worker", after=chance.uniform(0, 0.5))
        server.wait_for_scans(180)
        with watching(server):
            for victim in ("web", "worker"):
                kill(server, victim, after=chance.uniform(0.2, 2))
                answering(server)
    server.wait_for_scans(180)
    assert witness.writes > 30, witness.refused[:5]
    assert not [each for each in witness.refused if " 50" not in each], witness.refused[:5]
    witness.verify()
    with server.client() as client, house.client() as reference:
        kinds = [kind for kind, _ in server.sources]
        assert shape(client, kinds) == shape(reference, kinds)
        film = detail(client, "film", "film", "Greenwood Hour")
        with httpx.Client(base_url=server.url, timeout=60) as player:
            assert decode_hls(player, play(client, film)["url"])[0] > 10
        assert client.get("/search", params={"q": "Lamplighter"}).json()["hits"]
    server.stop()
    assert server.problems() == []
    database = open_database(server.data / "medley.sqlite")
    check(database)
    database.close()


def kill_in_the_migration(server: Server, chance: random.Random) -> None:
    """Start it, and kill both of its processes when the database's file is there, which has no table yet."""
    server.launch()
    victims = [server.child(name) for name in ("web", "worker")]
    until((server.data / "medley.sqlite").exists, 40, what="the beginning of the migration")
    for victim in chance.sample(victims, 2):
        time.sleep(chance.uniform(0, 0.15))
        victim.kill()
    until(lambda: not alive(victims), 10, what="their end")


def wait_for_drawing(server: Server) -> None:
    """Until pictures are being made, or all are."""
    with server.client() as client:

        def at_it() -> bool:
            jobs = client.get("/jobs", params={"limit": 500}).raise_for_status().json()["items"]
            busy = [each for each in jobs if each["state"] in ("queued", "running")]
            return not busy or any(each["kind"] == "artwork" and each["state"] == "running" for each in busy)

        until(at_it, 120, what="the drawing of pictures")


def kill(server: Server, name: str, after: float) -> None:
    """SIGKILL, some seconds from now, and another one in its place."""
    victim = server.child(name)
    time.sleep(after)
    victim.kill()
    until(lambda: server.child(name).pid != victim.pid, 40, what=f"another {name} process")


def answering(server: Server) -> None:
    def answers() -> bool:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{server.url}/api/v1/server", timeout=30).is_success
        return False

    until(answers, 60, what=f"an answer\n{server.output()[-3000:]}\n")


def shape(client: httpx.Client, kinds: list[str]) -> Counter:
    """Which items there are, with their files: equal for equal folders, however often it was killed."""
    found: Counter = Counter()
    for card in (each for kind in kinds for each in everything(client, "/items", kind=kind)):
        item = client.get(f"/items/{card['id']}").raise_for_status().json()
        files = sorted(file["name"] for edition in item["editions"] for file in edition["files"])
        pictures = item["artwork"] is not None
        path = tuple(each["title"] for each in item["path_titles"])
        found[(item["kind"], item["level"], path, item["title"], *files, pictures)] += 1
    return found


@contextlib.contextmanager
def watching(server: Server) -> Iterator[None]:
    """Somebody watches a film that has to be transcoded, again and again."""
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            with contextlib.suppress(httpx.HTTPError, StopIteration), server.client() as client:
                film = detail(client, "film", "film", "Greenwood Hour")
                with httpx.Client(base_url=server.url, timeout=30) as player:
                    decode_hls(player, play(client, film)["url"])
            over.wait(0.05)

    viewer = threading.Thread(target=watch, daemon=True)
    viewer.start()
    try:
        yield
    finally:
        over.set()
        viewer.join(70)
