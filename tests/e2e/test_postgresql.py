"""A whole installation on PostgreSQL, by its command line and its API: the setting is all that differs."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.support.postgres import PostgresServer
from tests.support.processes import until
from tests.support.server import PASSWORD, Server, everything
from tests.support.tiny_media import film, track

from .conftest import Serve

pytestmark = pytest.mark.postgresql


@pytest.fixture
def url(postgres: Callable[[], PostgresServer]) -> Iterator[str]:
    """An empty database."""
    name = postgres().create()
    yield postgres().url(name)
    postgres().drop(name)


@pytest.fixture
def installation(serve: Serve, url: str, tmp_path: Path) -> Server:
    data = tmp_path / "data"
    data.mkdir()
    (data / "medley.toml").write_text(f"database = {json.dumps(url)}\n")
    return serve(data=data)


def said(server: Server, *arguments: str, stdin: str = "") -> Any:
    """What a command answers with `--json`."""
    ended: subprocess.CompletedProcess[str] = server.medley(*arguments, "--json", stdin=stdin)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def titles(client: httpx.Client, kind: str, level: str) -> list[str]:
    return sorted(each["title"] for each in everything(client, "/items", kind=kind, level=level))


def test_from_the_first_start_to_a_restart(installation: Server, url: str, tmp_path: Path) -> None:
    media = tmp_path / "media"
    film(media / "film" / "First Light (2001).mkv", 1)
    track(media / "music" / "Ann" / "Blue" / "01.mp3", title="Ein Lied", artist="Ann", album="Blue")
    installation.start()
    with installation.set_up() as owner:
        for kind in ("film", "music"):
            body = {"name": kind, "kind": kind, "path": str(media / kind)}
            owner.post("/sources", json=body).raise_for_status()
        installation.wait_for_scans()
        assert owner.get("/system").json()["database"] == "postgresql"
        assert titles(owner, "film", "film") == ["First Light"]
        assert titles(owner, "music", "track") == ["Ein Lied"]
        before = _deeds(owner)

    _by_command(installation, media)
    copy = Path(said(installation, "db", "backup")["file"])
    assert copy.parent == installation.data / "backups"
    assert copy.read_bytes().startswith(b"PGDMP")
    assert not (installation.data / "medley.sqlite").exists()

    installation.stop()
    assert said(installation, "db", "check") == {"problems": []}
    installation.start()
    with installation.client() as owner:
        assert _seen(owner) == before
        assert titles(owner, "film", "film") == ["First Light", "Second Wind"]
        assert "Set-up code" not in installation.output()


def _deeds(owner: httpx.Client) -> dict[str, Any]:
    """Do a little of everything that must be there after a restart; the answer is how it looks."""
    item = next(everything(owner, "/items", kind="film"))["id"]
    owner.put(f"/items/{item}/progress", json={"position_ms": 400, "duration_ms": 1000}).raise_for_status()
    owner.put(f"/items/{item}/opinion", json={"rating": 9}).raise_for_status()
    owner.post("/playlists", json={"name": "Evening", "item_ids": [item]}).raise_for_status()
    return _seen(owner)


def _seen(owner: httpx.Client) -> dict[str, Any]:
    first = next(each for each in everything(owner, "/items", kind="film") if each["title"] == "First Light")
    lists = [(each["id"], each["name"], each["count"]) for each in everything(owner, "/playlists")]
    return {"mine": owner.get(f"/items/{first['id']}").json()["mine"], "lists": lists}


def _by_command(server: Server, media: Path) -> None:
    """The commands while the server runs: the running worker does what they ask."""
    film(media / "film" / "Second Wind (2010).mkv", 2)
    (scanned,) = said(server, "scan", "film", "--wait")
    assert scanned["state"] == "done"
    password = ("--role", "guest", "--password-stdin")
    assert said(server, "user", "add", "kit", *password, stdin=f"{PASSWORD}\n")["role"] == "guest"
    with server.client("") as stranger:
        stranger.post("/sessions", json={"name": "kit", "password": PASSWORD}).raise_for_status()
    until(lambda: [each["title"] for each in said(server, "search", "find", "secnd wind")] == ["Second Wind"], 30)


def test_a_server_that_is_away_is_told_with_an_exit_code(installation: Server, tmp_path: Path) -> None:
    (installation.data / "medley.toml").write_text(f'database = "postgresql://nobody@/none?host={tmp_path}"\n')
    ended = installation.medley("scan", "--wait")
    assert ended.returncode != 0
    assert "does not answer" in ended.stderr
    assert "Traceback" not in ended.stderr
