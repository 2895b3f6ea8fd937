"""NFO files as Kodi, Jellyfin, Radarr and people write them."""

import io
import time
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medley.adapters.media.nfo import READER
from medley.kernel.errors import MedleyError


def tags(content: str | bytes) -> dict[str, list[str]]:
    data = content.encode() if isinstance(content, str) else content
    facts = READER.read(io.BytesIO(data), "film.nfo")
    assert (facts.media, facts.format) == ("sidecar", "nfo")
    return facts.tags


MOVIE = """<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<movie>
  <title>The Matrix</title><originaltitle>The Matrix</originaltitle><sorttitle>Matrix</sorttitle>
  <plot>A hacker learns.
And fights.</plot><tagline>Free your mind</tagline><year>1999</year><premiered>1999-03-31</premiered><mpaa>R</mpaa>
  <genre>Action</genre><genre>Science Fiction</genre><studio>Warner</studio><director>Lana Wachowski</director>
  <director>Lilly Wachowski</director><credits>Lana Wachowski</credits>
  <uniqueid type="imdb" default="true">tt0133093</uniqueid><uniqueid type="tmdb">603</uniqueid>
  <set><name>The Matrix Collection</name><overview>x</overview></set>
  <ratings><rating name="other" max="100"><value>73</value></rating>
  <rating name="imdb" max="10" default="true"><value>8.7</value><votes>1000</votes></rating></ratings>
  <actor><name>Keanu Reeves</name><role>Neo</role></actor><actor><name>Extra</name></actor>
  <fileinfo><streamdetails><video><codec>h264</codec></video></streamdetails></fileinfo>
</movie>"""


def test_a_film() -> None:
    found = tags(MOVIE)
    assert found["nfo"] == ["movie"]
    assert (found["title"], found["year"], found["premiered"]) == (["The Matrix"], ["1999"], ["1999-03-31"])
    assert found["plot"] == ["A hacker learns.\nAnd fights."]
    assert found["genre"] == ["Action", "Science Fiction"]
    assert found["director"] == ["Lana Wachowski", "Lilly Wachowski"]
    assert found["actor"] == ["Keanu Reeves\tNeo", "Extra"]
    assert (found["imdb"], found["tmdb"]) == (["tt0133093"], ["603"])
    assert found["set"] == ["The Matrix Collection"]
    assert (found["rating"], found["votes"]) == (["8.7"], ["1000"])


def test_several_episodes_in_one_file() -> None:
    found = tags(
        "<episodedetails><title>One</title><season>1</season><episode>1</episode></episodedetails>\n"
        "<episodedetails><title>Two</title><season>1</season><episode>2</episode>"
        "<episodebookmark><position>1320.5</position></episodebookmark></episodedetails>"
    )
    episodes = [msgspec.json.decode(text) for text in found["episodes"]]
    assert found["title"] == ["One"]
    assert [episode["title"] for episode in episodes] == [["One"], ["Two"]]
    assert episodes[1]["epbookmark"] == ["1320.5"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("https://www.imdb.com/title/tt0133093/", {"nfo": ["url"], "imdb": ["tt0133093"]}),
        ("https://www.themoviedb.org/movie/603-the-matrix", {"nfo": ["url"], "tmdb": ["603"]}),
        ("https://thetvdb.com/?tab=series&id=81189", {"nfo": ["url"], "tvdb": ["81189"]}),
        ("~~ GREETINGS FROM A RELEASE GROUP ~~", {}),
        ("", {}),
    ],
)
def test_addresses_and_advertisements(content: str, expected: dict[str, list[str]]) -> None:
    assert tags(content) == expected


def test_xml_followed_by_an_address() -> None:
    found = tags("<movie><title>X</title></movie>\nhttps://www.imdb.com/title/tt0133093/")
    assert (found["title"], found["imdb"]) == (["X"], ["tt0133093"])


def test_broken_xml_gives_what_can_be_saved() -> None:
    found = tags("<movie><title>Tom & Jerry</title><year>1992</year><plot>cut off")
    assert found["year"] == ["1992"]
    assert found["title"][0].startswith("Tom")


def test_other_encodings() -> None:
    assert tags("<tvshow><title>Größe</title></tvshow>".encode("cp1252"))["title"] == ["Größe"]
    assert tags('<?xml version="1.0"?><tvshow><title>Größe</title></tvshow>'.encode("utf-16"))["title"] == ["Größe"]


def test_an_element_of_a_field_is_no_document() -> None:
    assert tags("<musicvideo><title>Song</title><album>Record</album></musicvideo>")["nfo"] == ["musicvideo"]
    assert tags("<episodedetails><season>2</season><title>T</title></episodedetails>")["season"] == ["2"]


def test_entities_are_neither_expanded_nor_fetched(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("swordfish")
    found = tags(f'<!DOCTYPE movie [<!ENTITY x SYSTEM "file://{secret}">]><movie><title>a&x;b</title></movie>')
    assert "swordfish" not in str(found)
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    started = time.perf_counter()
    tags(f'<!DOCTYPE movie [<!ENTITY l0 "lol">{bomb}]><movie><title>&l11;</title></movie>')
    assert time.perf_counter() - started < 1


@settings(max_examples=150, deadline=None)
@given(
    flips=st.lists(st.tuples(st.integers(0, len(MOVIE) - 1), st.integers(0, 255)), max_size=30),
    end=st.integers(0, 5000),
)
def test_flipped_bytes_never_crash(flips: list[tuple[int, int]], end: int) -> None:
    data = bytearray(MOVIE.encode())
    for at, value in flips:
        data[at] = value
    with suppress(MedleyError):
        READER.read(io.BytesIO(bytes(data[:end])), "film.nfo")
