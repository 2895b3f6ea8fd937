"""What acquiring asks of the outside: feeds and subscription lists, read out of bytes that nobody vouches for."""

from collections.abc import Sequence
from typing import Protocol

import msgspec


class FeedChapter(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a chapter begins (https://podlove.org/simple-chapters)."""

    start_ms: int
    title: str = ""
    link: str = ""


class Transcript(msgspec.Struct, frozen=True, omit_defaults=True):
    """`<podcast:transcript>`: where the words of an episode are."""

    url: str
    media_type: str = ""
    language: str = ""


class FeedPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """`<podcast:person>`."""

    name: str
    role: str = "host"
    link: str = ""


class Soundbite(msgspec.Struct, frozen=True, omit_defaults=True):
    """`<podcast:soundbite>`: a stretch worth hearing first."""

    start_ms: int
    duration_ms: int
    title: str = ""


class Recipient(msgspec.Struct, frozen=True, omit_defaults=True):
    """`<podcast:valueRecipient>`: who gets how large a share of what listeners give."""

    name: str
    address: str
    type: str = ""
    split: int = 0


class Funding(msgspec.Struct, frozen=True, omit_defaults=True):
    """`<podcast:funding>`: where one can support the makers."""

    url: str
    title: str = ""


class FeedEpisode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An episode as its feed tells it; times in milliseconds, 0 and "" for what it does not say.

    `notes` is HTML of a few harmless elements, `summary` plain text. Addresses are http or https, or empty.
    """

    guid: str = ""
    title: str = ""
    summary: str = ""
    notes: str = ""
    published_ms: int = 0
    duration_ms: int = 0
    season: int | None = None
    number: int | None = None
    type: str = "full"
    explicit: bool = False
    link: str = ""
    media_url: str = ""
    media_type: str = ""
    media_bytes: int = 0
    image_url: str = ""
    chapters_url: str = ""
    chapters: Sequence[FeedChapter] = ()
    transcripts: Sequence[Transcript] = ()
    persons: Sequence[FeedPerson] = ()
    soundbites: Sequence[Soundbite] = ()
    value: Sequence[Recipient] = ()


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A podcast as its feed tells it. `description` is as `FeedEpisode.notes`, the rest as there.

    `moved_to` is `itunes:new-feed-url`.
    """

    title: str
    author: str = ""
    description: str = ""
    summary: str = ""
    link: str = ""
    image_url: str = ""
    language: str = ""
    categories: Sequence[str] = ()
    explicit: bool = False
    type: str = "episodic"
    guid: str = ""
    moved_to: str = ""
    persons: Sequence[FeedPerson] = ()
    funding: Sequence[Funding] = ()
    value: Sequence[Recipient] = ()
    episodes: Sequence[FeedEpisode] = ()


class Outline(msgspec.Struct, frozen=True):
    """One feed of a subscription list (OPML)."""

    url: str
    title: str = ""


class FeedReader(Protocol):
    """Reads feeds and subscription lists. `InvalidInput` for what is none, `TooLarge` beyond all reason."""

    def feed(self, data: bytes, url: str, charset: str = "") -> Feed:
        """A feed of RSS 0.9x, 1.0, 2.0 or Atom that came from `url`; `charset` is what HTTP said of it."""
        ...

    def outlines(self, data: bytes) -> list[Outline]:
        """The feeds of an OPML document, each address once, in their order."""
        ...
