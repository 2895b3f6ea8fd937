"""Rows as what goes out."""

from typing import Any

import msgspec

from medley.core.acquire._model import Episode, Subscription
from medley.core.acquire._rules import rules_of
from medley.core.acquire.ports import FeedEpisode, FeedPerson, Funding, Recipient


class FeedDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept of a feed beside its columns."""

    summary: str = ""
    categories: list[str] = []
    persons: list[FeedPerson] = []
    funding: list[Funding] = []
    value: list[Recipient] = []


def subscription(row: Any, counted: Any | None, *, with_url: bool) -> Subscription:
    """`counted`: a row of `feeds.counts`."""
    details = msgspec.convert(row.details or {}, FeedDetails)
    return Subscription(
        **{name: getattr(row, name) for name in _SAME},
        url=row.url if with_url else "",
        private=bool(row.sealed),
        has_cover=bool(row.cover),
        summary=details.summary,
        categories=details.categories,
        persons=details.persons,
        funding=details.funding,
        value=details.value,
        rules=rules_of(row),
        episodes=counted.episodes if counted else 0,
        downloaded=counted.downloaded if counted else 0,
        newest_ms=(counted.newest_ms or 0) if counted else 0,
        failing=row.error,
    )


_SAME = (
    *("id", "source_id", "title", "author", "description", "link", "language", "explicit", "type"),
    *("failures", "checked_at_ms", "next_check_at_ms", "created_at_ms"),
)


def told(row: Any) -> FeedEpisode:
    """An episode's row as its feed told it."""
    return msgspec.convert(row.details, FeedEpisode)


def episode(row: Any) -> Episode:
    """A row of `episodes.one` or `episodes.page`."""
    said = told(row)
    return Episode(
        **{name: getattr(said, name) for name in _SAID},
        **{name: getattr(row, name) for name in _KEPT},
        chapters=list(said.chapters),
        transcripts=list(said.transcripts),
        persons=list(said.persons),
        soundbites=list(said.soundbites),
        value=list(said.value),
        item_id=row.item_id if row.state == "here" else None,
    )


_KEPT = ("id", "feed_id", "podcast", "state", "error", "gone", "done_at_ms")
_SAID = (
    *("title", "summary", "notes", "published_ms", "duration_ms", "season", "number", "type", "explicit", "link"),
    *("media_type", "media_bytes", "chapters_url"),
)
