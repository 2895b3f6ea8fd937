"""Titles: letter-spaced capitals in the one typeface that Pillow carries (Aileron), sized to fit."""

from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from medley.app.demo.paint.colour import Colour


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The bundled face at this height in pixels."""
    face = ImageFont.load_default(size)
    assert isinstance(face, ImageFont.FreeTypeFont)
    return face


def width_of(text: str, size: int, tracking: float) -> float:
    """The width of a line in pixels; `tracking` is the extra space between letters, in parts of the size."""
    return sum(font(size).getlength(letter) for letter in text) + tracking * size * (len(text) - 1)


def fitting(lines: list[str], width: float, tracking: float, largest: int) -> int:
    """The largest size at which every line is no wider than `width`."""
    widest = max(width_of(line, 100, tracking) for line in lines)
    return min(largest, int(100 * width / widest))


def line(
    draw: ImageDraw.ImageDraw,
    text: str,
    at: tuple[float, float],
    size: int,
    fill: Colour | int,
    tracking: float = 0.0,
    weight: int = 0,
    anchor: str = "m",
) -> None:
    """One line with its middle (`m`), left (`l`) or right (`r`) at a point; `weight` thickens the letters by pixels."""
    x, y = at
    x -= {"m": 0.5, "l": 0.0, "r": 1.0}[anchor] * width_of(text, size, tracking)
    for letter in text:
        draw.text((x, y), letter, fill, font(size), anchor="lm", stroke_width=weight, stroke_fill=fill)
        x += font(size).getlength(letter) + tracking * size


def block(
    picture: Image.Image,
    lines: list[str],
    centre: tuple[float, float],
    width: float,
    fill: Colour,
    *,
    tracking: float = 0.12,
    largest: int = 200,
    weight: int = 0,
    shadow: float = 0.0,
) -> float:
    """Lines of one size in the middle of a picture, in place; returns the height of the block.

    `shadow` from 0 to 1 darkens the ground around the letters softly, where a title stands on something bright.
    """
    size = fitting(lines, width, tracking, largest)
    lead = size * 1.18
    mask = Image.new("L", picture.size)
    pen = ImageDraw.Draw(mask)
    top = centre[1] - lead * (len(lines) - 1) / 2
    for number, text in enumerate(lines):
        line(pen, text, (centre[0], top + lead * number), size, 255, tracking, weight)
    if shadow:
        dark = mask.filter(ImageFilter.GaussianBlur(size / 4)).point(
            [min(255, round(v * 2 * shadow)) for v in range(256)]
        )
        picture.paste((10, 8, 18), mask=dark)
    picture.paste(fill, mask=mask)
    return lead * len(lines)


def wrap(text: str, size: int, width: float) -> list[str]:
    """Breaks running text into lines no wider than `width` pixels."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}".strip()
        if current and font(size).getlength(longer) > width:
            lines.append(current)
            current = word
        else:
            current = longer
    return [*lines, current] if current else lines


def paragraph(picture: Image.Image, text: str, at: tuple[int, int], size: int, width: float, fill: Colour | int) -> int:
    """Running text, left aligned; returns the y below its last line."""
    draw = ImageDraw.Draw(picture)
    y = at[1]
    for text_line in wrap(text, size, width):
        draw.text((at[0], y), text_line, fill, font(size))
        y += round(size * 1.45)
    return y
