"""What Picard, beets, Mp3tag and foobar2000 write about music, each by the names of its container."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mutagen import id3
from mutagen.asf import ASF
from mutagen.flac import FLAC
from mutagen.id3 import ID3, SYLT, TIPL, TMCL, TXXX, USLT
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.wavpack import WavPack
from tests.adapters.media.audio_files import read, sound_file

MBID = "89ad4ac3-39f7-470e-963a-56509c546377"


@pytest.mark.parametrize(
    ("pieces", "lyrics"),
    [
        (
            [("Hel", 1000), ("lo", 1500), ("\nWorld", 2000)],
            "[00:01.000]<00:01.000>Hel<00:01.500>lo\n[00:02.000]<00:02.000>World",
        ),
        ([("One\n", 1000), ("Two\n", 2000)], "[00:01.000]<00:01.000>One\n[00:02.000]<00:02.000>Two"),
        ([("One", 1000), ("Two", 61_000)], "[00:01.000]One\n[01:01.000]Two"),
    ],
)
def test_synchronised_lyrics_by_line_and_by_syllable(tmp_path: Path, pieces: list, lyrics: str):
    path = sound_file(tmp_path, "mp3")
    tags = ID3()
    tags.add(SYLT(3, "xxx", 2, 1, "", pieces))
    tags.save(path)
    assert read(path).tags["lyrics"] == [lyrics]


DEEP = {
    "composer": ["Bach"],
    "conductor": ["Karajan"],
    "djmixer": ["Tiga"],
    "mixer": ["Max"],
    "performer": ["Ann (cello)"],
    "releasetype": ["album"],
    "releasestatus": ["official"],
    "releasecountry": ["DE"],
    "work": ["Mass"],
    "movement": ["Kyrie"],
    "movementnumber": ["1"],
    "movementtotal": ["5"],
    "musicbrainz_workid": [MBID],
    "acoustid_id": ["x1"],
    "mood": ["Calm"],
    "media": ["CD"],
    "catalognumber": ["C 1"],
    "barcode": ["4006381333931"],
    "isrc": ["DEA123456789"],
    "explicit": ["1"],
    "composersort": ["Bach, J. S."],
    "lyrics:deu": ["Herr"],
}
PICARD = {
    "musicbrainz_workid": "MusicBrainz Work Id",
    "acoustid_id": "Acoustid Id",
    "releasetype": "MusicBrainz Album Type",
    "releasestatus": "MusicBrainz Album Status",
    "releasecountry": "MusicBrainz Album Release Country",
    "explicit": "ITUNESADVISORY",
    "work": "WORK",
    "catalognumber": "CATALOGNUMBER",
    "barcode": "BARCODE",
}


def deep_id3(path: Path) -> None:
    tags = ID3()
    for name, described in PICARD.items():
        tags.add(TXXX(3, described, DEEP[name]))
    tags.add(TIPL(3, [["DJ-mix", "Tiga"], ["mix", "Max"]]))
    tags.add(TMCL(3, [["cello", "Ann"]]))
    tags.add(USLT(3, "deu", "", "Herr"))
    for frame, name in (
        ("TCOM", "composer"),
        ("TPE3", "conductor"),
        ("MVNM", "movement"),
        ("TMOO", "mood"),
        ("TMED", "media"),
        ("TSRC", "isrc"),
        ("TSOC", "composersort"),
    ):
        tags.add(getattr(id3, frame)(3, DEEP[name]))
    tags.add(id3.MVIN(3, ["1/5"]))
    tags.save(path)


def deep_named(kind: Callable[[Path], Any]):
    names = {"movement": "MOVEMENTNAME", "movementnumber": "MOVEMENT", "explicit": "ITUNESADVISORY"}

    def write(path: Path) -> None:
        audio = kind(path)
        for name, values in DEEP.items():
            audio[names.get(name, name)] = values
        audio.save()

    return write


def deep_mp4(path: Path) -> None:
    audio = MP4(path)
    atoms = {
        "composer": "\xa9wrt",
        "conductor": "\xa9con",
        "work": "\xa9wrk",
        "movement": "\xa9mvn",
        "composersort": "soco",
    }
    for name, values in DEEP.items():
        if name in atoms:
            audio[atoms[name]] = values
        elif name not in ("movementnumber", "movementtotal", "explicit"):
            audio[f"----:com.apple.iTunes:{PICARD.get(name, name.upper())}"] = [value.encode() for value in values]
    audio["\xa9mvi"], audio["\xa9mvc"], audio["rtng"], audio["tmpo"] = [1], [5], [1], [0]
    audio.save()


def deep_asf(path: Path) -> None:
    audio = ASF(path)
    names = {
        "composer": "WM/Composer",
        "conductor": "WM/Conductor",
        "composersort": "WM/ComposerSortOrder",
        "mood": "WM/Mood",
        "media": "WM/Media",
        "catalognumber": "WM/CatalogNo",
        "barcode": "WM/Barcode",
        "isrc": "WM/ISRC",
        "work": "WM/Work",
        "releasetype": "MusicBrainz/Album Type",
        "releasestatus": "MusicBrainz/Album Status",
        "releasecountry": "MusicBrainz/Album Release Country",
        "musicbrainz_workid": "MusicBrainz/Work Id",
        "acoustid_id": "Acoustid/Id",
    }
    for name, values in DEEP.items():
        audio[names.get(name, name)] = values
    audio.save()


@pytest.mark.parametrize(
    ("kind", "write"),
    [
        ("mp3", deep_id3),
        ("flac", deep_named(FLAC)),
        ("opus", deep_named(OggOpus)),
        ("wv", deep_named(WavPack)),
        ("m4a", deep_mp4),
        ("wma", deep_asf),
    ],
)
def test_what_taggers_write_about_music(tmp_path: Path, kind: str, write):
    path = sound_file(tmp_path, kind)
    write(path)
    said = read(path).tags
    assert {name: said.get(name) for name in DEEP} == DEEP
    assert "bpm" not in said
