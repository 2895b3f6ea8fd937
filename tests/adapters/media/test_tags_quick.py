"""What is read quickly is what mutagen reads, to the last word; at the least doubt, mutagen reads it."""

import random
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen import id3
from mutagen.flac import FLAC
from mutagen.flac import Picture as FlacPicture
from mutagen.mp3 import MP3
from mutagen.oggopus import OggOpus
from tests.adapters.media.audio_files import ffmpeg, sound_file

from medley.adapters.media.tags import TagReader
from medley.core.kinds import Facts
from medley.kernel.errors import MedleyError

QUICK, THOROUGH = TagReader(), TagReader(quick=False)
MANY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

# ---- files ----------------------------------------------------------------------------------------------------------

SOUNDS = {
    "vbr.mp3": ("-c:a", "libmp3lame", "-q:a", "4"),
    "constant.mp3": ("-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0"),
    "stereo.mp3": ("-c:a", "libmp3lame", "-b:a", "128k", "-ac", "2"),
    "low.mp3": ("-c:a", "libmp3lame", "-b:a", "32k", "-ar", "22050"),
    "lowest.mp3": ("-c:a", "libmp3lame", "-b:a", "8k", "-ar", "8000", "-ac", "2"),
    "layer.mp2": ("-c:a", "mp2", "-b:a", "64k"),
    "x.flac": ("-c:a", "flac"),
    "deep.flac": ("-c:a", "flac", "-sample_fmt", "s32", "-ar", "96000"),
    "x.opus": ("-c:a", "libopus", "-b:a", "48k"),
}


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The bytes of a sound without tags, by its name in `SOUNDS`."""
    folder = tmp_path_factory.mktemp("sounds")

    @cache
    def made(name: str) -> bytes:
        ffmpeg(*SOUNDS[name], "-map_metadata", "-1", "-id3v2_version", "0", str(folder / name))
        return (folder / name).read_bytes()

    return made


def agrees(path: Path) -> Facts | None:
    """What was read quickly, if it was; and that it is what mutagen reads."""
    with path.open("rb") as file:
        quick = QUICK.quickly(file, path.name)
        file.seek(0)
        if quick is not None:
            thorough = THOROUGH.read(file, path.name)
            assert quick == thorough
            assert list(quick.tags) == list(thorough.tags)
    return quick


def read_quickly(path: Path) -> Facts:
    """What was read, which must have been quickly."""
    facts = agrees(path)
    assert facts is not None
    return facts


@pytest.mark.parametrize("name", [name for name in SOUNDS if not name.endswith(("mp3", "mp2"))])
def test_sound_without_tags(tmp_path: Path, sounds: Callable[[str], bytes], name: str):
    path = tmp_path / name
    path.write_bytes(sounds(name))
    facts = read_quickly(path)
    assert 900 < facts.duration_ms < 1200
    assert facts.bitrate


# ---- ID3 ------------------------------------------------------------------------------------------------------------


def frames() -> list[id3.Frame]:
    """As a tagger writes them."""
    return [
        id3.TIT2(3, ["Tïtle"]),
        id3.TPE1(1, ["夜に駆ける", "Two"]),
        id3.TPE2(0, ["One"]),
        id3.TALB(1, ["Album"]),
        id3.TDRC(3, ["1999-03-01"]),
        id3.TDOR(0, ["1984"]),
        id3.TCON(3, ["(17)", "Eurodisco"]),
        id3.TRCK(0, ["3/12"]),
        id3.TXXX(1, "MusicBrainz Album Id", ["89ad4ac3-39f7-470e-963a-56509c546377"]),
        id3.TXXX(3, "REPLAYGAIN_TRACK_GAIN", ["-3.20 dB"]),
        id3.UFID(owner="http://musicbrainz.org", data=b"7c0b9b67-0ad1-4dd2-a01f-2e31a3a8a6ac"),
        id3.COMM(1, "eng", "", ["A comment"]),
        id3.USLT(1, "eng", "", "La\nla"),
        id3.USLT(3, "deu", "", "[00:01.00]La"),
        id3.USLT(3, "XXX", "other", "Lo"),
        id3.TXXX(3, "performer:guitar", ["Ann", "Bob"]),
        id3.TXXX(3, "PERFORMER", ["Cy (drums)", "Di (producer)"]),
        id3.TXXX(3, "LYRICS:fra", ["Le"]),
        id3.TIPL(1, [["producer", "Eno"], ["guitar", "Fripp"]]),
        id3.TMCL(3, [["bass", "Zoë"]]),
        id3.TIT1(3, ["Symphony"]),
        id3.GRP1(3, ["Mine"]),
        id3.MVNM(3, ["Adagio"]),
        id3.MVIN(3, ["2/4"]),
        id3.TMOO(3, ["Calm", "Slow"]),
        id3.TSST(3, ["Live"]),
        id3.TSSE(3, ["LAME"]),
        id3.PRIV(owner="x", data=b"\0\1\2"),
        id3.APIC(0, "image/jpeg", 3, "", b"\xff\xd8" * 40_000),
        id3.APIC(1, "image/png", 4, "Rückseite", b"\x89PNG" * 10),
    ]


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("older", [0, 2])
@pytest.mark.parametrize("name", [name for name in SOUNDS if name.endswith(("mp3", "mp2"))])
def test_a_tag_as_taggers_write_it(tmp_path: Path, sounds: Callable[[str], bytes], name: str, version: int, older: int):
    path = tmp_path / name
    path.write_bytes(sounds(name))
    tag = id3.ID3()
    for frame in frames():
        tag.add(frame)
    if version == 3:
        tag.update_to_v23()
    tag.save(path, v2_version=version, v1=older)
    facts = read_quickly(path)
    assert facts.tags["date"] == ["1999-03-01"]
    assert (facts.tags["producer"], facts.tags["movementtotal"]) == (["Eno", "Di"], ["4"])
    assert [picture.size for picture in facts.pictures] == [80_000, 40]


def test_an_older_tag_that_says_more_is_mutagens_to_read(tmp_path: Path):
    path = sound_file(tmp_path, "mp3")
    MP3(path).save()
    id3.ID3().save(path)
    data = path.read_bytes()
    path.write_bytes(data + b"TAG" + b"Old title".ljust(30, b"\0") + bytes(94) + b"\xff")
    assert agrees(path) is None
    with path.open("rb") as file:
        assert QUICK.read(file, path.name).tags["title"] == ["Old title"]


# What names, codings and values there are, and now and then what goes wrong with them.
_NAMES = """TIT2 TPE1 TPE2 TALB TRCK TPOS TCON TDRC TDOR TYER TDAT TORY TBPM TCMP TXXX COMM USLT UFID APIC TSSE PRIV
WXXX TIPL TMCL IPLS TIT1 GRP1 MVNM MVIN TMOO""".split()
_RARE_NAMES = "TIME SYLT RVA2 CHAP GEOB ZZZZ".split()
_DATES = st.sampled_from(["1999", "1999", "1999-03", "1999-03-01", "0103", "0103", "1999-03-01T12:00:00", "99"])
_WORDS = st.sampled_from(
    ["", "Title", "Tïtle", "夜に駆ける", "1999", "3/12", "(17)", "17", "CR", "(4)Eurodisco", "Rock", "a\nb", "𝄞", " x "]
)
_LATIN = _WORDS.filter(lambda word: word.isascii() or word == "Tïtle")


def rarely(draw: st.DrawFn, usual: list[Any], rare: list[Any]) -> Any:
    """One of `usual`, or once in ten times one of `rare`."""
    return draw(st.sampled_from(rare if draw(st.integers(0, 9)) == 9 else usual))


@st.composite
def texts(draw: st.DrawFn, coding: int, words: st.SearchStrategy[str], least: int = 0, most: int = 3) -> bytes:
    """Values with zeros between them, and zeros behind them, or not."""
    values = draw(st.lists(words, min_size=least, max_size=most))
    zero = b"\0\0" if coding in (1, 2) else b"\0"
    utf16 = rarely(draw, ["utf-16"], ["utf-16-le", "utf-16-be"])
    name = {0: "latin-1", 1: utf16, 2: "utf-16-be", 3: "utf-8"}[coding]
    return zero.join(value.encode(name) for value in values) + rarely(draw, [b"", zero], [zero * 2, b"\0"])


@st.composite
def contents(draw: st.DrawFn, name: str) -> bytes:
    """What a frame of that name holds."""
    coding = draw(st.integers(0, 3))
    begin, words = bytes([coding]), _LATIN if coding == 0 else _WORDS
    if draw(st.integers(0, 30)) == 30:
        return draw(st.binary(max_size=30))
    if name == "UFID":
        return draw(st.sampled_from([b"http://musicbrainz.org\0abc", b"x\0y", b"abc", b"\0"]))
    if name in ("COMM", "USLT"):
        return begin + rarely(draw, [b"eng"], [b"XXX", b"\xff\0\0"]) + draw(texts(coding, words, 2))
    if name == "TXXX":
        described = draw(st.sampled_from(["performer:bass", "lyrics:eng", "LYRICS", "Work", "performer", "x"]))
        zero, name = (b"\0\0", "utf-16" if coding == 1 else "utf-16-be") if coding in (1, 2) else (b"\0", "utf-8")
        return begin + described.encode(name) + zero + draw(texts(coding, words, 1))
    if name in ("TIPL", "TMCL", "IPLS"):
        return begin + draw(texts(coding, words, 2, 4))
    if name == "APIC":
        mime = rarely(draw, [b"image/jpeg\0", b"\0"], [b"PNG\0", b"image/png"])
        picture = rarely(draw, [b"\xff\xd8" * 9, b"\xff\xd8" * 9000], [b"", bytes(40)])
        described = (
            draw(texts(coding, words, 1, 1)).rstrip(b"\0") if coding in (0, 3) else draw(texts(coding, words, 1, 1))
        )
        end = b"\0" if coding in (0, 3) else b"\0\0"
        return begin + mime + bytes([rarely(draw, [0, 3, 4], [30])]) + described + end + picture
    return begin + draw(texts(coding, _DATES if name in ("TDRC", "TDOR", "TYER", "TDAT", "TORY") else words, 0, 2))


@st.composite
def tags(draw: st.DrawFn) -> bytes:
    """A whole tag."""
    version, body = draw(st.sampled_from([3, 4])), b""
    names = draw(st.lists(st.sampled_from(_NAMES), max_size=8, unique=True))
    names += rarely(draw, [[]], [["TXXX"], ["APIC"], ["COMM"], names[:1], *([name] for name in _RARE_NAMES)])
    for name in names:
        data = draw(contents(name))
        size = struct.pack(">I", len(data)) if version == 3 or rarely(draw, [False], [True]) else synchsafe(len(data))
        body += name.encode() + size + struct.pack(">H", rarely(draw, [0], [0, 1, 2, 8, 0x40, 0x4000])) + data
    body += bytes(draw(st.sampled_from([0, 0, 1, 9, 10, 11, 300])))
    return b"ID3" + bytes([version, 0, rarely(draw, [0], [0, 0, 0x80, 0x40])]) + synchsafe(len(body)) + body


def synchsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


@MANY
@given(tag=tags(), sound=st.sampled_from(["vbr.mp3", "constant.mp3"]), older=st.booleans())
def test_made_up_tags(tmp_path: Path, sounds: Callable[[str], bytes], tag: bytes, sound: str, older: bool):
    path = tmp_path / sound
    old = b"TAG" + b"Old title".ljust(30, b"\0") + b"Old artist".ljust(92, b"\0") + b"\x07\x11"
    path.write_bytes(tag + sounds(sound) + (old if older else b""))
    agrees(path)


# ---- Vorbis comments ------------------------------------------------------------------------------------------------

_NAMED = [
    "title",
    "ARTIST",
    "performer",
    "chapter001",
    "chapter001name",
    "xyzzy",
    "MOVEMENT",
    "Performer:Bass",
    "r128_track_gain",
]
_COMMENTS = st.lists(st.tuples(st.sampled_from(_NAMED), _WORDS), max_size=8)


def tag_flac(path: Path, comments: list[tuple[str, str]]) -> None:
    audio: Any = FLAC(path)
    if audio.tags is None:
        audio.add_tags()
    cast(Any, audio.tags).extend(comments)
    picture = FlacPicture()
    picture.type, picture.mime, picture.desc, picture.data = 3, "image/jpeg", "Vörne", b"\xff\xd8" * 40_000
    audio.add_picture(picture)
    audio.save()


def tag_opus(path: Path, comments: list[tuple[str, str]]) -> None:
    audio: Any = OggOpus(path)
    audio.tags.extend(comments)
    audio.save()


@MANY
@given(comments=_COMMENTS, name=st.sampled_from(["x.flac", "x.opus"]))
def test_made_up_comments(tmp_path: Path, sounds: Callable[[str], bytes], comments: list[tuple[str, str]], name: str):
    path = tmp_path / name
    path.write_bytes(sounds(name))
    (tag_flac if name == "x.flac" else tag_opus)(path, comments)
    path.write_bytes(path.read_bytes().replace(b"xyzzy=", b"~\n\xef\xaf=="))  # no name, says mutagen
    facts = read_quickly(path)
    assert len(facts.pictures) == (1 if name == "x.flac" else 0)


@pytest.mark.parametrize("gain", [0, -768, 32_767])
def test_the_output_gain_of_opus(tmp_path: Path, sounds: Callable[[str], bytes], gain: int):
    path = tmp_path / "x.opus"
    data = bytearray(sounds("x.opus"))
    place = data.index(b"OpusHead") + 16
    data[place : place + 2] = gain.to_bytes(2, "little", signed=True)
    path.write_bytes(data)
    assert read_quickly(path).tags.get("replaygain_base_gain") == ([f"{gain / 256:.2f} dB"] if gain else None)


# ---- damage ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def tagged(sounds: Callable[[str], bytes], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The bytes of a sound with tags."""
    folder = tmp_path_factory.mktemp("tagged")

    @cache
    def made(name: str) -> bytes:
        path = folder / name
        path.write_bytes(sounds(name))
        if name.endswith("mp3"):
            tag = id3.ID3()
            for frame in frames():
                tag.add(frame)
            tag.save(path)
        else:
            said = [("title", "Tïtle"), ("artist", "One"), ("artist", "Two"), ("tracknumber", "3/12")]
            (tag_flac if name.endswith("flac") else tag_opus)(path, said)
        return path.read_bytes()

    return made


@MANY
@given(name=st.sampled_from(["vbr.mp3", "constant.mp3", "x.flac", "x.opus"]), chance=st.randoms(use_true_random=False))
def test_damage(tmp_path: Path, tagged: Callable[[str], bytes], name: str, chance: random.Random):
    path = tmp_path / name
    path.write_bytes(damaged(tagged(name), chance))
    try:
        agrees(path)
    except MedleyError as error:  # mutagen's word, that what was read quickly cannot be read
        pytest.fail(str(error))


def damaged(data: bytes, chance: random.Random) -> bytes:
    """With some bytes changed, most of them near the ends, or cut."""
    hurt = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.choice([chance.randrange(64), chance.randrange(1500), -1 - chance.randrange(200)])
        place = place if chance.random() < 0.8 else chance.randrange(len(hurt))
        hurt[max(place, -len(hurt)) if place < 0 else min(place, len(hurt) - 1)] = chance.choice(
            [0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)]
        )
    return bytes(hurt[: chance.randrange(len(hurt))] if chance.random() < 0.1 else hurt)
