"""Libraries as this protocol's apps see them: what of one kind lies in one source.

All other ids are ours as they are.
"""

import base64
import binascii
from typing import NamedTuple
from urllib.parse import unquote

from medley.core.identity import Asker
from medley.core.library import Source
from medley.kernel.errors import InvalidInput, NotFound
from medley.protocols.audiobookshelf._parts import Parts

# kind → what the protocol calls it, and the name for one of several kinds in a source.
KINDS = {"audiobook": ("book", "Audiobooks"), "book": ("book", "Books"), "podcast": ("podcast", "Podcasts")}


class Shelf(NamedTuple):
    """A library of theirs."""

    kind: str
    source: Source
    name: str

    @property
    def id(self) -> str:
        """Its id among theirs."""
        return library_id(self.kind, self.source.id)

    @property
    def media_type(self) -> str:
        """`book` or `podcast`."""
        return KINDS[self.kind][0]


def library_id(kind: str, source_id: str) -> str:
    """The id of the library that holds a kind in a source."""
    return f"{kind}-{source_id}"


def shelves(house: Parts, who: Asker) -> list[Shelf]:
    """The libraries that `who` may see."""
    found: list[Shelf] = []
    for source in house.library.sources.all(who):
        kinds = [kind for kind in KINDS if kind == source.kind or _holds(source, kind)]
        named = len(kinds) > 1 or source.kind != (kinds or [""])[0]
        found += [Shelf(kind, source, f"{source.name}: {KINDS[kind][1]}" if named else source.name) for kind in kinds]
    return found


def _holds(source: Source, kind: str) -> bool:
    return any(key.startswith(f"{kind}/") and many for key, many in source.counts.items())


def shelf_of(house: Parts, who: Asker, text: str) -> Shelf:
    """The library of an id; `NotFound` also for one that `who` may not see."""
    for shelf in shelves(house, who):
        if shelf.id == text:
            return shelf
    raise NotFound("There is no such library.", hint="List the libraries again.")


def to_base64(text: str) -> str:
    """A name as filters and ids of narrators carry it."""
    return base64.b64encode(text.encode()).decode()


def from_base64(text: str) -> str:
    """The name that `to_base64` wrote; it may still be percent-encoded."""
    plain = unquote(text)
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        raise InvalidInput("This filter is not written in base64.") from None
