"""Width and height of a picture from its first bytes, without decoding and without a library.

Sources: PNG 3rd ed. 11.2.1, GIF89a 18, BMP, WebP (RFC 9649), JPEG (ITU T.81 B.2.2), HEIF (ISO 23008-12 6.5.3), JPEG XL
(ISO 18181-1 D.2, 18181-2). TIFF and the rest are left to the caller.
"""

import struct

HEAD = 64 * 1024  # bytes that suffice for almost every picture
RAW = frozenset(  # what cameras call their raw files
    """3fr ari arw cap cin cr2 cr3 crw dcr dng erf fff iiq k25 kdc mrw nef nrw orf ori pef raf raw rw2 rwl sr2 srf srw
    x3f""".split()
)
JPEG_SIZED = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def image_size(head: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels before any rotation; None when `head` does not tell."""
    try:
        size = _measure(head)
    except (struct.error, IndexError):
        return None
    return size if size and size[0] > 0 and size[1] > 0 else None


def image_type(head: bytes) -> str:
    """The media type of a picture by its first bytes; empty when it is none that is known."""
    if head[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if head[4:8] == b"ftyp":
        brands = head[8:32]
        return "image/avif" if b"avi" in brands else "image/heic" if b"hei" in brands or b"mif1" in brands else ""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), "")


MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"\xff\x0a": "image/jxl",
    b"\x00\x00\x00\x0cJXL \r\n\x87\n": "image/jxl",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}


def _measure(head: bytes) -> tuple[int, int] | None:
    kind = image_type(head)
    return MEASURES[kind](head) if kind in MEASURES else None


def _png(head: bytes) -> tuple[int, int]:
    return struct.unpack_from(">II", head, 16)


def _gif(head: bytes) -> tuple[int, int]:
    return struct.unpack_from("<HH", head, 6)


def _bmp(head: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<ii", head, 18)
    return width, abs(height)


def _webp(head: bytes) -> tuple[int, int] | None:
    chunk = head[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", head, 26)
    return (width & 0x3FFF, height & 0x3FFF) if chunk == b"VP8 " else None


def _jpeg(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(head):
        if head[at] != 0xFF:
            return None
        marker = head[at + 1]
        if marker in JPEG_SIZED:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        at += 1 if marker == 0xFF else 2 if 0xD0 <= marker <= 0xD8 else 2 + struct.unpack_from(">H", head, at + 2)[0]
    return None


def _heif(head: bytes) -> tuple[int, int] | None:
    """The largest `ispe` is the whole picture; the others are tiles and thumbnails."""
    best, at = None, head.find(b"ispe")
    while 0 <= at <= len(head) - 16:
        size = struct.unpack_from(">II", head, at + 8)
        best = max(best or size, size, key=lambda pair: pair[0] * pair[1])
        at = head.find(b"ispe", at + 4)
    return best


def _jxl(head: bytes) -> tuple[int, int] | None:
    start = 0
    if not head.startswith(b"\xff\x0a"):
        start = head.find(b"\xff\x0a", 12)
        if start < 0:
            return None
    return _jxl_size(int.from_bytes(head[start + 2 : start + 14], "little"))


def _jxl_size(bits: int) -> tuple[int, int]:
    """SizeHeader: a flag for multiples of eight, then the height, a ratio, and where that is 0 the width."""
    eighths, bits = bits & 1, bits >> 1
    height, bits = _jxl_side(bits, eighths)
    ratio, bits = bits & 7, bits >> 3
    if ratio:
        upper, lower = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))[ratio - 1]
        return height * upper // lower, height
    return _jxl_side(bits, eighths)[0], height


def _jxl_side(bits: int, eighths: int) -> tuple[int, int]:
    if eighths:
        return ((bits & 31) + 1) * 8, bits >> 5
    length = (9, 13, 18, 30)[bits & 3]
    return (bits >> 2 & (1 << length) - 1) + 1, bits >> 2 + length


MEASURES = {
    "image/png": _png,
    "image/gif": _gif,
    "image/bmp": _bmp,
    "image/webp": _webp,
    "image/jpeg": _jpeg,
    "image/avif": _heif,
    "image/heic": _heif,
    "image/jxl": _jxl,
}
