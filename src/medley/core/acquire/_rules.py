"""Which episodes the rules of a subscription want to have, and which they want to be rid of."""

from collections.abc import Sequence
from typing import Protocol

from medley.core.acquire._model import Rules


class Brief(Protocol):
    """What the rules look at."""

    @property
    def id(self) -> str: ...
    @property
    def published_ms(self) -> int: ...


def rules_of(row: object) -> Rules:
    """The rules in a feed's row."""
    return Rules(**{name: getattr(row, name) for name in Rules.__struct_fields__})


def wanted(rules: Rules, listed: Sequence[Brief], fresh: frozenset[str]) -> list[str]:
    """Ids of the episodes to download, among those that are only listed (the newest first).

    `fresh` are those that appeared just now: “newest” looks at no others, so that what somebody passed over or
    removed does not come back.
    """
    if rules.download == "newest":
        return [each.id for each in listed if each.id in fresh][: rules.download_count]
    if rules.download == "since":
        return [each.id for each in listed if each.published_ms >= rules.download_since_ms]
    return [each.id for each in listed] if rules.download == "all" else []


def beyond(rules: Rules, here: Sequence[Brief]) -> list[str]:
    """Ids of downloaded episodes (the newest first) beyond the number that is kept."""
    return [each.id for each in here[rules.keep :]] if rules.keep else []
