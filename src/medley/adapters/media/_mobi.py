"""MOBI and AZW3: the header records of a Palm database, nothing of the text.

Source: the format as described at https://wiki.mobileread.com/wiki/MOBI and https://wiki.mobileread.com/wiki/PDB.
"""

import struct
from collections import defaultdict
from dataclasses import dataclass, field
from typing import BinaryIO

from medley.adapters.media._image_size import image_type
from medley.kernel.errors import InvalidInput

RECORD = 16 * 1024 * 1024
NONE = 0xFFFFFFFF
EXTH = {
    100: "author",
    101: "publisher",
    103: "description",
    104: "isbn",
    105: "genre",
    106: "date",
    109: "copyright",
    113: "asin",
    503: "title",
    504: "asin",
    524: "language",
}
COVER_OFFSET, THUMB_OFFSET, DIRECTION = 201, 202, 527
ENCODINGS = {1252: "cp1252", 65001: "utf-8"}


@dataclass(slots=True)
class Mobi:
    """What the header told; `cover` is a span (offset, bytes) of the file, (0, 0) when there is none."""

    title: str = ""
    version: int = 0
    encrypted: bool = False
    tags: dict[str, list[str]] = field(default_factory=dict)
    cover: tuple[int, int] = (0, 0)


def read_mobi(file: BinaryIO, name: str) -> Mobi:
    """The header of `file`; InvalidInput when it is none."""
    try:
        return _read(file, name)
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise InvalidInput(f"“{name}” is damaged: its header ends too early.") from error


def cover_bytes(file: BinaryIO, mobi: Mobi) -> bytes:
    """The cover picture, empty when there is none."""
    offset, size = mobi.cover
    file.seek(offset)
    return file.read(min(size, RECORD))


def _read(file: BinaryIO, name: str) -> Mobi:
    records = _records(file, name)
    file.seek(records[0][0])
    header = file.read(min(records[0][1], RECORD))
    if header[16:20] != b"MOBI":
        return _palm(file)
    length, encoding = struct.unpack_from(">I", header, 20)[0], struct.unpack_from(">I", header, 28)[0]
    codec = ENCODINGS.get(encoding, "utf-8")
    mobi = Mobi(version=struct.unpack_from(">I", header, 36)[0])
    mobi.encrypted = struct.unpack_from(">H", header, 12)[0] != 0
    start, size = struct.unpack_from(">II", header, 84)
    mobi.title = header[start : start + size].decode(codec, "replace").strip("\0 ")
    extra = _exth(header, 16 + length)
    _tags(mobi, extra, codec)
    _cover(file, mobi, records, struct.unpack_from(">I", header, 108)[0], extra)
    return mobi


def _palm(file: BinaryIO) -> Mobi:
    """A plain PalmDOC text has no more than the name of its database."""
    file.seek(0)
    title = file.read(32).split(b"\0")[0].decode("cp1252", "replace").replace("_", " ")
    return Mobi(title, tags={"title": [title]} if title else {})


def _records(file: BinaryIO, name: str) -> list[tuple[int, int]]:
    """(offset, size) of each record of the Palm database."""
    end = file.seek(0, 2)
    file.seek(0)
    head = file.read(78)
    if head[60:68] not in (b"BOOKMOBI", b"TEXtREAd"):
        raise InvalidInput(f"“{name}” is not a Mobipocket book.")
    count = struct.unpack_from(">H", head, 76)[0]
    table = file.read(8 * count)
    offsets = [struct.unpack_from(">I", table, 8 * at)[0] for at in range(count)]
    return [(at, max(0, min(after, end) - at)) for at, after in zip(offsets, [*offsets[1:], end], strict=True)]


def _exth(header: bytes, start: int) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = defaultdict(list)
    if header[start : start + 4] != b"EXTH":
        return found
    count, at = struct.unpack_from(">I", header, start + 8)[0], start + 12
    for _ in range(min(count, 10_000)):
        if at + 8 > len(header):
            break
        kind, size = struct.unpack_from(">II", header, at)
        if size < 8:
            break
        found[kind].append(header[at + 8 : at + size])
        at += size
    return found


def _tags(mobi: Mobi, extra: dict[int, list[bytes]], codec: str) -> None:
    for kind, tag in EXTH.items():
        values = [value.decode(codec, "replace").strip("\0 ") for value in extra.get(kind, [])]
        values = [value for value in values if value]
        if values and tag not in mobi.tags:
            mobi.tags[tag] = values
    if mobi.title:
        mobi.tags.setdefault("title", [mobi.title])
    if "date" in mobi.tags:
        mobi.tags["date"] = [mobi.tags["date"][0][:10]]
    # calibre fills what it does not know: an own identifier for the ASIN, the year 101 for the date.
    if len(mobi.tags.get("asin", [""])[0]) != 10:
        mobi.tags.pop("asin", None)
    if mobi.tags.get("date", [""])[0].startswith("0101"):
        del mobi.tags["date"]
    if b"rtl" in extra.get(DIRECTION, []):
        mobi.tags["direction"] = ["rtl"]


def _cover(
    file: BinaryIO, mobi: Mobi, records: list[tuple[int, int]], first: int, extra: dict[int, list[bytes]]
) -> None:
    for kind in (COVER_OFFSET, THUMB_OFFSET):
        for value in extra.get(kind, []):
            number = first + int.from_bytes(value[:4], "big")
            if first == NONE or len(value) < 4 or not 0 < number < len(records):
                continue
            file.seek(records[number][0])
            if image_type(file.read(32)):
                mobi.cover = records[number]
                return
