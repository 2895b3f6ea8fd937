"""Requests for feeds and what belongs to them."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from medley.core.acquire._model import Preview
from medley.core.acquire.ports import Feed, FeedReader
from medley.kernel.egress import Answer, Egress, Limits, Request
from medley.kernel.errors import InvalidInput, Unavailable

FEED = Limits(max_bytes=32 << 20, seconds=60.0, redirects=8)
PICTURE = Limits(max_bytes=12 << 20, seconds=30.0, redirects=8)
_FEED_TYPES = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5"
_SCHEMES = ("feed://", "itpc://", "pcast://", "podcast://", "feed:", "podcast:")
_SAID = {
    401: "asks for a name and password",
    402: "asks for money",
    403: "refuses to answer",
    404: "has nothing at this address",
    410: "says that the feed is gone for good",
    429: "is asked too often",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer to the request for a feed. `feed` is None where nothing changed (304)."""

    answer: Answer
    feed: Feed | None


def fetch_feed(
    egress: Egress,
    reader: FeedReader,
    url: str,
    credentials: tuple[str, str] | None = None,
    *,
    etag: str = "",
    modified: str = "",
) -> Fetched:
    """The feed at `url`, or that it did not change since (RFC 9110, section 13.1)."""
    known = {"if-none-match": etag, "if-modified-since": modified}
    headers = {"accept": _FEED_TYPES, **{name: value for name, value in known.items() if value}}
    answer = egress.fetch(Request(url, headers=headers, credentials=credentials, limits=FEED))
    if answer.status == 304:
        return Fetched(answer, None)
    check_status(answer.status, url)
    _, _, charset = answer.headers.get("content-type", "").lower().partition("charset=")
    return Fetched(answer, reader.feed(answer.body, answer.url, charset.strip(" \"';")))


def check_status(status: int, url: str) -> None:
    """`Unavailable` for anything but success."""
    if status not in (200, 203, 206):
        said = _SAID.get(status, f"answers with status {status}")
        hint = "Give the name and password of your account." if status == 401 else "Medley tries again later."
        raise Unavailable(f"{host_of(url)} {said}.", hint=hint)


def take_apart(url: str) -> tuple[str, str, str]:
    """(address, name, password) of what a person pasted: with or without a scheme, or one of podcast apps."""
    url = url.strip()
    for scheme in _SCHEMES:
        if url.lower().startswith(scheme):
            url = url[len(scheme) :]
            break
    if "://" not in url:
        url = f"https://{url.lstrip('/')}"
    try:
        parts = urlsplit(url)
        login, password, host = parts.username or "", parts.password or "", parts.hostname
    except ValueError:
        host, parts, login, password = "", urlsplit(""), "", ""
    if parts.scheme not in ("http", "https") or not host or not _sayable(parts.netloc, 33) or not _sayable(url, 32):
        raise InvalidInput("This is no address of a feed.", hint="It looks like https://example.org/feed.xml.")
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=place, fragment="").geturl(), login, password


def _sayable(text: str, least: int) -> bool:
    """No control characters, nor halves of characters, which no database keeps."""
    return all(ord(each) >= least and not 0xD800 <= ord(each) < 0xE000 for each in text)


def host_of(url: str) -> str:
    """What may be told of an address: the rest of it may be a secret."""
    try:
        return urlsplit(url).hostname or "The host"
    except ValueError:
        return "The host"


def preview(feed: Feed, url: str, subscribed: str) -> Preview:
    """A feed for somebody who thinks about subscribing."""
    newest = sorted(feed.episodes, key=lambda each: -each.published_ms)[:10]
    return Preview(
        title=feed.title or host_of(url),
        author=feed.author,
        description=feed.description,
        link=feed.link,
        url=url,
        language=feed.language,
        explicit=feed.explicit,
        categories=list(feed.categories),
        episodes=len(feed.episodes),
        newest=newest,
        subscribed=subscribed,
    )
