"""Series of books."""

from tests.support.audiobookshelf import Phone

from medley.kernel.ids import new_id


def test_a_series_with_its_books(own: Phone) -> None:
    library = own.library("audiobook")
    told = own.json(f"/api/libraries/{library}/series", limit=10, sort="name")
    (saga,) = told["results"]
    assert (told["total"], saga["name"], saga["type"]) == (1, "Saga", "series")
    assert [(each["media"]["metadata"]["title"], each["seriesSequence"]) for each in saga["books"]] == [
        ("Alpha", "1"), ("Beta", "2"), ("Gamma", "3"),
    ]  # fmt: skip
    assert own.json(f"/api/libraries/{library}/series", limit=10, page=1)["results"] == []
    first = saga["books"][0]["id"]
    own.patch(f"/api/me/progress/{first}", {"isFinished": True})
    progress = own.json(f"/api/series/{saga['id']}", include="progress")["progress"]
    assert (progress["libraryItemIdsFinished"], progress["isFinished"]) == ([first], False)
    assert own.json(f"/api/libraries/{library}/series/{saga['id']}")["name"] == "Saga"
    for sort in ("numBooks", "addedAt", "lastBookAdded", "lastBookUpdated", "totalDuration", "nonsense"):
        assert own.json(f"/api/libraries/{library}/series", sort=sort, desc=1)["total"] == 1


def test_what_one_does_not_see_is_not_there(own: Phone, limited: Phone) -> None:
    saga = own.json(f"/api/libraries/{own.library('audiobook')}/series")["results"][0]["id"]
    for path in (f"/api/series/{saga}", f"/api/libraries/{own.library('audiobook')}/series"):
        assert limited.call("GET", path).status_code == 404
    assert own.call("GET", f"/api/series/{new_id()}").status_code == 404
    assert own.json(f"/api/libraries/{own.library('podcast')}/series")["results"] == []
