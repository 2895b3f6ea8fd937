"""Pages of lists: by number, as this protocol counts them; with no limit, all at once."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import UNSET

from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._wire.base import Page


def paged(ask: Ask, every: Sequence[Any], view: Callable[[Any], list[Any]] = list) -> Page:
    """The page of `every` that `ask` wants; `view` makes what is sent of what is shown."""
    limit, number = ask.number("limit"), ask.number("page")
    shown = every[number * limit : (number + 1) * limit] if limit else every
    return page(ask, view(shown), len(every))


def page(ask: Ask, results: list[Any], total: int, **more: Any) -> Page:
    """One page, with what was asked for beside it, as apps expect it back."""
    return Page(
        results=results,
        total=total,
        limit=ask.number("limit"),
        page=ask.number("page"),
        sort_by=ask.text("sort") or UNSET,
        sort_desc=ask.flag("desc"),
        filter_by=ask.text("filter") or UNSET,
        minified=ask.flag("minified"),
        include=ask.text("include"),
        **more,
    )
