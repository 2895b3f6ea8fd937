"""Chapters in a file of their own (https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md)."""

from typing import Any

import msgspec

from medley.core.acquire._fetching import check_status, host_of
from medley.core.acquire.ports import FeedChapter
from medley.kernel.egress import Egress, Limits, Request
from medley.kernel.errors import Unavailable

_FILE = Limits(max_bytes=1 << 20, seconds=15.0)
_MOST = 2000
_LONGEST_S = 30 * 24 * 3600


def fetch_chapters(egress: Egress, url: str) -> list[FeedChapter]:
    """The chapters at `url`, in the order of their time; `Unavailable` where there are none to be had."""
    answer = egress.fetch(Request(url, headers={"accept": "application/json+chapters, application/json"}, limits=_FILE))
    check_status(answer.status, url)
    try:
        said = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unavailable(f"{host_of(url)} gives chapters that cannot be read.") from error
    listed = said.get("chapters") if isinstance(said, dict) else None
    found = [_chapter(each) for each in (listed if isinstance(listed, list) else [])[:_MOST]]
    return sorted((each for each in found if each is not None), key=lambda each: each.start_ms)


def _chapter(said: Any) -> FeedChapter | None:
    """None for what is no chapter, or stands in no list of them (`toc` false)."""
    start = said.get("startTime") if isinstance(said, dict) and said.get("toc") is not False else None
    if not isinstance(start, int | float) or isinstance(start, bool) or not 0 <= start < _LONGEST_S:
        return None
    title, link = said.get("title"), said.get("url")
    link = link[:4096] if isinstance(link, str) and link.startswith(("http://", "https://")) else ""
    return FeedChapter(int(start * 1000), title[:500] if isinstance(title, str) else "", link)
