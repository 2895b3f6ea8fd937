"""What a reader needs of a book, and the files inside of it."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from medley.protocols.native._parts import House, Who
from medley.protocols.native._wire.answers import Book
from medley.protocols.native._wire.asks import ItemId
from medley.protocols.native.play import BASE, sign_file
from medley.protocols.plumbing.media import facts_of, open_file

# A chapter is a stranger's page, so it gets an origin of its own, and may run nothing, send nothing and load nothing
# from elsewhere (CSP 3, section 6).
_POLICY = (
    "sandbox; default-src 'none'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; media-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
InnerPath = Annotated[str, Path(pattern=r"^[^\x00]*$", max_length=4096)]


def get_book(house: House, who: Who, file_id: ItemId) -> Book:
    """The table of contents and the order of chapters of a book."""
    handle = house.library.items.file(who, file_id)
    facts = facts_of(house, handle)
    open_file(handle).close()
    spine = house.library.documents.spine(handle)
    return Book(
        format=facts.format,
        title=next(iter(facts.tags.get("title", ())), handle.name),
        sections=facts.sections,
        spine=spine.items,
        base=f"{BASE}/book/{sign_file(house, who, file_id)}/{file_id}/",
        layout=spine.layout,
        direction=spine.direction,
    )


def get_resource(house: House, who: Who, file_id: ItemId, path: InnerPath) -> Response:
    """A file inside a book: a chapter, a style, a picture."""
    handle = house.library.items.file(who, file_id)
    open_file(handle).close()
    document = house.library.documents.resource(handle, path)
    headers = {"content-security-policy": _POLICY, "cache-control": "private, max-age=3600"}
    return Response(document.data, media_type=document.media_type, headers=headers)
