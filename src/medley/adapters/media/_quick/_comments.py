"""Vorbis comments (https://xiph.org/vorbis/doc/v-comment.html)."""

import struct

from medley.adapters.media._quick._shapes import Unusual

_LENGTH = struct.Struct("<I")


def read(data: bytes, place: int = 0) -> tuple[list[tuple[str, str]], int]:
    """(comments as (name, value), where they end). Those of no valid name, which mean nothing, are left out."""
    unpack, found = _LENGTH.unpack_from, []
    place += 4 + unpack(data, place)[0]  # the vendor
    (count,) = unpack(data, place)
    place += 4
    for _ in range(count):
        begin = place + 4
        place = begin + unpack(data, place)[0]
        name, equals, value = data[begin:place].decode("utf-8", "replace").partition("=")
        if equals and name.isascii() and name.isprintable():
            found.append((name, value))
    if place > len(data):
        raise Unusual("comments that are cut short")
    return found, place
