"""People → their users."""

from medley.core.identity import Asker, TokenPair, User
from medley.core.library import Work
from medley.protocols.audiobookshelf._ids import KINDS, shelves
from medley.protocols.audiobookshelf._mine import progress_of
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire import server as wire
from medley.protocols.audiobookshelf.bookmarks import bookmarks_of

_TYPES = {"admin": "admin", "guest": "guest"}


def user_of(house: Parts, who: Asker, token: str, pair: TokenPair | None = None) -> wire.User:
    """Who is signed in, with all that they have done; `token` is what they came with, `pair` what they get."""
    user = house.identity.user(who.user_id)
    aside = house.library.listening.aside(who)
    known = {each.id for each in opened(house, who)}
    libraries = [] if who.sources is None else [each.id for each in shelves(house, who)]
    return wire.User(
        id=user.id,
        username=user.name,
        type=_TYPES.get(user.role, "user"),
        token=token,
        media_progress=all_progress(house, who),
        series_hide_from_continue_listening=[each for each in aside if each not in known],
        bookmarks=bookmarks_of(house, who),
        last_seen=house.clock.now_ms(),
        created_at=user.created_at_ms,
        permissions=permissions_of(user, who),
        libraries_accessible=libraries,
        access_token=pair.access if pair else None,
        refresh_token=pair.refresh if pair else None,
    )


def login_of(house: Parts, who: Asker, token: str, pair: TokenPair | None = None) -> wire.Login:
    """The answer to a sign-in."""
    first = next(iter(shelves(house, who)), None)
    return wire.Login(user=user_of(house, who, token, pair), user_default_library_id=first.id if first else None)


def permissions_of(user: User, who: Asker) -> wire.Permissions:
    """What a role may do, in their words."""
    may = set(user.permissions)
    return wire.Permissions(
        download="media.download" in may,
        update="media.upload" in may,
        delete="media.delete" in may,
        upload="media.upload" in may,
        access_all_libraries=who.sources is None,
    )


def opened(house: Parts, who: Asker) -> list[Work]:
    """Everything of these kinds that somebody opened, the last first."""
    return house.library.works.opened(who, KINDS)


def all_progress(house: Parts, who: Asker) -> list[wire.MediaProgress]:
    """Where somebody is in everything."""
    return [made for each in opened(house, who) if (made := progress_of(each, who.user_id)) is not None]
