"""Links to shared items, for those who make them and for those who follow them without an account."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from medley.core.identity import Asker
from medley.core.library import ItemCard, Share, SharedFile
from medley.kernel.errors import NotFound
from medley.protocols.native._parts import House, Parts, Who
from medley.protocols.native._wire.answers import SharedFileView, SharedItem, SharedPage, ShareView
from medley.protocols.native._wire.asks import ChangeShare, ItemId, NewShare, PageQuery, start_of
from medley.protocols.native.files import Width
from medley.protocols.plumbing import FileRange
from medley.protocols.plumbing.media import media_type_of, open_file

Token = Annotated[str, Path(max_length=100, pattern=r"^[0-9A-Za-z_-]+$")]


def list_shares(house: House, who: Who) -> list[ShareView]:
    """One's own links, the newest first."""
    return [ShareView.of(each) for each in house.library.shares.all(who)]


def create_share(house: House, who: Who, ask: NewShare) -> ShareView:
    """Share items, or a playlist with whatever it holds at the time."""
    made = house.library.shares.create(
        who,
        ask.item_ids,
        playlist_id=ask.playlist_id or "",
        description=ask.description,
        expires_at_ms=ask.expires_at_ms,
    )
    return ShareView.of(made)


def change_share(house: House, who: Who, share_id: ItemId, ask: ChangeShare) -> ShareView:
    """Change the description or the end of a link; an end of 0 is never."""
    changed = house.library.shares.change(who, share_id, description=ask.description, expires_at_ms=ask.expires_at_ms)
    return ShareView.of(changed)


def revoke_share(house: House, who: Who, share_id: ItemId) -> None:
    """From now on the link leads nowhere."""
    house.library.shares.revoke(who, share_id)


def open_share(house: House, token: Token, page: PageQuery) -> SharedPage:
    """What a link shows, to whoever has it. The first page counts as a visit."""
    share = house.library.shares.find(token, visit=not page.cursor)
    owner = _owner(house, share)
    found = house.library.shares.item_ids(owner, share)
    start = start_of(page.cursor)
    wanted = found[start : start + page.limit]
    files = house.library.shares.files(wanted)
    items = [_item(card, files.get(card.id, []), token) for card in house.library.items.cards(owner, wanted)]
    end = start + len(wanted)
    return SharedPage.of(share, owner.name, len(found), items, end if end < len(found) else None)


def get_shared_file(house: House, token: Token, item_id: ItemId, file_id: ItemId) -> Response:
    """A file of a shared item, whole or in ranges."""
    owner = _holder(house, token, item_id)
    if file_id not in {file.id for file in house.library.shares.files([item_id]).get(item_id, ())}:
        raise NotFound("There is no such file behind this link.", hint="Load the page again.")
    handle = house.library.items.file(owner, file_id)
    return FileRange(open_file(handle), media_type_of(handle.name))


def get_shared_artwork(house: House, token: Token, item_id: ItemId, width: Width = 320) -> Response:
    """The picture of a shared item."""
    owner = _holder(house, token, item_id)
    artwork = house.library.items.cards(owner, [item_id])[0].artwork
    if artwork is None:
        raise NotFound("This item has no picture.")
    path = house.library.artworks.path(owner, artwork.id, width)
    return FileRange(open(path, "rb"), "image/webp")


def _owner(house: Parts, share: Share) -> Asker:
    try:
        return house.identity.asker(share.owner_id)
    except NotFound:
        raise NotFound("This link leads nowhere any more.", hint="Ask for a new one.") from None


def _holder(house: Parts, token: str, item_id: str) -> Asker:
    """The owner of a link that lets one play `item_id`."""
    share = house.library.shares.find(token)
    owner = _owner(house, share)
    if not house.library.shares.holds(owner, share, item_id):
        raise NotFound("There is no such item behind this link.", hint="Load the page again.")
    return owner


def _item(card: ItemCard, files: list[SharedFile], token: str) -> SharedItem:
    base = f"/api/v1/shared/{token}/items/{card.id}"
    shown = [SharedFileView.of(file, media_type_of(file.name), f"{base}/files/{file.id}") for file in files]
    return SharedItem.of(card, f"{base}/artwork" if card.artwork else "", shown)
