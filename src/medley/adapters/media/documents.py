"""What a reader page asks of a book or comic: one resource, one page, one cover at a time."""

import mimetypes
from typing import Any, BinaryIO, NamedTuple

from medley.adapters.media import _pages
from medley.adapters.media._epub import open_book
from medley.adapters.media._fb2 import HtmlSection, fb2_cover, fb2_root, fb2_sections
from medley.adapters.media._image_size import image_type
from medley.adapters.media._mobi import cover_bytes, read_mobi
from medley.adapters.media.archives import open_archive
from medley.kernel.errors import InvalidInput, NotFound

RESOURCE = 64 * 1024 * 1024
PAGE = 128 * 1024 * 1024
PDF_WIDTH = 4000
PDF_USUAL = 1600
PDF_PIXELS = 40_000_000
WEB_TYPES = {
    "xhtml": "application/xhtml+xml",
    "ncx": "application/x-dtbncx+xml",
    "opf": "application/oebps-package+xml",
    "otf": "font/otf",
    "ttf": "font/ttf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "smil": "application/smil+xml",
    "webp": "image/webp",
    "avif": "image/avif",
}


class SpineItem(NamedTuple):
    """One document of an EPUB in reading order."""

    path: str  # in the archive, for `epub_resource`
    media_type: str
    linear: bool  # False: notes and the like, shown only when linked to


def epub_spine(file: BinaryIO) -> list[SpineItem]:
    """The reading order."""
    book = open_book(file, "book")
    found = []
    for identifier, linear in book.package.spine:
        resource = book.package.manifest.get(identifier)
        path = book.path(resource.href) if resource else ""
        if resource and path:
            found.append(SpineItem(path, resource.media_type, linear))
    return found


def epub_resource(file: BinaryIO, path: str) -> tuple[bytes, str]:
    """(bytes, media type) of a path in the archive, obfuscated fonts made readable.

    The bytes are the book's own and may hold scripts: serve them from a sandboxed origin. Raises NotFound, TooLarge,
    and Unsupported where DRM protects them.
    """
    book = open_book(file, "book")
    data = book.read(path, RESOURCE)
    resource = book.resource(path)
    return data, (resource.media_type if resource else "") or _guessed(path)


def fb2_html(file: BinaryIO) -> list[HtmlSection]:
    """The text of a FictionBook as harmless HTML, one section per chapter."""
    return fb2_sections(fb2_root(file, "book"))


def pdf_page(file: BinaryIO, number: int, width: int) -> bytes:
    """Page `number` (from 0) as WebP, `width` pixels wide (16 … 4000, less for a very long page)."""
    from medley.adapters.media._pdfium import opened

    with opened(file, "document") as document:
        if not 0 <= number < len(document):
            raise NotFound(f"The document has no page {number + 1}.")
        page = document[number]
        size = page.get_size()
        if min(size) <= 0:
            raise InvalidInput(f"Page {number + 1} of the document has no size.")
        scale = max(16, min(width, PDF_WIDTH)) / size[0]
        scale = min(scale, (PDF_PIXELS / (size[0] * size[1])) ** 0.5, 16383 / size[1])
        bitmap = page.render(scale=scale, rev_byteorder=True)
        return _as_webp(bitmap)


def page(file: BinaryIO, name: str, index: int, width: int | None = None) -> tuple[bytes, str]:
    """(bytes, media type) of page `index` (from 0, in reading order) of a comic, which may be a PDF.

    Without a width these are the archive's own bytes; with one, a WebP at most that wide. A solid archive unpacks all
    pages before the one that is asked for: keep its pages where many are wanted.
    """
    file.seek(0)
    if file.read(5) == b"%PDF-":
        return pdf_page(file, index, width or PDF_USUAL), "image/webp"
    with open_archive(file, name) as archive:
        names = _pages.pages(archive.names())
        if not 0 <= index < len(names):
            raise NotFound(f"“{name}” has no page {index + 1}.")
        data = archive.read(names[index], PAGE)
    if width is None:
        return data, image_type(data[:64]) or _pages.media_type(names[index])
    return _resized(data, width), "image/webp"


def cover(file: BinaryIO, name: str) -> tuple[bytes, str]:
    """(bytes, media type) of the cover of a book, document or comic, as big as it is there; NotFound without one."""
    suffix = "fb2" if name.lower().endswith(".fb2.zip") else name.rpartition(".")[2].lower()
    found = COVERS.get(suffix, _comic_cover)(file, name)
    if not found or not found[0]:
        raise NotFound(f"“{name}” has no cover.")
    return found


def _epub_cover(file: BinaryIO, name: str) -> tuple[bytes, str]:
    from medley.adapters.media.epub import cover_path

    book = open_book(file, name)
    path = cover_path(book)
    data = book.read(path, RESOURCE) if path else b""
    return data, image_type(data[:64])


def _kindle_cover(file: BinaryIO, name: str) -> tuple[bytes, str]:
    data = cover_bytes(file, read_mobi(file, name))
    return data, image_type(data[:64])


def _fiction_cover(file: BinaryIO, name: str) -> tuple[bytes, str]:
    return fb2_cover(fb2_root(file, name)) or (b"", "")


def _pdf_cover(file: BinaryIO, _name: str) -> tuple[bytes, str]:
    return pdf_page(file, 0, PDF_USUAL), "image/webp"


def _comic_cover(file: BinaryIO, name: str) -> tuple[bytes, str]:
    from medley.adapters.media.comics import front_page

    return page(file, name, front_page(file, name))


COVERS = {
    "epub": _epub_cover,
    "kepub": _epub_cover,
    "pdf": _pdf_cover,
    "fb2": _fiction_cover,
    "fbz": _fiction_cover,
    **dict.fromkeys(("mobi", "azw", "azw3", "prc"), _kindle_cover),
}


def _as_webp(bitmap: Any) -> bytes:
    from medley.adapters.media._originals import from_pixels

    image = bitmap.to_pil().convert("RGB")
    return from_pixels(image.tobytes(), image.width, image.height, 3).at_most(image.width).webpsave_buffer(Q=85)


def _resized(data: bytes, width: int) -> bytes:
    from medley.adapters.media.pictures import render_bytes

    made: dict[int, bytes] = {}
    render_bytes(data, "page", (width,), made.__setitem__)
    return made[width]


def _guessed(path: str) -> str:
    suffix = path.rpartition(".")[2].lower()
    return WEB_TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
