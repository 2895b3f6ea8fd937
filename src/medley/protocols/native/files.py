"""Bytes: files as they are, pictures of items, display forms of photos and pages."""

from typing import Annotated

from fastapi import Path, Query
from starlette.responses import Response

from medley.core.library.ports import Document
from medley.protocols.native._parts import House, Who
from medley.protocols.native._wire.answers import ComicPage, ComicPages
from medley.protocols.native._wire.asks import ItemId
from medley.protocols.plumbing import FileRange
from medley.protocols.plumbing.media import facts_of, media_type_of, open_file

_FOREVER = "private, max-age=31536000, immutable"
_A_DAY = "private, max-age=86400"

Width = Annotated[int, Query(ge=1, le=10_000)]
WidthOrWhole = Annotated[int, Query(ge=0, le=10_000)]
PageNumber = Annotated[int, Path(ge=0, le=1_000_000)]


def get_bytes(house: House, who: Who, file_id: ItemId) -> Response:
    """A file as it is, whole or in ranges."""
    handle = house.library.items.file(who, file_id)
    return FileRange(open_file(handle), media_type_of(handle.name), repeatable=True)


def download(house: House, who: Who, file_id: ItemId) -> Response:
    """A file to save, under its own name."""
    handle = house.library.items.file(who, file_id)
    return FileRange(open_file(handle), media_type_of(handle.name), attachment=handle.name, repeatable=True)


def get_artwork(house: House, who: Who, artwork_id: ItemId, width: Width = 320) -> Response:
    """A picture of an item, in the nearest width up of those that are kept. It never changes under its id."""
    path = house.library.artworks.path(who, artwork_id, width)
    return FileRange(open(path, "rb"), "image/webp", cache_control=_FOREVER)


def get_picture(house: House, who: Who, file_id: ItemId, width: Width = 1920) -> Response:
    """A photo as every browser can show it, upright and at most `width` wide."""
    handle = house.library.items.file(who, file_id)
    open_file(handle).close()
    return _shown(house.library.documents.picture(handle, width))


def list_pages(house: House, who: Who, file_id: ItemId) -> ComicPages:
    """The pages of a comic or PDF."""
    handle = house.library.items.file(who, file_id)
    facts = facts_of(house, handle)
    fields = house.library.items.get(who, handle.item_id).fields if handle.item_id else {}
    spreads = set(fields.get("double_pages") or ())
    pages = [
        ComicPage(n, page.width, page.height, n in spreads or page.width > page.height)
        for n, page in enumerate(facts.pages)
    ]
    return ComicPages(str(fields.get("direction") or "ltr"), pages)


def get_page(house: House, who: Who, file_id: ItemId, number: PageNumber, width: WidthOrWhole = 0) -> Response:
    """One page as a picture; a width of 0 is the original."""
    handle = house.library.items.file(who, file_id)
    open_file(handle).close()
    return _shown(house.library.documents.page(handle, number, width))


def _shown(document: Document) -> Response:
    headers = {"cache-control": _A_DAY, "content-security-policy": "sandbox; default-src 'none'"}
    return Response(document.data, media_type=document.media_type, headers=headers)
