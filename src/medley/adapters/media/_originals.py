"""Any picture as a libvips image: one pass over the original, decoded no larger than needed.

libvips shrinks while it decodes, where it can decode at all; its wheel has neither HEVC nor JPEG XL nor raw. Those go
through pillow-heif, pillow-jxl-plugin and rawpy, and arrive as pixels in memory.
"""

import io
import logging
import os
from typing import Any

os.environ.setdefault("VIPS_BLOCK_UNTRUSTED", "1")  # no ImageMagick, SVG, PDF … on files of strangers
os.environ.setdefault("VIPS_CONCURRENCY", "1")  # the workers are the parallelism

import pyvips

from medley.adapters.media._image_size import RAW, image_type
from medley.kernel.errors import InvalidInput, TooLarge, Unsupported

logging.getLogger("pyvips").setLevel(logging.ERROR)  # it reports every damaged tile of every damaged picture
pyvips.cache_set_max(0)  # the cache goes by name, and /dev/fd/7 is another file every time

PIXELS = 300_000_000
HEIGHT = 16383  # the most that WebP holds


class Original:
    """A picture that has not been decoded yet: its size as shown, and how to get it at most `width` pixels wide."""

    def __init__(self, source: "bytes | pyvips.Image", turned: tuple[int, int]) -> None:
        self.source = source
        self.width, self.height = turned

    def at_most(self, width: int) -> Any:
        """A pyvips image in sRGB, the right way up, no wider than `width` and never enlarged."""
        size = {"height": HEIGHT, "size": "down", "export_profile": "srgb"}
        try:
            if isinstance(self.source, bytes):
                small = pyvips.Image.thumbnail_buffer(self.source, width, **size)
            else:
                small = self.source.thumbnail_image(width, **size)
            if small.interpretation != "srgb":
                small = small.colourspace("srgb")
            return small.cast("uchar").copy_memory()
        except pyvips.Error as error:
            raise InvalidInput("The picture is damaged and cannot be shown.") from error


def original(data: bytes, name: str = "") -> Original:
    """The picture in `data`; InvalidInput, Unsupported, or TooLarge above 300 million pixels."""
    if name.rpartition(".")[2].lower() in RAW:
        from medley.adapters.media._raw import raw_original

        return raw_original(data)
    if image_type(data[:64]) == "image/heic":  # libvips reads the header and then has no decoder
        return _pillow(data)
    try:
        header = pyvips.Image.new_from_buffer(data, "", access="sequential")
    except pyvips.Error:
        return _pillow(data)
    refuse_bombs(header.width, header.height)
    turned = header.get_typeof("orientation") and header.get("orientation") in (5, 6, 7, 8)
    size = (header.height, header.width) if turned else (header.width, header.height)
    return Original(data, size)


def from_pixels(data: bytes, width: int, height: int, bands: int, profile: bytes = b"") -> Original:
    """A picture of 8-bit pixels that somebody else decoded, already the right way up."""
    image = pyvips.Image.new_from_memory(data, width, height, bands, "uchar")
    image = image.copy(interpretation="srgb" if bands > 2 else "b-w")
    if profile and bands > 2:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)  # pyright: ignore[reportArgumentType]
    return Original(image, (width, height))


def refuse_bombs(width: int, height: int) -> None:
    """Raise TooLarge for more pixels than are ever decoded."""
    if width * height > PIXELS:
        raise TooLarge(f"The picture has {width:,} × {height:,} pixels; at most {PIXELS:,} are decoded.")


def _pillow(data: bytes) -> Original:
    from PIL import Image, ImageOps

    from medley.adapters.media import _pillow_formats

    _pillow_formats.register(data)
    try:
        with Image.open(io.BytesIO(data)) as image:
            refuse_bombs(*image.size)
            upright = ImageOps.exif_transpose(image)
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            profile = upright.info.get("icc_profile") or b""
            if upright.mode != mode:
                upright, profile = upright.convert(mode), b"" if upright.mode in ("CMYK", "LAB", "L") else profile
            return from_pixels(upright.tobytes(), *upright.size, len(mode), profile)
    except TooLarge:
        raise
    except Image.UnidentifiedImageError as error:
        raise Unsupported("The file is no picture of a known kind.") from error
    except Exception as error:
        raise InvalidInput(f"The picture is damaged: {error}.") from error
