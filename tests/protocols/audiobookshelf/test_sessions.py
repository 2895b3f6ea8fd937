"""Playing, and what apps tell after they were offline."""

import time

import av
import pytest
from tests.support.audiobookshelf import DOOR, Phone
from tests.support.house import House

from medley.kernel.ids import new_id


def play(phone: Phone, item: str, **body) -> dict:
    return phone.post(f"/api/items/{item}/play", **body).raise_for_status().json()


def place(phone: Phone, item: str) -> float:
    return phone.json(f"/api/me/progress/{item}")["currentTime"]


def test_a_session_from_opening_to_closing(own: Phone) -> None:
    book = own.item("audiobook", "A Long Book")
    device = {"deviceId": "d1", "clientName": "Abs Android", "model": "Pixel"}
    session = play(own, book, deviceInfo=device, mediaPlayer="exo-player", supportedMimeTypes=["audio/mpeg"])
    assert (session["playMethod"], session["currentTime"], session["libraryItem"]["id"]) == (0, 0, book)
    assert session["deviceInfo"]["model"] == "Pixel"
    path = f"/api/session/{session['id']}"
    assert own.post(f"{path}/sync", currentTime=60, timeListened=15, duration=900).text == "OK"
    assert own.json(path)["timeListening"] == 15
    assert own.post(f"{path}/close", currentTime=75, timeListened=15).status_code == 200
    assert place(own, book) == 75
    assert play(own, book)["currentTime"] == 75
    for after in ("sync", "close"):
        assert own.post(f"{path}/{after}", currentTime=1).status_code == 404
    assert own.json("/api/me/listening-stats")["totalTime"] == 30


def test_a_finished_book_begins_anew(own: Phone) -> None:
    book = own.item("audiobook", "A Long Book")
    session = play(own, book)
    own.post(f"/api/session/{session['id']}/sync", currentTime=895, timeListened=1)
    assert own.json(f"/api/me/progress/{book}")["isFinished"] is True
    assert play(own, book)["startTime"] == 0


def test_an_episode(own: Phone) -> None:
    podcast, episode = own.episode()
    session = own.post(f"/api/items/{podcast}/play/{episode}").json()
    assert (session["libraryItemId"], session["episodeId"], session["mediaType"]) == (podcast, episode, "podcast")
    assert own.post(f"/api/items/{podcast}/play").status_code == 400
    assert own.post(f"/api/items/{podcast}/play/{own.item('audiobook')}").status_code == 404
    own.post(f"/api/session/{session['id']}/sync", currentTime=0.2, timeListened=0.2)
    assert own.json(f"/api/me/progress/{podcast}/{episode}")["episodeId"] == episode


def test_what_is_played_is_sound(house: House, own: Phone) -> None:
    session = play(own, own.item("audiobook", "Alpha"))
    assert len(session["audioTracks"]) == 2
    for track in session["audioTracks"]:
        direct = f"{house.url}{DOOR}{track['contentUrl']}?token={own.token}"
        public = f"{house.url}{DOOR}/public/session/{session['id']}/track/{track['index']}"
        for address in (direct, public):
            with av.open(address) as sound:
                assert sum(frame.samples for frame in sound.decode(audio=0)) > 10_000
    for index in ("0", "3", "x", "9" * 30):
        assert own.call("GET", f"/public/session/{session['id']}/track/{index}").status_code == 404
    own.post(f"/api/session/{session['id']}/close")
    assert own.call("GET", f"/public/session/{session['id']}/track/1").status_code == 404


def test_nothing_is_heard_of_a_book_that_is_read(own: Phone) -> None:
    assert own.post(f"/api/items/{own.item('book')}/play").status_code == 404


def local(item: str, **changes) -> dict:
    now = int(time.time() * 1000)
    usual = {"id": new_id(), "libraryItemId": item, "currentTime": 100, "timeListening": 50, "startTime": 50,
             "startedAt": now - 60_000, "updatedAt": now, "date": "2024-05-05", "mediaPlayer": "exo"}  # fmt: skip
    return {**usual, **changes}


def test_newer_events_win_and_an_older_device_erases_nothing(own: Phone) -> None:
    book = own.item("audiobook", "A Long Book")
    own.patch(f"/api/me/progress/{book}", {"currentTime": 500})
    week_ago = int(time.time() * 1000) - 7 * 86_400_000
    old, new = local(book, currentTime=0, updatedAt=week_ago), local(book, updatedAt=int(time.time() * 1000) + 10)
    told = own.post("/api/session/local-all", sessions=[old], deviceInfo={"deviceId": "d"}).json()
    assert told["results"] == [{"id": old["id"], "success": True, "progressSynced": False}]
    assert place(own, book) == 500
    own.post("/api/session/local-all", sessions=[new]).raise_for_status()
    assert place(own, book) == 100
    own.post("/api/session/local", **old).raise_for_status()
    assert place(own, book) == 100
    assert own.json("/api/me/listening-stats")["days"] == {"2024-05-05": 100}


@pytest.mark.parametrize("changes", [{"libraryItemId": "local_1"}, {"libraryItemId": None}, {"id": "../x"}, {"id": ""},
                                     {"episodeId": "nonsense"}, {"currentTime": 1e300}])  # fmt: skip
def test_one_odd_session_does_not_hold_up_the_others(own: Phone, changes: dict) -> None:
    book = own.item("audiobook", "Beta")
    sessions = [local(book, **changes), local(book, currentTime=0.1)]
    results = own.post("/api/session/local-all", sessions=sessions).json()["results"]
    assert [each["success"] for each in results] == [False, True]
    assert results[0]["error"]


def test_nobody_meddles_with_the_sessions_of_others(own: Phone, phone: Phone, limited: Phone) -> None:
    book = own.item("audiobook", "A Long Book")
    session = play(own, book)["id"]
    assert phone.call("GET", f"/api/session/{session}").status_code == 404
    assert phone.post(f"/api/session/{session}/sync", currentTime=1).status_code == 404
    assert limited.post(f"/api/items/{book}/play").status_code == 404
    assert limited.post("/api/session/local-all", sessions=[local(book)]).json()["results"][0]["success"] is False
