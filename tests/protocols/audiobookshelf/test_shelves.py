"""The home page of a library."""

from tests.support.audiobookshelf import Phone


def shelves(phone: Phone, kind: str) -> dict[str, list]:
    found = phone.json(f"/api/libraries/{phone.library(kind)}/personalized", limit=10)
    assert all(each["entities"] and each["total"] >= len(each["entities"]) for each in found)
    return {each["id"]: each["entities"] for each in found}


def test_who_has_done_nothing_sees_what_is_new(own: Phone) -> None:
    found = shelves(own, "audiobook")
    assert set(found) == {"recently-added", "recent-series", "discover", "newest-authors"}
    assert len(found["discover"]) == 4
    assert found["recent-series"][0]["books"]
    assert set(shelves(own, "podcast")) == {"newest-episodes", "recently-added"}


def test_one_goes_on(own: Phone) -> None:
    first, second = own.item("audiobook", "Alpha"), own.item("audiobook", "Beta")
    own.patch(f"/api/me/progress/{first}", {"isFinished": True})
    found = shelves(own, "audiobook")
    assert [each["id"] for each in found["listen-again"]] == [first]
    assert [(each["id"], each["seriesSequence"]) for each in found["continue-series"]] == [(second, "2")]
    own.patch(f"/api/me/progress/{second}", {"currentTime": 0.3, "isFinished": False})
    found = shelves(own, "audiobook")
    assert [each["id"] for each in found["continue-listening"]] == [second]
    assert "continue-series" not in found
    assert first not in [each["id"] for each in found["discover"]]


def test_an_episode_is_gone_on_with_in_its_podcast(own: Phone) -> None:
    podcast, episode = own.episode()
    own.patch(f"/api/me/progress/{podcast}/{episode}", {"currentTime": 0.1, "isFinished": False})
    (shown,) = shelves(own, "podcast")["continue-listening"]
    assert (shown["id"], shown["recentEpisode"]["id"]) == (podcast, episode)
    book = own.item("book")
    own.patch(f"/api/me/progress/{book}", {"ebookLocation": "x", "ebookProgress": 0.5})
    assert [each["id"] for each in shelves(own, "book")["continue-reading"]] == [book]


def test_a_series_that_is_set_aside_is_not_gone_on_with(own: Phone) -> None:
    own.patch(f"/api/me/progress/{own.item('audiobook', 'Alpha')}", {"isFinished": True})
    series = own.json(f"/api/libraries/{own.library('audiobook')}/series")["results"][0]["id"]
    own.json(f"/api/me/series/{series}/remove-from-continue-listening")
    assert "continue-series" not in shelves(own, "audiobook")
