"""What this room tells: who came, who failed to, and what changed about accounts (the audit trail)."""

from medley.kernel.events import Event


class SetUpDone(Event, frozen=True, kw_only=True):
    """The owner's account was made."""

    user_id: str


class SignedIn(Event, frozen=True, kw_only=True):
    """A person began a session."""

    user_id: str
    session_id: str
    device: str
    address: str


class SignInFailed(Event, frozen=True, kw_only=True):
    """A wrong name or password; `user_id` is None where no such name exists."""

    user_id: str | None
    address: str


class SessionEnded(Event, frozen=True, kw_only=True):
    """A session was ended by its person or an administrator."""

    user_id: str
    session_id: str


class AppPasswordMade(Event, frozen=True, kw_only=True):
    """A person let one more app in."""

    user_id: str
    app_password_id: str
    name: str


class AppPasswordRevoked(Event, frozen=True, kw_only=True):
    """An app is out again, by its person or an administrator."""

    user_id: str
    app_password_id: str


class UserAdded(Event, frozen=True, kw_only=True):
    """An account was made."""

    user_id: str
    role: str


class UserChanged(Event, frozen=True, kw_only=True):
    """An account has another name, role, password or set of sources; `changed` names what."""

    user_id: str
    changed: list[str]


class UserRemoved(Event, frozen=True, kw_only=True):
    """An account is gone; other rooms drop what they keep for it."""

    user_id: str
