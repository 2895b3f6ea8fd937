"""What all shapes have in common."""

import msgspec


class Wire(msgspec.Struct, rename="camel", kw_only=True, frozen=True):
    """A shape of theirs: names in camelCase, what is unknown is null."""


class Page(Wire, frozen=True, kw_only=True):
    """A page of a list; which fields beyond these an app reads depends on the list."""

    results: list
    total: int
    limit: int
    page: int
    sort_by: str | msgspec.UnsetType = msgspec.UNSET
    sort_desc: bool = False
    filter_by: str | msgspec.UnsetType = msgspec.UNSET
    media_type: str | None = None
    minified: bool = False
    collapseseries: bool = False
    include: str = ""
    offset: int = 0
