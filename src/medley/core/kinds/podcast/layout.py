"""Where an episode's file should lie, so that it is recognised there and every file system can hold it."""

import re
import unicodedata
from datetime import UTC, datetime

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 120  # bytes of UTF-8: room for a date, a number and the ending of a companion file


def folder_name(title: str) -> str:
    """The folder of a podcast."""
    return safe_name(title) or "Podcast"


def file_stem(title: str, published_ms: int, season: int | None = None, number: int | None = None) -> str:
    """“2024-01-31 - S02E05 - Title”, with what is known of it."""
    parts = [safe_name(title) or "Episode"]
    if season is not None and number is not None:
        parts.insert(0, f"S{season:02}E{number:02}")
    if published_ms:
        parts.insert(0, datetime.fromtimestamp(published_ms / 1000, UTC).strftime("%Y-%m-%d"))
    return " - ".join(parts)


def safe_name(text: str) -> str:
    """`text` as a name on any file system; may be empty."""
    name = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text))
    name = " ".join(name.split()).encode()[:_LONGEST].decode("utf-8", "ignore").strip(" .")
    return f"_{name}" if _RESERVED.match(name) else name
