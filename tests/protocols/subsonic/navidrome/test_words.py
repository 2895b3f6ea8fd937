"""Genres, and tags as lists to choose from."""

from tests.support.navidrome import Feishin


def test_genres(feishin: Feishin) -> None:
    genres, total = feishin.list("genre", 0, 10, sort="name")
    assert ([each["name"] for each in genres], total) == (["Rock"], 1)
    assert feishin.list("genre", 0, 10, name="oc") == (genres, 1)
    assert feishin.list("genre", 0, 10, name="jazz") == ([], 0)
    assert feishin.list("genre", 5, 10) == ([], 1)
    assert feishin.list("genre", 0, 10, sort="songCount", order="DESC") == (genres, 1)


def test_tags(feishin: Feishin) -> None:
    (tag,), total = feishin.list("tag", tag_name="genre")
    assert (tag["tagName"], tag["tagValue"], total) == ("genre", "Rock", 1)
    assert tag["songCount"] >= 1
    assert feishin.list("tag", tag_name="mood") == ([], 0)
