"""Lyrics: by name, by line, by word."""

from typing import Any

from tests.support.house import House
from tests.support.subsonic import App, app_of

from medley.core.kinds.music import lyrics as music
from medley.protocols.subsonic.lyrics import _cue_lines


def first_song(house: House) -> str:
    return f"so-{house.item(kind='music', level='track', sort='title')['id']}"


def texts(app: App, song: str, **more: Any) -> list[dict[str, Any]]:
    return app.ask("getLyricsBySongId", id=song, **more)["lyricsList"]["structuredLyrics"]


def test_lines_with_their_times(house: House, app: App) -> None:
    (text,) = texts(app, first_song(house))
    assert text["synced"] is True
    assert text["lang"] == "und"
    assert text["line"] == [{"start": 100, "value": "First line"}, {"start": 300, "value": "Second line"}]
    assert text["displayTitle"] == "Song 1"
    assert not {"kind", "cueLine", "agents"} & text.keys()
    (text,) = texts(app, first_song(house), enhanced="true")
    assert text["kind"] == "main"
    assert "cueLine" not in text  # nobody said when each word comes


def test_a_song_without_any_has_an_empty_list(house: House, app: App) -> None:
    other = house.item(kind="music", level="track", sort="title", order="desc")
    assert texts(app, f"so-{other['id']}") == []
    assert app_of(house, "limited").fail("getLyricsBySongId", id=first_song(house))["code"] == 70
    assert app.fail("getLyricsBySongId", id="al-0123456789abcdef0123456789")["code"] == 70


def test_by_name(house: House, app: App) -> None:
    house.parts.search.catch_up()
    found = app.ask("getLyrics", artist="the band", title="SONG 1")["lyrics"]
    assert found["value"] == "First line\nSecond line"
    assert (found["artist"], found["title"]) == ("The Band", "Song 1")
    for missing in ({}, {"title": "Song 2"}, {"title": "Song 1", "artist": "Somebody Else"}, {"artist": "The Band"}):
        assert app.ask("getLyrics", **missing)["lyrics"] == {"value": ""}
    assert "<lyrics" in app.get("getLyrics", f="xml").text


def test_words_have_times_and_bytes() -> None:
    parsed = music.parse("[00:01.00]<00:01.00>Grüß <00:01.50>dich\n[00:03.00]<00:03.00>Wel<00:03.40>t\n")
    first, second = _cue_lines(parsed.lines)
    assert (first.index, first.value, first.start, first.end) == (0, "Grüß dich", 1000, 3000)
    cut = first.value.encode()
    assert [cut[cue.byte_start : cue.byte_end + 1].decode() for cue in first.cue] == [cue.value for cue in first.cue]
    assert [cue.end for cue in first.cue] == [1500, 3000]
    assert not any(isinstance(cue.end, int) for cue in second.cue)  # nobody knows when the last one ends
