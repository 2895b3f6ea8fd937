"""What raw files of cameras say without being developed: most are TIFF, Canon's newest MP4, Fuji's hold a JPEG."""

import contextlib
import io
from typing import BinaryIO

from PIL import Image

from medley.adapters.media._exif import EXIF_IFD, GPS_IFD, exif_tags
from medley.core.kinds import Facts
from medley.kernel.errors import Unsupported

TIFF = {b"II*\0": b"II*\0", b"MM\0*": b"MM\0*", b"IIRO": b"II*\0", b"IIRS": b"II*\0", b"IIU\0": b"II*\0"}
PREVIEW = 512 * 1024


def raw_facts(file: BinaryIO, head: bytes, suffix: str) -> Facts:
    """Size by LibRaw (as shown), tags by whichever container it is; Unsupported when neither is known."""
    facts = Facts(media="image", format=suffix)
    with contextlib.suppress(Exception):  # what is missing shows in the facts
        facts.tags = _tags(file, head)
    with contextlib.suppress(Exception):
        facts.width, facts.height = _size(file)
    if not facts.width and not facts.tags:
        raise Unsupported("The raw picture is damaged, or of a camera that is not known.")
    if not facts.width:
        facts.warnings.append("The size of the raw picture is not known.")
    return facts


def _size(file: BinaryIO) -> tuple[int, int]:
    """LibRaw reads headers only until it is asked to unpack; the path is the open file's own."""
    import rawpy

    with rawpy.imread(f"/dev/fd/{file.fileno()}") as raw:
        sizes = raw.sizes
        return (sizes.height, sizes.width) if sizes.flip in (5, 6) else (sizes.width, sizes.height)


def _tags(file: BinaryIO, head: bytes) -> dict[str, list[str]]:
    if head[:4] in TIFF:
        return _tiff(file, head)
    if head.startswith(b"FUJIFILM"):
        file.seek(int.from_bytes(head[84:88], "big"))
        with Image.open(io.BytesIO(file.read(PREVIEW))) as preview:
            return exif_tags(preview.getexif())
    return _canon(head) if head[4:8] == b"ftyp" else {}


def _tiff(file: BinaryIO, head: bytes) -> dict[str, list[str]]:
    """Olympus and Panasonic have magic numbers of their own before the same directories."""
    exif = Image.Exif()
    if TIFF[head[:4]] == head[:4]:
        file.seek(0)
        exif.load_from_fp(file)
    else:
        file.seek(0)
        exif.load(b"Exif\0\0" + TIFF[head[:4]] + file.read(8 * 1024 * 1024)[4:])
    return exif_tags(exif)


def _canon(head: bytes) -> dict[str, list[str]]:
    """CR3 keeps the main, EXIF and GPS directories in boxes CMT1, CMT2 and CMT4, each a TIFF of its own."""
    exif = Image.Exif()
    for name, number in ((b"CMT1", 0), (b"CMT2", EXIF_IFD), (b"CMT4", GPS_IFD)):
        at = head.find(name)
        if at < 4:
            continue
        part = Image.Exif()
        part.load(b"Exif\0\0" + head[at + 4 : at - 4 + int.from_bytes(head[at - 4 : at], "big")])
        if number:
            exif._ifds[number] = dict(part)
        else:
            exif.update(dict(part))
    return exif_tags(exif)
