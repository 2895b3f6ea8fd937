"""Signing in, accounts, sources."""

import hashlib
import secrets

import msgspec

from medley.core.identity import Asker, User
from medley.kernel.errors import NotFound
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as subsonic
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._ids import music_folder_id, ref_of, to_id
from medley.protocols.subsonic.navidrome import _wire as wire
from medley.protocols.subsonic.navidrome._auth import address_of, client_of
from medley.protocols.subsonic.navidrome._parts import Parts
from medley.protocols.subsonic.navidrome._route import Part, body_of
from medley.protocols.subsonic.navidrome._window import window

_CONFIGURE = "system.configure"
_SALT_BYTES = 8


class _Login(msgspec.Struct):
    username: str
    password: str


def login(house: Parts, _who: None, ask: Ask) -> wire.SignedIn:
    """Sign in with the main password or an app password. The app goes on with an app password that bears its name."""
    sent: _Login = body_of(ask, _Login)
    client = client_of(ask.request)
    who, secret = house.identity.app_passwords.sign_in(
        sent.username, sent.password, client, client=client, address=address_of(ask.request)
    )
    salt = secrets.token_hex(_SALT_BYTES)
    return wire.SignedIn(
        id=to_id("us", who.user_id),
        name=who.name,
        username=who.name,
        is_admin=_is_admin(who),
        token=secret,
        subsonic_salt=salt,
        subsonic_token=hashlib.md5((secret + salt).encode(), usedforsecurity=False).hexdigest(),
    )


def list_users(house: Parts, who: Asker, ask: Ask) -> Part:
    """Everybody for administrators, oneself for others."""
    users = house.identity.users() if _is_admin(who) else [house.identity.user(who.user_id)]
    users = users[::-1] if window(ask).descending else users
    return Part([_user(each) for each in window(ask).of(users)], len(users))


def get_user(house: Parts, who: Asker, ask: Ask) -> wire.User:
    """One account, for administrators and its person."""
    user_id = ref_of(ask.request.path_params["id"]).of("us")
    if user_id != who.user_id and not _is_admin(who):
        raise NotFound("data not found")
    return _user(house.identity.user(user_id))


def list_libraries(house: Parts, who: Asker, ask: Ask) -> Part:
    """The sources with music in them."""
    found = [
        wire.Library(
            id=music_folder_id(each.id),
            name=each.name,
            path=each.path,
            last_scan_at=subsonic.moment(each.scanned_at_ms),
            total_songs=each.counts.get("music/track", 0),
            total_albums=each.counts.get("music/album", 0),
            total_artists=each.counts.get("music/artist", 0),
        )
        for each in music.sources(house, who)
    ]
    return Part(window(ask).of(found), len(found))


def keep_alive(_house: Parts, _who: Asker, _ask: Ask) -> dict[str, str]:
    """Nothing but an answer."""
    return {"response": "ok", "id": "keepalive"}


def _is_admin(who: Asker) -> bool:
    return _CONFIGURE in who.permissions


def _user(user: User) -> wire.User:
    return wire.User(
        id=to_id("us", user.id),
        user_name=user.name,
        name=user.name,
        email="",
        is_admin=_CONFIGURE in user.permissions,
        created_at=subsonic.instant(user.created_at_ms),
    )
