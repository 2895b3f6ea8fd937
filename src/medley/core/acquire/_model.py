"""The words of this room."""

from typing import Literal, get_args

import msgspec

from medley.core.acquire.ports import FeedChapter, FeedEpisode, FeedPerson, Funding, Recipient, Soundbite, Transcript
from medley.kernel.errors import InvalidInput

Download = Literal["none", "newest", "since", "all"]
State = Literal["listed", "wanted", "loading", "here", "failed", "removed"]

_DOWNLOADS: tuple[str, ...] = get_args(Download)
_LIMITS = {
    "download_count": (1, 1000),
    "download_since_ms": (0, 1 << 53),
    "keep": (0, 100_000),
    "keep_played_days": (0, 36_500),
    "interval_minutes": (10, 43_200),
}


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What is done with a feed by itself.

    `download`: none, the `download_count` newest of what appears, what was published since `download_since_ms`
    (milliseconds since 1970), or all. Of what Medley downloaded, the `keep` newest stay (0: all of them), and what
    everybody who began it has finished goes after `keep_played_days` (0: never).
    """

    download: Download = "none"
    download_count: int = 3
    download_since_ms: int = 0
    keep: int = 0
    keep_played_days: int = 0
    interval_minutes: int = 60

    def checked(self) -> "Rules":
        """These rules; `InvalidInput` where one makes no sense."""
        if self.download not in _DOWNLOADS:
            raise InvalidInput(f"There is no rule “{self.download}”.", hint=f"One of: {', '.join(_DOWNLOADS)}.")
        for name, (least, most) in _LIMITS.items():
            if not least <= getattr(self, name) <= most:
                raise InvalidInput(f"The rule {name} cannot be {getattr(self, name)}: it is {least} to {most}.")
        return self


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """A podcast that is followed. Times are milliseconds since 1970, 0 for never.

    `description` is harmless HTML, `summary` the same as plain text.

    `url` is empty for those who may not change subscriptions: the addresses of private feeds are secrets. `private`
    says that a name and password are kept; they are never told. `failing` has why the last refresh failed.
    """

    id: str
    source_id: str
    title: str
    author: str
    description: str
    summary: str
    link: str
    url: str
    private: bool
    has_cover: bool
    language: str
    explicit: bool
    type: str
    categories: list[str]
    persons: list[FeedPerson]
    funding: list[Funding]
    value: list[Recipient]
    rules: Rules
    episodes: int
    downloaded: int
    newest_ms: int
    failing: str
    failures: int
    checked_at_ms: int
    next_check_at_ms: int
    created_at_ms: int


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """An episode of a subscription. `notes` is harmless HTML, `summary` plain text.

    `state`: listed (only in the feed), wanted, loading, here, failed (`error` says why), removed (was here).
    `item_id` is its item in the library once it was scanned. `gone`: the feed does not name it any more.
    """

    id: str
    feed_id: str
    podcast: str
    title: str
    summary: str
    notes: str
    published_ms: int
    duration_ms: int
    season: int | None
    number: int | None
    type: str
    explicit: bool
    link: str
    media_type: str
    media_bytes: int
    chapters: list[FeedChapter]
    chapters_url: str
    transcripts: list[Transcript]
    persons: list[FeedPerson]
    soundbites: list[Soundbite]
    value: list[Recipient]
    state: State
    error: str
    gone: bool
    item_id: str | None
    done_at_ms: int


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as it would be subscribed to; `subscribed` is the id of the subscription that there is already."""

    title: str
    author: str
    description: str
    link: str
    url: str
    language: str
    explicit: bool
    categories: list[str]
    episodes: int
    newest: list[FeedEpisode]
    subscribed: str


class Imported(msgspec.Struct, frozen=True):
    """What became of a list of subscriptions: new ones, those that there were, addresses that cannot be used."""

    added: int
    known: int
    refused: int
