"""Where one is in everything."""

import time

import pytest
from tests.support.audiobookshelf import Phone, phone_of
from tests.support.house import PASSWORD, House

from medley.kernel.ids import new_id


def test_progress_is_told_and_kept(own: Phone) -> None:
    book = own.item("audiobook", "A Long Book")
    path = f"/api/me/progress/{book}"
    assert own.call("GET", path).status_code == 404
    assert own.patch(path, {"currentTime": 90, "duration": 900, "progress": 0.1}).text == "OK"
    told = own.json(path)
    assert (told["currentTime"], told["isFinished"], told["libraryItemId"]) == (90, False, book)
    assert told["progress"] == pytest.approx(0.1)
    assert own.json("/api/me")["mediaProgress"] == [told]
    assert own.json("/api/me/progress") == {"mediaProgress": [told]}
    own.patch(path, {"isFinished": True})
    assert own.json(path)["isFinished"] is True
    assert own.json(path)["finishedAt"] >= told["startedAt"]
    own.patch(path, {"isFinished": False})
    assert own.call("GET", path).status_code == 404  # never begun, as it is again
    own.patch(path, {"currentTime": 90})
    assert own.call("DELETE", path).status_code == 200
    assert own.call("GET", path).status_code == 404


def test_the_newest_event_wins(own: Phone) -> None:
    book = own.item("audiobook", "A Long Book")
    now = int(time.time() * 1000)
    own.patch(f"/api/me/progress/{book}", {"currentTime": 90, "lastUpdate": now})
    own.patch(f"/api/me/progress/{book}", {"currentTime": 10, "lastUpdate": now - 60_000})
    assert own.json(f"/api/me/progress/{book}")["currentTime"] == 90


def test_a_place_in_a_book_that_is_read(own: Phone) -> None:
    book = own.item("book")
    own.patch(f"/api/me/progress/{book}", {"ebookLocation": "epubcfi(/6/4!/4/2)", "ebookProgress": 0.25})
    told = own.json(f"/api/me/progress/{book}")
    assert (told["ebookLocation"], told["ebookProgress"], told["isFinished"]) == ("epubcfi(/6/4!/4/2)", 0.25, False)


def test_many_at_once(own: Phone) -> None:
    books = [own.item("audiobook", title) for title in ("Alpha", "Beta")]
    podcast, episode = own.episode()
    told = [{"libraryItemId": each, "isFinished": True} for each in books]
    told += [{"libraryItemId": podcast, "episodeId": episode, "isFinished": True}, {"libraryItemId": new_id()}, {}]
    assert own.patch("/api/me/progress/batch/update", told).status_code == 200
    assert {each["mediaItemId"] for each in own.json("/api/me")["mediaProgress"]} == {*books, episode}


def test_what_one_goes_on_with(own: Phone) -> None:
    book, (podcast, episode) = own.item("audiobook", "A Long Book"), own.episode()
    own.patch(f"/api/me/progress/{book}", {"currentTime": 90})
    own.patch(f"/api/me/progress/{podcast}/{episode}", {"currentTime": 0.1, "isFinished": False})
    shown = own.json("/api/me/items-in-progress")["libraryItems"]
    assert [each["id"] for each in shown] == [podcast, book]
    assert shown[0]["recentEpisode"]["id"] == episode
    aside = own.json(f"/api/me/progress/{book}/remove-from-continue-listening")
    assert [each["hideFromContinueListening"] for each in aside["mediaProgress"] if each["id"] == book] == [True]
    assert [each["id"] for each in own.json("/api/me/items-in-progress")["libraryItems"]] == [podcast]
    own.patch(f"/api/me/progress/{book}", {"currentTime": 91})
    assert len(own.json("/api/me/items-in-progress")["libraryItems"]) == 2


def test_a_series_is_set_aside(own: Phone) -> None:
    series = own.json(f"/api/libraries/{own.library('audiobook')}/series")["results"][0]["id"]
    told = own.json(f"/api/me/series/{series}/remove-from-continue-listening")
    assert told["seriesHideFromContinueListening"] == [series]
    told = own.json(f"/api/me/series/{series}/readd-to-continue-listening")
    assert told["seriesHideFromContinueListening"] == []


@pytest.mark.parametrize("body", ['{"currentTime":1e400}', '{"currentTime":"x"}', '{"progress":-5}', "[1]", "",
                                  '{"lastUpdate":1e300,"currentTime":1}', '{"ebookLocation":"\\u0000"}',
                                  '{"currentTime":-1e300}', '{"progress":1e300}',
                                  '{"duration":1e300,"isFinished":true}'])  # fmt: skip
def test_odd_reports(own: Phone, body: str) -> None:
    answer = own.call("PATCH", f"/api/me/progress/{own.item('audiobook')}", content=body)
    assert answer.status_code in (200, 400)
    assert own.call("GET", "/api/me").status_code == 200


def test_nobody_sees_the_progress_of_others(own: Phone, phone: Phone, limited: Phone) -> None:
    book = own.item("audiobook", "Beta")
    own.patch(f"/api/me/progress/{book}", {"currentTime": 0.3})
    assert phone.call("GET", f"/api/me/progress/{book}").status_code == 404
    assert limited.patch(f"/api/me/progress/{book}", {"currentTime": 1}).status_code == 404
    assert limited.json("/api/me")["mediaProgress"] == []


def test_a_new_password(house: House) -> None:
    house.parts.identity.add_user("renewed", PASSWORD)
    phone = phone_of(house, "renewed")
    wrong = phone.patch("/api/me/password", {"password": "not mine", "newPassword": "another one entirely"})
    assert wrong.status_code == 403
    told = phone.patch("/api/me/password", {"password": PASSWORD, "newPassword": "another one entirely"})
    assert told.json() == {"success": True}
    assert Phone(house.url).post("/login", username="renewed", password=PASSWORD).status_code == 401
