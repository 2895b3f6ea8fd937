"""EPUB: metadata of both generations, contents, covers, protection; and what a reader page asks for."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from medley.adapters.media import documents, opf
from medley.adapters.media.epub import READER
from medley.core.kinds import Facts
from medley.kernel.errors import InvalidInput, MedleyError, NotFound, Unsupported

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
OPF3 = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="uid">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="uid">urn:isbn:978-3-16-148410-0</dc:identifier>
<dc:title id="t">The Title</dc:title><meta refines="#t" property="file-as">Title, The</meta>
<dc:title id="s">A Subtitle</dc:title><meta refines="#s" property="title-type">subtitle</meta>
<dc:creator id="a">Ann Author</dc:creator><meta refines="#a" property="role">aut</meta>
<meta refines="#a" property="file-as">Author, Ann</meta>
<dc:creator id="b">Ted Translator</dc:creator><meta refines="#b" property="role">trl</meta>
<dc:language>ja</dc:language><dc:date>2001-02-03T00:00:00Z</dc:date><dc:subject>Fiction</dc:subject>
<dc:description>&lt;p&gt;Some &lt;b&gt;words&lt;/b&gt;&lt;/p&gt;</dc:description>
<meta property="belongs-to-collection" id="c">The Series</meta>
<meta refines="#c" property="collection-type">series</meta><meta refines="#c" property="group-position">2</meta>
<meta property="rendition:layout">pre-paginated</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="c1" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/>
<item id="c2" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="img" href="cover.png" properties="cover-image" media-type="image/png"/>
<item id="font" href="f.otf" media-type="font/otf"/></manifest>
<spine page-progression-direction="rtl"><itemref idref="c1"/><itemref idref="c2" linear="no"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="toc"><ol><li><a href="text/one%20a.xhtml">One</a><ol><li><a href="text/two.xhtml#x">Two
</a></li></ol></li></ol></nav></body></html>"""
OPF2 = """<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:opf="http://www.idpf.org/2007/opf"><dc:title>Old</dc:title>
<dc:creator opf:role="aut" opf:file-as="Author, Ann">Ann Author</dc:creator>
<dc:identifier opf:scheme="ISBN">9783161484100</dc:identifier><dc:date opf:event="modification">2020</dc:date>
<dc:date opf:event="publication">1999-05</dc:date><meta name="cover" content="img"/>
<meta name="calibre:series" content="S"/><meta name="calibre:series_index" content="3.0"/></metadata>
<manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="img" href="images/c.png" media-type="image/png"/></manifest>
<spine toc="ncx"><itemref idref="c1"/></spine></package>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One</text></navLabel>
<content src="one.xhtml#a"/><navPoint><navLabel><text>Sub</text></navLabel><content src="one.xhtml#b"/></navPoint>
</navPoint></navMap></ncx>"""


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 40), (1, 2, 3)).save(out, "PNG")
    return out.getvalue()


def epub3() -> dict[str, bytes]:
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER.encode(),
        "OEBPS/book.opf": OPF3.encode(),
        "OEBPS/nav.xhtml": NAV.encode(),
        "OEBPS/text/one a.xhtml": b"<html/>",
        "OEBPS/text/two.xhtml": b"<html/>",
        "OEBPS/cover.png": png(),
        "OEBPS/f.otf": b"font" * 500,
    }


def epub2() -> dict[str, bytes]:
    return {
        "META-INF/container.xml": CONTAINER.encode(),
        "OEBPS/book.opf": OPF2.encode(),
        "OEBPS/toc.ncx": NCX.encode(),
        "OEBPS/one.xhtml": b"<html/>",
        "OEBPS/images/c.png": png(),
    }


def write(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def read(path: Path) -> Facts:
    with path.open("rb") as file:
        return READER.read(file, path.name)


def test_epub_3(tmp_path: Path) -> None:
    facts = read(write(tmp_path / "x.epub", epub3()))
    assert (facts.media, facts.format, facts.warnings) == ("book", "epub", [])
    assert facts.tags == {
        "title": ["The Title"], "sorttitle": ["Title, The"], "subtitle": ["A Subtitle"], "author": ["Ann Author"],
        "authorsort": ["Author, Ann"], "translator": ["Ted Translator"], "language": ["ja"], "date": ["2001-02-03"],
        "genre": ["Fiction"], "description": ["Some words"], "series": ["The Series"], "seriespart": ["2"],
        "isbn": ["9783161484100"], "layout": ["pre-paginated"], "direction": ["rtl"],
    }  # fmt: skip
    told = [(s.title, s.href, s.depth) for s in facts.sections]
    assert told == [("One", "OEBPS/text/one a.xhtml", 0), ("Two", "OEBPS/text/two.xhtml#x", 1)]
    assert (facts.pictures[0].mime, facts.pictures[0].size) == ("image/png", len(png()))


def test_epub_2(tmp_path: Path) -> None:
    facts = read(write(tmp_path / "x.epub", epub2()))
    assert facts.tags["series"] == ["S"]
    assert facts.tags["seriespart"] == ["3"]
    assert facts.tags["date"] == ["1999-05"]
    assert facts.tags["isbn"] == ["9783161484100"]
    assert [(s.title, s.href, s.depth) for s in facts.sections] == [
        ("One", "OEBPS/one.xhtml#a", 0),
        ("Sub", "OEBPS/one.xhtml#b", 1),
    ]
    assert facts.pictures


def test_a_sidecar(tmp_path: Path) -> None:
    facts = opf.READER.read(io.BytesIO(OPF2.encode()), "metadata.opf")
    assert (facts.media, facts.format, facts.tags["title"]) == ("sidecar", "opf", ["Old"])
    with pytest.raises(InvalidInput):
        opf.READER.read(io.BytesIO(b"<package/>"), "metadata.opf")


def test_hostile_xml_is_harmless(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol" * 10}">' for n in range(12))
    evil = f'<!DOCTYPE package [{bomb}<!ENTITY file SYSTEM "file://{tmp_path}/secret">]>'
    text = OPF2.replace("<dc:title>Old", "<dc:title>Old &a11; &file;")
    facts = read(write(tmp_path / "x.epub", epub2() | {"OEBPS/book.opf": (evil + text).encode()}))
    assert "s3cret" not in str(facts.tags)
    assert len(str(facts.tags)) < 10_000


def test_protection_and_obfuscated_fonts(tmp_path: Path) -> None:
    encryption = """<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>
    <e:EncryptionMethod Algorithm="{}"/><e:CipherData><e:CipherReference URI="{}"/></e:CipherData></e:EncryptedData>
    </encryption>"""
    drm = encryption.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/text/two.xhtml").encode()
    path = write(tmp_path / "drm.epub", epub3() | {"META-INF/encryption.xml": drm})
    assert "DRM" in read(path).warnings[0]
    with path.open("rb") as file, pytest.raises(Unsupported, match="DRM"):
        documents.epub_resource(file, "OEBPS/text/two.xhtml")
    key = hashlib.sha1(b"urn:isbn:978-3-16-148410-0", usedforsecurity=False).digest()
    plain = epub3()["OEBPS/f.otf"]
    scrambled = bytes(b ^ key[at % 20] for at, b in enumerate(plain[:1040])) + plain[1040:]
    fonts = encryption.format("http://www.idpf.org/2008/embedding", "OEBPS/f.otf").encode()
    files = epub3() | {"META-INF/encryption.xml": fonts, "OEBPS/f.otf": scrambled}
    path = write(tmp_path / "fonts.epub", files)
    assert read(path).warnings == []
    with path.open("rb") as file:
        assert documents.epub_resource(file, "OEBPS/f.otf") == (plain, "font/otf")


def test_reading(tmp_path: Path) -> None:
    with write(tmp_path / "x.epub", epub3()).open("rb") as file:
        assert documents.epub_spine(file) == [
            ("OEBPS/text/one a.xhtml", "application/xhtml+xml", True),
            ("OEBPS/text/two.xhtml", "application/xhtml+xml", False),
        ]
        assert documents.epub_resource(file, "OEBPS/text/two.xhtml") == (b"<html/>", "application/xhtml+xml")
        assert documents.cover(file, "x.epub") == (png(), "image/png")
        for path in ("OEBPS/none", "../x", "/etc/passwd", ""):
            with pytest.raises(NotFound):
                documents.epub_resource(file, path)


def test_broken_books_are_saved_or_told(tmp_path: Path) -> None:
    without = {name: data for name, data in epub2().items() if not name.startswith("META")}
    assert read(write(tmp_path / "a.epub", without)).tags["title"] == ["Old"]
    less = {name: data for name, data in epub2().items() if not name.endswith("one.xhtml")}
    assert "missing" in read(write(tmp_path / "b.epub", less)).warnings[0]
    outside = OPF2.replace('href="images/c.png"', 'href="../../../etc/passwd"')
    assert read(write(tmp_path / "c.epub", epub2() | {"OEBPS/book.opf": outside.encode()})).pictures == []
    with pytest.raises(InvalidInput, match="no package"):
        read(write(tmp_path / "d.epub", {"a.txt": b"x"}))


@settings(max_examples=60, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=6),
    keep=st.floats(0.1, 1),
    which=st.sampled_from([epub2, epub3]),
)
def test_damage_is_told_or_survived(tmp_path: Path, flips, keep: float, which) -> None:
    data = bytearray(write(tmp_path / "x.epub", which()).read_bytes())
    for place, bits in flips:
        data[int(place * len(data))] ^= bits
    (tmp_path / "y.epub").write_bytes(data[: int(keep * len(data))])
    try:
        read(tmp_path / "y.epub")
    except MedleyError:
        pass


@settings(max_examples=60, deadline=5000)
@given(text=st.text(max_size=200), at=st.floats(0, 0.999))
def test_any_package_document(text: str, at: float) -> None:
    place = int(at * len(OPF3))
    data = (OPF3[:place] + text + OPF3[place:]).encode("utf-8", "replace")
    try:
        opf.READER.read(io.BytesIO(data), "x.opf")
    except MedleyError:
        pass
