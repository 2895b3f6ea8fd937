"""`.info.json`, which yt-dlp and its kin write beside a video (https://github.com/yt-dlp/yt-dlp#output-template)."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from medley.core.kinds import Chapter, Facts
from medley.kernel.errors import InvalidInput, TooLarge, Unsupported

_LARGEST = 64 << 20  # with comments and all formats, they grow to tens of megabytes
_TEXTS = {
    "id": "id", "title": "title", "fulltitle": "title", "description": "description", "uploader": "uploader",
    "channel": "channel", "channel_id": "channel_id", "uploader_id": "uploader_id", "webpage_url": "webpage_url",
    "upload_date": "upload_date", "release_date": "releasedate", "categories": "genre", "tags": "keywords",
    "language": "language", "playlist_title": "playlist", "playlist_index": "playlist_index", "series": "showtitle",
    "season_number": "season", "episode_number": "episode", "episode": "episodetitle", "artist": "artist",
    "album": "album", "track": "track", "extractor_key": "extractor", "age_limit": "age_limit", "license": "license",
}  # fmt: skip
_DATES = ("upload_date", "releasedate")
_MOST, _LONGEST = 200, 64 * 1024


class InfoJsonReader:
    """Reads what yt-dlp knew about a video."""

    extensions = frozenset(("info.json",))

    def read(self, file: BinaryIO, name: str) -> Facts:
        """Facts with format "info-json": tags, chapters and the announced length. Unsupported for other JSON."""
        data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise TooLarge(f"{name} is larger than {_LARGEST >> 20} MB, so it is not read.")
        try:
            info = json.loads(data)  # Python's own, because yt-dlp writes NaN and Infinity as Python does
        except (ValueError, RecursionError) as error:
            raise InvalidInput(f"{name} is not JSON: {error}.") from error
        if not isinstance(info, dict) or not ("extractor" in info or "extractor_key" in info or "webpage_url" in info):
            raise Unsupported(f"{name} is JSON, but not a description of a video by yt-dlp.")
        return Facts(
            media="sidecar",
            format="info-json",
            duration_ms=_ms(info.get("duration")),
            chapters=list(_chapters(info.get("chapters"))),
            tags=_tags(info),
        )


def _tags(info: dict[str, Any]) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for key, name in _TEXTS.items():
        values = [text for value in _listed(info.get(key)) if (text := _text(value))]
        if values and name not in tags:
            tags[name] = [_date(value) for value in values] if name in _DATES else values
    kind = info.get("_type")
    if isinstance(kind, str):
        tags["entry"] = [kind]
    return tags


def _listed(value: Any) -> list[Any]:
    return value[:_MOST] if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return str(value).strip()[:_LONGEST] if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _date(value: str) -> str:
    """20240131 → 2024-01-31."""
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if len(value) == 8 and value.isdigit() else value


def _ms(seconds: Any) -> int:
    usable = isinstance(seconds, int | float) and 0 <= seconds < 10_000_000
    return int(seconds * 1000) if usable else 0


def _chapters(value: Any) -> Iterator[Chapter]:
    for chapter in value[:2000] if isinstance(value, list) else []:
        if isinstance(chapter, dict):
            start, end = _ms(chapter.get("start_time")), _ms(chapter.get("end_time"))
            yield Chapter(start, max(start, end), _text(chapter.get("title")))


READER = InfoJsonReader()
