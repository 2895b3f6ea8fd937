"""Media retrieval: covers and avatars."""

from starlette.responses import Response

from medley.core.identity import Asker
from medley.core.library import WIDTHS
from medley.kernel.errors import Forbidden, NotFound
from medley.protocols.plumbing import FileRange
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._avatar import avatar
from medley.protocols.subsonic._ids import Ref
from medley.protocols.subsonic._parts import Parts

_LARGEST = 10_000  # pixels
_A_DAY = "private, max-age=86400"


def get_cover_art(house: Parts, who: Asker, ask: Ask) -> Response:
    """The picture of an item or playlist, in the nearest width up of those that are kept."""
    width = ask.number("size", WIDTHS[-1], least=1, most=_LARGEST)
    ref = ask.ref("id")
    if ref.sort == "po" and not house.library.items.cards(who, [ref.id]):  # one that is followed has its own picture
        drawn = house.podcasts.cover(who, ref.id, width)
        return Response(drawn.data, media_type=drawn.media_type, headers={"cache-control": _A_DAY})
    path = house.library.artworks.path(who, _artwork_id(house, who, ref), width)
    return FileRange(open(path, "rb"), "image/webp", cache_control=_A_DAY)


def _of_feed(house: Parts, who: Asker, feed_id: str, width: int) -> Response | None:
    """The picture of a podcast that is followed; None for one that only lies in the library, or has none."""
    try:
        drawn = house.podcasts.cover(who, feed_id, min(width, WIDTHS[-1]))
    except NotFound:
        return None
    headers = {"cache-control": _A_DAY, "content-security-policy": "sandbox; default-src 'none'"}
    return Response(drawn.data, media_type=drawn.media_type, headers=headers)


def _artwork_id(house: Parts, who: Asker, ref: Ref) -> str:
    """An artist may have his first album's cover, a song has its album's, a playlist that of its first song."""
    if ref.sort == "pl":
        house.library.playlists.get(who, ref.id)
        cards = [each.item for each in house.library.playlists.entries(who, ref.id, limit=20).items]
    else:
        cards = house.library.items.cards(who, [ref.id])
    for card in cards:
        if card.artwork is not None:
            return card.artwork.id
    raise NotFound("There is no picture of this.", hint="Put a cover beside its files, or into their tags.")


def get_avatar(house: Parts, who: Asker, ask: Ask) -> Response:
    """A picture made of somebody's initials; one's own, or as an administrator anybody's."""
    name = ask.text("username")
    if name.casefold() != who.name.casefold():
        if "system.configure" not in who.permissions:
            raise Forbidden("Only administrators look at others.")
        if name.casefold() not in {each.name.casefold() for each in house.identity.users()}:
            raise NotFound("There is nobody of this name.")
    return Response(avatar(name), media_type="image/png", headers={"cache-control": _A_DAY})
