"""What is played now."""

from tests.support.subsonic import App


def test_what_apps_report_is_shown(app: App, other: App):
    songs = app.ask("search3", query="", songCount=2)["searchResult3"]["song"]
    phone, car = app.called("Phone"), other.called("Car")
    told = {"mediaType": "song", "positionMs": 100}
    phone.ask("reportPlayback", mediaId=songs[0]["id"], state="paused", playbackRate=1.5, **told)
    car.ask("scrobble", id=songs[1]["id"], submission="false")
    entries = {each["playerName"]: each for each in app.ask("getNowPlaying")["nowPlaying"]["entry"]}
    mine, theirs = entries["Phone"], entries["Car"]
    assert (mine["id"], mine["state"], mine["positionMs"], mine["playbackRate"]) == (songs[0]["id"], "paused", 100, 1.5)
    assert (mine["username"], mine["minutesAgo"], mine["title"]) == ("admin", 0, songs[0]["title"])
    assert theirs["id"] == songs[1]["id"]
    assert mine["playerId"] != theirs["playerId"]
    others = {each["playerName"]: each["username"] for each in other.ask("getNowPlaying")["nowPlaying"]["entry"]}
    assert "Car" in others
    assert set(others.values()) == {"user"}
    phone.ask("reportPlayback", mediaId=songs[0]["id"], state="stopped", **told)
    car.ask("reportPlayback", mediaId=songs[1]["id"], state="stopped", **told)
    left = [each["playerName"] for each in app.ask("getNowPlaying")["nowPlaying"]["entry"]]
    assert not {"Phone", "Car"} & set(left)
