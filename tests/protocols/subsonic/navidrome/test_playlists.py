"""Playlists by places, from the first to the last."""

from collections.abc import Iterator

import pytest
from tests.support.house import PASSWORD, House
from tests.support.navidrome import Feishin


@pytest.fixture
def songs(feishin: Feishin) -> list[str]:
    return [each["id"] for each in feishin.list("song", 0, 10, sort="title")[0]]


@pytest.fixture
def mix(feishin: Feishin, songs: list[str]) -> Iterator[str]:
    made = feishin.client.post("playlist", json={"name": "Mix", "comment": "x", "public": False, "sync": False})
    list_id = made.raise_for_status().json()["id"]
    feishin.client.post(f"playlist/{list_id}/tracks", json={"ids": [*songs, songs[0]]}).raise_for_status()
    yield list_id
    assert feishin.client.delete(f"playlist/{list_id}").status_code in (200, 404)


def titles(feishin: Feishin, list_id: str, start: int = 0, end: int = -1, **more: str) -> list[str]:
    return [each["title"] for each in feishin.list(f"playlist/{list_id}/tracks", start, end, **more)[0]]


def test_a_playlist_as_it_is_told(feishin: Feishin, mix: str, songs: list[str]) -> None:
    playlist = feishin.get(f"playlist/{mix}")
    assert (playlist["name"], playlist["songCount"], playlist["public"], playlist["rules"]) == ("Mix", 4, False, None)
    assert (playlist["comment"], playlist["createdAt"] <= playlist["updatedAt"]) == ("x", True)
    assert (playlist["ownerName"], playlist["ownerId"]) == ("admin", feishin.login["id"])
    assert playlist["duration"] > 0
    assert feishin.list("playlist", 0, 10, sort="name", q="mi") == ([playlist], 1)
    assert feishin.list("playlist", 0, 10, q="nothing") == ([], 0)
    assert feishin.list("playlist", 0, 10, smart="true") == ([], 0)
    assert feishin.list("playlist", 0, 10, owner_id=feishin.login["id"])[1] == 1
    tracks, total = feishin.list(f"playlist/{mix}/tracks", 0, -1, sort="id")
    assert total == 4
    assert [each["id"] for each in tracks] == ["1", "2", "3", "4"]
    assert [each["mediaFileId"] for each in tracks] == [*songs, songs[0]]
    assert {each["playlistId"] for each in tracks} == {mix}
    assert titles(feishin, mix, 1, 3) == ["Song 2", "Song 3"]
    assert titles(feishin, mix, 0, 2, order="DESC") == ["Song 1", "Song 3"]


def test_it_is_renamed_and_shown(feishin: Feishin, mix: str) -> None:
    changed = feishin.client.put(f"playlist/{mix}", json={"comment": "y", "name": "Other", "public": True})
    assert changed.json()["comment"] == "y"
    assert (changed.json()["name"], changed.json()["public"]) == ("Other", True)
    assert feishin.get(f"playlist/{mix}") == changed.json()


@pytest.mark.parametrize(
    ("place", "before", "order"),
    [(2, 3, "1321"), (3, 1, "3121"), (1, 5, "2311"), (4, 1, "1123"), (2, 2, "1231"), (1, 4, "2311"), (3, 2, "1321")],
)
def test_moving(feishin: Feishin, mix: str, place: int, before: int, order: str) -> None:
    moved = feishin.client.put(f"playlist/{mix}/tracks/{place}", json={"insert_before": str(before)})
    assert moved.json() == {"id": str(place)}
    assert "".join(each[-1] for each in titles(feishin, mix)) == order


def test_taking_out_by_places(feishin: Feishin, mix: str) -> None:
    gone = feishin.client.delete(f"playlist/{mix}/tracks", params={"id": ["1", "3"]})
    assert gone.json() == {"ids": ["1", "3"]}
    assert titles(feishin, mix) == ["Song 2", "Song 1"]
    assert feishin.client.delete(f"playlist/{mix}/tracks/1").json() == {"id": "1"}
    assert titles(feishin, mix) == ["Song 1"]
    assert feishin.client.delete(f"playlist/{mix}/tracks", params={"id": "2"}).status_code == 404


def test_adding_albums_and_artists(feishin: Feishin, mix: str) -> None:
    album, artist = feishin.list("album")[0][0]["id"], feishin.list("artist")[0][0]["id"]
    added = feishin.client.post(f"playlist/{mix}/tracks", json={"albumIds": [album], "artistIds": [artist]})
    assert added.json() == {"added": 6}
    assert feishin.get(f"playlist/{mix}")["songCount"] == 10


def test_a_second_person(house: House, feishin: Feishin, mix: str) -> None:
    other = Feishin.sign_in(house.url, "user", PASSWORD)
    assert other.list("playlist") == ([], 0)
    for answer in (other.client.get(f"playlist/{mix}"), other.client.get(f"playlist/{mix}/tracks")):
        assert answer.status_code == 404
    feishin.client.put(f"playlist/{mix}", json={"name": "Mix", "public": True})
    assert other.list(f"playlist/{mix}/tracks")[1] == 4
    for answer in (
        other.client.put(f"playlist/{mix}", json={"name": "Mine"}),
        other.client.delete(f"playlist/{mix}"),
        other.client.delete(f"playlist/{mix}/tracks", params={"id": "1"}),
        other.client.post(f"playlist/{mix}/tracks", json={"ids": []}),
        other.client.put(f"playlist/{mix}/tracks/1", json={"insert_before": "2"}),
    ):
        assert answer.status_code == 403, answer.text
    assert feishin.get(f"playlist/{mix}")["songCount"] == 4


def test_what_one_may_not_see_is_left_out(feishin: Feishin, limited: Feishin, mix: str) -> None:
    feishin.client.put(f"playlist/{mix}", json={"public": True})
    assert limited.list(f"playlist/{mix}/tracks") == ([], 0)


def test_mistakes(feishin: Feishin, mix: str, songs: list[str]) -> None:
    asked = feishin.client
    for answer, status in (
        (asked.post("playlist", json={"name": ""}), 422),
        (asked.post("playlist", json={}), 422),
        (asked.post("playlist", content=b"{"), 422),
        (asked.post("playlist", json={"name": "a\0b"}), 422),
        (asked.post("playlist", json={"name": "Smart", "rules": {"all": []}}), 422),
        (asked.get("playlist/nonsense"), 404),
        (asked.get(f"playlist/{songs[0]}"), 404),
        (asked.delete(f"playlist/{mix}/tracks"), 422),
        (asked.delete(f"playlist/{mix}/tracks/0"), 422),
        (asked.delete(f"playlist/{mix}/tracks/x"), 422),
        (asked.delete(f"playlist/{mix}/tracks/99"), 404),
        (asked.put(f"playlist/{mix}/tracks/9", json={"insert_before": "1"}), 404),
        (asked.put(f"playlist/{mix}/tracks/1", json={"insert_before": "0"}), 422),
        (asked.put(f"playlist/{mix}/tracks/1", json={}), 422),
        (asked.post(f"playlist/{mix}/tracks", json={"ids": ["nonsense"]}), 404),
        (asked.post(f"playlist/{mix}/tracks", json={"ids": [mix]}), 404),
        (asked.post(f"playlist/{mix}/tracks", json={"ids": "x"}), 422),
    ):
        assert (answer.status_code, set(answer.json())) == (status, {"error"}), answer.text
    assert titles(feishin, mix) == ["Song 1", "Song 2", "Song 3", "Song 1"]
