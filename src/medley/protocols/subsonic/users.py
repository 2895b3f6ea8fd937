"""User management: their many roles ↔ our four."""

from collections.abc import Iterable

from medley.core.identity import Asker, User
from medley.core.identity import Role as OurRole
from medley.core.library import Source
from medley.kernel.errors import Forbidden, NotFound
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._auth import decoded
from medley.protocols.subsonic._ids import music_folder_id, source_of
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.people import User as TheirUser
from medley.protocols.subsonic._wire.people import Users

_CONFIGURE, _UPLOAD, _DOWNLOAD = "system.configure", "media.upload", "media.download"
_ABOVE = ("uploadRole", "podcastRole", "jukeboxRole", "coverArtRole")  # what only those who look after the house do
_ROLES = ("adminRole", "downloadRole", *_ABOVE)


def get_user(house: Parts, who: Asker, ask: Ask) -> TheirUser:
    """An account: one's own, or for administrators any."""
    return _shown(_other(house, who, ask.text("username", who.name)), music.sources(house, who))


def get_users(house: Parts, who: Asker, _ask: Ask) -> Users:
    """Every account."""
    sources = music.sources(house, who)
    return Users(user=[_shown(each, sources) for each in house.identity.users()])


def create_user(house: Parts, who: Asker, ask: Ask) -> None:
    """Make an account. An address for letters is not kept."""
    ask.text("email", "")
    chosen = _chosen(house, who, ask)
    house.identity.add_user(
        ask.text("username"),
        decoded(ask.text("password")),
        _role(ask, "guest"),
        all_sources=chosen is None,
        source_ids=chosen or (),
    )


def update_user(house: Parts, who: Asker, ask: Ask) -> None:
    """Change an account; what is left out stays."""
    user = _found(house, ask.text("username"))
    chosen = _chosen(house, who, ask)
    house.identity.change_user(
        user.id,
        role=_role(ask, user.role) if any(ask.has(each) for each in _ROLES) else None,
        password=decoded(ask.text("password")) if ask.has("password") else None,
        all_sources=False if chosen is not None else None,
        source_ids=chosen,
    )


def delete_user(house: Parts, _who: Asker, ask: Ask) -> None:
    """Remove an account and what it did."""
    house.identity.remove_user(_found(house, ask.text("username")).id)


def change_password(house: Parts, who: Asker, ask: Ask) -> None:
    """Change one's own main password, or as an administrator somebody else's.

    Who signed in with an app password does not know the main one, and may not replace it: that would make the secret of
    one device the key to the account.
    """
    user, new = _other(house, who, ask.text("username")), decoded(ask.text("password"))
    if user.id != who.user_id:
        house.identity.change_user(user.id, password=new)
    elif ask.has("p"):
        house.identity.change_password(user.id, decoded(ask.text("p")), new, address=ask.address)
    else:
        raise Forbidden("A token does not change passwords.", hint="Change it on Medley's own page.")


def _other(house: Parts, who: Asker, name: str) -> User:
    """The account of that name, for its owner or an administrator."""
    if name != who.name and _CONFIGURE not in who.permissions:
        raise Forbidden("Only administrators see the accounts of others.")
    return _found(house, name)


def _found(house: Parts, name: str) -> User:
    for user in house.identity.users():
        if user.name.casefold() == name.casefold():
            return user
    raise NotFound(f"There is no user “{name[:64]}”.")


def _role(ask: Ask, before: str) -> OurRole:
    """The least of our roles that may do all of what theirs say."""
    if ask.flag("adminRole", before == "admin"):
        return "admin"
    if any(ask.flag(each, before == "power_user") for each in _ABOVE):
        return "power_user"
    return "user" if ask.flag("downloadRole", before not in ("guest",)) else "guest"


def _chosen(house: Parts, who: Asker, ask: Ask) -> list[str] | None:
    """The sources that `musicFolderId` names; None where it names none."""
    if not ask.has("musicFolderId"):
        return None
    known = music.sources(house, who)
    return [source_of(each.strip(), known).id for each in ask.texts("musicFolderId") if each.strip()]


def _shown(user: User, sources: Iterable[Source]) -> TheirUser:
    seen = [each for each in sources if user.all_sources or each.id in user.source_ids]
    may = frozenset(user.permissions)
    return TheirUser(
        username=user.name,
        scrobbling_enabled=True,
        admin_role=_CONFIGURE in may,
        settings_role=True,
        download_role=_DOWNLOAD in may,
        upload_role=_UPLOAD in may,
        playlist_role=True,
        cover_art_role=_UPLOAD in may,
        comment_role=True,
        podcast_role=_UPLOAD in may,
        stream_role=True,
        jukebox_role=_UPLOAD in may,
        share_role=True,
        video_conversion_role=True,
        folder=[music_folder_id(each.id) for each in seen],
    )
