"""Colours, and the handful of palettes that the demo is painted in."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


def rgb(code: str) -> Colour:
    """`"f8b195"` as (248, 177, 149)."""
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` 0 is all `one`, 1 all `other`."""
    first, second, third = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return first, second, third


@dataclass(frozen=True)
class Palette:
    """Light and land of one place at one hour: the sky from the top down, the land from far to near, light, ink."""

    sky: tuple[Colour, ...]
    far: Colour
    near: Colour
    light: Colour
    ink: Colour

    def land(self, depth: float) -> Colour:
        """The colour of land at a depth from 0 (the horizon) to 1 (at our feet)."""
        return mix(self.far, self.near, depth)


def _palette(sky: str, far: str, near: str, light: str, ink: str = "fdf6ec") -> Palette:
    return Palette(tuple(rgb(code) for code in sky.split()), rgb(far), rgb(near), rgb(light), rgb(ink))


DUSK = _palette("1d1b3f 3f2f63 8b4a78 d9727a f7ae8b ffd9a8", "a8627c", "170f2b", "ffe2b0")
DAWN = _palette("2f5d86 6f9cb8 b9cbc4 f3d9b0 ffe9c9", "9db4b4", "10292f", "fff4d6")
AURORA = _palette("040818 07142b 0c2843 145060 1f6f70", "1d4a5c", "030811", "6ff7b5", "eafff6")
DESERT = _palette("3b6a8f 7fa3b0 e6c79b f2a65a e2703a", "d98555", "3a1217", "fff0c9")
FOREST = _palette("cfe5cf a9cfb4 7fb69a e8eec8", "8db79c", "0b2a24", "fbffd8")
WINTER = _palette("6f93bf 9cb8d9 c9d9ea f3e6e4 ffe3d3", "b3c6de", "16263f", "fffaf0")
STORM = _palette("141d28 26384a 47616f 8aa4a6 cdd6c4", "5d7880", "0a1218", "f4f0d0")
ROSE = _palette("5b2a56 a23b6a e2627a f79d86 ffd3a3", "c9697f", "2a0f2f", "fff0cf")
INDIGO = _palette("05061a 0d1136 1b2160 3a3c8c 6d62ad", "39408a", "04051a", "f5efff")
CITRUS = _palette("f2b134 f7c65b fbe08e fdf3c8", "e39b3b", "3b2a1a", "fffbe6")
SEAGLASS = _palette("0f4c5c 1f7a80 58b09c a9dcc0 e9f5dc", "66aaa0", "06262e", "fdfff0")
EMBER = _palette("12080d 31101c 6b1a26 b53a2d ee7f3a", "8a2b2b", "0d0508", "ffd58a")
