"""PDF: metadata, sizes, outline, passwords, pages as pictures."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from medley.adapters.media import documents
from medley.adapters.media.pdf import READER
from medley.core.kinds import Facts
from medley.kernel.errors import MedleyError, NotFound, Unsupported


def make(extra: str = "", info: str = "", catalog: str = "") -> bytes:
    """Two pages, the first with a red square (ISO 32000-1, annex H)."""
    content = "1 0 0 rg 0 0 100 200 re f"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 200] /Contents 5 0 R >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        "<< /Title (Chapter One) /Parent 6 0 R /Dest [4 0 R /Fit] >>",
        f"<< {info} >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{p:010} 00000 n \n" for p in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 8 0 R {extra} >>\nstartxref\n{len(out)}\n%%EOF"
    return (out + table + trailer).encode("latin-1")


INFO = "/Title (A Paper) /Author (Ann Author; Bob B) /Keywords (one, two) /CreationDate (D:20190203101112Z)"


def read(path: Path, data: bytes) -> Facts:
    path.write_bytes(data)
    with path.open("rb") as file:
        return READER.read(file, path.name)


def test_facts(tmp_path: Path) -> None:
    facts = read(tmp_path / "x.pdf", make(info=INFO))
    assert (facts.media, facts.format) == ("book", "pdf")
    assert facts.tags == {
        "title": ["A Paper"], "author": ["Ann Author", "Bob B"], "keywords": ["one", "two"], "date": ["2019-02-03"],
        "pagecount": ["2"],
    }  # fmt: skip
    assert [(p.name, p.width, p.height) for p in facts.pages] == [("0", 100, 200), ("1", 300, 200)]
    assert [(s.title, s.href, s.depth) for s in facts.sections] == [("Chapter One", "page=2", 0)]


def test_a_title_that_is_a_file_name_is_none(tmp_path: Path) -> None:
    for title in ("Microsoft Word - thesis", "thesis_final.docx", "untitled"):
        assert "title" not in read(tmp_path / "x.pdf", make(info=f"/Title ({title})")).tags


def test_a_password_is_named(tmp_path: Path) -> None:
    locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ({}) /U ({}) >> /ID [<00> <00>]".format(
        "o" * 32, "u" * 32
    )
    with pytest.raises(Unsupported, match="password"):
        read(tmp_path / "x.pdf", make(locked))


def test_pages_as_pictures(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(make())
    with path.open("rb") as file:
        image = Image.open(io.BytesIO(documents.pdf_page(file, 0, 300)))
        assert image.size == (300, 600)
        red = image.convert("RGB").getpixel((150, 300))
        assert red[0] > 200 > 60 > red[1]  # type: ignore[index,operator]
        assert Image.open(io.BytesIO(documents.pdf_page(file, 1, 100_000))).width == 4000
        assert documents.cover(file, "x.pdf")[1] == "image/webp"
        assert Image.open(io.BytesIO(documents.page(file, "x.pdf", 1, 90)[0])).size == (90, 60)
        for number in (-1, 2):
            with pytest.raises(NotFound):
                documents.pdf_page(file, number, 300)


@settings(max_examples=60, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=6), keep=st.floats(0, 1))
def test_damage_is_told_or_survived(tmp_path: Path, flips, keep: float) -> None:
    data = bytearray(make(info=INFO))
    for place, bits in flips:
        data[int(place * len(data))] ^= bits
    try:
        read(tmp_path / "x.pdf", bytes(data[: int(keep * len(data))]))
    except MedleyError:
        pass
