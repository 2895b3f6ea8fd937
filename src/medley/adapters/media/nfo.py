"""Sidecars of Kodi and Jellyfin: `.nfo` files for films, shows, seasons and episodes.

The elements are those of https://kodi.wiki/view/NFO_files. A file may hold XML, XML followed by the address of a page
about the film, only such an address, several episodes one after another, or the advertisement of a release group.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

import msgspec

from medley.adapters.media._xml import Element, children, local, parse, text
from medley.core.kinds import Facts
from medley.kernel.errors import InvalidInput, TooLarge

_LARGEST = 4 << 20
_ROOTS = ("movie", "tvshow", "season", "episodedetails", "musicvideo", "album", "artist", "video")
_DOCUMENT = re.compile(rf"<({'|'.join(_ROOTS)})[\s>]", re.IGNORECASE)
_DECLARED = re.compile(rb"""^\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([\w.-]+)["']""")
_ADDRESSES = (
    ("imdb", re.compile(r"imdb\.com/title/(tt\d{7,9})", re.IGNORECASE)),
    ("tmdb", re.compile(r"themoviedb\.org/(?:movie|tv)/(\d+)", re.IGNORECASE)),
    ("tvdb", re.compile(r"thetvdb\.com/[^\s\"<]*?(?:id=|series/)(\d+)", re.IGNORECASE)),
)
# Element → canonical tag, for elements whose text is the value.
_TEXTS = {
    "title": "title", "sorttitle": "sorttitle", "originaltitle": "originaltitle", "showtitle": "showtitle",
    "plot": "plot", "outline": "outline", "tagline": "tagline", "year": "year", "premiered": "premiered",
    "releasedate": "releasedate", "aired": "aired", "runtime": "runtime", "mpaa": "mpaa", "certification": "mpaa",
    "genre": "genre", "studio": "studio", "country": "country", "tag": "keywords", "director": "director",
    "credits": "writer", "writer": "writer", "composer": "composer", "producer": "producer", "season": "season",
    "seasonnumber": "season", "episode": "episode", "votes": "votes", "status": "status", "language": "language",
    "artist": "artist", "album": "album", "track": "tracknumber", "dateadded": "dateadded", "review": "plot",
}  # fmt: skip
_IDS = {
    "imdbid": "imdb", "imdb_id": "imdb", "tmdbid": "tmdb", "tvdbid": "tvdb",
    "musicbrainzalbumid": "musicbrainz_albumid",
    "musicbrainzreleasegroupid": "musicbrainz_releasegroupid", "musicbrainzartistid": "musicbrainz_artistid",
}  # fmt: skip
_ONCE = frozenset({"title", "sorttitle", "originaltitle", "plot", "outline", "tagline", "year", "season", "episode"})
_LONGEST = 64 * 1024
_MOST = 500  # values of one tag: casts are long
_REPEATED = "episodedetails"
_MOST_EPISODES = 100


class NfoReader:
    """Reads `.nfo`; `tags["nfo"]` names the root element, or is "url" when there are only addresses."""

    extensions = frozenset(("nfo",))

    def read(self, file: BinaryIO, name: str) -> Facts:
        """Facts with format "nfo"; several episodes stand in `tags["episodes"]` as JSON, one text each."""
        data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise TooLarge(f"{name} is larger than {_LARGEST >> 20} MB, which no sidecar is.")
        content = _decoded(data)
        documents = [_tags(root) for root in _roots(content, name)]
        tags = documents[0] if documents else {}
        if len(documents) > 1:
            tags["episodes"] = [msgspec.json.encode(document).decode() for document in documents]
        for database, pattern in _ADDRESSES:
            match = pattern.search(content)
            if match and (not documents or len(documents) == 1):
                tags.setdefault(database, [match[1].lower()])
        if not documents and tags:
            tags["nfo"] = ["url"]
        return Facts(media="sidecar", format="nfo", tags=tags)


def _decoded(data: bytes) -> str:
    declared = _DECLARED.match(data)
    encodings = [declared[1].decode("ascii")] if declared else []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings.insert(0, "utf-16")
    for encoding in (*encodings, "utf-8-sig"):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _roots(content: str, name: str) -> Iterator[Element]:
    """Each document of the file; what follows the last closing tag is left out."""
    starts = list(islice(_DOCUMENT.finditer(content), _MOST_EPISODES))
    # Only episodes come several to a file; any other such element inside the first is a field of it.
    starts = [match for match in starts if match is starts[0] or match[1].lower() == starts[0][1].lower() == _REPEATED]
    for number, match in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(content)
        closing = content.rfind(f"</{match[1]}>", match.start(), end)
        piece = content[match.start() : closing + len(match[1]) + 3 if closing >= 0 else end]
        try:
            yield parse(piece.encode("utf-8", "replace"), name)
        except InvalidInput:
            continue


def _tags(root: Element) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {"nfo": [local(root).lower()]}
    for element in children(root):
        for name, value in _values(element):
            values = tags.setdefault(name, [])
            if value and value not in values and len(values) < (1 if name in _ONCE else _MOST):
                values.append(value[:_LONGEST])
    return {name: values for name, values in tags.items() if values}


def _values(element: Element) -> Iterator[tuple[str, str]]:
    name = local(element).lower()
    special = _SPECIAL.get(name)
    if special is not None:
        yield from special(element)
    elif name in _TEXTS:
        yield _TEXTS[name], _plain(element) if name == "plot" else text(element)
    elif name in _IDS:
        yield _IDS[name], text(element)


def _plain(element: Element) -> str:
    """Paragraphs of a plot stay apart."""
    lines = ("".join(element.itertext())).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _actor(element: Element) -> Iterator[tuple[str, str]]:
    name, role = (text(next(children(element, child), None)) for child in ("name", "role"))
    if name:
        yield "actor", f"{name}\t{role}" if role else name


def _unique_id(element: Element) -> Iterator[tuple[str, str]]:
    kind, value = (element.get("type") or "").lower(), text(element)
    if kind.isalnum():
        yield {"themoviedb": "tmdb", "thetvdb": "tvdb"}.get(kind, kind), value


def _id(element: Element) -> Iterator[tuple[str, str]]:
    value = text(element)
    if re.fullmatch(r"tt\d{7,9}", value):
        yield "imdb", value


def _set(element: Element) -> Iterator[tuple[str, str]]:
    """`<set>Name</set>`, or since Kodi 17 `<set><name>…</name><overview>…</overview></set>`."""
    named = next(children(element, "name"), None)
    yield "set", text(named) if named is not None else text(element)


def _rating(element: Element) -> Iterator[tuple[str, str]]:
    yield "rating", text(element)


def _ratings(element: Element) -> Iterator[tuple[str, str]]:
    """The default one of several ratings, brought to a scale of ten."""
    ratings = sorted(children(element, "rating"), key=lambda rating: rating.get("default") != "true")
    for rating in ratings[:1]:
        value, most = text(next(children(rating, "value"), None)), rating.get("max") or "10"
        yield "votes", text(next(children(rating, "votes"), None))
        try:
            yield "rating", f"{float(value) * 10 / float(most):.3g}"
        except (ValueError, ZeroDivisionError):
            return


def _bookmark(element: Element) -> Iterator[tuple[str, str]]:
    """Where in a file of several episodes this one starts, in seconds (Kodi)."""
    yield "epbookmark", text(element)


_SPECIAL = {
    "actor": _actor,
    "uniqueid": _unique_id,
    "id": _id,
    "set": _set,
    "rating": _rating,
    "ratings": _ratings,
    "episodebookmark": _bookmark,
    "epbookmark": _bookmark,
}

READER = NfoReader()
