"""Photos: size as shown, moments, places, and their sidecars."""

import io
import json
import struct
from pathlib import Path

import pillow_heif
import pillow_jxl  # noqa: F401
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from medley.adapters.media.photos import READER
from medley.core.kinds import Facts
from medley.kernel.errors import InvalidInput, MedleyError, Unsupported

pillow_heif.register_heif_opener()
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns:exif="e" xmlns:xmp="p" xmlns:dc="d" xmlns:lr="l" xmlns:mwg="m" xmlns:st="s" xmlns:g="g">
<rdf:Description exif:DateTimeOriginal="2015-06-07T08:09:10.25+02:00" xmp:Rating="4" exif:GPSLatitude="48,51.5N"
 exif:GPSLongitude="2,21,36W" g:MicroVideo="1" g:MicroVideoOffset="12345">
<dc:subject><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b</rdf:li>
</rdf:Bag></dc:subject><lr:hierarchicalSubject><rdf:Bag><rdf:li>Places|Rome</rdf:li></rdf:Bag></lr:hierarchicalSubject>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">My Title</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ann</rdf:li></rdf:Seq></dc:creator>
<mwg:Regions>
<mwg:RegionList><rdf:Bag><rdf:li><rdf:Description st:Name="Bob" st:Type="Face"/>
</rdf:li><rdf:li><rdf:Description st:Name="Rex" st:Type="Pet"/></rdf:li></rdf:Bag></mwg:RegionList></mwg:Regions>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def exif(orientation: int = 1, place: tuple = (48, 51, 30)) -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x0112] = "Maker", "Model X", orientation
    detail = made.get_ifd(0x8769)
    detail[0x9003], detail[0x9291], detail[0x9011] = "2019:07:13 10:11:12", "345", "+02:00"
    detail[0x829A], detail[0x829D], detail[0x8827], detail[0x920A] = 0.004, 2.8, 200, 50.0
    position = made.get_ifd(0x8825)
    position[1], position[2], position[3], position[4] = "N", place, "W", (2, 21, 36) if any(place) else (0, 0, 0)
    position[5], position[6] = b"\x01", 12.5
    return made


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (9, 200, 9)).save(out, kind, **options)
    return out.getvalue()


def read(path: Path, data: bytes) -> Facts:
    path.write_bytes(data)
    with path.open("rb") as file:
        return READER.read(file, path.name)


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("jpg", "JPEG"),
        ("png", "PNG"),
        ("webp", "WEBP"),
        ("tif", "TIFF"),
        ("avif", "AVIF"),
        ("heic", "HEIF"),
        ("jxl", "JXL"),
    ],
)
def test_every_format(tmp_path: Path, suffix: str, kind: str) -> None:
    facts = read(tmp_path / f"x.{suffix}", picture(kind, exif=exif().tobytes()))
    assert (facts.media, facts.width, facts.height, facts.warnings) == ("image", 60, 40, [])
    wanted = {
        "camera_make": ["Maker"], "camera_model": ["Model X"], "datetaken": ["2019-07-13T10:11:12.345"],
        "offset": ["+02:00"], "exposure": ["1/250"], "aperture": ["2.8"], "iso": ["200"], "focal_length": ["50"],
        "latitude": ["48.85833"], "longitude": ["-2.36"], "altitude": ["-12.5"],
    }  # fmt: skip
    assert {tag: values for tag, values in facts.tags.items() if tag != "orientation"} == wanted


def test_size_is_as_shown(tmp_path: Path) -> None:
    for orientation, size in ((1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))):
        facts = read(tmp_path / "x.jpg", picture("JPEG", exif=exif(orientation)))
        assert (facts.width, facts.height) == size
    facts = read(tmp_path / "x.heic", picture("HEIF", exif=exif(6).tobytes()))
    with Image.open(tmp_path / "x.heic") as shown:
        assert (facts.width, facts.height) == shown.size


def test_nowhere_is_no_place_and_never_is_no_moment(tmp_path: Path) -> None:
    made = exif(place=(0, 0, 0))
    made.get_ifd(0x8769)[0x9003] = "0000:00:00 00:00:00"
    tags = read(tmp_path / "x.jpg", picture("JPEG", exif=made)).tags
    assert not {"latitude", "longitude", "datetaken", "offset"} & set(tags)


def test_xmp(tmp_path: Path) -> None:
    wanted = {
        "datetaken": ["2015-06-07T08:09:10.25"], "offset": ["+02:00"], "rating": ["4"], "latitude": ["48.85833"],
        "longitude": ["-2.36"], "keywords": ["Places/Rome"], "title": ["My Title"], "artist": ["Ann"],
        "people": ["Bob"], "motion": ["embedded"], "motionoffset": ["12345"],
    }  # fmt: skip
    assert read(tmp_path / "x.jpg", picture("JPEG", xmp=XMP.encode())).tags == wanted
    sidecar = read(tmp_path / "x.jpg.xmp", XMP.encode())
    assert (sidecar.media, sidecar.format, sidecar.tags) == ("sidecar", "xmp", wanted)
    both = read(tmp_path / "x.jpg", picture("JPEG", xmp=XMP.encode(), exif=exif())).tags
    assert (both["datetaken"], both["title"]) == (["2019-07-13T10:11:12.345"], ["My Title"])


def test_iptc(tmp_path: Path) -> None:
    records = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value
        for number, value in ((5, b"Name"), (25, b"one"), (25, b"two"), (55, b"20040226"), (60, b"101112+0000"))
    )
    block = (
        b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)
    )
    data = picture("JPEG")
    data = data[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + data[2:]
    tags = read(tmp_path / "x.jpg", data).tags
    assert tags == {"title": ["Name"], "keywords": ["one", "two"], "datetaken": ["2004-02-26T10:11:12"]}


def test_takeout(tmp_path: Path) -> None:
    said = {
        "title": "a.jpg", "description": "words", "photoTakenTime": {"timestamp": "1500000000"},
        "geoData": {"latitude": 0.0, "longitude": 0.0}, "geoDataExif": {"latitude": 5.5, "longitude": -6.0},
        "people": [{"name": "Bob"}], "favorited": True,
    }  # fmt: skip
    facts = read(tmp_path / "a.jpg.json", json.dumps(said).encode())
    assert (facts.media, facts.format) == ("sidecar", "takeout-json")
    assert facts.tags["datetaken"] == ["2017-07-14T02:40:00"]
    assert (facts.tags["latitude"], facts.tags["people"], facts.tags["rating"]) == (["5.5"], ["Bob"], ["5"])
    assert read(tmp_path / "b.json", b'{"other": 1}').tags == {}
    with pytest.raises(InvalidInput):
        read(tmp_path / "b.json", b"[" * 100_000)


def test_raw_files_are_read_as_the_tiff_they_are(tmp_path: Path) -> None:
    data = picture("TIFF", exif=exif().tobytes())
    facts = read(tmp_path / "x.nef", data)
    assert (facts.format, facts.tags["camera_model"]) == ("nef", ["Model X"])
    olympus = read(tmp_path / "x.orf", b"IIRO" + data[4:])
    assert olympus.tags["datetaken"] == ["2019-07-13T10:11:12.345"]
    with pytest.raises(Unsupported):
        read(tmp_path / "x.cr3", b"nothing" * 50)


def test_apple_pairs_its_live_photos(tmp_path: Path) -> None:
    note = b"Apple iOS\0\0\1MM" + struct.pack(">H", 1) + struct.pack(">HHII", 0x11, 2, 6, 30) + b"\0\0\0\0"
    note = note[:30].ljust(30, b"\0") + b"ABC-1\0"
    made = exif()
    made.get_ifd(0x8769)[0x927C] = note
    assert read(tmp_path / "x.jpg", picture("JPEG", exif=made)).tags["contentid"] == ["ABC-1"]


def test_what_is_no_picture(tmp_path: Path) -> None:
    for data in (b"", b"hello", b"<svg/>", b"\0" * 5000):
        with pytest.raises(MedleyError):
            read(tmp_path / "x.jpg", data)
    assert read(tmp_path / "wrong.jpg", picture("PNG")).format == "png"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF", "JXL", "GIF"])
@pytest.mark.parametrize("suffix", ["jpg", "dng"])
@settings(max_examples=25, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=6), keep=st.floats(0, 1))
def test_damage_is_told_or_survived(tmp_path: Path, kind: str, suffix: str, flips, keep: float) -> None:
    data = bytearray(picture(kind) if kind == "GIF" else picture(kind, exif=exif().tobytes()))
    for place, bits in flips:
        data[int(place * len(data))] ^= bits
    try:
        read(tmp_path / f"x.{suffix}", bytes(data[: int(keep * len(data))]))
    except MedleyError:
        pass


@settings(max_examples=80, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), at=st.floats(0, 0.999), suffix=st.sampled_from(["xmp", "json"]))
def test_any_sidecar(tmp_path: Path, text: str, at: float, suffix: str) -> None:
    whole = (
        XMP if suffix == "xmp" else '{"photoTakenTime": {"timestamp": "1"}, "geoData": {"latitude": 1}, "people": [1]}'
    )
    place = int(at * len(whole))
    try:
        read(tmp_path / f"x.{suffix}", (whole[:place] + text + whole[place:]).encode("utf-8", "replace"))
    except MedleyError:
        pass
