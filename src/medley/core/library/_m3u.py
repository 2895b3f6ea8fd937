"""M3U and M3U8 as players write them: https://en.wikipedia.org/wiki/M3U#Extended_M3U

There is no standard: this reads what is written out there, in whatever encoding, and writes UTF-8 with `#EXTINF`.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from medley.kernel.errors import InvalidInput, TooLarge

MOST_ENTRIES = 20_000
MOST_BYTES = 8 << 20
_DRIVE = re.compile(r"[A-Za-z]:/")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_LENGTH = re.compile(r"\s*(-?\d{1,7})(?:\.\d*)?[^,]*,?(.*)", re.DOTALL)


class Line(NamedTuple):
    """One entry; the path with slashes, absolute with one in front (a drive's letter is none of it)."""

    path: str
    title: str = ""
    length_s: int = 0


class Playlist(NamedTuple):
    """A file of entries; the name is empty where it says none."""

    name: str
    lines: list[Line]


def decode(data: bytes) -> str:
    """The text, by its byte order mark, as UTF-8, or as old players of Windows wrote it."""
    if len(data) > MOST_BYTES:
        raise TooLarge(f"A playlist file has at most {MOST_BYTES >> 20} MiB.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def parse(text: str) -> Playlist:
    """Names and entries; what is no path of a file (streams, unknown directives) is left out."""
    name, title, length, lines = "", "", 0, []
    for line in (each.strip().lstrip("\ufeff") for each in text.splitlines()):
        if line[:8].upper() == "#EXTINF:":
            length, title = _info(line[8:])
        elif line[:10].upper() == "#PLAYLIST:":
            name = line[10:].strip()
        elif line and not line.startswith("#"):
            if path := _path(line):
                lines.append(Line(path, title, length))
            title, length = "", 0
    if len(lines) > MOST_ENTRIES:
        raise InvalidInput(f"A playlist file has at most {MOST_ENTRIES} entries.", hint="Cut it into several.")
    return Playlist(name, lines)


def write(name: str, lines: Iterable[Line]) -> str:
    """Extended M3U."""
    return "".join(f"{line}\n" for line in _written(name, lines))


def _written(name: str, lines: Iterable[Line]) -> Iterator[str]:
    yield "#EXTM3U"
    yield f"#PLAYLIST:{_one_line(name)}"
    for line in lines:
        yield f"#EXTINF:{line.length_s or -1},{_one_line(line.title)}"
        # A name that begins with a hash would be a comment.
        yield f"./{line.path}" if line.path.startswith("#") else line.path


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _info(text: str) -> tuple[int, str]:
    found = _LENGTH.fullmatch(text)
    return (max(0, int(found[1])), found[2].strip()) if found else (0, "")


def _path(text: str) -> str:
    """A path with slashes and without `.` and `..` in the middle; empty for what is no file."""
    if text[:7].lower() == "file://":
        text = unquote(urlsplit(text).path)
    elif _SCHEME.match(text):
        return ""
    text = text.replace("\\", "/")
    if _DRIVE.match(text.lstrip("/")):
        text = text.lstrip("/")[2:]
    if "\0" in text:
        return ""
    return "/" + posixpath.normpath(text).lstrip("/") if text.startswith("/") else posixpath.normpath(text)
