"""APEv2 (https://wiki.hydrogenaud.io/index.php?title=APEv2_specification), ASF, RIFF INFO and AIFF text chunks."""

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from medley.adapters.media import _mojibake
from medley.adapters.media._tag_names import ASF, FREE, RIFF
from medley.adapters.media._tag_values import ROLES, Tags, add, add_free
from medley.core.kinds import Facts, Picture

_TEXT, _BINARY = 0, 1  # kinds of APEv2 items
_ASF_PICTURE = "WM/Picture"
_MOST_CHUNKS = 1000
_LONGEST_CHUNK = 65_536


def fill_ape(facts: Facts, items: Any) -> None:
    """Put what the `mutagen.apev2.APEv2` `items` say into `facts`, where no other tag said it before."""
    known = frozenset(facts.tags)
    for key, value in items.items():
        name = key.lower()
        if value.kind == _BINARY and name.startswith("cover art"):
            facts.pictures.append(_ape_picture(len(facts.pictures), name, bytes(value.value)))
        elif value.kind == _TEXT:
            name = "date" if name == "year" else name
            if FREE.get(name, name) not in known:
                for text in value:
                    add_free(facts.tags, name, text)


def ape_pictures(items: Any) -> list[bytes]:
    """The bytes of the embedded pictures: a file name, a zero byte, the picture."""
    covers = [value for key, value in items.items() if value.kind == _BINARY and key.lower().startswith("cover art")]
    return [bytes(value.value).partition(b"\0")[2] for value in covers]


def _ape_picture(index: int, name: str, data: bytes) -> Picture:
    filename, _, picture = data.partition(b"\0")
    mime = "image/png" if filename.lower().endswith(b".png") else "image/jpeg"
    role = "cover" if "front" in name else "back" if "back" in name else "other"
    return Picture(index, role, mime, len(picture))


def fill_asf(facts: Facts, attributes: Any) -> None:
    """Put what the `mutagen.asf.ASFTags`, a list of (name, attribute), say into `facts`."""
    for key, value in attributes:
        if key == _ASF_PICTURE:
            kind, mime, data = _asf_picture(value.value)
            facts.pictures.append(Picture(len(facts.pictures), ROLES.get(kind, "other"), mime, len(data)))
            continue
        lower = key.lower()
        text = "1" if value.value is True else str(value)
        if name := ASF.get(lower):
            add(facts.tags, name, text)
        else:
            add_free(facts.tags, lower.removeprefix("wm/"), text)


def asf_pictures(attributes: Any) -> list[bytes]:
    """The bytes of the embedded pictures, in the order of `Facts.pictures`."""
    return [_asf_picture(value.value)[2] for key, value in attributes if key == _ASF_PICTURE]


def _asf_picture(value: bytes) -> tuple[int, str, bytes]:
    """WM_PICTURE as stored: type, length, then mime and description as zero-terminated UTF-16LE."""
    if len(value) < 5:
        return 0, "", b""
    kind, length = struct.unpack_from("<BI", value)
    start, words = 5, []
    for _ in range(2):
        end = start
        while end + 1 < len(value) and value[end : end + 2] != b"\0\0":
            end += 2
        words.append(value[start:end].decode("utf-16-le", "replace"))
        start = end + 2
    return kind, words[0], value[start : start + length]


def fill_chunks(facts: Facts, file: BinaryIO) -> None:
    """Put the text chunks of a WAV (LIST INFO) or AIFF file into `facts`, where no ID3 tag said it before."""
    found: Tags = {}
    for name, data in _chunks(file):
        canonical = RIFF.get(name)
        if canonical and canonical not in facts.tags:
            text = data.partition(b"\0")[0]
            add(found, canonical, text.decode("latin-1"))
    _mojibake.repair(found, list(found))
    facts.tags.update(found)


def _chunks(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """(name, data) of the small chunks of a RIFF or IFF file, those inside LIST INFO included."""
    file.seek(0)
    head = file.read(12)
    order = "<" if head[:4] == b"RIFF" else ">"
    end = 8 + (struct.unpack(order + "I", head[4:8])[0] if len(head) == 12 else 0)
    for _ in range(_MOST_CHUNKS):
        chunk = file.read(8)
        if len(chunk) < 8 or file.tell() > end:
            return
        name, size = chunk[:4], struct.unpack(order + "I", chunk[4:])[0]
        if name == b"LIST" and file.read(4) == b"INFO":
            continue  # its chunks follow, in the same form
        if name == b"LIST":
            file.seek(size - 4 + size % 2, 1)
        elif size <= _LONGEST_CHUNK:
            yield name.decode("latin-1"), file.read(size + size % 2)[:size]
        else:
            file.seek(size + size % 2, 1)
