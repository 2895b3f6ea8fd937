"""Vorbis comments: FLAC, Ogg Vorbis, Opus, Speex and FLAC in Ogg (https://xiph.org/vorbis/doc/v-comment.html)."""

import base64
import binascii
import re
import struct
from typing import Any

from medley.adapters.media._tag_names import FREE
from medley.adapters.media._tag_values import ROLES, add, add_free, clock_ms, closed
from medley.core.kinds import Facts, Picture

_CHAPTER = re.compile(r"chapter(\d+)(name)?$")
_PEEK = 1024  # base64 characters that hold a picture block's header


def fill(facts: Facts, comments: Any) -> None:
    """Put what the `mutagen` comments, a list of (name, value), say into `facts`."""
    tags = facts.tags
    chapters: dict[str, dict[str, str]] = {}
    for key, value in comments:
        key = key.lower()
        name = FREE.get(key)
        if name is not None:
            add(tags, name, value)
        elif key == "metadata_block_picture":
            _picture(facts, value)
        elif key == "coverart":
            facts.pictures.append(Picture(len(facts.pictures), "cover", "image/jpeg", len(value) * 3 // 4))
        elif match := _CHAPTER.match(key):
            chapters.setdefault(match[1], {})[match[2] or "time"] = value
        else:
            add_free(tags, key, value)
    if chapters:
        starts = [(clock_ms(mark.get("time", "")), mark.get("name", "")) for mark in chapters.values()]
        facts.chapters = closed([(ms, title) for ms, title in starts if ms is not None], facts.duration_ms)


def pictures(comments: Any) -> list[bytes]:
    """The bytes of the pictures in the comments, in the order of `Facts.pictures`."""
    found: list[bytes] = []
    for key, value in comments:
        key = key.lower()
        if key in ("metadata_block_picture", "coverart"):
            data = _decoded(value)
            found.append(_picture_data(data) if key == "metadata_block_picture" else data)
    return found


def block_header(data: bytes) -> tuple[int, str, int, int]:
    """(type, mime, length, offset of the data) of a FLAC picture block (RFC 9639, section 8.8)."""
    kind, length = struct.unpack_from(">2I", data)
    mime = data[8 : 8 + length].decode("latin-1")
    (described,) = struct.unpack_from(">I", data, 8 + length)
    start = 12 + length + described + 16
    (size,) = struct.unpack_from(">I", data, start)
    return kind, mime, size, start + 4


def _picture(facts: Facts, value: str) -> None:
    try:
        kind, mime, size, _ = block_header(_decoded(value[:_PEEK]))
    except struct.error:
        return
    facts.pictures.append(Picture(len(facts.pictures), ROLES.get(kind, "other"), mime, size))


def _picture_data(data: bytes) -> bytes:
    try:
        _, _, size, start = block_header(data)
    except struct.error:
        return b""
    return data[start : start + size]


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError):
        return b""
