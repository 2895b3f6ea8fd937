"""What the demo's photographs show. Each view paints one finished picture of a given size."""

from collections.abc import Callable

from PIL import Image, ImageChops, ImageFilter

from medley.app.demo import scenes
from medley.app.demo.paint import colour as c
from medley.app.demo.paint.figures import birds, boat, cabin, city, lighthouse
from medley.app.demo.paint.scene import Scene
from medley.app.demo.paint.texture import Size, glow, grain, vignette
from medley.app.demo.paint.water import glitter, mirrored, swells

View = Callable[[Size], Image.Image]


def _finish(picture: Image.Image, seed: int) -> Image.Image:
    return vignette(grain(picture, 6, seed), 0.3)


def loch(size: Size) -> Image.Image:
    scene = Scene(size, c.DAWN, 301).cloud((255, 240, 222), 0.55).sun(0.3, 0.46, 0.03)
    scene.ridge(0.1, 0.68, 0.34, swell=4, rough=0.55).ridge(0.4, 0.72, 0.18, swell=3).mist(0.7, 0.1, 0.9)
    picture = mirrored(scene.flat(), 0.7, (58, 88, 108), seed=1)
    glitter(picture, 0.3, 0.7, (255, 236, 200), spread=0.07)
    return _finish(picture, 1)


def glen(size: Size) -> Image.Image:
    scene = Scene(size, c.FOREST, 302).cloud((255, 255, 246), 0.6).sun(0.72, 0.3, 0.035)
    for depth, base in ((0.1, 0.62), (0.3, 0.7), (0.55, 0.8), (0.8, 0.92)):
        scene.ridge(depth, base, 0.24, swell=3, rough=0.5, woods=0.02 + 0.05 * depth).mist(base, 0.08, 0.7)
    return _finish(scene.flat(), 2)


def snow(size: Size) -> Image.Image:
    scene = Scene(size, c.WINTER, 303).cloud((255, 252, 250), 0.52).ridge(0.05, 0.7, 0.45, rough=0.58, swell=4)
    scene.ridge(0.35, 0.8, 0.26, rough=0.52).mist(0.8, 0.1, 0.8).ridge(0.7, 0.95, 0.14, woods=0.07).ridge(
        1, 1.06, 0.12, woods=0.2
    )
    return _finish(scene.flat(), 3)


def bothy(size: Size) -> Image.Image:
    return _finish(scenes.hut(size).flat(), 4)


def moor(size: Size) -> Image.Image:
    scene = Scene(size, c.EMBER, 305).cloud((255, 170, 110), 0.5, bottom=0.8).sun(0.5, 0.62, 0.05)
    scene.ridge(0.2, 0.78, 0.12).ridge(0.6, 0.88, 0.1, rough=0.4).ridge(1, 1.02, 0.12, rough=0.35)
    picture = scene.flat()
    birds(picture, (size[0] * 0.62, size[1] * 0.34), size[0] * 0.1, 16, (20, 8, 12), 5)
    return _finish(picture, 5)


def aurora(size: Size) -> Image.Image:
    scene = Scene(size, c.AURORA, 311).stars(700).aurora([(80, 255, 165), (120, 110, 255), (60, 230, 220)], base=0.62)
    scene.ridge(0.2, 0.8, 0.26, swell=4, rough=0.55).ridge(0.6, 0.84, 0.08, woods=0.05)
    return _finish(mirrored(scene.flat(), 0.83, (3, 12, 24), seed=2), 6)


def crescent(size: Size) -> Image.Image:
    scene = (
        Scene(size, c.INDIGO, 312)
        .stars(1000, 0.9)
        .moon(0.62, 0.3, 0.09)
        .ridge(0.3, 0.84, 0.2)
        .ridge(1, 1.02, 0.14, woods=0.16)
    )
    return _finish(scene.flat(), 7)


def milky_way(size: Size) -> Image.Image:
    scene = Scene(size, c.INDIGO, 313).stars(900, 1.0)
    band = Image.new("RGB", size)
    for step in range(26):
        share = step / 25
        at = (size[0] * (0.12 + 0.75 * share), size[1] * (0.95 - 0.95 * share))
        glow(
            band,
            at,
            size[1] * (0.2 + 0.05 * ((step * 7) % 4)),
            c.mix((20, 14, 42), (40, 26, 36), (step * 5 % 9) / 9),
            1.8,
        )
    scene.ground = ImageChops.screen(scene.ground, band.filter(ImageFilter.GaussianBlur(size[1] / 60)))
    scene.stars(1200, 1.0).ridge(0.9, 0.96, 0.16, rough=0.55, swell=5, woods=0.03)
    return _finish(scene.flat(), 8)


def harbour_lights(size: Size) -> Image.Image:
    scene = Scene(size, c.INDIGO, 314).stars(200, 0.5)
    picture = scene.flat()
    city(picture, size[1] * 0.66, size[1] * 0.2, (26, 26, 66), (255, 206, 140), 21)
    city(picture, size[1] * 0.66, size[1] * 0.34, (10, 10, 32), (255, 216, 160), 22, wide=0.07)
    return _finish(mirrored(picture, 0.66, (6, 6, 24), ripple=1.8, seed=3), 9)


def swell(size: Size) -> Image.Image:
    scene = Scene(size, c.STORM, 321).cloud((205, 214, 208), 0.6).cloud((18, 28, 38), 0.55, top=-0.2, bottom=0.6)
    picture = scene.flat()
    swells(picture, 0.6, (8, 26, 36), (126, 158, 158), seed=4)
    birds(picture, (size[0] * 0.3, size[1] * 0.36), size[0] * 0.07, 7, (20, 28, 34), 6)
    return _finish(picture, 10)


def headland(size: Size) -> Image.Image:
    scene = Scene(size, c.DUSK, 322).cloud((255, 196, 168), 0.52, top=0.1).ridge(0.2, 0.7, 0.14, swell=3)
    picture = scene.flat()
    swells(picture, 0.66, (40, 22, 58), (206, 120, 128), rows=10, seed=5)
    layer = Scene(size, c.DUSK, 3)
    line = [
        (0, size[1] * 0.9),
        (0, size[1] * 0.66),
        (size[0] * 0.14, size[1] * 0.645),
        (size[0] * 0.28, size[1] * 0.66),
        (size[0] * 0.44, size[1] * 0.78),
        (size[0] * 0.5, size[1] * 1.0),
    ]
    lighthouse(picture, (size[0] * 0.16, size[1] * 0.66), size[1] * 0.36, (44, 20, 50), c.DUSK.light)
    picture.paste((26, 14, 40), mask=layer.outline(line))
    return _finish(picture, 11)


def sail(size: Size) -> Image.Image:
    scene = Scene(size, c.ROSE, 323).cloud((255, 214, 190), 0.5).sun(0.64, 0.52, 0.06)
    scene.ridge(0.15, 0.64, 0.1, swell=5)
    picture = mirrored(scene.flat(), 0.64, (96, 34, 76), ripple=1.4, seed=4)
    glitter(picture, 0.64, 0.64, (255, 224, 180), spread=0.08)
    boat(picture, (size[0] * 0.36, size[1] * 0.74), size[1] * 0.2, (50, 16, 50), (255, 240, 224))
    return _finish(picture, 12)


def dunes(size: Size) -> Image.Image:
    scene = Scene(size, c.DESERT, 324).sun(0.7, 0.32, 0.05)
    for depth, base in ((0.1, 0.68), (0.35, 0.76), (0.65, 0.88), (1.0, 1.06)):
        scene.ridge(depth, base, 0.16 + 0.06 * depth, rough=0.2, swell=3)
    return _finish(scene.flat(), 13)


def beach_hut(size: Size) -> Image.Image:
    scene = (
        Scene(size, c.SEAGLASS, 325).cloud((240, 255, 244), 0.56).sun(0.76, 0.4, 0.035).ridge(0.3, 0.68, 0.1, swell=4)
    )
    scenes.sea(scene, 0.66, 4)
    scene.ridge(1.0, 1.0, 0.12, rough=0.3, swell=2)
    picture = scene.flat()
    cabin(picture, (size[0] * 0.26, size[1] * 0.94), size[1] * 0.2, (4, 26, 32), (255, 222, 150))
    return _finish(picture, 14)
