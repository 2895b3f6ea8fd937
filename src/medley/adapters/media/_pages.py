"""Which entries of a comic's archive are its pages, and in what order."""

import re
from posixpath import basename

SUFFIXES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpe": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "avif": "image/avif",
    "jxl": "image/jxl",
    "heic": "image/heic",
    "heif": "image/heic",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
}


def pages(names: list[str]) -> list[str]:
    """The pictures among `names` in reading order; what macOS and Windows leave behind is no page."""
    return sorted((name for name in names if _is_page(name)), key=reading_order)


def reading_order(name: str) -> list[tuple[int, int, str]]:
    """A sort key: numbers by value, folder by folder, a folder's own files before those below it."""
    key: list[tuple[int, int, str]] = []
    *folders, file = name.casefold().split("/")
    for folder in folders:
        key += [(1, 0, ""), *_natural(folder)]
    return [*key, (0, 0, ""), *_natural(file.rpartition(".")[0] or file), (0, 0, file)]


def media_type(name: str) -> str:
    """The media type of a page by its name."""
    return SUFFIXES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _natural(text: str) -> list[tuple[int, int, str]]:
    return [
        (2, int(part), "") if part.isdecimal() else (3, 0, part) for part in re.findall(r"[0-9]{1,18}|[^0-9]+", text)
    ]


def _is_page(name: str) -> bool:
    file = basename(name)
    hidden = file.startswith(".") or name.startswith("__MACOSX/") or "/__MACOSX/" in name
    return not hidden and file.rpartition(".")[2].lower() in SUFFIXES
