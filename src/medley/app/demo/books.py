"""Two EPUBs, one of them the first of a series, and a PDF."""

import io

from PIL import Image

from medley.app.demo import epub, pdf, scenes, views
from medley.app.demo.paint import colour as c
from medley.app.demo.paint import lettering
from medley.app.demo.paint.texture import grain, vignette
from medley.app.demo.posters import Painter, sized
from medley.app.demo.words import chapters_of
from medley.app.demo.workshop import Piece, Workshop


def pieces() -> list[Piece]:
    """The books."""
    return [
        Piece("The Moss Almanac", moss),
        Piece("Letters from the Tidal Post", tidal),
        Piece("A Field Guide to Imaginary Weather", weather),
    ]


def _bytes(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=86)
    return buffer.getvalue()


def _cover(
    shop: Workshop, paint: Painter, lines: list[str], author: str, ink: c.Colour, size: tuple[int, int] = (800, 1200)
) -> Image.Image:
    width, height = sized(shop, size)
    picture = vignette(grain(paint((width, height)).flat(), 5), 0.3)
    panel = Image.new("L", picture.size)
    panel.paste(225, (round(width * 0.12), round(height * 0.1), round(width * 0.88), round(height * 0.4)))
    picture.paste((252, 248, 238), mask=panel)
    lettering.block(
        picture,
        lines,
        (width / 2, height * 0.22),
        width * 0.62,
        ink,
        tracking=0.14,
        largest=width // 10,
        weight=max(1, width // 800),
    )
    lettering.block(picture, [author], (width / 2, height * 0.345), width * 0.5, ink, tracking=0.3, largest=width // 34)
    return picture


def _plate(shop: Workshop, view: views.View) -> bytes:
    return _bytes(view(sized(shop, (900, 600))))


def moss(shop: Workshop) -> None:
    """An illustrated EPUB of four chapters."""
    name = "Books/Hanna Quill/The Moss Almanac/The Moss Almanac - Hanna Quill.epub"
    if not shop.missing(name):
        return
    cover = _bytes(_cover(shop, scenes.greenwood, ["THE MOSS", "ALMANAC"], "HANNA QUILL", (20, 62, 50)))
    plates = [_plate(shop, view) for view in (views.snow, views.glen, views.dunes, views.loch)]
    about = "Four seasons of looking at one wall. A small book about moss, patience, and the word “dead”."
    book = epub.Book(
        "The Moss Almanac",
        "Hanna Quill",
        "urn:uuid:6f0b0d4e-8a51-4c7e-9b0e-1d2c3b4a5f60",
        "2022-11-01",
        about,
        chapters_of("moss"),
        cover,
        plates,
        ["Nature", "Essays"],
    )
    shop.make(name, lambda place: epub.write(book, place))


def tidal(shop: Workshop) -> None:
    """An EPUB that is the first of a series."""
    name = "Books/Marlow Finch/The Tidal Post/01 - Letters from the Tidal Post.epub"
    if not shop.missing(name):
        return
    cover = _bytes(
        _cover(
            shop,
            lambda size: scenes.sailing(size, 0),
            ["LETTERS FROM", "THE TIDAL", "POST"],
            "MARLOW FINCH",
            (10, 66, 76),
        )
    )
    plates = [_plate(shop, view) for view in (views.beach_hut, views.swell, views.sail)]
    about = "On an island where the sea delivers the mail, a newcomer writes home. The first book of The Tidal Post."
    book = epub.Book(
        "Letters from the Tidal Post",
        "Marlow Finch",
        "urn:uuid:0f5f2f8a-3c57-4b57-8f4e-7a9d5c1e2b31",
        "2019-06-14",
        about,
        chapters_of("tidal"),
        cover,
        plates,
        ["Fantasy", "Epistolary"],
        ("The Tidal Post", 1),
    )
    shop.make(name, lambda place: epub.write(book, place))


def weather(shop: Workshop) -> None:
    """A PDF of five pages."""
    name = "Books/Tomas Reed/A Field Guide to Imaginary Weather/A Field Guide to Imaginary Weather - Tomas Reed.pdf"
    if not shop.missing(name):
        return
    cover = _cover(
        shop,
        lambda size: scenes.tideways(size, 2),
        ["A FIELD GUIDE TO", "IMAGINARY", "WEATHER"],
        "TOMAS REED",
        (38, 58, 72),
        (840, 1190),
    )
    data = pdf.document(
        "A Field Guide to Imaginary Weather", "Tomas Reed", chapters_of("weather"), pdf.Cover(_bytes(cover), cover.size)
    )
    shop.put(name, data)
