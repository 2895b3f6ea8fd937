"""Bookmarks."""

from tests.support.subsonic import App

from medley.kernel.ids import new_id


def test_bookmarks_are_set_replaced_and_taken_away(app: App, other: App):
    song = app.ask("search3", query="", songCount=1)["searchResult3"]["song"][0]
    app.ask("createBookmark", id=song["id"], position=1000, comment="solo & more")
    app.ask("createBookmark", id=song["id"], position=2000, comment="later")
    (told,) = app.ask("getBookmarks")["bookmarks"]["bookmark"]
    assert (told["position"], told["comment"], told["username"]) == (2000, "later", "admin")
    assert told["entry"]["id"] == song["id"]
    assert told["created"] <= told["changed"]
    assert other.ask("getBookmarks")["bookmarks"]["bookmark"] == []
    assert other.fail("deleteBookmark", id=song["id"])["code"] == 70
    app.ask("deleteBookmark", id=song["id"])
    assert app.ask("getBookmarks")["bookmarks"]["bookmark"] == []
    assert app.fail("createBookmark", id=song["id"])["code"] == 10
    assert app.fail("createBookmark", id=f"so-{new_id()}", position=1)["code"] == 70
    assert app.fail("createBookmark", id=song["albumId"], position=1)["code"] == 70
