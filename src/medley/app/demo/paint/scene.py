"""Landscapes in layers: a sky, ridges, woods, water and mist from far to near.

A still is all layers laid on one another; a film moves the near layers faster than the far ones.
"""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from medley.app.demo.paint.chance import seeded
from medley.app.demo.paint.colour import Colour, Palette, mix
from medley.app.demo.paint.texture import Size, Strip, clouds, glow, gradient, ramp


def profile(width: int, seed: int, roughness: float = 0.5, swell: int = 3, octaves: int = 6) -> list[float]:
    """The outline of hills: one height from 0 to 1 for every fourth pixel; `swell` is how many hills there are."""
    random = seeded(seed)
    count = width // 4 + 2
    heights = [0.0] * count
    size, total = 1.0, 0.0
    for octave in range(octaves):
        bumps = swell * 2**octave
        knots = [random.random() for _ in range(bumps + 2)]
        for index in range(count):
            place = index / count * bumps
            at = int(place)
            ease = (1 - math.cos((place - at) * math.pi)) / 2
            heights[index] += size * (knots[at] + (knots[at + 1] - knots[at]) * ease)
        total += size
        size *= roughness
    return [height / total for height in heights]


class Scene:
    """A landscape that is painted from the back to the front."""

    def __init__(self, size: Size, palette: Palette, seed: int) -> None:
        self.size, self.palette, self.seed = size, palette, seed
        self.sky = (size.view if isinstance(size, Strip) else size[0], size[1])
        self.ground = gradient(self.sky, palette.sky)
        self.layers: list[Image.Image] = []  # RGBA, in front of the ground
        self._count = 0

    @property
    def width(self) -> int:
        return self.size[0]

    @property
    def height(self) -> int:
        return self.size[1]

    def _next_seed(self) -> int:
        self._count += 1
        return self.seed * 101 + self._count

    # the sky

    def sun(self, x: float, y: float, radius: float, *, reach: float = 5.0, colour: Colour | None = None) -> "Scene":
        """A disc with its light around it; `x`, `y` as parts of the picture, `radius` as a part of its height."""
        light = colour or self.palette.light
        centre, size = (x * self.sky[0], y * self.height), radius * self.height
        glow(self.ground, centre, size * reach, mix(light, self.palette.sky[-2], 0.45), 2.2)
        glow(self.ground, centre, size * 2.2, mix(light, self.palette.sky[-1], 0.3), 1.6)
        disc = Image.new("L", (int(size * 8), int(size * 8)))
        ImageDraw.Draw(disc).ellipse((size * 2, size * 2, size * 6, size * 6), 255)
        disc = disc.resize((int(size * 4), int(size * 4)), Image.Resampling.LANCZOS)
        self.ground.paste(light, (int(centre[0] - size * 2), int(centre[1] - size * 2)), disc)
        return self

    def moon(self, x: float, y: float, radius: float) -> "Scene":
        """A crescent."""
        size = int(radius * self.height * 4)
        glow(
            self.ground,
            (x * self.sky[0], y * self.height),
            size * 1.2,
            mix(self.palette.light, self.palette.sky[1], 0.55),
        )
        disc = Image.new("L", (size, size))
        pen = ImageDraw.Draw(disc)
        pen.ellipse((size * 0.25, size * 0.25, size * 0.75, size * 0.75), 255)
        pen.ellipse((size * 0.36, size * 0.2, size * 0.84, size * 0.68), 0)
        disc = disc.filter(ImageFilter.GaussianBlur(max(0.6, size / 260)))
        self.ground.paste(self.palette.light, (int(x * self.sky[0] - size / 2), int(y * self.height - size / 2)), disc)
        return self

    def stars(self, number: int, down_to: float = 0.7) -> "Scene":
        """Stars, few of them bright, fewer towards the horizon."""
        random = seeded(self._next_seed())
        pen = ImageDraw.Draw(self.ground)
        for _ in range(number):
            x, y = random.random() * self.sky[0], random.random() ** 1.4 * down_to * self.height
            bright = random.random() ** 4
            under = self.ground.getpixel((int(x), int(y)))
            assert isinstance(under, tuple)
            colour = mix((under[0], under[1], under[2]), (255, 250, 240), 0.25 + 0.75 * bright)
            radius = (0.4 + 1.3 * bright) * self.height / 900
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), colour)
            if bright > 0.75:
                glow(self.ground, (x, y), radius * 9, mix(self.palette.sky[-1], (255, 255, 255), 0.4), 3)
        return self

    def cloud(
        self, colour: Colour, cover: float = 0.5, *, top: float = 0.0, bottom: float = 0.75, softness: float = 2.0
    ) -> "Scene":
        """Drawn-out clouds between two heights; `cover` is how much of the sky they take."""
        small = (max(64, self.sky[0] // 6), max(64, self.height // 2))
        mask = clouds(small, self.height // 5, self._next_seed()).resize(self.sky, Image.Resampling.BICUBIC)
        edge = 255 * (1 - cover)
        mask = mask.point([round(min(255, max(0, (v - edge) * softness))) for v in range(256)])
        fade = ImageChops.multiply(
            ramp(self.sky, top, top + 0.15), ImageChops.invert(ramp(self.sky, bottom - 0.3, bottom))
        )
        self.ground.paste(colour, mask=ImageChops.multiply(mask, fade))
        return self

    def aurora(self, colours: list[Colour], *, base: float = 0.55) -> "Scene":
        """Curtains of light: thin streaks that stand on a winding line."""
        for colour in colours:
            random = seeded(self._next_seed())
            line = profile(self.sky[0], self._next_seed(), 0.45, 2, 5)
            small = Image.new("L", (self.sky[0] // 4, self.height // 4))
            pen = ImageDraw.Draw(small)
            strength = 0.0
            for x in range(small.width):
                strength = strength * 0.8 + random.random() * 0.2
                foot = (base - 0.22 * line[min(x, len(line) - 1)]) * small.height
                tall = small.height * (0.16 + 0.42 * strength)
                for step in range(12):
                    level = round(210 * strength * (1 - step / 12) ** 1.6)
                    pen.line((x, foot - tall * (step + 1) / 12, x, foot - tall * step / 12), level)
            soft = small.filter(ImageFilter.GaussianBlur(small.height / 110)).resize(self.sky, Image.Resampling.BICUBIC)
            wide = small.filter(ImageFilter.GaussianBlur(small.height / 14)).resize(self.sky, Image.Resampling.BICUBIC)
            for mask in (wide.point([v // 2 for v in range(256)]), soft):
                light = Image.composite(Image.new("RGB", self.sky, colour), Image.new("RGB", self.sky), mask)
                self.ground = ImageChops.screen(self.ground, light)
        return self

    # the land

    def add(self, mask: Image.Image, top: Colour, bottom: Colour, span: tuple[float, float] = (0.0, 1.0)) -> "Scene":
        """A layer with this outline, coloured from the height span[0] to span[1]."""
        column = gradient((1, self.height), (top, bottom))
        start, end = int(span[0] * self.height), max(int(span[1] * self.height), int(span[0] * self.height) + 2)
        fill = Image.new("RGB", (1, self.height), bottom)
        fill.paste(column.resize((1, end - start), Image.Resampling.BICUBIC), (0, start))
        fill.paste(top, (0, 0, 1, max(0, start)))
        layer = fill.resize(self.size).convert("RGBA")
        layer.putalpha(mask)
        self.layers.append(layer)
        return self

    def outline(self, points: list[tuple[float, float]]) -> Image.Image:
        """A mask of everything below a line, with smooth edges."""
        mask = Image.new("L", (self.width * 2, self.height * 2))
        ground = [(self.width * 2 + 8, self.height * 2), (-8, self.height * 2)]
        ImageDraw.Draw(mask).polygon([(x * 2, y * 2) for x, y in points] + ground, 255)
        return mask.reduce(2)

    def ridge(
        self,
        depth: float,
        base: float,
        rise: float,
        *,
        rough: float = 0.5,
        swell: int = 3,
        woods: float = 0.0,
        haze: float = 0.55,
    ) -> "Scene":
        """Hills from `base` up by `rise`; `woods` is the height of the conifers on them, as a part of the picture."""
        seed = self._next_seed()
        heights = profile(self.width, seed, rough, swell)
        points = [(index * 4.0, (base - rise * height) * self.height) for index, height in enumerate(heights)]
        mask = self.outline(points)
        if woods:
            conifers(mask, points, woods * self.height, seed)
        crest = self.palette.land(depth)
        foot = mix(crest, mix(self.palette.sky[-1], self.palette.far, 0.5), haze * (1 - depth))
        return self.add(mask, crest, foot, (base - rise * 0.9, base + 0.12))

    def mist(self, at: float, thickness: float, strength: float = 0.6, colour: Colour | None = None) -> "Scene":
        """A bank of fog around a height."""
        rise = ramp(self.size, at - thickness, at)
        fall = ImageChops.invert(ramp(self.size, at, at + thickness))
        band = ImageChops.multiply(rise, fall)
        waves = clouds((max(64, self.width // 8), max(64, self.height // 2)), self.height // 6, self._next_seed(), 4)
        waves = waves.resize(self.size, Image.Resampling.BICUBIC).point([min(255, round(v * 1.5)) for v in range(256)])
        mask = ImageChops.multiply(band, waves).point([round(v * strength) for v in range(256)])
        layer = Image.new("RGBA", self.size, colour or mix(self.palette.sky[-1], self.palette.light, 0.3))
        layer.putalpha(mask)
        self.layers.append(layer)
        return self

    def flat(self) -> Image.Image:
        """The picture."""
        picture = self.ground.copy()
        for layer in self.layers:
            picture.paste(layer, mask=layer.getchannel("A"))
        return picture


def conifers(mask: Image.Image, line: list[tuple[float, float]], tall: float, seed: int) -> None:
    """Draws a row of firs that stand on a line into a mask, in place."""
    random = seeded(seed + 7)
    trees = Image.new("L", (mask.width * 2, mask.height * 2))
    pen = ImageDraw.Draw(trees)
    index = 0
    while index < len(line):
        x, y = line[index]
        size = tall * (0.45 + 0.55 * random.random())
        fir(pen, x * 2, y * 2 + size * 0.3, size * 2)
        index += max(1, round(size * random.uniform(0.05, 0.13)))
    mask.paste(255, mask=trees.reduce(2))


def fir(pen: ImageDraw.ImageDraw, x: float, foot: float, tall: float, fill: Colour | int = 255) -> None:
    """One fir: four skirts, narrower towards the top."""
    for step in range(5):
        low, high = foot - tall * step * 0.19, foot - tall * (step * 0.19 + 0.34)
        half = tall * 0.19 * (1 - step * 0.18)
        pen.polygon([(x - half, low), (x + half, low), (x, max(high, foot - tall))], fill)
