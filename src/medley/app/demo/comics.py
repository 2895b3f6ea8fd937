"""A comic that is read from right to left: two issues about a fox folded from paper."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image, ImageChops, ImageDraw, ImageOps

from medley.app.demo import scenes, views
from medley.app.demo.paint import colour as c
from medley.app.demo.paint import lettering
from medley.app.demo.paint.figures import fox
from medley.app.demo.paint.scene import Scene
from medley.app.demo.paint.texture import Size, grain, vignette
from medley.app.demo.workshop import Piece, Workshop

SERIES = "The Paper Fox"
PAGE = (900, 1280)
SHADES = [c.rgb("ffd9b0"), c.rgb("f08a4b"), c.rgb("d9622b"), c.rgb("8f3418")]
INK = (18, 18, 22)
Background = Callable[[Size], Image.Image]


@dataclass(frozen=True)
class Panel:
    """A frame on a page. `box` in parts of the page; the fox stands at (x, y, size) in parts of the frame."""

    box: tuple[float, float, float, float]
    ground: Background
    fox: tuple[float, float, float] | None = None
    words: str = ""
    bubble: tuple[float, float] = (0.5, 0.18)
    flip: bool = False


def _flat(paint: Callable[[Size], Scene]) -> Background:
    return lambda size: paint(size).flat()


def paper(size: Size) -> Image.Image:
    """A sheet with folds."""
    picture = Image.new("RGB", size, (236, 232, 222))
    pen = ImageDraw.Draw(picture)
    width, height = size
    for step, shade in enumerate((222, 208, 228, 214)):
        pen.polygon(
            [(width * step / 4, 0), (width * (step + 1) / 4, 0), (width / 2, height)], (shade, shade - 3, shade - 10)
        )
    return picture


MARSH, NIGHT, DAWN = (_flat(lambda size, hour=hour: scenes.saltmarsh(size, hour)) for hour in range(3))
SNOW, LIGHTS = (_flat(lambda size, part=part: scenes.northbound(size, part)) for part in range(2))
WOOD, NOON = (_flat(lambda size, part=part: scenes.greenwood(size, part)) for part in range(2))
ISLES, STORM = (_flat(lambda size, episode=episode: scenes.sailing(size, episode)) for episode in (3, 2))
TOP, MIDDLE, LOW = (0.05, 0.04, 0.95, 0.34), (0.05, 0.36, 0.95, 0.65), (0.05, 0.67, 0.95, 0.96)
RIGHT, LEFT = (0.51, 0.04, 0.95, 0.47), (0.05, 0.04, 0.49, 0.47)
FOOT, FULL = (0.05, 0.49, 0.95, 0.96), (0.0, 0.0, 1.0, 1.0)
LOW_RIGHT, LOW_LEFT = (0.51, 0.49, 0.95, 0.96), (0.05, 0.49, 0.49, 0.96)

FOLDED: list[list[Panel]] = [
    [
        Panel(TOP, paper, words="Once there was a sheet of paper."),
        Panel(MIDDLE, paper, (0.75, 0.95, 0.5), "Then there was a fold.", (0.3, 0.25)),
        Panel(LOW, paper, (0.5, 0.95, 0.75), "And then there was me.", (0.22, 0.22)),
    ],
    [
        Panel(RIGHT, WOOD, (0.5, 0.93, 0.32), "It is larger out here."),
        Panel(LEFT, NOON, (0.3, 0.95, 0.3), "And wetter."),
        Panel(
            FOOT, SNOW, (0.7, 0.92, 0.4), "A paper fox must mind three things: rain, fire, and unfolding.", (0.32, 0.2)
        ),
    ],
    [Panel(FULL, MARSH, (0.45, 0.93, 0.22), "So I followed the light.", (0.72, 0.1), True)],
    [
        Panel(TOP, STORM, words="The rain came first."),
        Panel(MIDDLE, views.swell, (0.5, 0.96, 0.55), "Naturally.", (0.25, 0.22)),
        Panel(LOW, NIGHT, (0.3, 0.95, 0.5), "I kept dry by being very small.", (0.68, 0.22)),
    ],
    [Panel(FULL, ISLES, (0.2, 0.9, 0.26), "Nobody had told me about the sea.", (0.76, 0.12), True)],  # the double page
    [
        Panel(RIGHT, LIGHTS, (0.5, 0.94, 0.3), "Then the fire. But it was only in the sky."),
        Panel(LEFT, views.aurora, words="It did not mind me."),
        Panel(FOOT, views.crescent, (0.3, 0.95, 0.4), "I sat and was not burned.", (0.3, 0.15)),
    ],
    [
        Panel(TOP, DAWN, (0.5, 0.96, 0.6)),
        Panel(LOW_RIGHT, WOOD, (0.5, 0.9, 0.4), "That leaves unfolding."),
        Panel(LOW_LEFT, paper, words="I have thought about that."),
        Panel((0.05, 0.36, 0.95, 0.47), SNOW),
    ],
    [
        Panel(
            FULL,
            views.loch,
            (0.64, 0.95, 0.24),
            "Every crease is somewhere I have been. Even flat, I would still be a map of a fox.",
            (0.42, 0.14),
        )
    ],
]

SMALL: list[list[Panel]] = [
    [
        Panel(TOP, NIGHT, words="Winter came on a Tuesday."),
        Panel(MIDDLE, SNOW, (0.6, 0.95, 0.5), "White. Like before I was folded.", (0.3, 0.22)),
        Panel(LOW, views.snow, (0.3, 0.95, 0.5)),
    ],
    [
        Panel(RIGHT, views.bothy, words="A window."),
        Panel(LEFT, NIGHT, (0.5, 0.95, 0.3), "Somebody is up late."),
        Panel(FOOT, paper, (0.5, 0.95, 0.5), "Folding.", (0.2, 0.2)),
    ],
    [Panel(FULL, LIGHTS, (0.4, 0.93, 0.22), "There were a hundred of us by morning.", (0.66, 0.12), True)],
    [Panel(FULL, DAWN, (0.62, 0.94, 0.26), "We minded three things, together.", (0.36, 0.12))],
]


def pieces() -> list[Piece]:
    """The two issues."""
    return [
        Piece("The Paper Fox, 1", lambda shop: issue(shop, 1, "Folded", FOLDED, SNOW, 4)),
        Piece("The Paper Fox, 2", lambda shop: issue(shop, 2, "A Hundred Small Foxes", SMALL, NIGHT, None)),
    ]


def issue(
    shop: Workshop, number: int, title: str, pages: Sequence[Sequence[Panel]], ground: Background, double: int | None
) -> None:
    """Draws an issue; `double` is the index of the page that is as wide as two."""
    name = f"Comics/{SERIES}/{SERIES} #{number:03} ({2022 + number}).cbz"
    if not shop.missing(name):
        return
    scale = 1.0 if not shop.quick else 0.2
    drawn = [_cover(number, title, ground, scale)]
    for index, panels in enumerate(pages):
        wide = 2 if index == double else 1
        drawn.append(page((round(PAGE[0] * scale) * wide, round(PAGE[1] * scale)), panels, scale))
    shop.make(name, lambda place: _bind(place, drawn, _info(number, title, drawn)))


def _cover(number: int, title: str, ground: Background, scale: float) -> Image.Image:
    width, height = size = round(PAGE[0] * scale), round(PAGE[1] * scale)
    picture = vignette(grain(ground(size), 5), 0.4)
    fox(picture, (width * 0.52, height * 0.93), height * 0.3, SHADES)
    lettering.block(
        picture,
        ["THE", "PAPER FOX"],
        (width / 2, height * 0.15),
        width * 0.82,
        (255, 250, 240),
        tracking=0.1,
        largest=width // 7,
        weight=max(1, width // 300),
        shadow=0.6,
    )
    lettering.block(
        picture,
        [f"{number}   {title.upper()}"],
        (width / 2, height * 0.27),
        width * 0.7,
        (255, 226, 190),
        tracking=0.3,
        largest=width // 26,
        shadow=0.7,
    )
    return picture


def page(size: Size, panels: Sequence[Panel], scale: float) -> Image.Image:
    """One page: every frame is inked in greys; only the fox has a colour."""
    sheet = Image.new("RGB", size, (250, 248, 242))
    for panel in panels:
        left, top, right, bottom = (round(part * size[at % 2]) for at, part in enumerate(panel.box))
        frame = inked(panel.ground((right - left, bottom - top)), scale)
        if panel.fox:
            x, y, tall = panel.fox
            fox(frame, (x * frame.width, y * frame.height), tall * frame.height * 0.72, SHADES, flip=panel.flip)
        if panel.words:
            bubble(frame, panel.words, (panel.bubble[0] * frame.width, panel.bubble[1] * frame.height), scale)
        if panel.box != FULL:
            ImageDraw.Draw(frame).rectangle(
                (0, 0, frame.width - 1, frame.height - 1), outline=INK, width=max(1, round(5 * scale))
            )
        sheet.paste(frame, (left, top))
    return sheet


def inked(picture: Image.Image, scale: float) -> Image.Image:
    """Greys, with a screen of dots in the shadows, as if printed."""
    grey = picture.convert("L")
    darkest, lightest = grey.getextrema()
    if lightest - darkest > 60:  # a blank sheet stays nearly white  # pyright: ignore[reportOperatorIssue]
        grey = ImageOps.autocontrast(grey, 1)
    cell = max(3, round(7 * scale))
    spot = Image.radial_gradient("L").resize((cell, cell), Image.Resampling.BICUBIC)
    row = Image.new("L", (grey.width, cell))
    for x in range(0, grey.width, cell):
        row.paste(spot, (x, 0))
    screen = Image.new("L", grey.size)
    for line, y in enumerate(range(0, grey.height, cell)):
        screen.paste(ImageChops.offset(row, (line % 2) * cell // 2, 0), (0, y))
    dots = ImageChops.subtract(grey, screen, 0.25, 128)
    return Image.blend(ImageOps.posterize(grey, 5), dots, 0.22).convert("RGB")


def bubble(frame: Image.Image, words: str, centre: tuple[float, float], scale: float) -> None:
    """Speech in an oval, in place; it is moved inward where it would cross the frame."""
    size = max(5, round(27 * scale))
    lines = lettering.wrap(words, size, min(frame.width * 0.6, 330 * scale))
    half = max(lettering.font(size).getlength(line) for line in lines) / 2 * 1.3 + size
    tall = len(lines) * size * 0.62 * 1.25 + size * 1.1
    x = min(max(centre[0], half + 8), frame.width - half - 8)
    y = max(centre[1], tall + 8)
    layer = Image.new("L", (frame.width * 2, frame.height * 2))
    pen = ImageDraw.Draw(layer)
    oval = [(x - half) * 2, (y - tall) * 2, (x + half) * 2, (y + tall) * 2]
    pen.ellipse(oval, 255)
    frame.paste(INK, mask=layer.reduce(2))
    rim = max(2, round(6 * scale))
    layer.paste(0, (0, 0, *layer.size))
    pen.ellipse([oval[0] + rim, oval[1] + rim, oval[2] - rim, oval[3] - rim], 255)
    frame.paste((255, 255, 252), mask=layer.reduce(2))
    draw = ImageDraw.Draw(frame)
    for number, line in enumerate(lines):
        draw.text((x, y + (number - (len(lines) - 1) / 2) * size * 1.25), line, INK, lettering.font(size), anchor="mm")


def _info(number: int, title: str, pages: Sequence[Image.Image]) -> str:
    """ComicInfo 2.0: right to left is `Manga` = YesAndRightToLeft."""
    rows = "".join(
        f'<Page Image="{index}" ImageWidth="{one.width}" ImageHeight="{one.height}"'
        + (' Type="FrontCover"' if index == 0 else "")
        + (' DoublePage="true"' if one.width > one.height else "")
        + "/>"
        for index, one in enumerate(pages)
    )
    about = "A fox folded from paper goes out into the weather. It must mind three things: rain, fire, and unfolding."
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<ComicInfo xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<Title>{escape(title)}</Title><Series>{SERIES}</Series><Number>{number}</Number><Count>2</Count><Volume>1</Volume>"
        f"<Summary>{escape(about)}</Summary>"
        f"<Year>{2022 + number}</Year><Month>{3 * number}</Month><Writer>Hanna Quill</Writer>"
        "<Penciller>Elias Rook</Penciller><Inker>Elias Rook</Inker><CoverArtist>Elias Rook</CoverArtist>"
        "<Publisher>Driftwood Press</Publisher>"
        f"<Genre>Fantasy</Genre><PageCount>{len(pages)}</PageCount><LanguageISO>en</LanguageISO><BlackAndWhite>No</BlackAndWhite>"
        f"<Manga>YesAndRightToLeft</Manga><AgeRating>Everyone</AgeRating><Pages>{rows}</Pages></ComicInfo>\n"
    )


def _bind(place: Path, pages: Sequence[Image.Image], info: str) -> None:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("ComicInfo.xml", info)
        for number, picture in enumerate(pages):
            buffer = io.BytesIO()
            picture.save(buffer, "JPEG", quality=85)
            archive.writestr(f"{number:03}.jpg", buffer.getvalue())
