"""Small things that stand in a landscape. Each is drawn into a mask of its own and laid into the picture."""

import math
from collections.abc import Callable

from PIL import Image, ImageDraw

from medley.app.demo.paint.chance import seeded
from medley.app.demo.paint.colour import Colour
from medley.app.demo.paint.texture import glow

Point = tuple[float, float]


def stamp(picture: Image.Image, colour: Colour, paint: Callable[[ImageDraw.ImageDraw, float], None]) -> None:
    """Lets `paint` draw at twice the size (the factor is its second argument) and lays the result down, in place."""
    mask = Image.new("L", (picture.width * 2, picture.height * 2))
    paint(ImageDraw.Draw(mask), 2.0)
    smooth = mask.reduce(2)
    if picture.mode == "RGBA":
        picture.paste((*colour, 255), mask=smooth)
    else:
        picture.paste(colour, mask=smooth)


def shape(picture: Image.Image, colour: Colour, points: list[Point]) -> None:
    """A smooth polygon; points in pixels."""
    stamp(picture, colour, lambda pen, k: pen.polygon([(x * k, y * k) for x, y in points], 255))


def lighthouse(
    picture: Image.Image, foot: Point, tall: float, dark: Colour, light: Colour, *, beam: float = 1.0
) -> None:
    """A tower of this height in pixels, with its lamp and two beams."""
    x, y = foot
    lamp = (x, y - tall * 0.9)
    if beam and picture.mode == "RGB":
        _beams(picture, lamp, tall, light, beam)
    body = [
        (x - tall * 0.1, y),
        (x - tall * 0.06, y - tall * 0.82),
        (x + tall * 0.06, y - tall * 0.82),
        (x + tall * 0.1, y),
    ]
    shape(picture, dark, body)
    shape(picture, dark, _box(x, y - tall * 0.81, tall * 0.09, tall * 0.025))
    shape(picture, light, _box(x, y - tall * 0.9, tall * 0.04, tall * 0.08))
    shape(picture, dark, [(x - tall * 0.065, y - tall * 0.93), (x, y - tall), (x + tall * 0.065, y - tall * 0.93)])
    shape(picture, dark, _box(x, y - tall * 0.9, tall * 0.008, tall * 0.08))
    if picture.mode == "RGB":
        glow(picture, lamp, tall * 0.4, light, 2.2)


def _beams(picture: Image.Image, lamp: Point, tall: float, light: Colour, strength: float) -> None:
    mask = Image.new("L", picture.size)
    pen = ImageDraw.Draw(mask)
    reach = tall * 5
    for step in range(18):
        half = 0.012 + 0.1 * (1 - step / 18)
        level = round(strength * 90 * ((step + 1) / 18) ** 2)
        for angle in (math.pi - 0.1, -0.1):
            ends = [
                (lamp[0] + reach * math.cos(angle + s), lamp[1] + reach * math.sin(angle + s)) for s in (half, -half)
            ]
            pen.polygon([lamp, *ends], level)
    fade = Image.new("L", picture.size)
    glow_mask = Image.new("RGB", picture.size)
    glow(glow_mask, lamp, reach, (255, 255, 255), 1.3)
    fade = glow_mask.convert("L")
    mask = Image.composite(mask, Image.new("L", picture.size), fade)
    picture.paste(light, mask=mask)


def _box(x: float, y: float, half_width: float, tall: float) -> list[Point]:
    top, bottom = y - tall / 2, y + tall / 2
    return [(x - half_width, top), (x + half_width, top), (x + half_width, bottom), (x - half_width, bottom)]


def boat(picture: Image.Image, at: Point, long: float, hull: Colour, sail: Colour) -> None:
    """A small sailing boat; `at` is the middle of its waterline."""
    x, y = at
    shape(
        picture,
        hull,
        [(x - long / 2, y - long * 0.12), (x + long / 2, y - long * 0.14), (x + long * 0.36, y), (x - long * 0.38, y)],
    )
    shape(
        picture,
        sail,
        [(x - long * 0.02, y - long * 1.05), (x - long * 0.02, y - long * 0.17), (x - long * 0.4, y - long * 0.17)],
    )
    shape(
        picture,
        sail,
        [(x + long * 0.03, y - long * 0.92), (x + long * 0.03, y - long * 0.17), (x + long * 0.42, y - long * 0.2)],
    )


def cabin(picture: Image.Image, foot: Point, wide: float, dark: Colour, window: Colour) -> None:
    """A hut with one lit window."""
    x, y = foot
    shape(picture, dark, _box(x, y - wide * 0.2, wide * 0.42, wide * 0.4))
    shape(picture, dark, [(x - wide * 0.55, y - wide * 0.36), (x, y - wide * 0.8), (x + wide * 0.55, y - wide * 0.36)])
    shape(picture, dark, _box(x + wide * 0.26, y - wide * 0.72, wide * 0.05, wide * 0.34))
    shape(picture, window, _box(x - wide * 0.12, y - wide * 0.2, wide * 0.1, wide * 0.17))
    if picture.mode == "RGB":
        glow(picture, (x - wide * 0.12, y - wide * 0.2), wide * 0.7, window, 2.6)


def train(picture: Image.Image, nose: Point, tall: float, cars: int, dark: Colour, window: Colour) -> None:
    """A train that runs to the right; `nose` is where its front meets the rails."""
    x, y = nose
    long = tall * 4.2
    for car in range(cars):
        right = x - car * (long + tall * 0.18)
        front = tall * 0.7 if car == 0 else 0.0
        body = [
            (right - long, y - tall),
            (right - front, y - tall),
            (right, y - tall * 0.35),
            (right, y - tall * 0.12),
            (right - long, y - tall * 0.12),
        ]
        shape(picture, dark, body)
        for pane in range(7):
            middle = right - long + tall * 0.45 + pane * tall * 0.47
            if not (car == 0 and pane == 6):
                shape(picture, window, _box(middle, y - tall * 0.66, tall * 0.16, tall * 0.26))
    stamp(
        picture,
        dark,
        lambda pen, k: pen.line((0, y * k, picture.width * k, y * k), 255, max(1, round(tall * 0.06 * k))),
    )


def city(
    picture: Image.Image, base: float, tall: float, dark: Colour, window: Colour, seed: int, *, wide: float = 0.05
) -> None:
    """A row of buildings with lit windows; `base` in pixels, `tall` the highest roof above it."""
    random = seeded(seed)
    lights = Image.new("L", picture.size)
    pen = ImageDraw.Draw(lights)
    x = -10.0
    while x < picture.width:
        width = picture.width * wide * random.uniform(0.5, 1.3)
        height = tall * random.uniform(0.35, 1.0) ** 1.4
        shape(
            picture,
            dark,
            [(x, base - height), (x + width, base - height), (x + width, picture.height), (x, picture.height)],
        )
        step = max(4.0, picture.height / 75)
        for row in range(1, int(height / step)):
            for column in range(1, int(width / step)):
                if random.random() < 0.34:
                    left, top = x + column * step, base - height + row * step
                    pen.rectangle((left, top, left + step * 0.34, top + step * 0.46), random.randint(90, 255))
        x += width + random.uniform(0, width * 0.15)
    picture.paste(window, mask=lights)


def birds(picture: Image.Image, centre: Point, spread: float, number: int, colour: Colour, seed: int) -> None:
    """A loose flock, each bird two strokes."""
    random = seeded(seed)

    def paint(pen: ImageDraw.ImageDraw, k: float) -> None:
        for _ in range(number):
            x, y = centre[0] + random.gauss(0, spread), centre[1] + random.gauss(0, spread * 0.4)
            span, lift = spread * random.uniform(0.06, 0.13), random.uniform(0.2, 0.6)
            wings = [
                (x - span, y - span * lift),
                (x - span * 0.45, y - span * lift * 0.9),
                (x, y),
                (x + span * 0.45, y - span * lift * 0.9),
                (x + span, y - span * lift),
            ]
            pen.line([(a * k, b * k) for a, b in wings], 255, max(2, round(span * 0.14 * k)), joint="curve")

    stamp(picture, colour, paint)


def kite(picture: Image.Image, at: Point, size: float, colours: list[Colour], string_to: Point | None = None) -> None:
    """A diamond kite of four panels with a tail."""
    x, y = at
    top, right, foot, left = (
        (x + size * 0.25, y - size),
        (x + size * 0.75, y - size * 0.1),
        (x - size * 0.35, y + size * 1.1),
        (x - size * 0.6, y - size * 0.45),
    )
    if string_to:
        stamp(picture, colours[-1], lambda pen, k: pen.line((x * k, y * k, string_to[0] * k, string_to[1] * k), 150, 2))
    for colour, (one, two) in zip(colours, ((top, right), (right, foot), (foot, left), (left, top)), strict=False):
        shape(picture, colour, [(x, y), one, two])
    for knot in range(6):
        px, py = foot[0] - size * (0.1 + 0.18 * knot), foot[1] + size * (0.22 * knot + 0.16 * math.sin(knot * 1.7))
        half = size * 0.1
        shape(
            picture,
            colours[knot % len(colours)],
            [(px - half, py - half), (px + half, py + half), (px + half, py - half), (px - half, py + half)],
        )


def fox(picture: Image.Image, foot: Point, size: float, shades: list[Colour], *, flip: bool = False) -> None:
    """A fox folded from paper, sitting; four shades from light to dark; `foot` is the middle of its base."""
    s = -size if flip else size
    parts: list[tuple[int, list[Point]]] = [
        (2, [(0.18, 0), (0.75, 0), (0.62, -0.34)]),  # tail
        (0, [(0.75, 0), (0.95, -0.3), (0.62, -0.34)]),
        (1, [(-0.3, 0), (0.3, 0), (0.1, -0.72), (-0.16, -0.72)]),  # body
        (3, [(0.02, 0), (0.3, 0), (0.1, -0.72)]),
        (0, [(-0.3, 0), (-0.1, 0), (-0.14, -0.5)]),
        (1, [(-0.42, -0.98), (0.2, -1.0), (-0.12, -0.6)]),  # head
        (3, [(-0.12, -0.95), (0.2, -1.0), (-0.12, -0.6)]),
        (2, [(-0.42, -0.98), (-0.36, -1.32), (-0.2, -0.98)]),  # ears
        (3, [(-0.02, -0.98), (0.14, -1.32), (0.2, -1.0)]),
        (0, [(-0.3, -0.83), (-0.12, -0.86), (-0.12, -0.6)]),
    ]
    for shade, points in parts:
        shape(picture, shades[shade], [(foot[0] + x * s, foot[1] + y * size) for x, y in points])
