"""The words of this room: people, their roles, their sessions."""

import unicodedata
from typing import Any, Literal, get_args

import msgspec

from medley.kernel.errors import Forbidden, InvalidInput

Role = Literal["admin", "power_user", "user", "guest"]
Permission = Literal["media.view", "media.download", "media.upload", "media.delete", "system.configure"]

PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
ROLES: dict[Role, frozenset[Permission]] = {
    "admin": frozenset(PERMISSIONS),
    "power_user": frozenset(PERMISSIONS) - {"system.configure"},
    "user": frozenset({"media.view", "media.download"}),
    "guest": frozenset({"media.view"}),
}

MAX_NAME = 64
MIN_PASSWORD = 8
MAX_PASSWORD = 1024  # beyond it, hashing would be a way to keep the machine busy
MAX_PREFERENCES = 64 * 1024  # bytes of JSON


class Asker(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever is behind a request; `sources` None means every source."""

    user_id: str
    name: str
    role: Role
    permissions: frozenset[str]
    sources: frozenset[str] | None = None
    session_id: str | None = None

    def may_see(self, source_id: str) -> bool:
        return self.sources is None or source_id in self.sources


class User(msgspec.Struct, frozen=True, kw_only=True):
    """An account. `source_ids` matters only where `all_sources` is false."""

    id: str
    name: str
    role: Role
    permissions: list[Permission]
    all_sources: bool
    source_ids: list[str]
    preferences: dict[str, Any]
    created_at_ms: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in on one device; its token is known to that device only."""

    id: str
    user_id: str
    device: str
    address: str
    created_at_ms: int
    seen_at_ms: int
    expires_at_ms: int


class AppPassword(msgspec.Struct, frozen=True, kw_only=True):
    """What one app on one device signs in with; `client` and `address` of its last use, noted once a minute."""

    id: str
    name: str
    created_at_ms: int
    used_at_ms: int | None
    client: str
    address: str


class NewAppPassword(msgspec.Struct, frozen=True, kw_only=True):
    """An app password with its secret."""

    id: str
    name: str
    secret: str


def asker_of(user: User, session_id: str | None = None) -> Asker:
    """`user` as somebody who asks."""
    return Asker(
        user_id=user.id,
        name=user.name,
        role=user.role,
        permissions=ROLES[user.role],
        sources=None if user.all_sources else frozenset(user.source_ids),
        session_id=session_id,
    )


def require(asker: Asker, permission: str) -> None:
    """Raise `Forbidden` unless `asker` has `permission`: the one place that decides."""
    if permission not in asker.permissions:
        raise Forbidden(
            f"Your role, {asker.role}, does not include “{permission}”.", hint="Ask the administrator of this server."
        )


def check_name(name: str) -> str:
    """The name as it is kept: composed, trimmed, readable."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name or len(name) > MAX_NAME or not all(letter.isprintable() for letter in name):
        raise InvalidInput(f"A name has 1 to {MAX_NAME} printable characters.", hint="Choose another name.")
    return name


def check_device(name: str) -> str:
    """The name of an app password as it is kept: by it a person tells devices apart."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name or len(name) > MAX_NAME or not all(letter.isprintable() for letter in name):
        raise InvalidInput(
            f"An app password has a name of 1 to {MAX_NAME} printable characters.",
            hint="Name the app and the device, like “Symfonium on the phone”.",
        )
    return name


def fold_name(name: str) -> str:
    """Names that people would take for the same are the same: for looking up, never for showing."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def check_role(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise InvalidInput(f"There is no role “{role}”.", hint=f"The roles are {', '.join(ROLES)}.")


def check_password(password: str) -> str:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise InvalidInput(
            f"A password has {MIN_PASSWORD} to {MAX_PASSWORD} characters.", hint="Several words make a good one."
        )
    return password


def check_preferences(preferences: dict[str, Any]) -> dict[str, Any]:
    if len(msgspec.json.encode(preferences)) > MAX_PREFERENCES:
        raise InvalidInput(f"Preferences hold at most {MAX_PREFERENCES} bytes.", hint="Store less in them.")
    return preferences
