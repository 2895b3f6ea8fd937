"""A small writer of PDF 1.7: pages of Times, one picture, an outline (ISO 32000-1, 7.5 and 12.3.3)."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from medley.app.demo.paint.lettering import font, wrap
from medley.app.demo.words import Chapter

WIDTH, HEIGHT, MARGIN = 420, 595, 54  # A5, in points


@dataclass(frozen=True)
class Cover:
    """A JPEG for the first page, and its size in pixels."""

    data: bytes
    size: tuple[int, int]


def document(title: str, author: str, chapters: Sequence[Chapter], cover: Cover) -> bytes:
    """A cover page and one page for each chapter, each with an entry in the outline."""
    count = len(chapters) + 1
    page = [10 + 3 * number for number in range(count)]  # object numbers: page, its content; then its outline entry
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Outlines 3 0 R /PageMode /UseOutlines /Lang (en) >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % number for number in page), count),
        3: b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (page[0] + 2, page[-1] + 2, count),
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Italic /Encoding /WinAnsiEncoding >>",
        6: _stream(
            cover.data,
            b"/Type /XObject /Subtype /Image /Width %d /Height %d "
            b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode" % cover.size,
        ),
        7: b"<< /Title (%s) /Author (%s) /Creator (Medley) >>" % (_text(title), _text(author)),
    }
    contents = [
        b"q %d 0 0 %d 0 0 cm /Cover Do Q" % (WIDTH, HEIGHT),
        *(_page(number, chapter) for number, chapter in enumerate(chapters, 1)),
    ]
    names = [title, *(name for name, _ in chapters)]
    for index, (number, content, name) in enumerate(zip(page, contents, names, strict=True)):
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /Text 4 0 R /Head 5 0 R >> /XObject << /Cover 6 0 R >> >> >>"
            % (WIDTH, HEIGHT, number + 1)
        )
        objects[number + 1] = _stream(zlib.compress(content), b"/Filter /FlateDecode")
        links = (b"/Prev %d 0 R " % (page[index - 1] + 2) if index else b"") + (
            b"/Next %d 0 R " % (page[index + 1] + 2) if index + 1 < count else b""
        )
        objects[number + 2] = b"<< /Title (%s) /Parent 3 0 R %s/Dest [%d 0 R /Fit] >>" % (_text(name), links, number)
    return _file(objects)


def _stream(data: bytes, entries: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def _text(words: str) -> bytes:
    raw = words.encode("cp1252", "replace")
    for special in (b"\\", b"(", b")"):
        raw = raw.replace(special, b"\\" + special)
    return raw


def _page(number: int, chapter: Chapter) -> bytes:
    title, paragraphs = chapter
    y = HEIGHT - 110
    lines = [b"BT /Head 22 Tf 0.12 0.24 0.30 rg %d %d Td (%s) Tj ET" % (MARGIN, y, _text(title))]
    lines.append(b"0.55 0.65 0.66 RG 0.6 w %d %d m %d %d l S" % (MARGIN, y - 14, WIDTH - MARGIN, y - 14))
    y -= 46
    for paragraph in paragraphs:
        for words in _wrapped(paragraph):
            lines.append(b"BT /Text 12 Tf 0.1 g %d %d Td (%s) Tj ET" % (MARGIN, y, _text(words)))
            y -= 18
        y -= 9
    lines.append(b"BT /Head 10 Tf 0.4 g %d 36 Td (%d) Tj ET" % (WIDTH // 2 - 3, number))
    return b"\n".join(lines)


def _wrapped(paragraph: str) -> list[str]:
    # Times runs narrower than the face that is measured here, so that no line reaches the margin.
    return wrap(paragraph, 12, (WIDTH - 2 * MARGIN) * font(12).getlength("n") / 6.5)


def _file(objects: dict[int, bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    at: dict[int, int] = {}
    for number in sorted(objects):
        at[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, size = len(out), max(objects) + 1
    rows = b"".join(
        b"%010d 00000 n \n" % at[number] if number in at else b"0000000000 65535 f \n" for number in range(size)
    )
    out += b"xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        rows,
        size,
        start,
    )
    return bytes(out)
