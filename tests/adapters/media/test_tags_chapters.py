from pathlib import Path

import pytest
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, TXXX
from mutagen.mp4 import MP4
from mutagen.oggvorbis import OggVorbis
from tests.adapters.media.audio_files import ffmpeg, read, sound_file

from medley.core.kinds import Chapter

META = """;FFMETADATA1
[CHAPTER]
TIMEBASE=1/1000
START=0
END=400
title=One
[CHAPTER]
TIMEBASE=1/1000
START=400
END=1000
title=Zwölf
"""


def book(folder: Path, *options: str) -> Path:
    (folder / "chapters.txt").write_text(META, encoding="utf-8")
    path = folder / "x.m4b"
    ffmpeg("-i", str(folder / "chapters.txt"), "-map_chapters", "1", *options, str(path))
    return path


@pytest.mark.parametrize("options", [(), ("-movflags", "disable_chpl"), ("-movflags", "disable_chpl+faststart")])
def test_mp4_with_and_without_neros_list(tmp_path: Path, options: tuple[str, ...]):
    facts = read(book(tmp_path, *options))
    assert [(chapter.start_ms, chapter.title) for chapter in facts.chapters] == [(0, "One"), (400, "Zwölf")]
    assert facts.chapters[-1].end_ms == facts.duration_ms


def test_neros_list_alone(tmp_path: Path):
    path = book(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"tref", b"free"))
    assert [chapter.title for chapter in read(path).chapters] == ["One", "Zwölf"]


def test_a_damaged_list_does_not_cost_the_tags(tmp_path: Path):
    path = book(tmp_path, "-movflags", "disable_chpl")
    audio = MP4(path)
    audio["\xa9nam"] = "Book"
    audio.save()
    data = path.read_bytes()
    path.write_bytes(data.replace(b"stsz", b"xxxx"))
    assert read(path).tags["title"] == ["Book"]
    assert read(path).chapters == []


def test_id3_chapters_in_order_of_time(tmp_path: Path):
    path = sound_file(tmp_path, "mp3")
    tags = ID3()
    tags.add(CTOC(element_id="toc", flags=3, child_element_ids=["b", "a"]))
    tags.add(CHAP(element_id="b", start_time=500, end_time=1000, sub_frames=[TIT2(3, ["Two"])]))
    tags.add(CHAP(element_id="a", start_time=0, end_time=500, sub_frames=[TIT2(3, ["One"])]))
    tags.save(path)
    assert read(path).chapters == [Chapter(0, 500, "One"), Chapter(500, 1000, "Two")]


def test_vorbis_chapter_comments(tmp_path: Path):
    path = sound_file(tmp_path, "ogg")
    audio = OggVorbis(path)
    audio["CHAPTER001"], audio["CHAPTER001NAME"] = "00:00:00.000", "One"
    audio["CHAPTER002"], audio["CHAPTER002NAME"] = "00:00:00.500", "Two"
    audio.save()
    facts = read(path)
    assert facts.chapters == [Chapter(0, 500, "One"), Chapter(500, facts.duration_ms, "Two")]


def test_overdrive_markers(tmp_path: Path):
    path = sound_file(tmp_path, "mp3")
    markers = (
        "<Markers><Marker><Name>Chapter 1 &amp; more</Name><Time>0:00.000</Time></Marker>"
        "<Marker><Name>Chapter 2</Name><Time>00:00:00.500</Time></Marker></Markers>"
    )
    tags = ID3()
    tags.add(TXXX(3, "OverDrive MediaMarkers", markers))
    tags.save(path)
    facts = read(path)
    assert [(chapter.start_ms, chapter.title) for chapter in facts.chapters] == [
        (0, "Chapter 1 & more"),
        (500, "Chapter 2"),
    ]
