"""Decompression that never makes more than it is allowed to."""

import zlib
from collections.abc import Iterable, Iterator

from medley.kernel.errors import Unavailable, Unsupported

_PIECE = 65_536
_EITHER = 32 + zlib.MAX_WBITS  # gzip or zlib, by the header (RFC 1952, RFC 1950)


def inflate(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The body behind a Content-Encoding, in pieces of at most 64 KiB."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from pieces
    elif encoding in ("gzip", "x-gzip", "deflate"):
        yield from _inflated(pieces)
    else:
        raise Unsupported(f"The server answered in the encoding “{encoding[:40]}”, which was not asked for.")


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = None
    try:
        for piece in pieces:
            if unpacker is None:
                unpacker = _unpacker(piece)
            while piece and not unpacker.eof:
                yield unpacker.decompress(piece, _PIECE)
                piece = unpacker.unconsumed_tail
    except zlib.error as error:
        raise Unavailable("The server's answer is damaged: it cannot be unpacked.") from error


def _unpacker(first: bytes) -> "zlib._Decompress":
    """“deflate” is zlib by RFC 9110, and raw deflate as some servers send it."""
    known = first[:2] == b"\x1f\x8b" or (
        first[:1] and first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0
    )
    return zlib.decompressobj(_EITHER if known else -zlib.MAX_WBITS)
