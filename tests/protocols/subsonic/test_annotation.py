"""Favourites, ratings, and what was played when."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.house import House
from tests.support.subsonic import App, app_of

from medley.kernel.ids import new_id


@pytest.fixture
def mine(house: House) -> App:
    """Somebody's own: what they do here is seen by nobody else."""
    return app_of(house, "user")


@pytest.fixture
def song(app: App) -> dict[str, Any]:
    return app.ask("search3", query="verse 1")["searchResult3"]["song"][0]


def of(app: App, song: dict[str, Any]) -> dict[str, Any]:
    return app.ask("getSong", id=song["id"])["song"]


def test_a_star_is_ones_own(mine: App, app: App, song: dict[str, Any]):
    mine.ask("star", id=song["id"])
    assert datetime.fromisoformat(of(mine, song)["starred"]).tzinfo == UTC
    assert "starred" not in of(app, song)
    mine.ask("unstar", id=song["id"])
    assert "starred" not in of(mine, song)
    mine.ask("star", albumId=song["albumId"], artistId=song["artistId"])
    assert "starred" in mine.ask("getAlbum", id=song["albumId"])["album"]
    assert "starred" in mine.ask("getArtist", id=song["artistId"])["artist"]
    mine.ask("unstar", id=[song["albumId"], song["artistId"]])  # apps of folders have one sort of id
    assert "starred" not in mine.ask("getAlbum", id=song["albumId"])["album"]


def test_all_stars_or_none(mine: App, song: dict[str, Any]):
    assert mine.fail("star", id=[song["id"], f"so-{new_id()}"])["code"] == 70
    assert "starred" not in of(mine, song)
    assert mine.fail("star")["code"] == 10
    assert mine.fail("star", albumId=song["artistId"])["code"] == 70


@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5])
def test_ratings_come_back_as_given(mine: App, app: App, song: dict[str, Any], rating: int):
    mine.ask("setRating", id=song["id"], rating=rating)
    assert of(mine, song)["userRating"] == rating
    assert of(app, song)["averageRating"] == rating
    assert "userRating" not in of(app, song)
    mine.ask("setRating", id=song["id"], rating=0)
    assert "userRating" not in of(mine, song)


def test_wrong_ratings(mine: App, song: dict[str, Any]):
    for wrong in (6, -1, "x", "", 2.5):
        assert mine.fail("setRating", id=song["id"], rating=wrong)["code"] in (0, 10)
    assert mine.fail("setRating", id=song["id"])["code"] == 10
    assert mine.fail("setRating", rating=3)["code"] == 10


def test_plays_count_with_their_times(mine: App, app: App):
    songs = app.ask("search3", query="tune", songCount=3)["searchResult3"]["song"]
    mine.ask("scrobble", id=[songs[0]["id"], songs[1]["id"]], time=[1_500_000_000_000, 1_600_000_000_000])
    assert (of(mine, songs[0])["playCount"], of(mine, songs[0])["played"]) == (1, "2017-07-14T02:40:00.000Z")
    assert of(mine, songs[1])["played"] == "2020-09-13T12:26:40.000Z"
    mine.ask("scrobble", id=songs[0]["id"], time=1_500_000_000_000)  # told twice
    assert of(mine, songs[0])["playCount"] == 1
    mine.ask("scrobble", id=songs[0]["id"], time=1_400_000_000_000)  # an older device tells later
    assert (of(mine, songs[0])["playCount"], of(mine, songs[0])["played"]) == (2, "2017-07-14T02:40:00.000Z")
    assert of(app, songs[0])["playCount"] == 0


def test_amperfy_says_date_for_time(mine: App, app: App):
    song = app.ask("search3", query="zig zag")["searchResult3"]["song"][0]
    mine.ask("scrobble", id=song["id"], date=1_550_000_000_000)
    assert of(mine, song)["played"] == "2019-02-12T19:33:20.000Z"


def test_what_is_played_now_is_no_play(mine: App, house: House, song: dict[str, Any]):
    before = of(mine, song)["playCount"]
    mine.called("kitchen").ask("scrobble", id=song["id"], submission="false")
    assert of(mine, song)["playCount"] == before
    user = next(each for each in house.parts.identity.users() if each.name == "user")
    playing = house.parts.players.playing.all(house.parts.identity.asker(user.id))
    assert ("kitchen", song["id"][3:]) in [(each.device, each.item_id) for each in playing]


def test_a_player_reports(mine: App, house: House, song: dict[str, Any]):
    player = mine.called("reporter")
    player.ask("reportPlayback", mediaId=song["id"], mediaType="song", positionMs=0, state="playing", playbackRate=1.5)
    user = next(each for each in house.parts.identity.users() if each.name == "user")
    playing = {each.device: each for each in house.parts.players.playing.all(house.parts.identity.asker(user.id))}
    assert (playing["reporter"].state, playing["reporter"].rate) == ("playing", 1.5)
    player.ask("reportPlayback", mediaId=song["id"], mediaType="song", positionMs=100, state="stopped")
    left = house.parts.players.playing.all(house.parts.identity.asker(user.id))
    assert "reporter" not in [each.device for each in left]
    for wrong in ({"state": "flying"}, {"mediaType": "film"}, {"positionMs": -1}, {"playbackRate": "nan"}):
        query = {"mediaId": song["id"], "mediaType": "song", "positionMs": 0, "state": "playing", **wrong}
        assert player.fail("reportPlayback", **query)["code"] == 0


def test_wrong_plays(mine: App, song: dict[str, Any]):
    assert mine.fail("scrobble")["code"] == 10
    assert mine.fail("scrobble", id=song["albumId"])["code"] == 70
    assert mine.fail("scrobble", id=song["id"], time="yesterday")["code"] == 0
    assert mine.fail("scrobble", id=song["id"], submission="perhaps")["code"] == 0
