"""Tags of video containers under Medley's names.

Matroska's names are those of https://www.matroska.org/technical/tagging.html, MP4's as FFmpeg renames the iTunes and
QuickTime atoms.
"""

import re
from collections.abc import Mapping

_NAMES = {
    "title": "title", "artist": "artist", "author": "artist", "album_artist": "albumartist", "album": "album",
    "date": "date", "date_released": "date", "date_release": "date", "year": "date", "genre": "genre",
    "comment": "comment", "description": "description", "synopsis": "plot", "summary": "plot", "subtitle": "subtitle",
    "copyright": "copyright", "director": "director", "written_by": "writer", "screenplay_by": "writer",
    "composer": "composer", "producer": "producer", "show": "showtitle", "season_number": "season",
    "episode_sort": "episode", "episode_id": "episodeid", "network": "studio", "production_studio": "studio",
    "part_number": "tracknumber", "track": "tracknumber", "disc": "discnumber", "law_rating": "mpaa",
    "content_rating": "mpaa", "imdb": "imdb", "tmdb": "tmdb", "tvdb": "tvdb", "tvdb2": "tvdb", "keywords": "keywords",
    "grouping": "grouping", "language": "language", "isbn": "isbn", "purl": "webpage_url", "publisher": "publisher",
    "com.apple.quicktime.make": "camera_make", "com.apple.quicktime.model": "camera_model", "make": "camera_make",
    "model": "camera_model", "com.apple.quicktime.description": "description",
    "com.apple.quicktime.title": "title", "com.apple.quicktime.keywords": "keywords",
    "com.android.manufacturer": "camera_make", "com.android.model": "camera_model",
}  # fmt: skip
_LOCATIONS = ("com.apple.quicktime.location.iso6709", "location", "location-eng")
_ISO6709 = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_LONGEST = 64 * 1024  # characters of one value


def canonical(container: Mapping[str, str], streams: list[dict[str, str]]) -> dict[str, list[str]]:
    """The tags of the container; the moment of recording may also stand in a stream's."""
    found: dict[str, list[str]] = {}
    lower = {name.lower(): value.strip()[:_LONGEST] for name, value in container.items() if value.strip()}
    for name, value in lower.items():
        wanted = _NAMES.get(name)
        if wanted and value not in found.setdefault(wanted, []):
            found[wanted].append(value)
    _place(lower, found)
    _moment(lower, streams, found)
    return found


def _place(tags: Mapping[str, str], found: dict[str, list[str]]) -> None:
    """ISO 6709, as phones write it: +48.1374+011.5755+520.0/."""
    match = next((m for name in _LOCATIONS if (m := _ISO6709.match(tags.get(name, "")))), None)
    if match and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180:
        found["latitude"], found["longitude"] = [str(float(match[1]))], [str(float(match[2]))]
        if match[3]:
            found["altitude"] = [str(float(match[3]))]


def _moment(tags: Mapping[str, str], streams: list[dict[str, str]], found: dict[str, list[str]]) -> None:
    """The wall clock where it was recorded, when known; the container's own stamp is UTC."""
    stamps = [tags.get("com.apple.quicktime.creationdate", ""), tags.get("creation_time", "")]
    stamps += [stream.get("creation_time", "") for stream in streams]
    for stamp in stamps:
        match = _MOMENT.match(stamp)
        # Encoders without a clock write the year 1904 or 1970.
        if match and match[1] >= "1980":
            found["datetaken"] = [f"{match[1]}T{match[2]}"]
            if match[3]:
                offset = match[3].replace("Z", "+00:00")
                found["offset"] = [offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"]
            return
