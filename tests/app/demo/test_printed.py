"""Photographs, books and comics hold what they are there to show."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pillow_heif
import pypdfium2
from defusedxml import ElementTree
from PIL import Image, ImageOps

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


def test_photos_have_dates_cameras_and_places(demo: Path):
    photos = [path for path in demo.glob("Photos/*/*") if path.suffix in {".jpg", ".png"}]
    placed, turned = 0, set()
    for path in photos:
        with Image.open(path) as photo:
            exif = photo.getexif()
        assert exif[0x0110]
        assert exif.get_ifd(0x8769)[0x9003][:10].replace(":", "-")[:7] == path.parent.name[:7]
        placed += 2 in exif.get_ifd(0x8825)
        turned.add(exif[0x0112])
    assert len(list(demo.glob("Photos/*/*"))) == 14
    assert placed >= 10
    assert turned == {1, 3, 6, 8}


def test_turned_photos_stand_upright_when_read_right(demo: Path):
    with Image.open(demo / "Photos/2023-10 Highland Light/K2_0418.jpg") as photo:
        assert photo.width > photo.height
        upright: Image.Image = ImageOps.exif_transpose(photo)
    assert upright.width < upright.height
    sky, ground = (
        upright.crop((0, 0, upright.width, 20)),
        upright.crop((0, upright.height - 40, upright.width, upright.height - 20)),
    )
    assert sum(sky.convert("L").resize((1, 1)).tobytes()) > sum(ground.convert("L").resize((1, 1)).tobytes())


def test_the_heic_is_one(demo: Path):
    path = next(demo.glob("Photos/*/*.heic"))
    photo = pillow_heif.open_heif(path)
    exif = Image.Exif()
    exif.load(photo.info["exif"])
    assert photo.size[0] > photo.size[1]
    assert exif[0x010F] == "Tern"
    assert exif.get_ifd(0x8825)[3] == "W"


def test_epubs_are_whole(demo: Path):
    books = sorted(demo.glob("Books/**/*.epub"))
    assert len(books) == 2
    for path in books:
        with zipfile.ZipFile(path) as book:
            first = book.infolist()[0]
            assert (first.filename, first.compress_type, book.read(first)) == (
                "mimetype",
                zipfile.ZIP_STORED,
                b"application/epub+zip",
            )
            package: Any = ElementTree.fromstring(book.read("OEBPS/content.opf"))
            held = set(book.namelist())
            for item in package.iter(f"{OPF}item"):
                assert f"OEBPS/{item.get('href')}" in held
                if item.get("href").endswith(("xhtml", "ncx")):
                    ElementTree.fromstring(book.read(f"OEBPS/{item.get('href')}"))
            assert len(list(package.iter(f"{OPF}itemref"))) >= 4
            assert package.find(f".//{DC}creator").text
            with Image.open(io.BytesIO(book.read("OEBPS/cover.jpg"))) as cover:
                assert cover.height > cover.width


def test_one_epub_is_the_first_of_a_series(demo: Path):
    with zipfile.ZipFile(next(demo.glob("Books/Marlow Finch/**/*.epub"))) as book:
        package: Any = ElementTree.fromstring(book.read("OEBPS/content.opf"))
    named = {one.get("name"): one.get("content") for one in package.iter(f"{OPF}meta")}
    assert (named["calibre:series"], named["calibre:series_index"]) == ("The Tidal Post", "1")


def test_the_pdf_has_pages_of_text_and_an_outline(demo: Path):
    with pypdfium2.PdfDocument(next(demo.glob("Books/**/*.pdf"))) as document:
        outline = [one.get_title() for one in document.get_toc()]
        text = document[2].get_textpage().get_text_range()
        assert len(document) == len(outline) == 5
        assert document.get_metadata_dict()["Author"] == "Tomas Reed"
    assert outline[2] == "Bookshop drizzle"
    assert "between shelves" in text


def test_the_comic_reads_from_right_to_left(demo: Path):
    issues = sorted(demo.glob("Comics/*/*.cbz"))
    assert len(issues) == 2
    counts = []
    for number, path in enumerate(issues, 1):
        with zipfile.ZipFile(path) as issue:
            info: Any = ElementTree.fromstring(issue.read("ComicInfo.xml"))
            pages = [
                Image.open(io.BytesIO(issue.read(name))) for name in sorted(issue.namelist()) if name.endswith(".jpg")
            ]
        assert info.findtext("Manga") == "YesAndRightToLeft"
        assert info.findtext("Number") == str(number)
        assert int(info.findtext("PageCount")) == len(pages)
        wide = [index for index, page in enumerate(pages) if page.width > page.height]
        assert wide == [int(page.get("Image")) for page in info.iter("Page") if page.get("DoublePage") == "true"]
        counts.append((len(pages), len(wide)))
    assert counts[0] == (9, 1)
