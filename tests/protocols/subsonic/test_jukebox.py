"""The jukebox through this door, and mpv as an app that plays a stream of ours."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.support.house import House
from tests.support.subsonic import App, app_of

from medley.adapters.jukebox import Mpv
from medley.core.playback import Jukebox

pytestmark = pytest.mark.skipif(shutil.which("mpv") is None, reason="mpv is not installed")


@pytest.fixture(scope="module", autouse=True)
def silent(house: House) -> Iterator[None]:
    """A sound card that makes no sound."""
    playback: Any = house.parts.playback
    before, playback._jukebox = playback._jukebox, Jukebox(Mpv(device="null"))
    yield
    playback._jukebox = before


@pytest.fixture
def songs(house: House) -> list[str]:
    filters = {"kind": "music", "level": "track", "sort": "title"}
    return [f"so-{each['id']}" for each in house.clients["admin"].get("/items", params=filters).json()["items"]][:3]


def control(app: App, action: str, **more: Any) -> dict[str, Any]:
    told = app.ask("jukeboxControl", action=action, **more)
    return told["jukeboxPlaylist" if action == "get" else "jukeboxStatus"]


def test_a_queue_is_played(app: App, house: House, songs: list[str]) -> None:
    long = f"so-{house.item(kind='audiobook')['id']}"
    assert control(app, "clear")["currentIndex"] == -1
    assert control(app, "add", id=[long, *songs])["playing"] is False
    queue = control(app, "get")
    assert [each["id"] for each in queue["entry"]][1:] == songs
    assert len(queue["entry"]) == 4
    control(app, "start")
    while not ((now := control(app, "status"))["playing"] and now["position"] >= 1):
        time.sleep(0.05)
    assert control(app, "stop")["playing"] is False
    assert control(app, "skip", index=0, offset=100)["playing"] is True
    assert control(app, "status")["position"] >= 100
    assert control(app, "setGain", gain=0.5)["gain"] == 0.5
    control(app, "remove", index=1)
    assert [each["id"] for each in control(app, "get")["entry"]] == [long, *songs[1:]]
    control(app, "shuffle")
    assert control(app, "get")["entry"][0]["id"] == long
    assert control(app, "set", id=songs[:1])["currentIndex"] == 0
    control(app, "clear")


def test_what_makes_no_sense(app: App, house: House, songs: list[str]) -> None:
    assert app.fail("jukeboxControl")["code"] == 10
    assert app.fail("jukeboxControl", action="dance")["code"] == 0
    assert app.fail("jukeboxControl", action="skip", index=999)["code"] == 0
    assert app.fail("jukeboxControl", action="skip")["code"] == 10
    assert app.fail("jukeboxControl", action="setGain", gain="loud")["code"] == 0
    assert app.fail("jukeboxControl", action="add", id="so-0123456789abcdef0123456789")["code"] == 70
    for role in ("user", "guest"):
        assert app_of(house, role).fail("jukeboxControl", action="status")["code"] == 50


@pytest.mark.parametrize("wish", ["", "&format=opus", "&format=mp3&estimateContentLength=true"])
def test_mpv_plays_a_stream(app: App, songs: list[str], wish: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in {**app.usual, **app.credentials, "id": songs[0]}.items())
    options = ["--no-config", "--ao=null", "--untimed", "--vid=no", "--msg-level=all=error", "--ytdl=no"]
    played = subprocess.run(
        ["mpv", *options, f"{app.url}/rest/stream?{query}{wish}"], capture_output=True, text=True, timeout=60
    )
    assert played.returncode == 0, played.stdout + played.stderr
