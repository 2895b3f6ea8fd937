"""Songs, albums and artists, as Feishin lists and opens them."""

import httpx
import pytest
from tests.support.asking import statements
from tests.support.house import House
from tests.support.navidrome import Feishin

# As Feishin sorts them; whatever it is, the list holds the same songs.
SONG_SORTS = (
    *("album", "order_album_artist_name", "artist", "bpm", "channels", "comment", "duration", "genre", "id", "random"),
    *("createdAt", "title", "track", "year", "nonsense", ""),
)
ALBUM_SORTS = (
    *("album_artist", "artist", "duration", "name", "random", "recently_added", "songCount", "max_year", ""),
)


def test_songs_with_what_an_app_shows_of_them(feishin: Feishin) -> None:
    songs, total = feishin.list("song", 0, 10, sort="title")
    assert ([each["title"] for each in songs], total) == (["Song 1", "Song 2", "Song 3"], 3)
    first = songs[0]
    assert (first["album"], first["artist"], first["albumArtist"]) == ("The Album", "The Band", "The Band")
    assert (first["trackNumber"], first["year"], first["suffix"], first["codec"]) == (1, 1999, "flac", "flac")
    assert (first["genre"], [each["name"] for each in first["genres"]]) == ("Rock", ["Rock"])
    assert first["duration"] > 0
    assert first["size"] > 0
    assert first["sampleRate"] > 0
    assert first["path"].endswith("01 Song 1.flac")
    assert first["createdAt"].endswith("Z")
    assert (first["playCount"], first["starred"], first["rating"], first["compilation"]) == (0, False, 0, False)
    assert first["participants"]["artist"][0]["name"] == "The Band"
    assert feishin.get(f"song/{first['id']}") == first


def test_a_page_by_numbers(feishin: Feishin) -> None:
    assert [each["title"] for each in feishin.list("song", 1, 2, sort="title")[0]] == ["Song 2"]
    assert [each["title"] for each in feishin.list("song", 0, 2, sort="title", order="DESC")[0]] == ["Song 3", "Song 2"]
    assert feishin.list("song", 50, 60, sort="title") == ([], 3)
    assert len(feishin.list("song", 0, 0, sort="title")[0]) == 3
    assert len(feishin.list("song", 0, -1, sort="title")[0]) == 3


@pytest.mark.parametrize("sort", SONG_SORTS)
def test_every_order_lists_every_song(feishin: Feishin, sort: str) -> None:
    for order in ("ASC", "DESC"):
        songs, total = feishin.list("song", 0, 100, sort=sort, order=order)
        assert sorted(each["title"] for each in songs) == ["Song 1", "Song 2", "Song 3"]
        assert total == 3


@pytest.mark.parametrize("sort", ALBUM_SORTS)
def test_every_order_lists_every_album(feishin: Feishin, sort: str) -> None:
    for order in ("ASC", "DESC"):
        albums, total = feishin.list("album", 0, 100, sort=sort, order=order)
        assert ([each["name"] for each in albums], total) == (["The Album"], 1)


def test_from_an_artist_to_the_songs(feishin: Feishin) -> None:
    (artist,), total = feishin.list("artist", 0, 10, sort="name", role="albumartist")
    assert (artist["name"], artist["albumCount"], artist["songCount"], total) == ("The Band", 1, 3, 1)
    assert feishin.get(f"artist/{artist['id']}") == artist
    (album,), total = feishin.list("album", 0, 10, sort="max_year", artist_id=artist["id"])
    assert (album["name"], album["songCount"], album["maxYear"], total) == ("The Album", 3, 1999, 1)
    assert (album["albumArtist"], album["albumArtistId"]) == (artist["name"], artist["id"])
    assert feishin.get(f"album/{album['id']}") == album
    songs, total = feishin.list("song", 0, 0, sort="album", album_id=[album["id"]])
    assert ([each["trackNumber"] for each in songs], total) == ([1, 2, 3], 3)
    assert {each["albumId"] for each in songs} == {album["id"]}
    assert {each["artistId"] for each in songs} == {artist["id"]}
    assert feishin.list("song", 0, 0, album_artist_id=[artist["id"]]) == (songs, 3)
    chosen = feishin.list("song", 0, 10, id=[songs[2]["id"], songs[0]["id"]])
    assert chosen == ([songs[2], songs[0]], 2)


def test_filters(house: House, feishin: Feishin) -> None:
    (genre,), _ = feishin.list("genre", 0, 10, sort="name")
    (library,), _ = feishin.list("library")
    for filters, many in (
        ({"genre_id": genre["id"]}, 3),
        ({"genre_id": house.sources["music"]}, 0),
        ({"year": 1999}, 3),
        ({"year": 2000}, 0),
        ({"library_id": library["id"]}, 3),
        ({"starred": "true"}, 0),
        ({"has_rating": "true"}, 0),
    ):
        songs, total = feishin.list("song", 0, 100, **filters)
        assert (len(songs), total) == (many, many), filters
    assert feishin.client.get("song", params={"library_id": 1}).status_code == 404


def test_by_words(house: House, feishin: Feishin) -> None:
    house.parts.search.catch_up()
    for what, name, words in (("song", "title", "song 2"), ("album", "name", "albu"), ("artist", "name", "band")):
        found, total = feishin.list(what, 0, 10, **{name: words})
        assert found, what
        assert total >= len(found)
    assert feishin.list("song", 0, 10, title="song 2")[0][0]["title"] == "Song 2"
    assert feishin.list("song", 0, 10, title="xyzzyplugh") == ([], 0)
    songs, total = feishin.list("song", 0, 10, title="song")
    assert feishin.list("song", 1, 2, title="song") == (songs[1:2], total)
    assert feishin.list("song", 20_000, 20_010, title="song") == ([], total)


def test_what_one_played_starred_and_rated(house: House, feishin: Feishin) -> None:
    songs, _ = feishin.list("song", 0, 10, sort="title")
    own = songs[1]["id"].removeprefix("so-")
    house.clients["admin"].post(f"/items/{own}/played", json={"finished": True})
    house.clients["admin"].put(f"/items/{own}/opinion", json={"favourite": True, "rating": 9})
    try:
        for sort in ("play_date", "playCount", "starred_at", "rating"):
            (one,), total = feishin.list("song", 0, 10, sort=sort, order="DESC")
            assert (one["title"], total) == ("Song 2", 1), sort
        assert (one["starred"], one["rating"], one["playCount"]) == (True, 5, 1)
        assert one["playDate"].endswith("Z")
        assert one["starredAt"].endswith("Z")
        for filters in ({"starred": "true"}, {"has_rating": "true"}, {"recently_played": "true"}):
            assert [each["title"] for each in feishin.list("song", 0, 10, **filters)[0]] == ["Song 2"], filters
        for sort in ("play_count", "play_date"):
            assert [each["name"] for each in feishin.list("album", 0, 10, sort=sort, order="DESC")[0]] == ["The Album"]
    finally:
        house.clients["admin"].post(f"/items/{own}/played", json={"finished": False})
        house.clients["admin"].put(f"/items/{own}/opinion", json={"favourite": False, "rating": None})


def test_pictures_and_sound_by_the_same_ids(feishin: Feishin) -> None:
    (song, *_), _ = feishin.list("song", 0, 10, sort="title")
    sound = feishin.rest("stream.view", id=song["id"])
    assert (sound.status_code, sound.headers["content-type"]) == (200, "audio/flac")
    artist = feishin.list("artist")[0][0]["id"]
    told = feishin.rest("getCoverArt.view", id=f"ar-{artist}", size=300)  # as Feishin writes it
    assert told.headers["content-type"].startswith(("image/", "application/json"))
    assert told.json()["subsonic-response"]["error"]["code"] == 70 if "json" in told.headers["content-type"] else True


def test_one_sees_only_one_s_own_sources(feishin: Feishin, limited: Feishin) -> None:
    songs, _ = feishin.list("song")
    assert [limited.list(what) for what in ("song", "album", "artist", "genre", "tag")] == [([], 0)] * 5
    assert limited.client.get(f"song/{songs[0]['id']}").status_code == 404
    assert limited.client.get(f"album/{songs[0]['albumId']}").status_code == 404
    assert limited.list("song", album_id=songs[0]["albumId"]) == ([], 0)
    assert limited.list("song", artist_id=songs[0]["artistId"]) == ([], 0)
    assert limited.list("song", id=songs[0]["id"])[0] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("song?_start=-1", 422), ("song?_start=x", 422), ("song?_end=9999999999999999", 200), ("song?year=x", 422)),
        *(("song/nonsense", 404), ("album/%00", 404), ("artist/" + "x" * 5000, 404), ("song?id=%00", 422)),
        *(("song?_sort=%00", 422), ("song?genre_id=%ed%a0%80", 200), ("song?starred=maybe", 422)),
        *(("song?title=%ff%fe", 200), ("song?title=" + "x" * 5000, 200), ("song?album_id=nonsense", 404)),
        *(
            ("song?genre_id=%00", 422),
            ("album?artist_id=so-nonsense", 404),
            ("song?_start=99999999&_end=99999999999", 200),
        ),
    ],
)
def test_what_makes_no_sense(feishin: Feishin, path: str, status: int) -> None:
    answer: httpx.Response = feishin.client.get(path)
    assert answer.status_code == status, answer.text
    assert isinstance(answer.json(), list if status == 200 else dict)


def test_a_song_is_no_album(feishin: Feishin) -> None:
    (song, *_), _ = feishin.list("song")
    assert feishin.client.get(f"album/{song['id']}").status_code == 404
    assert feishin.client.get(f"album/{song['id'].removeprefix('so-')}").status_code == 404
    assert feishin.get(f"song/{song['id'].removeprefix('so-')}") == song


@pytest.mark.parametrize("what", ["song", "album", "artist"])
def test_lists_cost_a_fixed_number_of_queries(feishin: Feishin, what: str) -> None:
    feishin.list(what, 0, 1)
    with statements() as few:
        feishin.list(what, 0, 1)
    with statements() as many:
        feishin.list(what, 0, 3)
    assert len(many) == len(few) <= 20
