import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from mutagen.aiff import AIFF
from mutagen.apev2 import APEv2
from mutagen.asf import ASF
from mutagen.flac import FLAC
from mutagen.id3 import (
    COMM,
    ID3,
    RVA2,
    SYLT,
    TALB,
    TCON,
    TDRC,
    TIPL,
    TIT2,
    TPE1,
    TPE2,
    TPOS,
    TRCK,
    TXXX,
    UFID,
    USLT,
    Encoding,
)
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE
from mutagen.wavpack import WavPack
from tests.adapters.media.audio_files import ffmpeg, read, sound_file

from medley.kernel.errors import InvalidInput, MedleyError, Unsupported

SAID = {
    "title": ["Tïtle"],
    "artist": ["One", "Two"],
    "album": ["Album"],
    "albumartist": ["One"],
    "date": ["1999-03-01"],
    "genre": ["Rock"],
    "tracknumber": ["3"],
    "tracktotal": ["12"],
    "discnumber": ["1"],
    "disctotal": ["2"],
    "musicbrainz_albumid": ["89ad4ac3-39f7-470e-963a-56509c546377"],
}
MBID = SAID["musicbrainz_albumid"][0]
SPLIT = {"tracknumber": "3/12", "discnumber": "1/2"}


def id3_frames() -> list:
    return [
        TIT2(3, SAID["title"]),
        TPE1(3, SAID["artist"]),
        TALB(3, SAID["album"]),
        TPE2(3, SAID["albumartist"]),
        TDRC(3, SAID["date"]),
        TCON(3, SAID["genre"]),
        TRCK(3, "3/12"),
        TPOS(3, "1/2"),
        TXXX(3, "MusicBrainz Album Id", MBID),
        COMM(3, "eng", "iTunNORM", ["0000"]),
    ]


def write_id3(kind: Callable[[Path], Any]):
    def write(path: Path) -> None:
        audio: Any = kind(path)
        if audio.tags is None:
            audio.add_tags()
        for frame in id3_frames():
            cast(Any, audio.tags).add(frame)
        audio.save()

    return write


def write_mp3(path: Path) -> None:
    tags = ID3()
    for frame in id3_frames():
        tags.add(frame)
    tags.save(path)


def write_named(kind: Callable[[Path], Any]):
    def write(path: Path) -> None:
        audio = kind(path)
        for name, values in SAID.items():
            if not name.endswith("total"):
                audio[name] = SPLIT.get(name, values)
        audio.save()

    return write


def write_mp4(path: Path) -> None:
    audio = MP4(path)
    audio["\xa9nam"], audio["\xa9ART"], audio["\xa9alb"] = SAID["title"], SAID["artist"], SAID["album"]
    audio["aART"], audio["\xa9day"], audio["\xa9gen"] = SAID["albumartist"], SAID["date"], SAID["genre"]
    audio["trkn"], audio["disk"] = [(3, 12)], [(1, 2)]
    audio["----:com.apple.iTunes:MusicBrainz Album Id"] = MBID.encode()
    audio.save()


def write_ape(path: Path) -> None:
    audio = WavPack(path)
    names = {"albumartist": "Album Artist", "date": "Year", "tracknumber": "Track", "discnumber": "Disc"}
    for name, values in SAID.items():
        if not name.endswith("total"):
            audio[names.get(name, name)] = SPLIT.get(name, values)
    audio.save()


def write_asf(path: Path) -> None:
    audio = ASF(path)
    audio["Title"], audio["Author"], audio["WM/AlbumTitle"] = SAID["title"], SAID["artist"], SAID["album"]
    audio["WM/AlbumArtist"], audio["WM/Year"], audio["WM/Genre"] = SAID["albumartist"], SAID["date"], SAID["genre"]
    audio["WM/TrackNumber"], audio["WM/PartOfSet"], audio["MusicBrainz/Album Id"] = ["3/12"], ["1/2"], [MBID]
    audio.save()


@pytest.mark.parametrize(
    ("kind", "write", "form", "codec", "rate"),
    [
        ("mp3", write_mp3, "mp3", "mp3", 44_100),
        ("aac", write_mp3, "aac", "aac", 44_100),
        ("wav", write_id3(WAVE), "wav", "pcm_s16le", 44_100),
        ("aiff", write_id3(AIFF), "aiff", "pcm_s16be", 44_100),
        ("flac", write_named(FLAC), "flac", "flac", 44_100),
        ("ogg", write_named(OggVorbis), "ogg", "vorbis", 44_100),
        ("opus", write_named(OggOpus), "ogg", "opus", 48_000),
        ("m4a", write_mp4, "mp4", "aac", 44_100),
        ("alac.m4a", write_mp4, "mp4", "alac", 44_100),
        ("wma", write_asf, "asf", "wmav2", 44_100),
        ("wv", write_ape, "wv", "wavpack", 44_100),
    ],
)
def test_one_vocabulary_for_all_formats(tmp_path: Path, kind: str, write, form: str, codec: str, rate: int):
    path = sound_file(tmp_path, kind)
    write(path)
    facts = read(path)
    assert {name: facts.tags.get(name) for name in SAID} == SAID
    assert "comment" not in facts.tags
    stream = facts.streams[0]
    assert (facts.format, stream.codec, stream.sample_rate, stream.channels) == (form, codec, rate, 1)
    assert facts.duration_ms == pytest.approx(1000, abs=60)
    assert facts.bitrate > 10_000
    assert facts.warnings == []


def test_depth_of_lossless_sound_only(tmp_path: Path):
    assert read(sound_file(tmp_path, "hires.flac")).streams[0].bit_depth == 24
    assert read(sound_file(tmp_path, "m4a")).streams[0].bit_depth == 0
    assert read(sound_file(tmp_path, "flac.oga")).streams[0].codec == "flac"


@pytest.mark.parametrize("version", [3, 4])
def test_a_slash_does_not_split_an_artist(tmp_path: Path, version: int):
    path = sound_file(tmp_path, "mp3")
    tags = ID3()
    tags.add(TPE1(3, ["AC/DC"]))
    tags.save(path, v2_version=version)
    assert read(path).tags["artist"] == ["AC/DC"]


def raw_tag(version: int, frames: bytes, flags: int = 0) -> bytes:
    size = len(frames)
    sizes = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes((version, 0, flags)) + sizes + frames


def frame3(name: bytes, data: bytes) -> bytes:
    return name + struct.pack(">IH", len(data), 0) + data


def with_raw_tag(tmp_path: Path, tag: bytes) -> Path:
    path = sound_file(tmp_path, "mp3")
    plain = path.read_bytes()
    path.write_bytes(tag + plain[plain.index(b"\xff\xfb") :])
    return path


def test_id3_version_2_2(tmp_path: Path):
    path = with_raw_tag(tmp_path, raw_tag(2, b"TT2\0\0\6\0Hello" + b"TYE\0\0\5\x001999"))
    assert read(path).tags == {"title": ["Hello"], "date": ["1999"]}


def test_year_and_day_of_version_2_3_become_a_date(tmp_path: Path):
    frames = frame3(b"TYER", b"\x001999") + frame3(b"TDAT", b"\x000103")
    assert read(with_raw_tag(tmp_path, raw_tag(3, frames))).tags["date"] == ["1999-03-01"]


def test_unsynchronised_tag(tmp_path: Path):
    frames = frame3(b"TIT2", b"\x01\xff\xfeA\0").replace(b"\xff\xfe", b"\xff\0\xfe")
    assert read(with_raw_tag(tmp_path, raw_tag(3, frames, 0x80))).tags["title"] == ["A"]


@pytest.mark.parametrize("data", [b"\x01A\0B\0", b"\x01\xff\xfeA\0B\0x", b"\x01\xff\xfeA\0B\0\0"])
def test_utf16_without_mark_or_with_an_odd_byte(tmp_path: Path, data: bytes):
    frames = frame3(b"TIT2", data) + frame3(b"TPE1", b"\0Who")
    tags = read(with_raw_tag(tmp_path, raw_tag(3, frames))).tags
    assert tags["artist"] == ["Who"]
    assert tags["title"][0][:2] == "AB"


def test_the_older_tag_only_fills_gaps(tmp_path: Path):
    path = sound_file(tmp_path, "mp3")
    tags = ID3()
    tags.add(TIT2(3, ["A title that is longer than thirty characters"]))
    tags.save(path, v1=0)
    with path.open("ab") as file:
        file.write(b"TAG" + b"A title that is longer than th" + b"Old artist".ljust(30, b"\0") + b"\0" * 65)
    assert read(path).tags["title"] == ["A title that is longer than thirty characters"]
    assert read(path).tags["artist"] == ["Old artist"]


def test_gains_that_mp3gain_put_behind_the_sound(tmp_path: Path):
    path = sound_file(tmp_path, "mp3")
    write_mp3(path)
    tags = APEv2()
    tags["REPLAYGAIN_TRACK_GAIN"], tags["Title"] = "-6.50 dB", "Another title"
    tags.save(path)
    assert read(path).tags["replaygain_track_gain"] == ["-6.50 dB"]
    assert read(path).tags["title"] == SAID["title"]


@pytest.mark.parametrize(
    ("coding", "artist", "title"),
    [
        ("cp1251", "Кино", "Группа крови"),
        ("cp932", "宇多田ヒカル", "誰かの願いが叶うころ"),
        ("gbk", "周杰伦", "爱在西元前"),
        ("big5", "張學友", "吻別"),
        ("cp949", "소녀시대", "다시 만난 세계"),
        ("koi8_r", "Кино", "Группа крови"),
        ("cp1253", "Γιώργος Νταλάρας", "Οι μάισσες"),
        ("utf-8", "Sigur Rós", "Hoppípolla — 宇"),
        ("latin-1", "Mötley Crüe", "Für Élise"),
        ("cp1252", "Guns N’ Roses", "Sweet Child o’ Mine – Live"),
    ],
)
def test_text_that_was_no_latin_1(tmp_path: Path, coding: str, artist: str, title: str):
    path = sound_file(tmp_path, "mp3")
    tags = ID3()
    tags.add(TPE1(Encoding.LATIN1, [artist.encode(coding).decode("latin-1")]))
    tags.add(TIT2(Encoding.LATIN1, [title.encode(coding).decode("latin-1")]))
    tags.save(path, v1=0)
    assert (read(path).tags["artist"], read(path).tags["title"]) == ([artist], [title])


def test_people_ids_gains_and_lyrics_of_id3(tmp_path: Path):
    path = sound_file(tmp_path, "mp3")
    tags = ID3()
    tags.add(TIPL(3, [["producer", "Eno"], ["guitar", "Fripp"]]))
    tags.add(UFID(owner="http://musicbrainz.org", data=b"recording"))
    tags.add(RVA2(desc="track", channel=1, gain=-6.5, peak=0.5))
    tags.add(USLT(3, "eng", "", "Plain words"))
    tags.add(SYLT(3, "eng", 2, 1, "", [("One", 12_000), ("Two", 59_999)]))
    tags.save(path)
    said = read(path).tags
    assert (said["producer"], said["performer"]) == (["Eno"], ["Fripp (guitar)"])
    assert said["musicbrainz_trackid"] == ["recording"]
    assert said["replaygain_track_gain"] == ["-6.50 dB"]
    assert said["lyrics:eng"] == ["[00:12.000]One\n[00:59.999]Two", "Plain words"]


def test_r128_gains_become_replaygain(tmp_path: Path):
    path = sound_file(tmp_path, "opus")
    audio = OggOpus(path)
    audio["R128_TRACK_GAIN"] = "-1536"
    audio.save()
    assert read(path).tags["replaygain_track_gain"] == ["-1.00 dB"]


def test_riff_info_where_there_is_no_id3(tmp_path: Path):
    path = tmp_path / "x.wav"
    ffmpeg("-metadata", "title=Hello", "-metadata", "artist=Who", str(path))
    assert (read(path).tags["title"], read(path).tags["artist"]) == (["Hello"], ["Who"])


@pytest.mark.parametrize("name", ["x.MP3", "x.Mp3", "wrong.flac", "none"])
def test_the_content_counts_not_the_name(tmp_path: Path, name: str):
    path = sound_file(tmp_path, "mp3", name)
    facts = read(path)
    assert facts.format == "mp3"
    assert len(facts.warnings) == (0 if name.lower().endswith("mp3") else 1)


@pytest.mark.parametrize(("kind", "sound"), [("flac", b"fLaC\xff\xff"), ("m4a", b"\0\0\0\x18ftypM4A ")])
def test_a_tag_before_damaged_sound_still_tells_its_title(tmp_path: Path, kind: str, sound: bytes):
    path = tmp_path / f"x.{kind}"
    path.write_bytes(raw_tag(3, frame3(b"TIT2", b"\0Title")) + sound + bytes(100))
    facts = read(path)
    assert facts.tags["title"] == ["Title"]
    assert facts.warnings


def test_a_tag_without_sound_still_tells_its_title(tmp_path: Path):
    path = tmp_path / "x.mp3"
    write_mp3(path)
    facts = read(path)
    assert (facts.tags["title"], facts.duration_ms, len(facts.warnings)) == (SAID["title"], 0, 1)


@pytest.mark.parametrize("kind", ["mp3", "flac", "ogg", "opus", "m4a", "wav", "aiff", "wma", "wv", "aac"])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.9])
def test_cut_files_are_read_or_explained(tmp_path: Path, kind: str, share: float):
    path = sound_file(tmp_path, kind)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    try:
        told = read(path).format
    except MedleyError as error:
        told = error.message
    assert told
    assert path.name in told or " " not in told


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 5000, b"a", b"\xff\xfb", b"ID3\4\0\0\x7f\x7f\x7f\x7f", b"RIFF", b"OggS" * 9]
)
@pytest.mark.parametrize("kind", ["mp3", "flac", "ogg", "m4a", "wav", "wma", "ape"])
def test_rubbish_is_explained(tmp_path: Path, data: bytes, kind: str):
    (tmp_path / f"x.{kind}").write_bytes(data)
    with pytest.raises(InvalidInput):
        read(tmp_path / f"x.{kind}")


def test_another_readers_format_is_named(tmp_path: Path):
    (tmp_path / "x.mp3").write_bytes(b"\x1a\x45\xdf\xa3" + b"x" * 100)
    with pytest.raises(Unsupported, match="Matroska"):
        read(tmp_path / "x.mp3")
