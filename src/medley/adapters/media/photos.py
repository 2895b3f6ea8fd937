"""Photos: size as shown, and what EXIF, XMP and IPTC say; XMP and Takeout sidecars. No pixel is decoded."""

import io
import re
from typing import BinaryIO, cast

from PIL import Image, ImageFile, IptcImagePlugin

from medley.adapters.media import _pillow_formats
from medley.adapters.media._exif import exif_tags, wall_clock
from medley.adapters.media._image_size import HEAD, RAW, image_size, image_type
from medley.adapters.media._raw_tags import raw_facts
from medley.adapters.media._takeout import takeout_facts
from medley.adapters.media._xmp import xmp_tags
from medley.core.kinds import Facts
from medley.kernel.errors import InvalidInput, MedleyError, Unsupported

SIDECAR = 4 * 1024 * 1024
PICTURES = frozenset({"jpg", "jpeg", "jpe", "png", "webp", "gif", "tif", "tiff", "avif", "heic", "heif", "hif", "jxl"})
READ_WHOLE = frozenset({"image/webp", "image/avif", "image/heic"})  # their libraries load the file to open it
WHOLE = 256 * 1024 * 1024
TURNED = ("5", "6", "7", "8")
IPTC = {(2, 5): "title", (2, 25): "keywords", (2, 80): "artist", (2, 116): "copyright", (2, 120): "description"}


class PhotoReader:
    """Reads pictures, raw files and the sidecars of photos.

    Facts: `width` and `height` as shown, after orientation. `datetaken` is the local wall clock, `offset` its distance
    from UTC where the file says; both come from EXIF before XMP before IPTC. Beyond the canonical tags: `burstid`,
    `contentid` (pairs a live photo with its film), `motion` and `motionoffset` (a film inside the picture).
    """

    extensions = PICTURES | RAW | {"bmp", "xmp", "json"}

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts; Unsupported for what is no picture, InvalidInput for a damaged one."""
        suffix = name.rpartition(".")[2].lower()
        if suffix == "xmp":
            return Facts(media="sidecar", format="xmp", tags=xmp_tags(file.read(SIDECAR + 1)))
        if suffix == "json":
            return takeout_facts(file.read(SIDECAR))
        head = file.read(HEAD)
        kind = image_type(head)
        file.seek(0)
        if suffix in RAW and kind in ("", "image/tiff", "image/heic"):
            return raw_facts(file, head, suffix)
        if not kind:
            raise Unsupported(f"“{name}” is no picture of a known kind.")
        return _jxl(file, head) if kind == "image/jxl" else _picture(file, head, kind)


def _picture(file: BinaryIO, head: bytes, kind: str) -> Facts:
    _pillow_formats.register(head)
    facts = Facts(media="image", format=kind.rpartition("/")[2])
    try:
        with _opened(file, kind) as image:
            facts.width, facts.height = image.size
            _tags(image, facts)
    except Image.DecompressionBombError as error:
        raise Unsupported("The picture has more than 300 million pixels.") from error
    except Exception as error:
        size = image_size(head)
        if size is None:
            raise InvalidInput(f"The picture is damaged: {error}.") from error
        facts.width, facts.height = size
        facts.warnings.append(f"Only the size of the picture is known: {error}.")
    if facts.tags.get("orientation", [""])[0] in TURNED and kind != "image/heic":  # a HEIC is already turned
        facts.width, facts.height = facts.height, facts.width
    return facts


def _opened(file: BinaryIO, kind: str) -> Image.Image:
    if kind in READ_WHOLE and file.seek(0, io.SEEK_END) > WHOLE:
        raise InvalidInput("it is too large to be searched for metadata")
    file.seek(0)
    return Image.open(file)


def _tags(image: Image.Image, facts: Facts) -> None:
    """EXIF is believed before XMP and XMP before IPTC; each only fills what the others left open."""
    found = exif_tags(image.getexif())
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if packet:
        try:
            found = xmp_tags(packet if isinstance(packet, bytes) else str(packet).encode()) | found
        except MedleyError as error:
            facts.warnings.append(str(error))
    facts.tags = _iptc(image) | found


def _iptc(image: Image.Image) -> dict[str, list[str]]:
    """IPTC-IIM 4.2, records as Photoshop stores them."""
    try:
        said = IptcImagePlugin.getiptcinfo(cast(ImageFile.ImageFile, image)) or {}
    except Exception:
        return {}
    tags: dict[str, list[str]] = {}
    for place, tag in IPTC.items():
        value = said.get(place)
        lines = value if isinstance(value, list) else [value] if value else []
        texts = [line.decode("utf-8", "replace").strip("\0 ") for line in lines if isinstance(line, bytes)]
        if any(texts):
            tags[tag] = [line for line in texts if line]
    day, time = (said.get(place) for place in ((2, 55), (2, 60)))
    if isinstance(day, bytes) and re.fullmatch(rb"\d{8}", day):
        clock = time.decode("ascii", "ignore") if isinstance(time, bytes) else "000000"
        text = f"{day[:4].decode()}:{day[4:6].decode()}:{day[6:].decode()} {clock[:2]}:{clock[2:4]}:{clock[4:6]}"
        if stamp := wall_clock(text):
            tags["datetaken"] = [stamp]
    return tags


def _jxl(file: BinaryIO, head: bytes) -> Facts:
    """JPEG XL: its plug-in decodes all pixels to tell anything, so the boxes (ISO 18181-2) are read here."""
    size = image_size(head)
    if size is None:
        raise InvalidInput("The picture is damaged: its size cannot be read.")
    facts = Facts(media="image", format="jxl", width=size[0], height=size[1])
    boxes = _boxes(file) if not head.startswith(b"\xff\x0a") else {}
    try:
        exif = Image.Exif()
        if b"Exif" in boxes:
            # The box begins with an offset to the TIFF header, which some writers leave out.
            data = boxes[b"Exif"]
            bare = data[:4] in (b"II*\0", b"MM\0*")
            exif.load(b"Exif\0\0" + (data if bare else data[4 + int.from_bytes(data[:4], "big") :]))
        facts.tags = (xmp_tags(boxes[b"xml "]) if b"xml " in boxes else {}) | exif_tags(exif)
    except Exception as error:
        facts.warnings.append(f"Its metadata is damaged: {error}.")
    facts.tags.pop("orientation", None)  # only the codestream's own orientation counts
    return facts


def _boxes(file: BinaryIO) -> dict[bytes, bytes]:
    """The metadata boxes of a JPEG XL container; those compressed with Brotli are unpacked."""
    found: dict[bytes, bytes] = {}
    end = file.seek(0, io.SEEK_END)
    at = 0
    for _ in range(1000):
        file.seek(at)
        header = file.read(16)
        size, kind = int.from_bytes(header[:4], "big"), header[4:8]
        start = at + (16 if size == 1 else 8)
        size = int.from_bytes(header[8:], "big") if size == 1 else size or end - at
        if len(header) < 8 or at + size > end or size < start - at:
            break
        if kind in (b"Exif", b"xml ", b"brob") and size < SIDECAR:
            file.seek(start)
            data = file.read(at + size - start)
            found |= {data[:4]: _unpacked(data[4:])} if kind == b"brob" else {kind: data}
        at += size
    return found


def _unpacked(data: bytes) -> bytes:
    import brotli

    unpacker, out = brotli.Decompressor(), b""
    try:
        out = unpacker.process(data, output_buffer_limit=SIDECAR)
    except brotli.error:
        return b""
    return out


READER = PhotoReader()
