"""The places that the demo's films, shows and covers are set in, each a function from a size to a painted scene."""

import math

from medley.app.demo.paint import colour as c
from medley.app.demo.paint.figures import boat, cabin, kite, lighthouse, train
from medley.app.demo.paint.scene import Scene
from medley.app.demo.paint.texture import Size


def saltmarsh(size: Size, hour: int = 0) -> Scene:
    """Hills over a marsh, at dusk, by night and at dawn (`hour` 0, 1, 2)."""
    palette = (c.DUSK, c.INDIGO, c.DAWN)[hour]
    scene = Scene(size, palette, 21 + hour)
    if hour == 1:
        scene.stars(700, 0.85).moon(0.3, 0.26, 0.07)
    else:
        scene.cloud(c.mix(palette.sky[-2], palette.light, 0.4), 0.52, top=0.08).sun(0.28, 0.55, 0.05)
    scene.ridge(0.1, 0.76, 0.2, swell=max(3, size[0] // 400)).mist(0.74, 0.1)
    scene.ridge(0.4, 0.84, 0.13, swell=max(3, size[0] // 300)).mist(0.84, 0.08, 0.5)
    scene.ridge(0.7, 0.92, 0.08, rough=0.4, woods=0.035)
    return scene.ridge(1.0, 1.02, 0.13, rough=0.35, swell=max(2, size[0] // 600), woods=0.07)


def saltmarsh_lighthouse(size: Size) -> Scene:
    """The lighthouse on its headland."""
    scene = saltmarsh(size)
    height = size[1]
    view = scene.sky[0]
    foot = (view * 0.7, height * 0.86)
    lighthouse(scene.ground, foot, height * 0.4, c.DUSK.land(0.55), c.DUSK.light)
    return scene


def northbound(size: Size, part: int = 0) -> Scene:
    """A train through snow (0), under the northern lights (1), towards the morning (2)."""
    palette = (c.WINTER, c.AURORA, c.ROSE)[part]
    scene = Scene(size, palette, 41 + part)
    if part == 1:
        scene.stars(700).aurora([(90, 255, 170), (110, 120, 255)], base=0.6)
    else:
        scene.cloud((255, 250, 246), 0.5).sun(0.66, 0.42, 0.04)
    wide = max(4, size[0] // 260)
    scene.ridge(0.05, 0.72, 0.36, rough=0.56, swell=wide).ridge(0.3, 0.78, 0.2, rough=0.52, swell=wide).mist(
        0.78, 0.09, 0.7
    )
    scene.ridge(0.6, 0.86, 0.07, woods=0.06)
    return scene.ridge(1.0, 1.0, 0.07, rough=0.3, swell=2, woods=0.13)


def northbound_train(size: Size) -> Scene:
    """The same snow with the train in the middle distance."""
    scene = northbound(size)
    view = scene.sky[0]
    layer = scene.layers[-2]
    tall = size[1] * 0.035
    train(layer, (view * 0.72, size[1] * 0.835), tall, 5, c.WINTER.near, (255, 214, 140))
    return scene


def greenwood(size: Size, part: int = 0) -> Scene:
    """A forest in green light; `part` moves from morning to evening."""
    palette = (c.FOREST, c.SEAGLASS, c.CITRUS)[part]
    scene = Scene(size, palette, 61 + part)
    scene.cloud((255, 255, 240), 0.45).sun((0.5, 0.35, 0.6)[part], 0.32, 0.06, reach=7)
    for depth, base, tall in (
        (0.05, 0.66, 0.12),
        (0.25, 0.72, 0.16),
        (0.5, 0.8, 0.2),
        (0.75, 0.9, 0.28),
        (1.0, 1.06, 0.42),
    ):
        scene.ridge(depth, base, 0.1, rough=0.4, swell=max(3, size[0] // 500), woods=tall, haze=0.9)
        if depth < 0.9:
            scene.mist(base + 0.02, 0.12, 0.75)
    return scene


def tideways(size: Size, episode: int = 0) -> Scene:
    """The islands of the show, each episode in a light and weather of its own."""
    palettes = (c.SEAGLASS, c.DAWN, c.STORM, c.ROSE, c.INDIGO, c.DESERT)
    palette = palettes[episode % len(palettes)]
    scene = Scene(size, palette, 81 + episode)
    if palette is c.INDIGO:
        scene.stars(500, 0.8).moon(0.68, 0.28, 0.07)
    elif palette is c.STORM:
        scene.cloud(c.mix(palette.sky[-1], (255, 255, 255), 0.2), 0.62).cloud(palette.sky[0], 0.55, top=-0.2)
    else:
        scene.cloud(c.mix(palette.sky[-1], (255, 255, 255), 0.3), 0.5).sun(
            (0.22, 0.7, 0, 0.62, 0, 0.3)[episode % 6], 0.45, 0.04
        )
    scene.ridge(0.1, 0.7, 0.22, swell=max(4, size[0] // 200)).mist(0.7, 0.06)
    scene.ridge(0.35, 0.72, 0.1, swell=max(5, size[0] // 160), rough=0.55)
    sea(scene, 0.7)
    return scene


def sea(scene: Scene, shore: float, rows: int = 5) -> Scene:
    """Adds bands of sea to a scene, from the shore line towards us."""
    for row in range(rows):
        near = (row + 1) / rows
        colour = c.mix(c.mix(scene.palette.sky[-2], scene.palette.near, 0.35), scene.palette.near, near * 0.8)
        base = shore + (1 - shore) * (row / rows) ** 1.4
        points = _wave(scene.size, base, 0.002 + 0.006 * near, row)
        scene.add(
            scene.outline(points),
            c.mix(colour, scene.palette.light, 0.22 * (1 - near) + 0.06),
            colour,
            (base, base + 0.12),
        )
    return scene


def _wave(size: Size, base: float, lift: float, phase: float) -> list[tuple[float, float]]:
    length = size[1] * (0.25 + 8 * lift * 6)
    return [
        (x, (base + lift * (math.sin(phase * 2 + x / length * 6.28) - 0.4 * math.sin(x / length * 15))) * size[1])
        for x in range(0, size[0] + 8, 8)
    ]


def sailing(size: Size, episode: int = 0) -> Scene:
    """The islands with the show's boat."""
    scene = tideways(size, episode)
    view = scene.sky[0]
    hull = scene.palette.near
    x, y, share = (
        (0.56, 0.83, 0.16),
        (0.36, 0.8, 0.11),
        (0.6, 0.85, 0.2),
        (0.34, 0.84, 0.18),
        (0.4, 0.8, 0.12),
        (0.64, 0.82, 0.14),
    )[episode % 6]
    boat(
        scene.layers[-3],
        (view * x, size[1] * y),
        size[1] * share,
        hull,
        c.mix(scene.palette.light, (255, 255, 255), 0.3),
    )
    return scene


def hut(size: Size) -> Scene:
    """A hut in the woods under stars."""
    scene = (
        Scene(size, c.INDIGO, 97)
        .stars(700, 0.8)
        .ridge(0.3, 0.8, 0.25, rough=0.52, swell=4)
        .ridge(0.65, 0.9, 0.1, woods=0.08)
    )
    cabin(scene.layers[-1], (min(size) * 0.55, size[1] * 0.9), size[1] * 0.1, c.INDIGO.near, (255, 205, 120))
    return scene.ridge(1.0, 1.03, 0.1, woods=0.2)


def kites(size: Size) -> Scene:
    """Kites over a meadow."""
    scene = Scene(size, c.DAWN, 113).cloud((255, 255, 255), 0.5).sun(0.2, 0.5, 0.04)
    scene.ridge(0.2, 0.82, 0.12).ridge(0.55, 0.9, 0.1, woods=0.02).ridge(0.95, 1.02, 0.12, rough=0.3, swell=2)
    warm = [c.rgb("e2574c"), c.rgb("f2a541"), c.rgb("fff3da"), c.rgb("2f6f8f")]
    height = size[1]
    view = scene.sky[0]
    for x, y, share in ((0.62, 0.3, 0.13), (0.36, 0.2, 0.07), (0.82, 0.5, 0.05)):
        kite(scene.ground, (view * x, height * y), height * share, warm, (view * (x - 0.12), height * 1.0))
    return scene
