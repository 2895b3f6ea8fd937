"""Authors."""

from tests.support.audiobookshelf import Phone

from medley.kernel.ids import new_id


def test_authors_and_what_they_wrote(phone: Phone) -> None:
    library = phone.library("audiobook")
    every = phone.json(f"/api/libraries/{library}/authors")["authors"]
    assert [(each["name"], each["numBooks"]) for each in every] == [("Jane Writer", 1), ("Zoe Able", 3)]
    page = phone.json(f"/api/libraries/{library}/authors", limit=1, page=1, sort="numBooks")
    assert (page["total"], [each["name"] for each in page["results"]]) == (2, ["Zoe Able"])
    able = phone.json(f"/api/authors/{every[1]['id']}", include="items,series")
    assert (able["lastFirst"], len(able["libraryItems"])) == ("Able, Zoe", 3)
    assert [(each["name"], len(each["items"])) for each in able["series"]] == [("Saga", 3)]
    assert "libraryItems" not in phone.json(f"/api/authors/{every[1]['id']}")
    assert phone.call("GET", f"/api/authors/{every[1]['id']}/image").status_code == 404


def test_what_one_does_not_see_is_not_there(phone: Phone, limited: Phone) -> None:
    author = phone.json(f"/api/libraries/{phone.library('audiobook')}/authors")["authors"][0]["id"]
    assert limited.call("GET", f"/api/authors/{author}").status_code == 404
    assert phone.call("GET", f"/api/authors/{new_id()}").status_code == 404
    assert phone.json(f"/api/libraries/{phone.library('podcast')}/authors") == {"authors": []}
