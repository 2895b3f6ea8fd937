"""What the server says of itself."""

import pytest
from tests.support.house import House
from tests.support.subsonic import App

from medley.protocols.subsonic.routes import ROUTES


def test_extensions_are_told_to_anybody(house: House):
    nobody = App(house.url, {})
    told = nobody.ask("getOpenSubsonicExtensions")["openSubsonicExtensions"]
    assert {"name": "formPost", "versions": [1]} in told
    assert nobody.fail("ping")["code"] == 10


def test_every_answer_says_who_speaks(app: App):
    told = app.envelope("ping")
    assert told["status"] == "ok"
    assert (told["version"], told["type"], told["openSubsonic"]) == ("1.16.1", "medley", True)
    assert told["serverVersion"]


@pytest.mark.parametrize("method", ["ping", "ping.view", "getLicense", "getLicense.view"])
def test_methods_have_two_names(app: App, method: str):
    assert app.envelope(method)["status"] == app.post(method).json()["subsonic-response"]["status"] == "ok"


def test_the_licence_never_ends(app: App):
    assert app.ask("getLicense") == {"license": {"valid": True}}


def test_a_token_says_whose_it_is(app: App, house: House):
    key = App(house.url, {"apiKey": app.credentials["p"]})
    assert key.ask("tokenInfo") == {"tokenInfo": {"username": "admin"}}


_NEEDED = {
    "apiKeyAuthentication": ("tokenInfo",),
    "formPost": (),
    "getPodcastEpisode": ("getPodcastEpisode",),
    "indexBasedQueue": ("getPlayQueueByIndex", "savePlayQueueByIndex"),
    "playbackReport": ("reportPlayback",),
    "songLyrics": ("getLyricsBySongId",),
    "sonicSimilarity": ("getSonicSimilarTracks", "findSonicPath"),
    "topSongsByArtistId": ("getTopSongs",),
    "transcodeOffset": ("stream",),
    "transcoding": ("getTranscodeDecision", "getTranscodeStream"),
}


def test_what_is_announced_is_there(app: App):
    methods = {route.name for route in ROUTES}
    announced = [each["name"] for each in app.ask("getOpenSubsonicExtensions")["openSubsonicExtensions"]]
    assert announced
    for name in announced:
        assert methods.issuperset(_NEEDED[name]), name
