"""Bookmarks in books."""

from tests.support.audiobookshelf import Phone


def test_bookmarks_are_set_renamed_and_removed(own: Phone, phone: Phone) -> None:
    book = own.item("audiobook", "A Long Book")
    path = f"/api/me/item/{book}/bookmark"
    first = own.post(path, time=10, title="The door").json()
    assert (first["libraryItemId"], first["time"], first["title"]) == (book, 10, "The door")
    own.post(path, time=20.7, title="The key")
    assert [each["time"] for each in own.json("/api/me")["bookmarks"]] == [10, 20]
    assert own.patch(path, {"time": 10, "title": "The gate"}).json()["title"] == "The gate"
    assert own.patch(path, {"time": 11, "title": "x"}).status_code == 404
    assert [each["title"] for each in own.json(f"/api/me/bookmarks/{book}")["bookmarks"]] == ["The gate", "The key"]
    assert phone.json("/api/me/bookmarks")["bookmarks"] == []
    assert own.call("DELETE", f"{path}/10").status_code == 200
    for time in ("10", "x", "1e9", "-1"):
        assert own.call("DELETE", f"{path}/{time}").status_code == 404
    assert [each["time"] for each in own.json("/api/me/bookmarks")["bookmarks"]] == [20]


def test_nobody_marks_what_they_do_not_see(phone: Phone, limited: Phone) -> None:
    assert limited.post(f"/api/me/item/{phone.item('audiobook')}/bookmark", time=1, title="x").status_code == 404
