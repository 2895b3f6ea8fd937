"""By what a feed and its episodes are known again when the feed is moved, retitled or rebuilt."""

import hashlib
import unicodedata
from urllib.parse import urlsplit

from medley.core.acquire.ports import FeedEpisode

_DAY_MS = 86_400_000
_DEFAULT = {"http": 80, "https": 443}


def feed_key(url: str) -> str:
    """The same for http and https, with and without a last slash, credentials and fragment."""
    parts = urlsplit(url.strip())
    try:
        port = parts.port
    except ValueError:
        port = None
    host = (parts.hostname or "").lower().removeprefix("www.")
    place = "" if port in (None, _DEFAULT.get(parts.scheme)) else f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return _digest(f"{host}{place}{parts.path.rstrip('/')}{query}")


def guid_key(episode: FeedEpisode) -> str:
    return _digest(episode.guid) if episode.guid else ""


def media_key(episode: FeedEpisode) -> str:
    """The address of the sound without its query, which often holds a token or a time."""
    parts = urlsplit(episode.media_url)
    return _digest(f"{parts.netloc.lower()}{parts.path}") if parts.path.strip("/") else ""


def title_key(episode: FeedEpisode) -> str:
    """Title and day; empty where either is missing, for then it would fit too many."""
    title = " ".join(unicodedata.normalize("NFKC", episode.title).casefold().split())
    return _digest(f"{title}\n{episode.published_ms // _DAY_MS}") if title and episode.published_ms else ""


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
