"""Similar songs, and the best of an artist."""

from tests.support.subsonic import App

from medley.kernel.ids import new_id


def test_songs_go_with_songs_albums_and_artists(app: App):
    song = app.ask("search3", query="", songCount=1)["searchResult3"]["song"][0]
    for method, element in (("getSimilarSongs", "similarSongs"), ("getSimilarSongs2", "similarSongs2")):
        found = app.ask(method, id=song["id"], count=5)[element]["song"]
        assert song["id"] not in [each["id"] for each in found]
        assert all(not each["isDir"] for each in found)
        assert app.ask(method, id=song["id"], count=0)[element]["song"] == []
    assert app.fail("getSimilarSongs2", id=f"so-{new_id()}")["code"] == 70
    assert app.fail("getSimilarSongs2")["code"] == 10
    app.ask("getSimilarSongs2", id=song["albumId"])


def test_the_best_of_an_artist_by_name_and_by_id(app: App):
    artist = app.ask("search3", query="", artistCount=1)["searchResult3"]["artist"][0]
    by_id = app.ask("getTopSongs", id=artist["id"])["topSongs"]["song"]
    assert by_id
    assert app.ask("getTopSongs", id=artist["id"], artist="somebody else")["topSongs"]["song"] == by_id
    by_name = app.ask("getTopSongs", artist=artist["name"], count=1)["topSongs"]["song"]
    assert len(by_name) == 1
    assert app.ask("getTopSongs", artist="Nobody at all")["topSongs"]["song"] == []
    assert app.fail("getTopSongs")["code"] == 10
    assert {"name": "topSongsByArtistId", "versions": [1]} in app.ask("getOpenSubsonicExtensions")[
        "openSubsonicExtensions"
    ]
