"""FictionBook and the Kindle family."""

import base64
import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from medley.adapters.media import documents
from medley.adapters.media.ebooks import READER
from medley.core.kinds import Facts
from medley.kernel.errors import InvalidInput, MedleyError


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 30)).save(out, "JPEG")
    return out.getvalue()


FB2 = f"""<?xml version="1.0" encoding="windows-1251"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><description>
<title-info><genre>sf</genre><author><first-name>Иван</first-name><last-name>Петров</last-name></author>
<book-title>Книга</book-title><annotation><p>О книге</p></annotation><coverpage><image l:href="#c.jpg"/></coverpage>
<lang>ru</lang><sequence name="Серия" number="4"/></title-info>
<publish-info><publisher>П</publisher><year>1999</year></publish-info></description>
<body><section><title><p>Первая</p></title><p>Text &lt;script&gt; <emphasis>em</emphasis> <a l:href="javascript:x">a</a>
</p><script>alert(1)</script><image l:href="#c.jpg"/></section><section><title><p>Вторая</p></title>
<section><title><p>Глава</p></title><p onclick="x">deep</p></section></section></body>
<binary id="c.jpg" content-type="text/html">{base64.b64encode(jpeg()).decode()}</binary></FictionBook>"""


def mobi(version: int = 6, encrypted: int = 0, extra: bytes = b"") -> bytes:
    """Three records: header, text, cover."""
    exth = extra or b"".join(
        struct.pack(">II", kind, 8 + len(value)) + value
        for kind, value in (
            (100, "Ann Ä".encode()), (503, b"The Title"), (104, b"9783161484100"), (106, b"2001-02-03T00:00:00"),
            (113, b"B000000001"), (524, b"en"), (201, struct.pack(">I", 0)), (527, b"rtl"),
        )
    )  # fmt: skip
    header = struct.pack(">HHIHHHH", 1, 0, 4, 1, 4096, encrypted, 0) + b"MOBI" + struct.pack(">I", 232)
    header += struct.pack(">III", 2, 65001, 1) + struct.pack(">I", version)
    header = header.ljust(84, b"\0") + struct.pack(">II", 500, 5)
    header = header.ljust(108, b"\0") + struct.pack(">I", 2)
    header = header.ljust(16 + 232, b"\0") + b"EXTH" + struct.pack(">II", 12 + len(exth), 8) + exth
    header = header.ljust(500, b"\0") + b"Other"
    records, at = [header, b"text", jpeg()], 78 + 3 * 8
    out = b"name".ljust(60, b"\0") + b"BOOKMOBI" + b"\0" * 8 + struct.pack(">H", 3)
    for number, record in enumerate(records):
        out += struct.pack(">II", at, number)
        at += len(record)
    return out + b"".join(records)


def read(path: Path, data: bytes) -> Facts:
    path.write_bytes(data)
    with path.open("rb") as file:
        return READER.read(file, path.name)


@pytest.mark.parametrize("name", ["x.fb2", "x.fb2.zip", "x.fbz"])
def test_fiction_book(tmp_path: Path, name: str) -> None:
    data = FB2.encode("cp1251")
    if name != "x.fb2":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("inner.fb2", data)
        data = packed.getvalue()
    facts = read(tmp_path / name, data)
    assert facts.tags == {
        "title": ["Книга"], "author": ["Иван Петров"], "genre": ["sf"], "language": ["ru"], "description": ["О книге"],
        "series": ["Серия"], "seriespart": ["4"], "publisher": ["П"], "date": ["1999"],
    }  # fmt: skip
    assert [(s.title, s.href, s.depth) for s in facts.sections] == [
        ("Первая", "0", 1),
        ("Вторая", "1", 1),
        ("Глава", "2", 2),
    ]
    assert facts.pictures[0].mime == "image/jpeg"
    with (tmp_path / name).open("rb") as file:
        assert documents.cover(file, "x.fb2") == (jpeg(), "image/jpeg")


def test_its_text_is_harmless(tmp_path: Path) -> None:
    (tmp_path / "x.fb2").write_bytes(FB2.encode("cp1251"))
    with (tmp_path / "x.fb2").open("rb") as file:
        first, second, third = documents.fb2_html(file)
    assert (first.title, second.title, third.title) == ("Первая", "Вторая", "Глава")
    assert "<p>Text &lt;script&gt; <em>em</em> a\n</p>" in first.html
    assert '<img alt="" src="data:image/jpeg;base64,' in first.html
    assert "<p>deep</p>" in third.html
    for bad in ("<script", "onclick", "javascript"):
        assert bad not in first.html + second.html + third.html


def test_kindle(tmp_path: Path) -> None:
    facts = read(tmp_path / "x.mobi", mobi())
    assert (facts.media, facts.format, facts.warnings) == ("book", "mobi", [])
    assert facts.tags == {
        "author": ["Ann Ä"], "title": ["The Title"], "isbn": ["9783161484100"], "date": ["2001-02-03"],
        "asin": ["B000000001"], "language": ["en"], "direction": ["rtl"],
    }  # fmt: skip
    assert facts.pictures[0].mime == "image/jpeg"
    with (tmp_path / "x.mobi").open("rb") as file:
        assert documents.cover(file, "x.mobi") == (jpeg(), "image/jpeg")
    assert read(tmp_path / "x.azw3", mobi(8)).format == "azw3"
    assert "DRM" in read(tmp_path / "x.azw", mobi(encrypted=2)).warnings[0]
    plain = read(tmp_path / "x.mobi", mobi(extra=b"\0" * 8))
    assert plain.tags == {"title": ["Other"]}


@pytest.mark.parametrize("name", ["x.mobi", "x.fb2"])
def test_what_is_neither(tmp_path: Path, name: str) -> None:
    for data in (b"", b"<html><body/></html>", b"BOOKMOBI", b"PK\x03\x04"):
        with pytest.raises(MedleyError):
            read(tmp_path / name, data)


def test_a_fiction_book_with_entities(tmp_path: Path) -> None:
    evil = FB2.replace("<FictionBook", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><FictionBook', 1)
    facts = read(tmp_path / "x.fb2", evil.replace("Книга", "Книга &e;").encode("cp1251"))
    assert "root:" not in str(facts.tags)


@pytest.mark.parametrize("name", ["x.mobi", "x.fb2"])
@settings(max_examples=80, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=6), keep=st.floats(0, 1))
def test_damage_is_told_or_survived(tmp_path: Path, name: str, flips, keep: float) -> None:
    data = bytearray(mobi() if name == "x.mobi" else FB2.encode("cp1251"))
    for place, bits in flips:
        data[int(place * len(data))] ^= bits
    try:
        read(tmp_path / name, bytes(data[: int(keep * len(data))]))
        with (tmp_path / name).open("rb") as file:
            documents.cover(file, name)
    except MedleyError:
        pass


def test_a_huge_record_table_is_no_trap(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        read(tmp_path / "x.mobi", b"\0" * 60 + b"BOOKMOBI" + b"\0" * 8 + b"\xff\xff")
