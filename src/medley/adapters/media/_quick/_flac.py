"""FLAC: its metadata blocks (RFC 9639, section 8), all pictures and seek tables passed over."""

from medley.adapters.media._quick import _comments
from medley.adapters.media._quick._shapes import Audio, PictureBlock, Sound, Unusual
from medley.adapters.media._quick._window import Window
from medley.adapters.media._tags_vorbis import block_header

_STREAMINFO, _SEEKTABLE, _COMMENTS, _CUESHEET, _PICTURE = 0, 3, 4, 5, 6
_ONCE = frozenset((_STREAMINFO, _SEEKTABLE, _COMMENTS, _CUESHEET))
_STREAMINFO_SIZE = 34  # bytes
_PEEK = 1024  # bytes in which the header of a picture ends


def load(window: Window) -> Audio:
    """Stream, comments and pictures; `Unusual` where a block is."""
    if window.at(0, 4) != b"fLaC":
        raise Unusual("something stands before the FLAC")
    info = tags = None
    pictures: list[PictureBlock] = []
    place, seen, last = 4, set(), False
    while not last:
        head = int.from_bytes(window.at(place, 4), "big")
        last, code, size, place = bool(head >> 31), head >> 24 & 0x7F, head & 0xFFFFFF, place + 4
        if code > _PICTURE or code in seen or place + size > window.size:
            raise Unusual("a block that should not be here")
        if code in _ONCE:
            seen.add(code)
        if code == _STREAMINFO:
            info = _info(window.at(place, size))
        elif code == _COMMENTS:
            tags = _tags(window.at(place, size))
        elif code == _PICTURE:
            pictures.append(_picture(window.at(place, min(size, _PEEK)), size))
        place += size
    if info is None:
        raise Unusual("no stream")
    info.bitrate = int(float(window.size - place) * 8 / info.length) if info.length else 0
    return Audio(info, tags, pictures)


def _info(data: bytes) -> Sound:
    if len(data) != _STREAMINFO_SIZE:
        raise Unusual("a stream block of another size")
    bits = int.from_bytes(data[10:18], "big")  # 20 of sample rate, 3 of channels, 5 of depth, 36 of samples
    rate = bits >> 44
    if not rate:
        raise Unusual("no sample rate")
    return Sound((bits & 0xFFFFFFFFF) / float(rate), 0, (bits >> 41 & 7) + 1, rate, (bits >> 36 & 31) + 1)


def _tags(data: bytes) -> list[tuple[str, str]]:
    comments, end = _comments.read(data)
    if end != len(data):
        raise Unusual("a block of comments that lies about its size")
    return comments


def _picture(data: bytes, block_size: int) -> PictureBlock:
    kind, mime, size, start = block_header(data)
    if start + size != block_size:
        raise Unusual("a picture that lies about its size")
    return PictureBlock(kind, mime, size)
