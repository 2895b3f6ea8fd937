"""Comics: pages in order, their sizes, ComicInfo.xml."""

import io
import zipfile
from pathlib import Path

import py7zr
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from medley.adapters.media import documents
from medley.adapters.media._image_size import image_size
from medley.adapters.media._pages import pages
from medley.adapters.media.comics import READER
from medley.core.kinds import Facts
from medley.kernel.errors import InvalidInput, MedleyError, NotFound

INFO = """<?xml version="1.0"?><ComicInfo><Title>The One</Title><Series>Saga</Series><Number>3</Number>
<Volume>-1</Volume><Year>2012</Year><Month>5</Month><Writer>Ann, Bob</Writer><Genre>SF</Genre>
<Manga>YesAndRightToLeft</Manga>
<Pages>
<Page Image="1" Type="FrontCover"/><Page Image="0" DoublePage="true"/></Pages></ComicInfo>"""


def picture(width: int, height: int, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (9, 9, 90)).save(out, kind, **options)
    return out.getvalue()


def comic() -> dict[str, bytes]:
    return {
        "p10.jpg": picture(70, 100),
        "p2.png": picture(140, 100, "PNG"),
        "p1.webp": picture(71, 101, "WEBP"),
        "ComicInfo.xml": INFO.encode(),
        "__MACOSX/p1.jpg": b"x",
        "._p1.jpg": b"x",
        "notes.txt": b"x",
    }


def write(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def read(path: Path) -> Facts:
    with path.open("rb") as file:
        return READER.read(file, path.name)


def test_pages_and_tags(tmp_path: Path) -> None:
    facts = read(write(tmp_path / "x.cbz", comic()))
    assert (facts.media, facts.format) == ("comic", "cbz")
    assert [(p.name, p.width, p.height) for p in facts.pages] == [
        ("p1.webp", 71, 101),
        ("p2.png", 140, 100),
        ("p10.jpg", 70, 100),
    ]
    assert facts.tags == {
        "title": ["The One"], "series": ["Saga"], "number": ["3"], "date": ["2012-05"], "writer": ["Ann", "Bob"],
        "genre": ["SF"], "manga": ["YesAndRightToLeft"], "frontcover": ["1"], "doublepages": ["0", "1"],
    }  # fmt: skip


def test_the_order_of_pages() -> None:
    names = ["b/1.jpg", "a/10.jpg", "a/9.jpg", "cover.jpg", "a/b/1.jpg", "Ch 2/001.jpg", "Ch 10/001.jpg", "A/1b.jpg"]
    expected = ["cover.jpg", "A/1b.jpg", "a/9.jpg", "a/10.jpg", "a/b/1.jpg", "b/1.jpg", "Ch 2/001.jpg", "Ch 10/001.jpg"]
    assert pages(names) == expected


def test_7z_and_a_broken_page(tmp_path: Path) -> None:
    with py7zr.SevenZipFile(tmp_path / "x.cb7", "w") as archive:
        archive.writestr(picture(10, 20), "1.jpg")
        archive.writestr(b"broken", "2.jpg")
    facts = read(tmp_path / "x.cb7")
    assert [(p.width, p.height) for p in facts.pages] == [(10, 20), (0, 0)]
    assert facts.format == "cb7"
    assert "2.jpg" in facts.warnings[0]


def test_what_is_no_comic(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no pictures"):
        read(write(tmp_path / "x.cbz", {"a.txt": b"1"}))
    broken = read(write(tmp_path / "y.cbz", {"1.jpg": picture(5, 6), "ComicInfo.xml": b"\x00"}))
    assert broken.warnings
    assert len(broken.pages) == 1


def test_serving_pages(tmp_path: Path) -> None:
    with write(tmp_path / "x.cbz", comic()).open("rb") as file:
        data, kind = documents.page(file, "x.cbz", 1)
        assert (data, kind) == (comic()["p2.png"], "image/png")
        data, kind = documents.page(file, "x.cbz", 1, 50)
        assert kind == "image/webp"
        assert Image.open(io.BytesIO(data)).size == (50, 36)
        assert documents.cover(file, "x.cbz")[1] == "image/png"  # ComicInfo calls the second page the cover
        with pytest.raises(NotFound):
            documents.page(file, "x.cbz", 3)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "AVIF"])
def test_sizes_from_headers(kind: str) -> None:
    for size in ((1, 1), (33, 7), (640, 1200)):
        assert image_size(picture(*size, kind)[: 64 * 1024]) == size
    if kind == "WEBP":
        assert image_size(picture(33, 7, kind, lossless=True)) == (33, 7)
    if kind == "JPEG":
        assert image_size(picture(33, 7, kind, progressive=True, exif=b"Exif\0\0" + b"x" * 5000)) == (33, 7)


@settings(max_examples=200, deadline=1000)
@given(
    data=st.binary(max_size=200),
    kind=st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "BMP", "AVIF"]),
    keep=st.integers(0, 60),
)
def test_sizes_of_anything(data: bytes, kind: str, keep: int) -> None:
    size = image_size(picture(3, 4, kind)[:keep] + data)
    assert size is None or min(size) > 0


@settings(max_examples=60, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=6), keep=st.floats(0.1, 1))
def test_damage_is_told_or_survived(tmp_path: Path, flips, keep: float) -> None:
    data = bytearray(write(tmp_path / "x.cbz", comic()).read_bytes())
    for place, bits in flips:
        data[int(place * len(data))] ^= bits
    (tmp_path / "y.cbz").write_bytes(data[: int(keep * len(data))])
    try:
        read(tmp_path / "y.cbz")
    except MedleyError:
        pass
