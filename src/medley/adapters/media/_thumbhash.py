"""ThumbHash: a picture in at most 25 bytes, to show until the real one arrives.

Algorithm by Evan Wallace, https://evanw.github.io/thumbhash/ (public domain by his word). A hash holds a low-frequency
cosine transform of lightness, two colour differences, and alpha where there is any.
"""

import math
from typing import NamedTuple

SIDE = 100  # pixels: larger pictures must be made smaller first


class Channel(NamedTuple):
    """The constant part, the other coefficients in [0, 1] where 0.5 means 0, and their scale."""

    constant: float
    waves: list[float]
    scale: float


def encode(width: int, height: int, rgba: bytes) -> bytes:
    """The hash of a picture of at most 100 × 100 pixels, four bytes (not premultiplied) each."""
    if not (0 < width <= SIDE and 0 < height <= SIDE and len(rgba) == width * height * 4):
        raise ValueError("a ThumbHash is made of at most 100 x 100 RGBA pixels")
    planes, has_alpha = _planes(rgba)
    limit, longest = (5 if has_alpha else 7), max(width, height)
    lx = max(1, _round(limit * width / longest))
    ly = max(1, _round(limit * height / longest))
    light = _transform(planes[0], width, height, max(3, lx), max(3, ly))
    p = _transform(planes[1], width, height, 3, 3)
    q = _transform(planes[2], width, height, 3, 3)
    landscape = width > height
    first = _round(63 * light.constant) | _round(31.5 + 31.5 * p.constant) << 6
    first |= _round(31.5 + 31.5 * q.constant) << 12 | _round(31 * light.scale) << 18 | has_alpha << 23
    second = (ly if landscape else lx) | _round(63 * p.scale) << 3 | _round(63 * q.scale) << 9 | landscape << 15
    out = bytearray(first.to_bytes(3, "little") + second.to_bytes(2, "little"))
    waves = [*light.waves, *p.waves, *q.waves]
    if has_alpha:
        alpha = _transform(planes[3], width, height, 5, 5)
        out.append(_round(15 * alpha.constant) | _round(15 * alpha.scale) << 4)
        waves += alpha.waves
    steps = [_round(15 * wave) for wave in waves] + [0] * (len(waves) % 2)
    out += bytes(low | high << 4 for low, high in zip(steps[::2], steps[1::2], strict=True))
    return bytes(out)


def decode(data: bytes) -> tuple[int, int, bytes]:
    """(width, height, RGBA) of the blurred picture that a hash stands for, 32 pixels on its longer side."""
    first, second = int.from_bytes(data[:3], "little"), int.from_bytes(data[3:5], "little")
    has_alpha, landscape = bool(first >> 23), bool(second >> 15)
    limit, shorter = (5 if has_alpha else 7), second & 7
    lx, ly = max(3, limit if landscape else shorter), max(3, shorter if landscape else limit)
    start = 6 if has_alpha else 5
    steps = iter([step for byte in data[start:] for step in (byte & 15, byte >> 4)])
    light = _waves(steps, lx, ly, (first >> 18 & 31) / 31)
    p = _waves(steps, 3, 3, (second >> 3 & 63) / 63 * 1.25)
    q = _waves(steps, 3, 3, (second >> 9 & 63) / 63 * 1.25)
    alpha = _waves(steps, 5, 5, (data[5] >> 4) / 15) if has_alpha else {}
    ratio = (limit if landscape else shorter) / (shorter if landscape else limit)
    width, height = (32, _round(32 / ratio)) if ratio > 1 else (_round(32 * ratio), 32)
    constants = ((first & 63) / 63, (first >> 6 & 63) / 31.5 - 1, (first >> 12 & 63) / 31.5 - 1)
    opaque = (data[5] & 15) / 15 if has_alpha else 1.0
    channels = [(constants[0], light), (constants[1], p), (constants[2], q), (opaque, alpha)]
    out = bytearray()
    for y in range(height):
        for x in range(width):
            out += _pixel(*(_value(c, w, (x + 0.5) / width, (y + 0.5) / height) for c, w in channels))
    return width, height, bytes(out)


def _planes(rgba: bytes) -> tuple[list[list[float]], bool]:
    """Lightness, yellow-blue, red-green and alpha; what is transparent gets the average colour."""
    alphas = [a / 255 for a in rgba[3::4]]
    total = sum(alphas) or 1.0
    average = [sum(a * v / 255 for a, v in zip(alphas, rgba[c::4], strict=True)) / total for c in range(3)]
    mixed = [[average[c] * (1 - a) + a * v / 255 for a, v in zip(alphas, rgba[c::4], strict=True)] for c in range(3)]
    pixels = list(zip(*mixed, strict=True))
    light = [(r + g + b) / 3 for r, g, b in pixels]
    return [light, [(r + g) / 2 - b for r, g, b in pixels], [r - g for r, g, b in pixels], alphas], min(alphas) < 1


def _transform(plane: list[float], width: int, height: int, nx: int, ny: int) -> Channel:
    """The lower left triangle of the cosine transform, rows first and then columns."""
    fx = [[math.cos(math.pi / width * cx * (x + 0.5)) for x in range(width)] for cx in range(nx)]
    fy = [[math.cos(math.pi / height * cy * (y + 0.5)) for y in range(height)] for cy in range(ny)]
    lines = [plane[y * width : (y + 1) * width] for y in range(height)]
    rows = [[sum(map(float.__mul__, line, wave)) for line in lines] for wave in fx]
    places = [(cx, cy) for cy in range(ny) for cx in range(nx) if cx * ny < nx * (ny - cy)]
    found = [sum(map(float.__mul__, rows[cx], fy[cy])) / (width * height) for cx, cy in places]
    constant, rest = found[0], found[1:]
    scale = max(map(abs, rest), default=0.0)
    return Channel(constant, [0.5 + 0.5 / scale * value for value in rest] if scale else [0.0] * len(rest), scale)


def _waves(steps, nx: int, ny: int, scale: float) -> dict[tuple[int, int], float]:
    found = {}
    for cy in range(ny):
        for cx in range(0 if cy else 1, nx):
            if cx * ny < nx * (ny - cy):
                found[cx, cy] = (next(steps, 7.5) / 7.5 - 1) * scale
    return found


def _value(constant: float, waves: dict[tuple[int, int], float], x: float, y: float) -> float:
    sums = (v * math.cos(math.pi * cx * x) * math.cos(math.pi * cy * y) * 2 for (cx, cy), v in waves.items())
    return constant + sum(sums)


def _pixel(light: float, p: float, q: float, alpha: float) -> bytes:
    blue = light - 2 / 3 * p
    red = (3 * light - blue + q) / 2
    return bytes(max(0, min(255, int(255 * value))) for value in (red, red - q, blue, alpha))


def _round(value: float) -> int:
    return math.floor(value + 0.5)  # as JavaScript rounds: the hash must equal everybody else's
