"""Podcasting 2.0 (https://podcastindex.org/namespace/1.0) and Podlove's chapters."""

from collections.abc import Iterable

from medley.adapters.feeds._values import address, number, one_line, seconds_ms
from medley.adapters.feeds._xml import Element, name_of, text_of
from medley.core.acquire.ports import FeedChapter, FeedPerson, Funding, Recipient, Soundbite, Transcript

_MOST = 200
_MOST_CHAPTERS = 2000


def persons(found: Iterable[Element]) -> list[FeedPerson]:
    """`<podcast:person>`."""
    named = [
        FeedPerson(
            one_line(text_of(each)), one_line(each.get("role") or "host", 50).lower(), address(each.get("href"), "")
        )
        for each in list(found)[:_MOST]
    ]
    return [each for each in named if each.name]


def transcripts(found: Iterable[Element], base: str) -> list[Transcript]:
    """`<podcast:transcript>`."""
    said = [
        Transcript(
            address(each.get("url"), base), one_line(each.get("type") or "", 80), (each.get("language") or "")[:20]
        )
        for each in list(found)[:_MOST]
    ]
    return [each for each in said if each.url]


def soundbites(found: Iterable[Element]) -> list[Soundbite]:
    """`<podcast:soundbite>`."""
    bites = [
        Soundbite(seconds_ms(each.get("startTime")), seconds_ms(each.get("duration")), one_line(text_of(each)))
        for each in list(found)[:_MOST]
    ]
    return [each for each in bites if each.duration_ms]


def funding(found: Iterable[Element], base: str) -> list[Funding]:
    """`<podcast:funding>`."""
    asked = [Funding(address(each.get("url"), base), one_line(text_of(each))) for each in list(found)[:_MOST]]
    return [each for each in asked if each.url]


def value(found: Iterable[Element]) -> list[Recipient]:
    """The recipients of all `<podcast:value>`."""
    recipients = [child for each in found for child in each if name_of(child) == "podcast:valueRecipient"]
    return [
        Recipient(
            one_line(each.get("name") or ""),
            one_line(each.get("address") or ""),
            one_line(each.get("type") or "", 40),
            number(each.get("split") or "") or 0,
        )
        for each in recipients[:_MOST]
    ]


def chapters(found: Iterable[Element]) -> list[FeedChapter]:
    """`<psc:chapters>`, in the order of their time."""
    marks = [child for each in found for child in each if name_of(child) == "psc:chapter"]
    read = [
        FeedChapter(seconds_ms(each.get("start")), one_line(each.get("title") or ""), address(each.get("href"), ""))
        for each in marks[:_MOST_CHAPTERS]
    ]
    return sorted(read, key=lambda each: each.start_ms)
