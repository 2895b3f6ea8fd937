"""Moving pictures: painted layers that pass by at different speeds, cut into shots, encoded once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from medley.app.demo.paint import lettering
from medley.app.demo.paint.colour import Colour
from medley.app.demo.paint.scene import Scene
from medley.app.demo.paint.texture import Strip, grain
from medley.app.demo.workshop import Workshop, ffmpeg

FRAMES = 24
Size = tuple[int, int]

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "23", "-threads", "1", "-pix_fmt", "yuv420p", "-g", "48")
HEVC = (
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-crf",
    "29",
    "-pix_fmt",
    "yuv420p",
    "-g",
    "48",
    "-x265-params",
    "pools=1:bframes=0:rc-lookahead=0:log-level=error",
)


@dataclass(frozen=True)
class Shot:
    """A scene in motion. `paint` gets the size that it has to fill, wider than the picture by what passes by."""

    paint: Callable[[Size], Scene]
    seconds: float
    title: list[str] = field(default_factory=list)
    ink: Colour = (255, 250, 240)
    travel: float = 4.0  # pixels a frame of the nearest layer at a height of 720


@dataclass(frozen=True)
class _Layer:
    place: Path
    size: Size
    top: int
    pace: int  # whole pixels a frame: half pixels would make the motion tremble


def film(
    shop: Workshop,
    shots: Sequence[Shot],
    size: Size,
    place: Path,
    codec: Sequence[str] = H264,
    smaller: tuple[Size, Path] | None = None,
) -> float:
    """Encodes the shots one after another into a silent video; returns its length in seconds.

    `smaller` asks for a second version of another size, made in the same pass.
    """
    name = place.stem
    inputs: list[str | Path] = []
    graph: list[str] = []
    count = total = 0
    for number, shot in enumerate(shots):
        frames = max(FRAMES, round(shop.seconds(shot.seconds) * FRAMES))
        layers = _paint(shop, shot, size, frames, f"{name}-{number}")
        for layer in layers:
            inputs += [
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgba",
                "-s",
                f"{layer.size[0]}x{layer.size[1]}",
                "-r",
                str(FRAMES),
                "-i",
                layer.place,
            ]
        graph += _shot_graph(layers, count, size, frames, number)
        count, total = count + len(layers), total + frames
    joined = "".join(f"[shot{number}]" for number in range(len(shots)))
    graph.append(f"{joined}concat=n={len(shots)}:v=1:a=0[film]")
    outputs = ["-map", "[film]", *codec, "-r", str(FRAMES), "-map_metadata", "-1", place]
    if smaller:
        (width, height), second = smaller
        graph.append(f"[film]split[large][other];[other]scale={width}:{height}:flags=bilinear[small]")
        outputs[1] = "[large]"
        outputs += ["-map", "[small]", *codec, "-r", str(FRAMES), "-map_metadata", "-1", second]
    ffmpeg(
        "-filter_threads", "1", "-filter_complex_threads", "1", *inputs, "-filter_complex", ";".join(graph), *outputs
    )
    return total / FRAMES


def _paint(shop: Workshop, shot: Shot, size: Size, frames: int, name: str) -> list[_Layer]:
    """Paints a shot's layers in at most three groups of one pace each, and its title, as raw pictures."""
    near = max(1, round(shot.travel * size[1] / 720))
    scene = shot.paint(Strip.of(size[0], near * frames + 2, size[1]))
    layers = [_raw(shop, f"{name}-sky", grain(scene.ground, 3).convert("RGBA"), 0)]
    groups = _grouped(scene.layers, 3)
    for index, group in enumerate(groups):
        pace = max(1, round(near * ((index + 1) / len(groups)) ** 1.6))
        layers.append(_raw(shop, f"{name}-{index}", group.crop((0, 0, size[0] + pace * frames + 2, size[1])), pace))
    if shot.title:
        layers.append(_raw(shop, f"{name}-title", title(size, shot.title, shot.ink), 0))
    return layers


def _grouped(layers: list[Image.Image], most: int) -> list[Image.Image]:
    groups: list[Image.Image] = []
    for number in range(min(most, len(layers))):
        part = (
            layers[number * len(layers) // most : (number + 1) * len(layers) // most]
            if len(layers) >= most
            else [layers[number]]
        )
        whole = Image.new("RGBA", part[0].size)
        for layer in part:
            whole.alpha_composite(layer)
        groups.append(whole)
    return groups


def _raw(shop: Workshop, name: str, picture: Image.Image, pace: int) -> _Layer:
    """Keeps only the rows that show something: what is not there need not be blended."""
    box = picture.getchannel("A").getbbox() or (0, 0, *picture.size)
    top, bottom = box[1] // 2 * 2, min(picture.height, (box[3] + 1) // 2 * 2)
    part = picture.crop((0, top, picture.width // 2 * 2, bottom))
    place = shop.scratch(f"{name}.rgba")
    place.write_bytes(part.tobytes())
    return _Layer(place, part.size, top, pace)


def _shot_graph(layers: list[_Layer], first: int, size: Size, frames: int, number: int) -> list[str]:
    """The filters of one shot. A layer is decoded once and repeated; a moving crop, which copies nothing, moves it."""
    width = size[0]
    lines, under = [], ""
    for index, layer in enumerate(layers):
        at, here = first + index, f"l{number}_{index}"
        kind = "yuv420p" if index == 0 else "yuva420p"
        still = index > 0 and layer.pace == 0
        move = f",crop={width}:{layer.size[1]}:x='n*{layer.pace}':y=0:exact=1" if layer.pace else ""
        fade = ",fade=t=in:st=0.6:d=0.9:alpha=1,fade=t=out:st=3.6:d=0.9:alpha=1" if still else ""
        keep = f",trim=end_frame={frames}"
        lines.append(
            f"[{at}:v]format={kind},loop=loop=-1:size=1:start=0,setpts=N/{FRAMES}/TB{keep}{move}{fade}[{here}]"
        )
        if not under:
            under = here
            continue
        on = ":enable='between(t,0.5,4.6)'" if still else ""
        lines.append(f"[{under}][{here}]overlay=0:{layer.top}:format=yuv420{on}[{here}o]")
        under = f"{here}o"
    out = max(0.0, frames / FRAMES - 0.5)
    lines.append(f"[{under}]fade=t=in:st=0:d=0.5,fade=t=out:st={out:.2f}:d=0.5,setsar=1[shot{number}]")
    return lines


def title(size: Size, lines: list[str], fill: Colour) -> Image.Image:
    """A title card without a ground."""
    width, height = size
    letters = Image.new("RGB", size)
    lettering.block(
        letters,
        lines,
        (width / 2, height * 0.36),
        width * 0.6,
        (255, 255, 255),
        tracking=0.3,
        largest=height // 9,
        weight=height // 700,
    )
    card = Image.new("RGBA", size, (*fill, 255))
    card.putalpha(letters.convert("L"))
    return card


def join(silent: Path, sound: Path, place: Path, codec: str, *more: str, extra: Path | None = None) -> None:
    """Puts picture and sound together; `extra` is a third input that `more` may speak of."""
    inputs: list[str | Path] = ["-i", silent, "-i", sound]
    if extra:
        inputs += ["-i", extra]
    ffmpeg(*inputs, "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", codec, *more, place)
