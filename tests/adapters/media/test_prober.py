"""Probing real videos, made by FFmpeg."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest

from medley.adapters.media.prober import READER
from medley.core.kinds import Facts
from medley.kernel.errors import InvalidInput

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
PICTURE = ("-f", "lavfi", "-i", "testsrc=s=160x120:d=3:r=25")
SOUND = ("-f", "lavfi", "-i", "sine=d=3")
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "20", "-c:a", "aac")


def ffmpeg(*arguments: str | Path) -> None:
    subprocess.run([FFMPEG, "-y", "-v", "error", *map(str, arguments)], check=True)


def probe(path: Path) -> Facts:
    with path.open("rb") as file:
        return READER.read(file, path.name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("videos")


@pytest.fixture(scope="module")
def plain(folder: Path) -> Path:
    path = folder / "plain.mp4"
    ffmpeg(*PICTURE, *SOUND, *X264, "-metadata", "title=A Title", "-metadata:s:a:0", "language=ger", path)
    return path


def test_streams_duration_and_tags(plain: Path) -> None:
    facts = probe(plain)
    video, audio = facts.streams
    assert (facts.media, facts.format, facts.width, facts.height) == ("video", "mp4", 160, 120)
    assert abs(facts.duration_ms - 3000) < 100
    assert facts.bitrate > 10_000
    assert (video.type, video.codec, video.pixel_format, video.bit_depth, video.frame_rate) == (
        "video",
        "h264",
        "yuv420p",
        8,
        25,
    )
    assert (audio.type, audio.codec, audio.language, audio.channels, audio.channel_layout) == (
        "audio",
        "aac",
        "ger",
        1,
        "mono",
    )
    assert audio.sample_rate == 44_100
    assert facts.tags["title"] == ["A Title"]


@pytest.mark.parametrize("extension", ["mp4", "mkv"])
def test_a_turned_picture_has_its_size_as_shown(folder: Path, plain: Path, extension: str) -> None:
    turned, path = folder / "turned.mp4", folder / f"turned2.{extension}"
    ffmpeg("-display_rotation", "-90", "-i", plain, "-c", "copy", turned)
    ffmpeg("-i", turned, "-c", "copy", path)
    facts = probe(path)
    assert (facts.streams[0].rotation, facts.width, facts.height) == (90, 120, 160)
    assert (facts.streams[0].width, facts.streams[0].height) == (160, 120)


def test_hdr_chapters_subtitles_and_flags(folder: Path) -> None:
    chapters = folder / "chapters.txt"
    chapters.write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=One\n"
                        "[CHAPTER]\nTIMEBASE=1/1000\nSTART=1500\nEND=3000\ntitle=Two\n")  # fmt: skip
    words = folder / "words.srt"
    words.write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    path = folder / "hdr.mkv"
    ffmpeg(
        *PICTURE, "-i", words, "-i", chapters, "-map", "0", "-map", "1", "-map_metadata", "2", "-c:v", "libx265",
        "-preset", "ultrafast", "-pix_fmt", "yuv420p10le",
        "-x265-params", "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
        "-c:s", "srt", "-metadata:s:s:0", "language=eng", "-disposition:s:0", "forced+hearing_impaired", path,
    )  # fmt: skip
    facts = probe(path)
    video, subtitle = facts.streams
    assert (video.codec, video.color_transfer, video.bit_depth) == ("hevc", "smpte2084", 10)
    assert (subtitle.type, subtitle.codec, subtitle.language) == ("subtitle", "subrip", "eng")
    assert subtitle.forced
    assert subtitle.hearing_impaired
    assert [(chapter.start_ms, chapter.end_ms, chapter.title) for chapter in facts.chapters] == [
        (0, 1500, "One"),
        (1500, 3000, "Two"),
    ]


def test_a_cover_inside_is_a_picture_and_not_the_video(folder: Path, plain: Path) -> None:
    cover = folder / "cover.jpg"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=64x96:d=1", "-frames:v", "1", cover)
    path = folder / "covered.mp4"
    ffmpeg("-i", plain, "-i", cover, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:1", "attached_pic", path)
    facts = probe(path)
    assert [(picture.role, picture.mime) for picture in facts.pictures] == [("cover", "image/jpeg")]
    assert [stream.cover for stream in facts.streams if stream.type == "video"] == [False, True]
    assert (facts.width, facts.height) == (160, 120)


def test_an_attached_cover_in_matroska(folder: Path, plain: Path) -> None:
    cover = folder / "attached.jpg"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=64x96:d=1", "-frames:v", "1", cover)
    path = folder / "attached.mkv"
    ffmpeg("-i", plain, "-c", "copy", "-attach", cover, "-metadata:s:t", "mimetype=image/jpeg",
           "-metadata:s:t", "filename=cover.jpg", path)  # fmt: skip
    assert [picture.mime for picture in probe(path).pictures] == ["image/jpeg"]


def test_where_and_when_a_phone_recorded_it(folder: Path, plain: Path) -> None:
    path = folder / "phone.mov"
    ffmpeg(
        "-i", plain, "-c", "copy", "-movflags", "use_metadata_tags",
        "-metadata", "com.apple.quicktime.creationdate=2021-07-04T12:30:00+0200",
        "-metadata", "com.apple.quicktime.location.ISO6709=+48.1374-011.5755+520.0/",
        "-metadata", "com.apple.quicktime.make=Apple", path,
    )  # fmt: skip
    tags = probe(path).tags
    assert (tags["datetaken"], tags["offset"]) == (["2021-07-04T12:30:00"], ["+02:00"])
    assert (tags["latitude"], tags["longitude"], tags["altitude"]) == (["48.1374"], ["-11.5755"], ["520.0"])
    assert tags["camera_make"] == ["Apple"]


def test_sound_alone_is_no_video(folder: Path) -> None:
    path = folder / "sound.mp4"
    ffmpeg(*SOUND, "-c:a", "aac", path)
    facts = probe(path)
    assert (facts.media, facts.width, facts.keyframes_ms) == ("audio", 0, [])


def test_interlaced(folder: Path) -> None:
    path = folder / "interlaced.mpg"
    ffmpeg(*PICTURE, "-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-vf", "setfield=tff", path)
    assert probe(path).streams[0].interlaced


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"\x1a\x45\xdf\xa3" + bytes(100), bytes(5000)])
def test_what_is_no_video_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"film\.mkv"):
        probe(path)


def test_a_playlist_dressed_as_a_video_opens_no_other_file(tmp_path: Path, plain: Path) -> None:
    playlist = tmp_path / "film.mp4"
    for content in (f"#EXTM3U\n#EXTINF:3,\n{plain}\n#EXT-X-ENDLIST\n", f"ffconcat version 1.0\nfile '{plain}'\n"):
        playlist.write_text(content)
        with pytest.raises(InvalidInput):
            probe(playlist)
