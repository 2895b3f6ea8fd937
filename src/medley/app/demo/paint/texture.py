"""Surfaces: gradients, cloud noise, glow and grain. The same seed gives the same picture on every machine."""

from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageChops

from medley.app.demo.paint.colour import Colour

Size = tuple[int, int]


class Strip(tuple[int, int]):
    """A size that is wider than what is seen of it at once: land passes by, the sky stands still."""

    view: int  # the width that is seen

    @classmethod
    def of(cls, view: int, beyond: int, height: int) -> "Strip":
        """A strip of this height, `beyond` pixels wider than its view."""
        strip = cls((view + beyond, height))
        strip.view = view
        return strip


def gradient(size: Size, colours: Sequence[Colour]) -> Image.Image:
    """The colours from top to bottom, evenly spread."""
    # A curve through the colours, drawn by scaling up a column of one pixel each, has no visible kinks.
    column = Image.new("RGB", (1, len(colours) + 2))
    for y, colour in enumerate((colours[0], *colours, colours[-1])):
        column.putpixel((0, y), colour)
    smooth = column.resize((1, 512), Image.Resampling.BICUBIC, (0, 1, 1, len(colours) + 1))
    return smooth.resize(size, Image.Resampling.BICUBIC)


def ramp(size: Size, top: float, bottom: float, power: float = 1.0) -> Image.Image:
    """A mask that rises from 0 at the height `top` to 255 at `bottom` (both as parts of the whole height)."""
    column = Image.new("L", (1, 256))
    for y in range(256):
        share = (y / 255 - top) / (bottom - top)
        column.putpixel((0, y), round(255 * min(1.0, max(0.0, share)) ** power))
    return column.resize(size, Image.Resampling.BICUBIC)


def clouds(size: Size, cell: int, seed: int, octaves: int = 5) -> Image.Image:
    """Fractal gradient noise as a mask around mid grey; `cell` is the size of the largest swell, in pixels."""
    import pyvips

    width, height = size
    total = pyvips.Image.perlin(width, height, cell_size=cell, seed=seed)
    for octave in range(1, octaves):
        finer = pyvips.Image.perlin(width, height, cell_size=max(4, cell >> octave), seed=seed + octave)
        total = total + finer * 0.55**octave  # pyright: ignore[reportOperatorIssue]
    grey = (total * 150 + 128).cast("uchar")  # pyright: ignore[reportAttributeAccessIssue]
    return Image.frombytes("L", size, grey.write_to_memory())


@cache
def _dots(amount: float, seed: int) -> Image.Image:
    import pyvips

    dots = pyvips.Image.gaussnoise(512, 512, sigma=amount, mean=128, seed=seed).cast("uchar")
    return Image.frombytes("L", (512, 512), dots.write_to_memory())


def grain(picture: Image.Image, amount: float = 5.0, seed: int = 1) -> Image.Image:
    """Film grain: it gives flat areas life and keeps gradients from banding."""
    tile = _dots(amount, seed)
    layer = Image.new("L", picture.size)
    for top in range(0, picture.height, tile.height):
        for left in range(0, picture.width, tile.width):
            layer.paste(tile, (left, top))
    return ImageChops.add(picture, Image.merge("RGB", (layer, layer, layer)), 1, -128)


def halo(radius: int, power: float = 2.0) -> Image.Image:
    """A round mask, brightest in the middle, that fades to nothing at `radius` pixels."""
    # Pillow's radial gradient reaches white at the corners' distance of 181 from the middle of its 256 pixels.
    disc = Image.radial_gradient("L").point([round(255 * max(0.0, 1 - v / 180) ** power) for v in range(256)])
    return disc.resize((radius * 2, radius * 2), Image.Resampling.BICUBIC)


def glow(picture: Image.Image, centre: tuple[float, float], radius: float, colour: Colour, power: float = 2.0) -> None:
    """Adds light of this colour around a point, in place."""
    reach = max(2, int(radius))
    left, top = int(centre[0]) - reach, int(centre[1]) - reach
    box = (left, top, left + reach * 2, top + reach * 2)
    mask = halo(reach, power)
    light = Image.composite(Image.new("RGB", mask.size, colour), Image.new("RGB", mask.size), mask)
    picture.paste(ImageChops.screen(picture.crop(box), light), box)


def vignette(picture: Image.Image, strength: float = 0.45) -> Image.Image:
    """Darkens the corners."""
    dark = Image.radial_gradient("L").point([round(255 * strength * (v / 255) ** 2.2) for v in range(256)])
    return Image.composite(Image.new("RGB", picture.size), picture, dark.resize(picture.size, Image.Resampling.BICUBIC))
