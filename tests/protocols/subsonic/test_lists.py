"""Lists of albums and songs: every type, from any offset, and what each costs."""

import pytest
from tests.support.asking import statements
from tests.support.house import House
from tests.support.subsonic import App, app_of


def names(app: App, **query: object) -> list[str]:
    query = {"size": 500, **query}
    found = app.ask("getAlbumList2", **query)["albumList2"]["album"]
    folders = app.ask("getAlbumList", **query)["albumList"]["album"]
    if query["type"] != "random":
        assert [each["name"] for each in found] == [each["title"] for each in folders]
    return [each["name"] for each in found]


def test_albums_in_order(app: App):
    assert names(app, type="alphabeticalByName") == ["The Album", "Sampler", "Two Discs", "Überall"]
    assert names(app, type="alphabeticalByArtist") == ["Überall", "The Album", "Two Discs", "Sampler"]
    assert sorted(names(app, type="newest")) == sorted(names(app, type="random")) == sorted(names(app, type="newest"))
    assert names(app, type="byYear", fromYear=1990, toYear=2012) == ["Two Discs", "The Album", "Sampler"]
    assert names(app, type="byYear", fromYear=2012, toYear=1990) == ["Sampler", "The Album", "Two Discs"]
    assert sorted(names(app, type="byGenre", genre="rock")) == ["Sampler", "The Album"]
    assert names(app, type="byGenre", genre="Polka") == []


@pytest.mark.parametrize("type_", ["alphabeticalByName", "alphabeticalByArtist", "newest", "byYear", "byGenre"])
def test_pages_make_the_whole_list(app: App, type_: str):
    query = {"type": type_, "fromYear": 1900, "toYear": 2100, "genre": "Rock"}
    whole = names(app, **query)
    pages = [names(app.called("walker"), **query, size=1, offset=at) for at in range(len(whole) + 1)]
    backwards = [names(app.called("back"), **query, size=1, offset=at) for at in reversed(range(len(whole) + 1))]
    assert [name for page in pages for name in page] == whole
    assert [name for page in reversed(backwards) for name in page] == whole
    assert names(app, **query, offset=10**6) == []


def test_what_somebody_played_rated_and_likes(app: App, house: House):
    mine = app_of(house, "power_user")
    ids = {each["name"]: each["id"] for each in app.ask("getAlbumList2", type="newest")["albumList2"]["album"]}
    for type_ in ("frequent", "recent", "highest", "starred"):
        assert names(mine, type=type_) == []
    songs = {name: mine.ask("getAlbum", id=own)["album"]["song"] for name, own in ids.items()}
    mine.ask("scrobble", id=[each["id"] for each in songs["Two Discs"]])
    mine.ask("scrobble", id=songs["Sampler"][0]["id"])
    mine.ask("setRating", id=ids["The Album"], rating=2)
    mine.ask("setRating", id=ids["Sampler"], rating=5)
    mine.ask("star", albumId=[ids["The Album"], ids["Überall"]])
    assert names(mine, type="frequent") == ["Two Discs", "Sampler"]
    assert names(mine, type="recent") == ["Sampler", "Two Discs"]
    assert names(mine, type="highest") == ["Sampler", "The Album"]
    assert sorted(names(mine, type="starred")) == ["The Album", "Überall"]
    assert "starred" not in app.ask("getAlbum", id=ids["Überall"])["album"]


def test_songs_by_chance_and_by_genre(app: App):
    drawn = app.ask("getRandomSongs", size=500)["randomSongs"]["song"]
    assert len({each["id"] for each in drawn}) == len(drawn) == 13
    assert {each["genre"] for each in app.ask("getRandomSongs", genre="jazz")["randomSongs"]["song"]} == {"Jazz"}
    assert {each["year"] for each in app.ask("getRandomSongs", fromYear=2011)["randomSongs"]["song"]} == {2015}
    assert app.ask("getRandomSongs", genre="Polka")["randomSongs"]["song"] == []
    rock = app.ask("getSongsByGenre", genre="ROCK", count=500)["songsByGenre"]["song"]
    assert len(rock) == 6
    for at in (0, 2, 4, 6):
        page = app.ask("getSongsByGenre", genre="Rock", count=2, offset=at)["songsByGenre"]["song"]
        assert page == rock[at : at + 2]


def test_favourites(app: App, house: House):
    mine = app_of(house, "guest")
    song = app.ask("getRandomSongs", size=1)["randomSongs"]["song"][0]
    mine.ask("star", id=song["id"], albumId=song["albumId"])
    for method, element in (("getStarred", "starred"), ("getStarred2", "starred2")):
        told = mine.ask(method)[element]
        assert [each["id"] for each in told["song"]] == [song["id"]]
        assert [each["id"] for each in told["album"]] == [song["albumId"]]
        assert told["artist"] == []
        assert told["song"][0]["starred"].endswith("Z")
    mine.ask("unstar", id=song["id"], albumId=song["albumId"])
    assert mine.ask("getStarred2")["starred2"] == {"artist": [], "album": [], "song": []}


def test_a_music_folder_narrows(app: App):
    folder = app.ask("getMusicFolders")["musicFolders"]["musicFolder"][0]["id"]
    assert len(names(app, type="newest", musicFolderId=folder)) == 4
    assert app.fail("getAlbumList2", type="newest", musicFolderId=folder + 1)["code"] == 70


def test_wrong_lists(app: App):
    assert app.fail("getAlbumList2")["code"] == 10
    assert app.fail("getAlbumList2", type="byYear")["code"] == 10
    assert app.fail("getAlbumList2", type="byGenre")["code"] == 10
    assert app.fail("getSongsByGenre")["code"] == 10
    for wrong in ({"type": "best"}, {"type": "newest", "size": -1}, {"type": "newest", "offset": "x"}):
        assert app.fail("getAlbumList2", **wrong)["code"] == 0
    assert app.ask("getAlbumList2", type="newest", size=0)["albumList2"]["album"] == []
    assert len(names(app, type="newest", size=10**9)) == 4


COSTS = {
    "getAlbumList": {"type": "alphabeticalByName"},
    "getAlbumList2": {"type": "alphabeticalByName"},
    "getRandomSongs": {},
    "getSongsByGenre": {"genre": "Rock"},
    "search2": {"query": ""},
    "search3": {"query": ""},
}


@pytest.mark.parametrize("method", COSTS)
def test_a_long_page_costs_no_more_queries_than_a_short_one(app: App, method: str):
    sizes = ("size", "count", "songCount", "albumCount", "artistCount")
    app.ask(method, **COSTS[method])
    counted = []
    for many in (1, 4):
        with statements() as said:
            app.ask(method, **COSTS[method], **dict.fromkeys(sizes, many))
        counted.append(len(said))
    assert 0 < counted[1] <= counted[0] + 1  # a thread of the server's own may have something to say meanwhile
