"""Which element of a feed means what."""

from collections.abc import Mapping

from medley.adapters.feeds import _podcasting as podcasting
from medley.adapters.feeds._clean import notes, plain
from medley.adapters.feeds._values import address, date_ms, duration_ms, number, one_line, size, yes
from medley.adapters.feeds._xml import Element, by_name, elements, inside, name_of, text_of
from medley.core.acquire.ports import Feed, FeedEpisode, Outline
from medley.kernel.errors import InvalidInput, TooLarge

LARGEST = 32 << 20
_MOST_EPISODES = 20_000
_MOST_OUTLINES = 100_000
_ITEMS = frozenset(("item", "atom:entry"))
_ROOTS = frozenset(("rss", "atom:feed", "rdf:RDF", "channel", "RDF", "feed"))
_PLAYABLE = ("audio/", "video/", "application/ogg", "application/octet-stream", "binary/octet-stream")
_ENDINGS = (".mp3", ".m4a", ".m4b", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav", ".mp4", ".m4v")

_Children = Mapping[str, list[Element]]


class Reader:
    """`medley.core.acquire.ports.FeedReader` on lxml."""

    def feed(self, data: bytes, url: str, charset: str = "") -> Feed:
        """The podcast that `data` tells of."""
        if len(data) > LARGEST:
            raise TooLarge(f"The feed is larger than {LARGEST >> 20} MiB, so it is not read.")
        episodes: list[FeedEpisode] = []
        channel: Element | None = None
        known = False
        for element in elements(data, charset):
            name = name_of(element)
            known = known or name in _ROOTS
            if name in _ITEMS:
                if len(episodes) < _MOST_EPISODES and (episode := _episode(by_name(element), url)):
                    episodes.append(episode)
                element.clear()
            elif name in ("channel", "atom:feed"):
                channel = element
        if channel is None and not known:
            raise InvalidInput("This is no feed of a podcast.", hint="Is it the address of the feed, or of a web page?")
        return _feed(by_name(channel) if channel is not None else {}, url, episodes)

    def outlines(self, data: bytes) -> list[Outline]:
        """Every outline with an address, whatever its type says, however deep it lies."""
        if len(data) > LARGEST:
            raise TooLarge(f"The list is larger than {LARGEST >> 20} MiB, so it is not read.")
        found: dict[str, Outline] = {}
        some = False
        for element in elements(data):
            name = name_of(element).lower()
            some = some or name in ("opml", "outline")
            if name != "outline" or len(found) >= _MOST_OUTLINES:
                continue
            said = {key.lower(): value for key, value in element.attrib.items()}
            url = address(said.get("xmlurl") or said.get("url"), "")
            if url:
                found.setdefault(url, Outline(url, one_line(said.get("title") or said.get("text") or "")))
            element.clear()
        if not some:
            raise InvalidInput("This is no list of subscriptions.", hint="Podcast apps export one as an OPML file.")
        return list(found.values())


def _feed(said: _Children, url: str, episodes: list[FeedEpisode]) -> Feed:
    told = _richest(said, "description", "itunes:summary", "atom:subtitle", "itunes:subtitle")
    return Feed(
        title=one_line(plain(_first(said, "title", "itunes:title", "atom:title"))),
        author=one_line(_first(said, "itunes:author", "dc:creator", "managingEditor") or _atom_author(said)),
        description=notes(told),
        summary=plain(told),
        link=_link(said, url),
        image_url=_image(said, url),
        language=_first(said, "language", "dc:language")[:20],
        categories=_categories(said),
        explicit=yes(_first(said, "itunes:explicit")),
        type="serial" if _first(said, "itunes:type").lower() == "serial" else "episodic",
        guid=_first(said, "podcast:guid")[:200],
        moved_to=address(_first(said, "itunes:new-feed-url"), ""),
        persons=podcasting.persons(said.get("podcast:person", ())),
        funding=podcasting.funding(said.get("podcast:funding", ()), url),
        value=podcasting.value(said.get("podcast:value", ())),
        episodes=episodes,
    )


def _episode(said: _Children, url: str) -> FeedEpisode | None:
    """None for what has nothing to play, as blog posts among episodes."""
    media = _media(said, url)
    if media is None:
        return None
    media_url, media_type, media_bytes = media
    told = _richest(said, "content:encoded", "atom:content", "description", "itunes:summary", "atom:summary")
    chapters = next(iter(said.get("podcast:chapters", ())), None)
    return FeedEpisode(
        guid=one_line(_first(said, "guid", "atom:id"), 1000),
        title=one_line(plain(_first(said, "title", "itunes:title", "atom:title"))),
        summary=plain(_first(said, "itunes:subtitle", "itunes:summary", "atom:summary") or told, 1000),
        notes=notes(told),
        published_ms=date_ms(_first(said, "pubDate", "atom:published", "dc:date", "atom:updated", "pubdate")),
        duration_ms=duration_ms(_first(said, "itunes:duration")),
        season=number(_first(said, "itunes:season", "podcast:season")),
        number=number(_first(said, "itunes:episode", "podcast:episode")),
        type=_type(_first(said, "itunes:episodeType")),
        explicit=yes(_first(said, "itunes:explicit")),
        link=_link(said, url),
        media_url=media_url,
        media_type=media_type,
        media_bytes=media_bytes,
        image_url=_image(said, url),
        chapters_url=address(chapters.get("url"), url) if chapters is not None else "",
        chapters=podcasting.chapters(said.get("psc:chapters", ())),
        transcripts=podcasting.transcripts(said.get("podcast:transcript", ()), url),
        persons=podcasting.persons(said.get("podcast:person", ())),
        soundbites=podcasting.soundbites(said.get("podcast:soundbite", ())),
        value=podcasting.value(said.get("podcast:value", ())),
    )


def _media(said: _Children, url: str) -> tuple[str, str, int] | None:
    """(address, type, bytes) of what is played; where an item has several, the first with sound."""
    offered = [(each.get("url"), each.get("type"), each.get("length")) for each in said.get("enclosure", ())]
    grouped = [child for group in said.get("media:group", ()) for child in group if name_of(child) == "media:content"]
    contents = (*said.get("media:content", ()), *grouped)
    offered += [(each.get("url"), each.get("type") or each.get("medium"), each.get("fileSize")) for each in contents]
    links = [each for each in said.get("atom:link", ()) if each.get("rel") == "enclosure"]
    offered += [(each.get("href"), each.get("type"), each.get("length")) for each in links]
    for place, media_type, length in offered:
        whole, media_type = address(place, url), (media_type or "").strip().lower()[:100]
        ending = whole.partition("?")[0].lower()
        if whole and (media_type.startswith(_PLAYABLE) or media_type == "audio" or ending.endswith(_ENDINGS)):
            return whole, media_type, size(length)
    return None


def _first(said: _Children, *names: str) -> str:
    """The first text that is not empty, by the order of `names`."""
    return next((text for name in names for each in said.get(name, ()) if (text := text_of(each))), "")


def _richest(said: _Children, *names: str) -> str:
    """The first of `names` with markup, else the first of all."""
    texts = [text for name in names for each in said.get(name, ()) if (text := inside(each).strip())]
    return next((text for text in texts if "<" in text), texts[0] if texts else "")


def _link(said: _Children, url: str) -> str:
    for each in said.get("link", ()):
        if found := address(text_of(each), url):
            return found
    atom = [each for each in said.get("atom:link", ()) if each.get("rel") in (None, "alternate")]
    return next((found for each in atom if (found := address(each.get("href"), url))), "")


def _image(said: _Children, url: str) -> str:
    for each in said.get("itunes:image", ()):
        if found := address(each.get("href") or text_of(each), url):
            return found
    for each in said.get("image", ()):
        if found := address(_first(by_name(each), "url"), url):
            return found
    pictures = (*said.get("media:thumbnail", ()), *said.get("atom:logo", ()))
    return next((found for each in pictures if (found := address(each.get("url") or text_of(each), url))), "")


def _categories(said: _Children) -> list[str]:
    """iTunes' categories and those within them, else plain ones."""
    found = [each.get("text") for top in said.get("itunes:category", ()) for each in top.iter() if each.get("text")]
    names = [one_line(each, 100) for each in found] or [
        one_line(text_of(each), 100) for each in said.get("category", ())
    ]
    return list(dict.fromkeys(each for each in names if each))[:50]


def _atom_author(said: _Children) -> str:
    return next((_first(by_name(each), "atom:name") for each in said.get("atom:author", ())), "")


def _type(text: str) -> str:
    return text.lower() if text.lower() in ("full", "trailer", "bonus") else "full"
