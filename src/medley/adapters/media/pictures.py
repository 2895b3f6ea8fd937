"""Display pictures: WebP in a few widths, and a placeholder, from one decoding of the original."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from medley.adapters.media import _thumbhash
from medley.adapters.media._originals import Original, original
from medley.kernel.errors import InvalidInput, TooLarge

FILE_BYTES = 1024 * 1024 * 1024
QUALITY = 80
PLACEHOLDER = 48  # pixels: more would change nothing in a ThumbHash

Write = Callable[[int, bytes], None]


@dataclass(frozen=True, slots=True)
class Rendered:
    """Width and height of the original as it is shown, and its ThumbHash."""

    width: int
    height: int
    placeholder: bytes


class VipsPictures:
    """The port `Pictures`: libvips where it can, Pillow and LibRaw for the rest."""

    def render(self, file: BinaryIO, name: str, widths: tuple[int, ...], write: Write) -> Rendered:
        """Write one WebP per width, never enlarged; animations become their first frame.

        Raises InvalidInput (damaged), Unsupported (no picture), TooLarge (1 GiB, or 300 million pixels).
        """
        file.seek(0)
        data = file.read(FILE_BYTES + 1)
        if len(data) > FILE_BYTES:
            raise TooLarge(f"“{name}” is larger than 1 GiB, so no pictures are made of it.")
        return render_bytes(data, name, widths, write)


def render_bytes(data: bytes, name: str, widths: tuple[int, ...], write: Write) -> Rendered:
    """`render` for a picture that is already in memory, such as an embedded cover; `name` only tells raw formats."""
    if not data:
        raise InvalidInput(f"“{name}” is empty.")
    return render_original(original(data, name), widths, write)


def render_original(source: Original, widths: tuple[int, ...], write: Write) -> Rendered:
    """Write the widths of a picture that has been opened."""
    largest = source.at_most(max((*widths, PLACEHOLDER)))
    for width in sorted(widths, reverse=True):
        small = largest if largest.width <= width else largest.thumbnail_image(width, height=100_000, size="down")
        write(width, small.webpsave_buffer(Q=QUALITY, effort=2, keep="none"))
    return Rendered(source.width, source.height, placeholder(largest))


def placeholder(image: Any) -> bytes:
    """The ThumbHash of a pyvips image."""
    small = image.thumbnail_image(PLACEHOLDER, height=PLACEHOLDER, size="down")
    if small.bands < 3:
        small = small.colourspace("srgb")
    rgba = small if small.bands == 4 else small[0:3].bandjoin(255)
    return _thumbhash.encode(rgba.width, rgba.height, bytes(rgba.cast("uchar").write_to_memory()))


def frame(path: str | BinaryIO, at_ms: int, widths: tuple[int, ...], write: Write) -> Rendered:
    """Pictures of a film's frame: the keyframe at or before `at_ms`, or with -1 a telling one around a tenth in."""
    from medley.adapters.media._frames import picture_at

    return render_original(picture_at(path, at_ms), widths, write)


PICTURES = VipsPictures()
