"""Searching: for nothing is for everything, page by page; else by words."""

import pytest
from tests.support.house import House
from tests.support.subsonic import App, app_of


def titles(app: App, query: str, **more: object) -> list[str]:
    return [song["title"] for song in app.ask("search3", query=query, songCount=500, **more)["searchResult3"]["song"]]


# Symfonium and others send two quotes (koel, issue 2619); PureMusic two single ones; some nothing, some a star.
@pytest.mark.parametrize("nothing", ["", '""', "''", "*", '"*"', " "])
def test_nothing_is_everything(app: App, nothing: str):
    told = app.ask("search3", query=nothing)["searchResult3"]
    assert {key: len(each) for key, each in told.items()} == {"artist": 4, "album": 4, "song": 13}
    folders = app.ask("search2", query=nothing)["searchResult2"]
    assert [each["id"] for each in folders["album"]] == [each["id"] for each in told["album"]]


def test_everything_is_paged(app: App):
    whole = titles(app, "")
    pages = [
        app.ask("search3", query='""', artistCount=0, albumCount=0, songCount=5, songOffset=at)["searchResult3"]
        for at in (0, 5, 10, 15)
    ]
    assert [song["title"] for page in pages for song in page["song"]] == whole
    assert {len(page["artist"]) + len(page["album"]) for page in pages} == {0}
    leap = app.called("leaper").ask("search3", query="", songCount=5, songOffset=10)["searchResult3"]["song"]
    assert [song["title"] for song in leap] == whole[10:15]
    assert titles(app, "", songOffset=10**12) == []


def test_words(app: App):
    assert titles(app, "verse 2")[0] == "Verse 2"
    assert titles(app, '"verse 2"')[0] == titles(app, "verse 2*")[0] == "Verse 2"
    told = app.ask("search3", query="two discs")["searchResult3"]
    assert [each["name"] for each in told["album"]][:1] == ["Two Discs"]
    assert [each["name"] for each in app.ask("search2", query="band")["searchResult2"]["artist"]] == ["The Band"]
    assert titles(app, "nothing like it anywhere") == []
    assert app.fail("search3")["code"] == 10


def test_words_are_paged(app: App):
    whole = titles(app, "verse")
    assert len(whole) == 3
    assert [titles(app, "verse", songOffset=at)[0] for at in range(3)] == whole
    assert titles(app, "verse", songOffset=10**9) == []


def test_the_oldest_search(app: App):
    told = app.ask("search", title="verse", count=2)["searchResult"]
    assert (told["offset"], len(told["match"])) == (0, 2)
    assert app.ask("search", title="verse", newerThan=2**52)["searchResult"]["match"] == []


def test_nobody_finds_what_is_not_theirs(house: House):
    limited = app_of(house, "limited")
    for query in ("", "verse"):
        assert limited.ask("search3", query=query)["searchResult3"] == {"artist": [], "album": [], "song": []}
