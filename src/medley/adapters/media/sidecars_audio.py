"""Files that lie beside sound: cue sheets, lyrics, and what Audiobookshelf keeps next to a book or podcast."""

from typing import Any, BinaryIO

import msgspec

from medley.adapters.media._lyrics import from_ttml
from medley.adapters.media._mojibake import decode
from medley.adapters.media._tag_values import Tags, add, lyrics_in
from medley.core.kinds import Chapter, Facts
from medley.kernel.errors import InvalidInput, TooLarge, Unsupported

_LARGEST = 4 << 20  # bytes; a chapter list of the longest book is far below
_LONGEST_TEXT = 65_536  # characters of a description
_MOST_CHAPTERS = 10_000

# The keys of Audiobookshelf's metadata.json (v2.36, server/models/Book.js and Podcast.js) and our names for them.
_BOOK = {
    "title": "title",
    "subtitle": "subtitle",
    "authors": "author",
    "author": "author",
    "narrators": "narrator",
    "series": "series",
    "genres": "genre",
    "tags": "keywords",
    "publishedYear": "year",
    "publishedDate": "date",
    "publisher": "publisher",
    "description": "description",
    "isbn": "isbn",
    "asin": "asin",
    "language": "language",
    "releaseDate": "date",
    "feedUrl": "podcasturl",
    "feedURL": "podcasturl",
}


class AudioSidecarReader:
    """Reads `.cue`, `.lrc`, `.elrc`, `.ttml`, `.txt` and Audiobookshelf's `metadata.json`.

    Facts by format: "cue" has the sheet's text in the tag `cuesheet`, "lrc" and "ttml" lyrics in `lyrics` or
    `lyrics:<language>` (the kinds parse both), "text" the words in `text`, "abs-json" canonical tags and chapters.
    """

    extensions = frozenset(("cue", "lrc", "elrc", "ttml", "txt", "metadata.json"))

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts of a sidecar; `Unsupported` for a name that is none of these."""
        data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise TooLarge(f"“{name}” is larger than {_LARGEST >> 20} MB, so it is not read.")
        kind = name.rpartition(".")[2].strip().lower()
        if kind == "json":
            return _metadata(data, name)
        if kind == "ttml":
            lyrics, language = from_ttml(data)
            return Facts("sidecar", "ttml", tags={lyrics_in(language): [lyrics]})
        text = decode(data).replace("\0", "")
        if kind == "cue":
            return Facts("sidecar", "cue", tags={"cuesheet": [text]})
        if kind in ("lrc", "elrc"):
            return Facts("sidecar", "lrc", tags={"lyrics": [text.strip()]})
        if kind == "txt":
            return Facts("sidecar", "text", tags={"text": [text.strip()[:_LONGEST_TEXT]]})
        raise Unsupported(f"“{name}” is no cue sheet, lyrics or text.")


READER = AudioSidecarReader()


def _metadata(data: bytes, name: str) -> Facts:
    try:
        said = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput(f"“{name}” is not JSON: {error}.") from error
    if not isinstance(said, dict):
        raise Unsupported(f"“{name}” is JSON, but describes no book or podcast.")
    nested = said.get("metadata")  # until v2.5, and in exports
    fields = {**said, **nested} if isinstance(nested, dict) else said
    tags: Tags = {}
    for key, canonical in _BOOK.items():
        for value in _texts(fields.get(key)):
            add(tags, canonical, value)
    if fields.get("abridged") is True:
        add(tags, "abridged", "1")
    if not tags:
        raise Unsupported(f"“{name}” is JSON, but describes no book or podcast.")
    return Facts("sidecar", "abs-json", tags=tags, chapters=_chapters(said.get("chapters")))


def _texts(value: Any) -> list[str]:
    """A text, a number, or a list of these or of objects with a `name` (and, for series, a `sequence`)."""
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    if isinstance(value, dict):
        name, sequence = value.get("name"), value.get("sequence")
        return [f"{name} #{sequence}" if sequence else str(name)] if name else []
    return [str(value)[:_LONGEST_TEXT]] if isinstance(value, (str, int)) and not isinstance(value, bool) else []


def _chapters(value: Any) -> list[Chapter]:
    """[{start, end, title}], in seconds."""
    found: list[Chapter] = []
    for each in value[:_MOST_CHAPTERS] if isinstance(value, list) else ():
        try:
            found.append(Chapter(round(each["start"] * 1000), round(each["end"] * 1000), str(each.get("title", ""))))
        except (TypeError, KeyError, AttributeError, ValueError, OverflowError):
            continue
    return found
