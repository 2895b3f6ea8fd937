"""Music, audiobooks and podcasts carry complete tags, lyrics, ReplayGain, covers and chapters."""

from pathlib import Path
from typing import Any

import av
import mutagen
import pytest

FORMATS = {"Ines Vale": ".flac", "Kestrel & Moss": ".mp3", "Orrery": ".opus", "Various Artists": ".m4a"}


@pytest.mark.parametrize(("artist", "suffix"), FORMATS.items())
def test_every_track_says_where_it_belongs(demo: Path, artist: str, suffix: str):
    tracks = sorted((demo / "Music" / artist).rglob(f"*{suffix}"))
    assert len(tracks) >= 3
    for track in tracks:
        tags: Any = mutagen.File(track, easy=True)
        assert tags["albumartist"] == [artist]
        assert all(tags[name] for name in ("title", "artist", "album", "date", "genre", "tracknumber"))
        assert 1 < tags.info.length < 6


def test_flac_has_replaygain_cover_and_lyrics_within_and_beside(demo: Path):
    track = next(demo.glob("Music/Ines Vale/*/01 - *.flac"))
    tags: Any = mutagen.File(track)
    for name in ("track", "album"):
        assert tags[f"replaygain_{name}_gain"][0].endswith(" dB")
        assert 0 < float(tags[f"replaygain_{name}_peak"][0]) <= 1
    assert tags["lyrics"][0] == track.with_suffix(".lrc").read_text()
    assert "[00:" in tags["lyrics"][0]
    assert tags.pictures[0].type == 3


def test_opus_has_its_own_gain_in_steps_of_a_256th_decibel(demo: Path):
    tags: Any = mutagen.File(next(demo.glob("Music/Orrery/*/01 - *.opus")))
    gain = float(tags["replaygain_track_gain"][0].split()[0])
    assert int(tags["r128_track_gain"][0]) == pytest.approx((gain - 5) * 256, abs=2)
    assert tags["metadata_block_picture"]


def test_mp3_has_gain_and_two_discs(demo: Path):
    discs = sorted((demo / "Music/Kestrel & Moss").glob("*/Disc */"))
    assert [len(list(disc.glob("*.mp3"))) for disc in discs] == [2, 2]
    tags: Any = mutagen.File(next(discs[1].glob("01*.mp3")))
    assert str(tags["TPOS"]) == "2/2"
    assert str(tags["TXXX:REPLAYGAIN_TRACK_GAIN"]).endswith(" dB")
    assert tags.tags.getall("APIC")


def test_the_compilation_says_so(demo: Path):
    tracks = [mutagen.File(track) for track in sorted(demo.glob("Music/Various Artists/*/*.m4a"))]
    tags: list[Any] = tracks
    assert all(one["cpil"] and one["covr"] for one in tags)
    assert len({one["\xa9ART"][0] for one in tags}) == 3


def test_m4b_has_chapters(demo: Path):
    book = next(demo.glob("Audiobooks/**/*.m4b"))
    with av.open(str(book)) as container:
        chapters = container.chapters()
        assert container.duration is not None
        assert chapters[-1]["end"] * float(chapters[-1]["time_base"]) == pytest.approx(
            container.duration / 1e6, abs=0.2
        )
    assert [one["metadata"]["title"] for one in chapters][1] == "The Gate That Ticked"
    tags: Any = mutagen.File(book)
    assert tags["\xa9wrt"] == ["Tomas Reed"]
    assert tags["covr"]


def test_a_book_of_many_files_belongs_to_a_series(demo: Path):
    parts = sorted(demo.glob("Audiobooks/Marlow Finch/The Hollow Compass/Vol 1 - */*.mp3"))
    assert len(parts) == 4
    for number, part in enumerate(parts, 1):
        tags: Any = mutagen.File(part)
        assert str(tags["TRCK"]) == f"{number}/4"
        assert str(tags["TXXX:SERIES"]) == "The Hollow Compass"


def test_the_podcast_has_three_dated_episodes(demo: Path):
    episodes = sorted(demo.glob("Podcasts/Small Instruments/*.mp3"))
    assert [one.name[:10] for one in episodes] == ["2024-03-01", "2024-03-15", "2024-04-01"]
    for episode in episodes:
        tags: Any = mutagen.File(episode)
        assert str(tags["TDRC"]) == episode.name[:10]
        assert str(tags["TXXX:PODCASTURL"]).startswith("https://")
