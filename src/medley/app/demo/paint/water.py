"""Water: what stands above it, upside down, broken by ripples."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from medley.app.demo.paint.chance import seeded
from medley.app.demo.paint.colour import Colour, mix
from medley.app.demo.paint.texture import ramp


def mirrored(picture: Image.Image, shore: float, tint: Colour, *, ripple: float = 1.0, seed: int = 1) -> Image.Image:
    """The picture with everything below the height `shore` (a part of it) turned into water that mirrors the rest."""
    width, height = picture.size
    line = int(height * shore)
    deep = height - line
    above = picture.crop((0, max(0, line - deep), width, line)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    above = above.resize((width, deep), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(height / 700))
    water = Image.new("RGB", (width, deep))
    random = seeded(seed)
    phase, push = random.random() * 6, 0.0
    for y in range(deep):
        near = y / deep
        push = push * 0.6 + random.uniform(-1, 1) * ripple * (0.6 + 5 * near) * height / 1000
        shift = round(push + math.sin(phase + 60 * math.log(1 + near * 3)) * ripple * (0.5 + 3 * near) * height / 1000)
        row = above.crop((0, y, width, y + 1))
        water.paste(row, (0, y))
        water.paste(row, (shift, y))
    water = Image.composite(
        Image.new("RGB", water.size, tint),
        water,
        ramp(water.size, 0, 1, 0.8).point([round(60 + v * 0.5) for v in range(256)]),
    )
    result = picture.copy()
    result.paste(water, (0, line))
    return result


def glitter(
    picture: Image.Image, centre: float, shore: float, colour: Colour, *, spread: float = 0.12, seed: int = 1
) -> None:
    """The path of light that a low sun or moon lays on water, in place."""
    width, height = picture.size
    random = seeded(seed)
    layer = Image.new("L", picture.size)
    pen = ImageDraw.Draw(layer)
    for _ in range(420):
        near = random.random() ** 1.3
        y = height * (shore + 0.004 + (1 - shore) * near)
        x = width * (centre + random.gauss(0, spread * (0.25 + near)))
        half = width * (0.003 + 0.022 * near) * random.random()
        tall = height * (0.0006 + 0.0022 * near)
        pen.ellipse((x - half, y - tall, x + half, y + tall), random.randint(60, 230))
    layer = layer.filter(ImageFilter.GaussianBlur(height / 1400))
    light = Image.composite(Image.new("RGB", picture.size, colour), Image.new("RGB", picture.size), layer)
    picture.paste(ImageChops.screen(picture, light))


def swells(picture: Image.Image, shore: float, dark: Colour, bright: Colour, *, rows: int = 14, seed: int = 1) -> None:
    """An open sea: rows of waves, larger towards us, in place."""
    width, height = picture.size
    random = seeded(seed)
    for row in range(rows):
        near = (row / rows) ** 1.5
        base = height * (shore + (1 - shore) * near)
        size = height * (0.002 + 0.016 * near)
        phase, length = random.random() * 6, width * (0.05 + 0.22 * near)
        points = [
            (x, base - size * (math.sin(phase + x / length * 6.28) + 0.3 * math.sin(phase * 2 + x / length * 9.1)))
            for x in range(0, width + 8, 8)
        ]
        mask = Image.new("L", picture.size)
        pen = ImageDraw.Draw(mask)
        pen.polygon([*points, (width, height), (0, height)], 255)
        picture.paste(mix(bright, dark, 0.25 + 0.75 * near), mask=mask)
        crest = Image.new("L", picture.size)
        ImageDraw.Draw(crest).line(points, 90, max(1, round(size / 9)))
        picture.paste(bright, mask=crest.filter(ImageFilter.GaussianBlur(size / 14)))
