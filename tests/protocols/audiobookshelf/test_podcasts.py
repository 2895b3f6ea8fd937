"""Episodes."""

from tests.support.audiobookshelf import Phone


def test_one_episode(phone: Phone, limited: Phone) -> None:
    podcast, episode = phone.episode()
    told = phone.json(f"/api/podcasts/{podcast}/episode/{episode}")
    assert (told["title"], told["libraryItemId"]) == ("Hello", podcast)
    book = phone.item("audiobook")
    for path in (f"/api/podcasts/{book}/episode/{episode}", f"/api/podcasts/{podcast}/episode/{book}"):
        assert phone.call("GET", path).status_code == 404
    assert limited.call("GET", f"/api/podcasts/{podcast}/episode/{episode}").status_code == 404
