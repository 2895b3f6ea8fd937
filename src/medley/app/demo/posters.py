"""Posters, backdrops and stills, made of the same scenes that the films move through."""

from collections.abc import Callable
from pathlib import Path
from typing import IO

from PIL import Image

from medley.app.demo.paint import lettering
from medley.app.demo.paint.colour import Colour
from medley.app.demo.paint.scene import Scene
from medley.app.demo.paint.texture import Size, grain, vignette
from medley.app.demo.workshop import Workshop

Painter = Callable[[Size], Scene]


def jpeg(picture: Image.Image, place: Path | IO[bytes], quality: int = 86) -> None:
    """Saves a picture as JPEG."""
    picture.save(place, "JPEG", quality=quality, optimize=False, progressive=True)


def sized(shop: Workshop, size: Size) -> Size:
    """The size of a picture, a quarter of it in a quick demo."""
    return size if not shop.quick else (size[0] // 4, size[1] // 4)


def poster(
    shop: Workshop,
    name: str,
    paint: Painter,
    lines: list[str],
    under: str,
    *,
    at: float = 0.16,
    ink: Colour | None = None,
) -> None:
    """An upright poster: the scene, the title, and a line of small capitals."""

    def draw(place: Path) -> None:
        width, height = size = sized(shop, (800, 1200))
        scene = paint(size)
        picture = vignette(grain(scene.flat(), 4), 0.35)
        fill = ink or scene.palette.ink
        tall = lettering.block(
            picture,
            lines,
            (width / 2, height * at),
            width * 0.8,
            fill,
            tracking=0.16,
            largest=width // 7,
            weight=max(1, width // 400),
            shadow=0.35,
        )
        below = height * at + tall / 2 + height * 0.028
        lettering.block(
            picture, [under], (width / 2, below), width * 0.7, fill, tracking=0.35, largest=width // 36, shadow=0.5
        )
        jpeg(picture, place)

    shop.make(name, draw)


def backdrop(shop: Workshop, name: str, paint: Painter, size: Size = (1600, 900)) -> None:
    """A wide picture without letters."""
    shop.make(name, lambda place: jpeg(vignette(grain(paint(sized(shop, size)).flat(), 4), 0.25), place))
