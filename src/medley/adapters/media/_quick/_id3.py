"""ID3v2.3 and 2.4 (https://id3.org/id3v2.3.0, https://id3.org/id3v2.4.0-structure) without any of their options.

The frames come under the keys that mutagen gives them, and as it modernises them.
"""

import re
import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from medley.adapters.media._quick._shapes import Frame, Unread, Unusual
from medley.adapters.media._quick._window import Window
from medley.adapters.media._tag_names import ID3

_TAG, _FRAME = struct.Struct(">3sBBBI"), struct.Struct(">4sIH")
_HEADER = 10  # bytes, of the tag and of each frame
_NOT_SYNCHSAFE = 0x80808080
_OPTIONS = 0xFF  # of a frame's flags: those that change how it is read
_LARGEST = 1 << 20  # bytes of a text
_AT_ONCE = 160  # bytes: a header, and most texts; of a picture, its type and description
_PICTURE_TYPES = 20
_NO_FRAME = b"\0" * _HEADER
_CODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")  # any other is an IndexError, and so a doubt
_MARKS = (b"\xff\xfe", b"\xfe\xff")

_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_YEAR, _DAY = re.compile(r"\d{4}", re.ASCII), re.compile(r"(\d\d)(\d\d)", re.ASCII)
_GENRE_BY_NUMBER = re.compile(r"\(|\d|CR$|RX$|[^\0]*\n")


class Tag(NamedTuple):
    """A tag as it lies in the file: frames by their keys, and the place where it ends."""

    version: int  # 3 or 4
    size: int  # bytes, with its header
    frames: dict[str, Frame]


def read(window: Window) -> Tag:
    """The tag at the beginning of the file; `Unusual` without one, or where it uses what few do."""
    mark, version, revision, flags, size = _TAG.unpack(window.at(0, _HEADER))
    if mark != b"ID3" or version not in (3, 4) or revision or flags or size & _NOT_SYNCHSAFE:
        raise Unusual("no plain ID3v2 tag")
    tag = Tag(version, _HEADER + _synchsafe(size), {})
    if tag.size > window.size:
        raise Unusual("a tag that is cut short")
    count = longest = 0
    for name, data, length in _walk(window, tag):
        count, longest = count + 1, max(longest, length)
        key, read_frame = _READERS[name]
        read_frame(tag.frames, key, data, length)
    if version == 4 and longest > 0x7F:
        _check_sizes(window, tag.size, count)
    return tag


def _walk(window: Window, tag: Tag) -> Iterator[tuple[bytes, bytes, int]]:
    """(name, contents, their length) of each frame; of long contents only the beginning, where no text is that long."""
    place, end, synchsafe = _HEADER, tag.size, tag.version == 4
    while place + _HEADER <= end:
        head = window.at(place, _AT_ONCE)
        name, length, flags = _FRAME.unpack_from(head)
        if head.startswith(_NO_FRAME):
            return
        if synchsafe:
            if length & _NOT_SYNCHSAFE:
                raise Unusual("sizes as iTunes wrote them")
            length = _synchsafe(length)
        place += _HEADER + length
        if not length or flags & _OPTIONS or place > end or name not in _READERS:
            raise Unusual("a frame that is rare, has options or no plain size")
        data = head[_HEADER : _HEADER + length]
        if len(data) < length and name not in _BEGINNING_IS_ENOUGH:
            data = _long(window, place - length, length)
        yield name, data, length


def _long(window: Window, place: int, length: int) -> bytes:
    if length > _LARGEST:
        raise Unusual("a text of more than a megabyte")
    return window.at(place, length)


def _synchsafe(number: int) -> int:
    """The 28 bits of a number of which each byte holds seven."""
    return (number & 0x7F) | (number & 0x7F00) >> 1 | (number & 0x7F0000) >> 2 | (number & 0x7F000000) >> 3


def _check_sizes(window: Window, end: int, count: int) -> None:
    """iTunes wrote plain sizes into version 4; mutagen takes them for that where more frames are found that way."""
    place, found = _HEADER, 0
    for _ in range(2 * count):
        if place >= end - _HEADER:
            break
        name, length, _ = _FRAME.unpack(window.at(place, _HEADER))
        place += _HEADER + length
        found += name.isalnum()
    if found > count or place < end - _HEADER:
        raise Unusual("sizes that may be read in two ways")


def _add(frames: dict[str, Frame], key: str, frame: Frame) -> None:
    if key in frames:
        raise Unusual("a frame that is there twice")
    frames[key] = frame


# ---- frames ---------------------------------------------------------------------------------------------------------


def _text(frames: dict[str, Frame], key: str, data: bytes, length: int) -> None:
    if length > 1:  # else nothing is said
        _add(frames, key, Frame(data[0], _split(data, 1)))


def _date(frames: dict[str, Frame], key: str, data: bytes, length: int) -> None:
    if length > 1:
        stamps = _split(data, 1)
        if not all(map(_DATE.fullmatch, filter(None, stamps))):
            raise Unusual("a date that needs tidying")
        _add(frames, key, Frame(data[0], stamps))


def _genres(frames: dict[str, Frame], key: str, data: bytes, length: int) -> None:
    if length > 1:
        values = _split(data, 1)
        if any(map(_GENRE_BY_NUMBER.match, values)):
            values = _interpreted(values)
        _add(frames, key, Frame(data[0], values))


def _interpreted(values: list[str]) -> list[str]:
    """ "(17)", "17" and "(4)Eurodisco" as words."""
    from mutagen.id3 import TCON

    frame = TCON(encoding=3, text=values)
    frame.genres = frame.genres
    return frame.genres


def _user_text(frames: dict[str, Frame], key: str, data: bytes, _length: int) -> None:
    described, *values = _described(data, 1)
    _add(frames, f"{key}:{described}", Frame(data[0], values, described))


def _comment(frames: dict[str, Frame], key: str, data: bytes, _length: int) -> None:
    described, *values = _described(data, 4)
    _add(frames, f"{key}:{described}:{data[1:4].decode('ascii')}", Frame(data[0], values, described))


def _lyrics(frames: dict[str, Frame], key: str, data: bytes, _length: int) -> None:
    described, text, *_ = _described(data, 4)
    language = data[1:4].decode("ascii")
    _add(frames, f"{key}:{described}:{language}", Frame(data[0], text, described, lang=language))


def _people(frames: dict[str, Frame], key: str, data: bytes, length: int) -> None:
    texts = _split(data, 1) if length > 1 else []
    if len(texts) % 2 or not texts or not all(texts):
        raise Unusual("people without what they did")
    _add(frames, key, Frame(data[0], people=list(zip(texts[::2], texts[1::2], strict=True))))


def _identifier(frames: dict[str, Frame], key: str, data: bytes, _length: int) -> None:
    owner, _, identifier = data.partition(b"\0")
    named = owner.decode("latin-1")
    _add(frames, f"{key}:{named}", Frame(owner=named, data=identifier))


def _picture(frames: dict[str, Frame], key: str, data: bytes, length: int) -> None:
    """Its picture stays in the file."""
    coding, (mime, ended, rest) = data[0], data[1:].partition(b"\0")
    if not ended or mime in (b"PNG", b"JPG") or len(rest) < 2 or rest[0] > _PICTURE_TYPES:
        raise Unusual("a picture of no plain sort")
    described = rest[1 : 1 + _end_of_text(coding, rest[1:])]
    _split(data[:1] + described, 1)  # fails where it cannot be read
    start = len(mime) + 3 + len(described) + (2 if coding in (1, 2) else 1)
    if not data[start:].strip(b"\0"):
        raise Unusual("a picture of nothing")
    frames[f"{key}:{len(frames)}"] = Frame(mime=mime.decode("latin-1"), type=rest[0], data=Unread(length - start))


def _end_of_text(coding: int, data: bytes) -> int:
    """Where the zero that ends a text stands."""
    wide = coding in (1, 2)
    at = data.find(b"\0\0" if wide else b"\0")
    while wide and at % 2 and at >= 0:
        at = data.find(b"\0\0", at + 1)
    if at < 0:
        raise Unusual("a text without an end")
    return at


def _passed_over(_frames: dict[str, Frame], _key: str, _data: bytes, _length: int) -> None:
    """What no fact is made of."""


def _described(data: bytes, start: int) -> list[str]:
    """[description, value, …]: there is one value at least, and it is not all zeros."""
    texts = _split(data, start)
    if not any(texts[1:]):
        raise Unusual("a description of nothing")
    return texts


def _split(data: bytes, start: int) -> list[str]:
    """Texts from `start` on, with zeros between them or after each, in the coding that the first byte names."""
    texts = data[start:].decode(_CODINGS[data[0]]).split("\0")
    if not texts[-1]:
        texts.pop()
    return _unmarked(data[start:], texts) if data[0] == 1 else texts


def _unmarked(data: bytes, texts: list[str]) -> list[str]:
    """Texts in UTF-16 without the mark of their order, which each has but the empty ones."""
    if data[:2] not in _MARKS and data.strip(b"\0"):
        raise Unusual("UTF-16 of unknown order")
    if any(text and text[0] != "\ufeff" for text in texts[1:]):
        raise Unusual("texts of two orders")
    return [*texts[:1], *(text[1:] for text in texts[1:])]


_Reader = Callable[[dict[str, Frame], str, bytes, int], None]

_PASSED_OVER = """TENC TDEN TDTG TDLY TFLT TLEN TOAL TOFN TOLY TOPE TOWN TPRO TRSN TRSO TSSE
PRIV MCDI WXXX WCOM WCOP WOAF WOAR WOAS WORS WPAY WPUB""".split()
_OF_NAME: dict[str, _Reader] = {
    **dict.fromkeys((*ID3, "TYER", "TDAT", "TORY"), _text),
    **dict.fromkeys(("TDRC", "TDOR", "TDRL"), _date),
    **dict.fromkeys(_PASSED_OVER, _passed_over),
    **dict.fromkeys(("TIPL", "TMCL", "IPLS"), _people),
    "TCON": _genres,
    "TXXX": _user_text,
    "COMM": _comment,
    "USLT": _lyrics,
    "UFID": _identifier,
    "APIC": _picture,
}
_READERS = {name.encode(): (name, read_frame) for name, read_frame in _OF_NAME.items()}
_BEGINNING_IS_ENOUGH = frozenset((b"APIC", *(name.encode() for name in _PASSED_OVER)))


# ---- from version 3 to 4 --------------------------------------------------------------------------------------------


def modern(tag: Tag) -> dict[str, Frame]:
    """The frames with the dates and people of version 3 as those of version 4."""
    frames = tag.frames
    if "TYER" in frames or "TDAT" in frames:
        _modernise_date(frames)
    if "TORY" in frames:
        _put_date(frames, "TDOR", _only(frames.pop("TORY"), _YEAR)[0])
    if "IPLS" in frames:
        people = frames.pop("IPLS")
        frames.setdefault("TIPL", people)
    return frames


def _modernise_date(frames: dict[str, Frame]) -> None:
    if "TYER" not in frames:
        raise Unusual("a day without a year")
    date = _only(frames.pop("TYER"), _YEAR)[0]
    if "TDAT" in frames:
        day = _only(frames.pop("TDAT"), _DAY)
        date = f"{date}-{day[2]}-{day[1]}"
    _put_date(frames, "TDRC", date)


def _put_date(frames: dict[str, Frame], name: str, date: str) -> None:
    if name not in frames:
        frames[name] = Frame(0, [date])


def _only(frame: Frame, pattern: re.Pattern[str]) -> re.Match[str]:
    """The match of a frame's one value."""
    match = pattern.fullmatch(frame.text[0]) if len(frame.text) == 1 else None
    if match is None:
        raise Unusual("a date of another form")
    return match
