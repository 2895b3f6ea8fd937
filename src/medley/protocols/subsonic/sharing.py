"""Links to songs, albums and playlists for people without an account. They lead to the native API's `/shared`."""

from collections.abc import Sequence

from msgspec import UNSET

from medley.core.identity import Asker
from medley.core.library import ItemSheet
from medley.core.library import Share as Link
from medley.kernel.errors import InvalidInput
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ask import Ask, missing
from medley.protocols.subsonic._ids import owns, to_id
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.players import Share, Shares

_SHARED = "/api/v1/shared/"


def get_shares(house: Parts, who: Asker, ask: Ask) -> Shares:
    """One's own links, the newest first, each with what it shows now."""
    return _shown(house, who, ask, house.library.shares.all(who))


def create_share(house: Parts, who: Asker, ask: Ask) -> Shares:
    """Share songs, albums and artists, or one playlist with whatever it holds at the time."""
    refs, described = ask.refs("id"), {"description": ask.text("description", "")}
    if not refs:
        raise missing("id")
    ends = ask.number("expires", 0)
    lists = [ref.id for ref in refs if ref.sort == "pl"]
    if not lists:
        items = owns(refs, "so", "al", "ar", "ep")
        made = house.library.shares.create(who, items, expires_at_ms=ends, **described)
    elif len(refs) == 1:
        made = house.library.shares.create(who, playlist_id=lists[0], expires_at_ms=ends, **described)
    else:
        raise InvalidInput("A link shows one playlist, or songs and albums.", hint="Make two links.")
    return _shown(house, who, ask, [made])


def update_share(house: Parts, who: Asker, ask: Ask) -> None:
    """Change what is said about a link, and when it ends (0: never)."""
    house.library.shares.change(
        who,
        ask.ref("id").of("sh"),
        description=ask.text("description") if ask.has("description") else None,
        expires_at_ms=ask.number("expires") if ask.has("expires") else None,
    )


def delete_share(house: Parts, who: Asker, ask: Ask) -> None:
    """From now on the link leads nowhere."""
    house.library.shares.revoke(who, ask.ref("id").of("sh"))


def _shown(house: Parts, who: Asker, ask: Ask, links: Sequence[Link]) -> Shares:
    held = house.library.shares.item_ids_of(who, links)
    wanted = list(dict.fromkeys(own for items in held.values() for own in items))
    sheets = {each.id: each for each in house.library.items.sheets(who, wanted) if music.is_song(each)}
    return Shares(
        share=[_share(who, ask, link, [sheets[own] for own in held[link.id] if own in sheets]) for link in links]
    )


def _share(who: Asker, ask: Ask, link: Link, sheets: list[ItemSheet]) -> Share:
    return Share(
        id=to_id("sh", link.id),
        url=str(ask.request.url.replace(path=f"{_SHARED}{link.token}", query="")),
        description=link.description or UNSET,
        username=who.name,
        created=translate.instant(link.created_at_ms),
        expires=translate.moment(link.expires_at_ms),
        last_visited=translate.moment(link.visited_at_ms),
        visit_count=link.visits,
        entry=[translate.song(each) for each in sheets],
    )
