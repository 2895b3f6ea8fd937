"""Search."""

from tests.support.audiobookshelf import Phone


def test_words_find_everything(phone: Phone) -> None:
    path = f"/api/libraries/{phone.library('audiobook')}/search"
    found = phone.json(path, q="gamma")
    assert [each["libraryItem"]["media"]["metadata"]["title"] for each in found["book"]] == ["Gamma"]
    assert [each["series"]["name"] for each in phone.json(path, q="sag")["series"]] == ["Saga"]
    assert [each["name"] for each in phone.json(path, q="zoe")["authors"]] == ["Zoe Able"]
    assert phone.json(path, q="rita")["narrators"] == [{"name": "Rita Reader", "numBooks": 3}]
    assert phone.json(path, q="fanta")["genres"] == [{"name": "Fantasy", "numItems": 3}]
    podcasts = phone.json(f"/api/libraries/{phone.library('podcast')}/search", q="small talk")
    assert podcasts["podcast"][0]["libraryItem"]["media"]["metadata"]["title"] == "Small Talk"


def test_odd_words(phone: Phone, limited: Phone) -> None:
    path = f"/api/libraries/{phone.library('audiobook')}/search"
    for text in ("", "  ", "\0"):
        assert phone.call("GET", path, params={"q": text}).status_code == 400
    for text in ("x" * 5000, "%", "'\"", "(*", "é\u0301"):
        assert phone.call("GET", path, params={"q": text}).status_code == 200
    assert limited.call("GET", path, params={"q": "gamma"}).status_code == 404


def test_names(phone: Phone, limited: Phone) -> None:
    assert "Fantasy" in phone.json("/api/genres")["genres"]
    assert limited.json("/api/genres") == {"genres": []}
    assert phone.json("/api/tags") == {"tags": []}
