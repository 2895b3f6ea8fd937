"""Raw pictures of cameras: their preview, or a quick development by LibRaw."""

import contextlib
import io
from typing import Any

import pyvips
import rawpy

from medley.adapters.media._originals import Original, from_pixels, original, refuse_bombs
from medley.kernel.errors import InvalidInput, TooLarge, Unsupported

PREVIEW = 1000  # pixels: a smaller preview is not worth showing


def raw_original(data: bytes) -> Original:
    """The preview that the camera put in, else a half-size development."""
    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            refuse_bombs(raw.sizes.raw_width, raw.sizes.raw_height)
            flip = raw.sizes.flip
            found = _preview(raw)
            if found is None or min(found.width, found.height) == 0:
                pixels = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
                return from_pixels(pixels.tobytes(), pixels.shape[1], pixels.shape[0], pixels.shape[2])
    except rawpy.LibRawError as error:
        return _embedded_jpeg(data, error)
    return _flipped(found, flip)


def _preview(raw: Any) -> Original | None:
    with contextlib.suppress(rawpy.LibRawError, InvalidInput, Unsupported, TooLarge):
        thumb = raw.extract_thumb()
        if thumb.format == rawpy.ThumbFormat.JPEG:
            found = original(bytes(thumb.data))
            if max(found.width, found.height) >= min(PREVIEW, raw.sizes.width):
                return found
    return None


def _flipped(found: Original, flip: int) -> Original:
    """A preview without an orientation of its own is turned as the raw data says (LibRaw: 3, 5 left, 6 right)."""
    source = found.source
    if not isinstance(source, bytes) or flip not in (3, 5, 6):
        return found
    header = pyvips.Image.new_from_buffer(source, "", access="sequential")
    upright = not header.get_typeof("orientation") or header.get("orientation") == 1
    if not upright or (flip in (5, 6) and found.height > found.width):
        return found
    turned = pyvips.Image.new_from_buffer(source, "").rot({3: "d180", 5: "d270", 6: "d90"}[flip])
    return Original(turned.copy_memory(), (turned.width, turned.height))


def _embedded_jpeg(data: bytes, error: Exception) -> Original:
    """The largest JPEG inside a raw file that LibRaw does not know."""
    at, best = data.find(b"\xff\xd8\xff"), None
    for _ in range(8):
        if at < 0:
            break
        with contextlib.suppress(InvalidInput, Unsupported, TooLarge):
            found = original(data[at:])
            best = found if best is None or found.width > best.width else best
        at = data.find(b"\xff\xd8\xff", at + 3)
    if best is None:
        raise Unsupported("The raw picture is of a camera that is not known, and holds no preview.") from error
    return best
