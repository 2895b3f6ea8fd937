"""A small writer of EPUB 3 (with the EPUB 2 table of contents beside it, for older readers)."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from medley.app.demo.words import Chapter

STYLE = """body { font-family: serif; line-height: 1.6; margin: 6%; }
h1 { font-weight: normal; letter-spacing: .06em; text-align: center; margin: 2em 0 1.4em; }
p { margin: 0; text-indent: 1.4em; } p.first { text-indent: 0; }
figure { margin: 1.6em 0; text-align: center; } img { max-width: 100%; }
"""
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True)
class Book:
    """What goes into the file; `pictures` are JPEGs, one for each chapter, `series` is (name, number)."""

    title: str
    author: str
    identifier: str
    date: str
    about: str
    chapters: Sequence[Chapter]
    cover: bytes
    pictures: Sequence[bytes]
    subjects: Sequence[str] = ()
    series: tuple[str, int] | None = None
    extra: dict[str, str] = field(default_factory=dict)


def write(book: Book, place: Path) -> None:
    """Writes the archive; `mimetype` comes first and uncompressed (EPUB OCF 3.3, 4.2.2)."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/style.css", STYLE)
        archive.writestr("OEBPS/cover.jpg", book.cover, zipfile.ZIP_STORED)
        archive.writestr("OEBPS/cover.xhtml", _page("Cover", '<figure><img src="cover.jpg" alt="Cover"/></figure>'))
        for number, (chapter, picture) in enumerate(zip(book.chapters, book.pictures, strict=True), 1):
            archive.writestr(f"OEBPS/picture{number}.jpg", picture, zipfile.ZIP_STORED)
            archive.writestr(f"OEBPS/chapter{number}.xhtml", _chapter(number, chapter))
        archive.writestr("OEBPS/nav.xhtml", _navigation(book))
        archive.writestr("OEBPS/toc.ncx", _ncx(book))
        archive.writestr("OEBPS/content.opf", _package(book))


def _page(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        'xml:lang="en" lang="en">\n'
        f'<head><title>{escape(title)}</title><link rel="stylesheet" href="style.css"/></head>\n'
        f"<body>{body}</body>\n</html>\n"
    )


def _chapter(number: int, chapter: Chapter) -> str:
    title, paragraphs = chapter
    figure = f'<figure><img src="picture{number}.jpg" alt=""/></figure>\n'
    first, *rest = paragraphs
    text = "\n".join([f'<p class="first">{escape(first)}</p>', *(f"<p>{escape(words)}</p>" for words in rest)])
    return _page(title, f'<section epub:type="chapter"><h1>{escape(title)}</h1>\n{figure}{text}</section>')


def _navigation(book: Book) -> str:
    links = "".join(
        f'<li><a href="chapter{n}.xhtml">{escape(title)}</a></li>' for n, (title, _) in enumerate(book.chapters, 1)
    )
    return _page("Contents", f'<nav epub:type="toc" id="toc"><h1>Contents</h1><ol>{links}</ol></nav>')


def _ncx(book: Book) -> str:
    points = "".join(
        f'<navPoint id="p{n}" playOrder="{n}"><navLabel><text>{escape(title)}</text></navLabel>'
        f'<content src="chapter{n}.xhtml"/></navPoint>'
        for n, (title, _) in enumerate(book.chapters, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">'
        f'<head><meta name="dtb:uid" content="{escape(book.identifier)}"/></head>'
        f"<docTitle><text>{escape(book.title)}</text></docTitle><navMap>{points}</navMap></ncx>\n"
    )


def _package(book: Book) -> str:
    count = range(1, len(book.chapters) + 1)
    items = "".join(
        f'<item id="c{n}" href="chapter{n}.xhtml" media-type="application/xhtml+xml"/>'
        f'<item id="i{n}" href="picture{n}.jpg" media-type="image/jpeg"/>'
        for n in count
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in count)
    subjects = "".join(f"<dc:subject>{escape(subject)}</dc:subject>" for subject in book.subjects)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier id="id">{escape(book.identifier)}</dc:identifier>
<dc:title>{escape(book.title)}</dc:title>
<dc:creator id="author">{escape(book.author)}</dc:creator>
<meta refines="#author" property="role" scheme="marc:relators">aut</meta>
<dc:language>en</dc:language><dc:publisher>Driftwood Press</dc:publisher><dc:date>{book.date}</dc:date>
<dc:description>{escape(book.about)}</dc:description>{subjects}{_series(book)}
<meta property="dcterms:modified">{book.date}T00:00:00Z</meta><meta name="cover" content="cover"/>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="cover" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>
<item id="coverpage" href="cover.xhtml" media-type="application/xhtml+xml"/>{items}
</manifest>
<spine toc="ncx"><itemref idref="coverpage"/>{spine}</spine>
</package>
"""


def _series(book: Book) -> str:
    if not book.series:
        return ""
    name, number = book.series
    return (
        f'<meta property="belongs-to-collection" id="series">{escape(name)}</meta>'
        '<meta refines="#series" property="collection-type">series</meta>'
        f'<meta refines="#series" property="group-position">{number}</meta>'
        f'<meta name="calibre:series" content="{escape(name)}"/><meta name="calibre:series_index" content="{number}"/>'
    )
