"""Pillow, with the formats of its plug-ins and our limit on pixels."""

import functools
import warnings

from PIL import Image

from medley.adapters.media._image_size import image_type

warnings.filterwarnings("ignore", module="PIL")  # it speaks of every odd EXIF entry of every photo
Image.MAX_IMAGE_PIXELS = 300_000_000


def register(head: bytes) -> None:
    """Make Pillow know the format of `head`; the plug-ins are loaded only where they are needed."""
    kind = image_type(head[:64])
    if kind == "image/heic":
        _heif()
    elif kind == "image/jxl":
        _jxl()


@functools.cache
def _heif() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)


@functools.cache
def _jxl() -> None:
    import pillow_jxl  # noqa: F401 # pyright: ignore[reportUnusedImport]
