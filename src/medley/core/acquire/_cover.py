"""The picture of a podcast, and what tells its folder's name to the library."""

import logging
from typing import Any

import msgspec

from medley.core.acquire._fetching import PICTURE, check_status
from medley.core.acquire._place import Place
from medley.core.acquire.ports import Feed
from medley.core.library import Library
from medley.kernel.egress import Egress, Request
from medley.kernel.errors import MedleyError, Unsupported

_KINDS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF8", "gif"))
_METADATA, _OURS = "metadata.json", "writtenByMedley"
_NAMES = ("cover.jpg", "cover.png", "cover.webp", "cover.gif", "cover.jpeg", "folder.jpg", "folder.png")

_log = logging.getLogger(__name__)


def keep_cover(egress: Egress, library: Library, row: Any, feed: Feed) -> str:
    """Bring a podcast's folder up to date; the name of its picture there, or empty.

    A picture that lay there before is somebody's choice and stays. Without a folder nothing is lost but the picture.
    """
    try:
        source = library.sources.get(row.source_id)
        with Place(source.path, row.folder) as place:
            if (before := place.read(_METADATA)) is None or _OURS.encode() in before:
                place.write(_METADATA, _metadata(row, feed))
            there = place.names()
            mine = bool(row.cover) and row.cover.lower() in there
            if mine and feed.image_url == row.image_url:
                return row.cover
            if not mine and (theirs := next((each for each in _NAMES if each in there), "")):
                return theirs
            return _fetched(egress, place, feed.image_url) if feed.image_url else row.cover
    except MedleyError as error:
        _log.warning("The picture of “%s” could not be kept: %s", row.title, error)
        return row.cover


def _fetched(egress: Egress, place: Place, url: str) -> str:
    answer = egress.fetch(Request(url, headers={"accept": "image/*"}, limits=PICTURE))
    check_status(answer.status, url)
    name = f"cover.{_ending(answer.body)}"
    place.write(name, answer.body)
    return name


def _ending(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    for magic, ending in _KINDS:
        if data.startswith(magic):
            return ending
    raise Unsupported("What the feed names as its picture is none.")


def _metadata(row: Any, feed: Feed) -> bytes:
    """The file that Audiobookshelf keeps beside a podcast: with it the folder is recognised, whatever its tags say."""
    return msgspec.json.encode(
        {
            "title": feed.title or row.title,
            "author": feed.author,
            "description": feed.summary,
            "genres": list(feed.categories),
            "language": feed.language,
            "type": feed.type,
            _OURS: True,  # without the feed's address: that of a private feed is a secret
        }
    )
