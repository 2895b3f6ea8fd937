"""Files of the library, for the handlers that send their bytes or have something made of them."""

import mimetypes
from pathlib import Path
from typing import BinaryIO, Protocol

from medley.core.identity import Asker
from medley.core.kinds import Facts
from medley.core.library import FileHandle, Library
from medley.core.playback import MediaFile
from medley.kernel.errors import NotFound, Unsupported
from medley.kernel.files import Root


class HasLibrary(Protocol):
    """What every door's parts are."""

    @property
    def library(self) -> Library: ...


_TYPES = {
    "mkv": "video/x-matroska", "m4v": "video/mp4", "mk3d": "video/x-matroska", "ts": "video/mp2t",
    "m4a": "audio/mp4", "m4b": "audio/mp4", "flac": "audio/flac", "opus": "audio/ogg", "ogg": "audio/ogg",
    "oga": "audio/ogg", "mka": "audio/x-matroska", "wv": "audio/x-wavpack", "ape": "audio/x-ape",
    "epub": "application/epub+zip", "cbz": "application/vnd.comicbook+zip", "pdf": "application/pdf",
    "aac": "audio/aac", "wav": "audio/wav", "wma": "audio/x-ms-wma", "aiff": "audio/aiff", "aif": "audio/aiff",
    "dsf": "audio/x-dsf", "heic": "image/heic", "avif": "image/avif", "jxl": "image/jxl", "webp": "image/webp",
}  # fmt: skip


def media_type_of(name: str) -> str:
    """The type by the name's ending; never one that a browser would run."""
    known = _TYPES.get(name.rpartition(".")[2].lower())
    guessed = known or mimetypes.guess_type(name, strict=False)[0] or ""
    playable = guessed.startswith(("video/", "audio/", "image/")) and "svg" not in guessed
    return guessed if known or playable else "application/octet-stream"


def open_file(handle: FileHandle) -> BinaryIO:
    """The file itself, opened below its source and nowhere else."""
    if handle.missing:
        raise NotFound(f"“{handle.name}” is not there now.", hint="Its disk may be away; scan the source again.")
    return Root(handle.root).open(handle.path)


def facts_of(parts: HasLibrary, handle: FileHandle) -> Facts:
    """What the scan read from the file."""
    facts = parts.library.items.facts(handle.id)
    if facts is None:
        raise Unsupported(f"“{handle.name}” could not be read.", hint="The notices of its source say why.")
    return facts


def media_file(parts: HasLibrary, asker: Asker, file_id: str) -> MediaFile:
    """The file as playback wants it."""
    handle = parts.library.items.file(asker, file_id)
    if handle.missing:
        raise NotFound(f"“{handle.name}” is not there now.", hint="Its disk may be away; scan the source again.")
    path = Path(Root(handle.root).real_path(handle.path))
    return MediaFile(handle.id, path, handle.size, handle.mtime_ms, facts_of(parts, handle))
