"""Square covers for albums, books that are listened to, podcasts: abstract, each by a rule of its own."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from medley.app.demo.paint import lettering
from medley.app.demo.paint.chance import seeded
from medley.app.demo.paint.colour import Colour, Palette, mix
from medley.app.demo.paint.texture import Size, glow, gradient, grain

Painter = Callable[[Size, Palette, int], Image.Image]


def rings(size: Size, palette: Palette, seed: int) -> Image.Image:
    """Circles within circles, cut and turned against each other."""
    random = seeded(seed)
    width, height = size
    picture = gradient(size, palette.sky)
    big = Image.new("L", (width * 2, height * 2))
    for ring in range(11, 0, -1):
        pen = ImageDraw.Draw(big)
        big.paste(0, (0, 0, *big.size))
        radius = width * 0.074 * ring
        box = (width - radius, height * 1.06 - radius, width + radius, height * 1.06 + radius)
        start = random.uniform(0, 360)
        pen.pieslice(box, start, start + random.uniform(150, 330), 255)
        colour = mix(palette.sky[ring % len(palette.sky)], palette.light, 0.15 + 0.5 * random.random() * (ring % 2))
        picture.paste(colour, mask=big.reduce(2).point([round(v * 0.86) for v in range(256)]))
    return picture


def waves(size: Size, palette: Palette, seed: int) -> Image.Image:
    """Sheets of folded paper, each with its shadow."""
    random = seeded(seed)
    width, height = size
    picture = gradient(size, palette.sky)
    for sheet in range(9):
        near = sheet / 8
        base, lift, phase = height * (0.3 + 0.62 * near), height * random.uniform(0.03, 0.08), random.uniform(0, 6)
        long = width * random.uniform(0.6, 1.2)
        points = [
            (x, base + lift * math.sin(phase + x / long * 6.28) + lift * 0.4 * math.sin(phase + x / long * 15))
            for x in range(0, width + 4, 4)
        ]
        mask = Image.new("L", (width * 2, height * 2))
        ImageDraw.Draw(mask).polygon(
            [(x * 2, y * 2) for x, y in points] + [(width * 2, height * 2), (0, height * 2)], 255
        )
        mask = mask.reduce(2)
        shadow = ImageChops.offset(mask.filter(ImageFilter.GaussianBlur(width / 50)), 0, -width // 80).point(
            [v // 3 for v in range(256)]
        )
        picture.paste((0, 0, 0), mask=shadow)
        picture.paste(mix(palette.far, palette.near, near**0.8), mask=mask)
    return picture


def orbits(size: Size, palette: Palette, seed: int) -> Image.Image:
    """Planets on tilted paths around a light."""
    random = seeded(seed)
    width, height = size
    picture = gradient(size, palette.sky[:3])
    pen = ImageDraw.Draw(picture)
    for _ in range(260):
        x, y, r = random.random() * width, random.random() * height, random.random() ** 3 * width / 420
        pen.ellipse((x - r, y - r, x + r, y + r), mix(palette.sky[1], (255, 255, 255), random.random()))
    middle = (width * 0.5, height * 0.54)
    glow(picture, middle, width * 0.42, palette.sky[-1], 2.0)
    lines = Image.new("L", (width * 2, height * 2))
    pen = ImageDraw.Draw(lines)
    for path in range(5):
        a, b = width * (0.24 + 0.16 * path), height * (0.07 + 0.05 * path)
        pen.ellipse(
            (middle[0] * 2 - a, middle[1] * 2 - b, middle[0] * 2 + a, middle[1] * 2 + b),
            outline=150,
            width=max(1, width // 300),
        )
    picture.paste(
        palette.light, mask=lines.rotate(18, Image.Resampling.BICUBIC, center=(middle[0] * 2, middle[1] * 2)).reduce(2)
    )
    ball(picture, middle, width * 0.085, palette.light, mix(palette.light, palette.sky[-1], 0.5))
    for path, turn in enumerate((0.8, 2.7, 4.2, 5.6, 3.6)):
        a, b, tilt = width * (0.12 + 0.08 * path), height * (0.035 + 0.025 * path), math.radians(-18)
        x, y = a * math.cos(turn), b * math.sin(turn)
        spot = (
            middle[0] + x * math.cos(tilt) - y * math.sin(tilt),
            middle[1] + x * math.sin(tilt) + y * math.cos(tilt),
        )
        ball(
            picture,
            spot,
            width * (0.014 + 0.009 * ((path * 2) % 5)),
            mix(palette.sky[-1], palette.light, 0.4),
            palette.sky[2],
        )
    return picture


def ball(picture: Image.Image, at: tuple[float, float], radius: float, light: Colour, dark: Colour) -> None:
    """A shaded sphere, lit from the upper left."""
    size = max(4, int(radius * 8))
    disc = Image.new("L", (size, size))
    ImageDraw.Draw(disc).ellipse((0, 0, size - 1, size - 1), 255)
    shade = (
        Image.radial_gradient("L")
        .resize((size * 2, size * 2))
        .crop((size * 2 // 3, size * 2 // 3, size * 2 // 3 + size, size * 2 // 3 + size))
    )
    body = Image.composite(Image.new("RGB", (size, size), dark), Image.new("RGB", (size, size), light), shade)
    small = (max(1, int(radius * 2)), max(1, int(radius * 2)))
    picture.paste(
        body.resize(small, Image.Resampling.LANCZOS),
        (int(at[0] - radius), int(at[1] - radius)),
        disc.resize(small, Image.Resampling.LANCZOS),
    )


def petals(size: Size, palette: Palette, seed: int) -> Image.Image:
    """A flower of translucent leaves."""
    random = seeded(seed)
    width, height = size
    picture = gradient(size, (palette.near, mix(palette.near, palette.sky[1], 0.5)))
    glow(picture, (width / 2, height * 0.55), width * 0.6, palette.sky[1], 1.6)
    for layer in range(3):
        number, reach = 9 + 2 * layer, width * (0.44 - 0.11 * layer)
        for leaf in range(number):
            angle = leaf / number * 360 + layer * 13 + random.uniform(-5, 5)
            mask = Image.new("L", size)
            half = reach * 0.2
            ImageDraw.Draw(mask).ellipse(
                (width / 2, height * 0.55 - half, width / 2 + reach, height * 0.55 + half), 200
            )
            mask = mask.rotate(angle, Image.Resampling.BICUBIC, center=(width / 2, height * 0.55))
            colour = mix(palette.sky[(leaf + layer) % len(palette.sky)], palette.light, 0.2 * layer)
            picture.paste(colour, mask=mask.point([v * 2 // 3 for v in range(256)]))
    ball(picture, (width / 2, height * 0.55), width * 0.045, palette.light, palette.sky[-1])
    return picture


def cover(
    size: int,
    paint: Painter,
    palette: Palette,
    seed: int,
    title: list[str],
    name: str,
    *,
    at: float = 0.13,
    ink: Colour | None = None,
) -> Image.Image:
    """A finished square cover with title and name."""
    picture = grain(paint((size, size), palette, seed), 4, seed)
    fill = ink or palette.ink
    lettering.block(
        picture,
        title,
        (size / 2, size * at),
        size * 0.78,
        fill,
        tracking=0.2,
        largest=size // 11,
        weight=max(1, size // 500),
        shadow=0.4,
    )
    lettering.block(
        picture, [name], (size / 2, size * 0.945), size * 0.7, fill, tracking=0.3, largest=size // 30, shadow=0.6
    )
    return picture
