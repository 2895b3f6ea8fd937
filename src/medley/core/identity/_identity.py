"""The verbs of this room."""

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from medley.core.identity import _guard, _store
from medley.core.identity._app_passwords import AppPasswords
from medley.core.identity._memory import Changes
from medley.core.identity._model import (
    Asker,
    Role,
    Session,
    User,
    asker_of,
    check_name,
    check_password,
    check_preferences,
    check_role,
    fold_name,
)
from medley.core.identity._passwords import (
    digest,
    hash_password,
    is_outdated,
    new_code,
    password_fits,
)
from medley.core.identity._refresh import TokenPair, Tokens
from medley.core.identity._sessions import Sessions
from medley.core.identity._signer import Signer
from medley.core.identity._vault import Vault
from medley.core.identity.events import SetUpDone, SignInFailed, UserAdded, UserChanged, UserRemoved
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import Conflict, Forbidden, NotFound, Unauthenticated
from medley.kernel.events import Event, record
from medley.kernel.ids import new_id

_SETUP = "setup-code"
_SIGNING = "signing"


class Identity:
    """Accounts, sessions and permissions; safe to share between threads."""

    def __init__(self, database: Database, clock: Clock, key_file: Path) -> None:
        """`key_file` opens the app passwords; it is made when the first of them is."""
        self._database = database
        self._clock = clock
        self._changes = Changes()
        self._sessions = Sessions(database, clock, self._changes)
        self._tokens = Tokens(database, clock, self._changes, self._sessions)
        self._signer: Signer | None = None
        self.app_passwords = AppPasswords(database, clock, self._changes, Vault(key_file))

    # -- the first account

    def setup_needed(self) -> bool:
        """Whether nobody owns this server yet."""
        with self._database.read() as connection:
            return _store.count_users(connection) == 0

    def setup_code(self) -> str:
        """A new one-time code that makes the owner's account; it replaces the one before."""
        code = new_code()
        with self._database.write() as connection:
            _store.set_secret(connection, _SETUP, digest(code))
        return code

    def set_up(self, code: str, name: str, password: str, address: str = "") -> User:
        """The owner's account, once, for whoever read the code on the machine."""
        self._refuse_second_owner()
        _guard.attempt(self._database, _SETUP, address, self._clock.now_ms())
        values = self._new_account(name, password, "admin", all_sources=True)
        with self._database.write() as connection:
            kept = _store.take_secret(connection, _SETUP)  # stays where the transaction fails
            if kept is None or not secrets.compare_digest(kept, digest(code.strip().lower())):
                raise Forbidden("This is not the set-up code.", hint="It is in the output of `medley serve`.")
            _store.add_user(connection, values, ())
            _guard.succeed(connection, _SETUP, address)
            self._tell(connection, SetUpDone(user_id=values["id"]))
        self._changes.happened()
        return self.user(values["id"])

    # -- sessions

    def sign_in(self, name: str, password: str, device: str = "", address: str = "") -> tuple[Session, str]:
        """A new session and its token; the same answer, as slowly, for a wrong name as for a wrong password."""
        folded = fold_name(name)
        _guard.attempt(self._database, folded, address, self._clock.now_ms())
        with self._database.read() as connection:
            found = _store.credentials(connection, folded)
        if not password_fits(found[1] if found else None, password) or found is None:
            with self._database.write() as connection:
                self._tell(connection, SignInFailed(user_id=found[0] if found else None, address=address))
            raise Unauthenticated("This name and password do not belong together.", hint="Check both and try again.")
        user_id, kept = found
        better = hash_password(password) if is_outdated(kept) else None
        with self._database.write() as connection:
            _guard.succeed(connection, folded, address)
            if better is not None:
                _store.change_user(connection, user_id, {"password_hash": better})
            return self._sessions.begin(connection, user_id, device, address)

    def session(self, token: str) -> Asker | None:
        """Who holds `token`; None when it is unknown or over. Remembered for a few seconds."""
        return self._sessions.find(token)

    def remembered(self, token: str) -> Asker | None:
        """Who holds `token`, where `session` said so in the last seconds: answers at once, from memory."""
        return self._sessions.remembered(token)

    def pair(self, session_id: str) -> TokenPair:
        """An access and a refresh token of an open session, for apps that want both."""
        return self._tokens.pair(self.signer(), session_id)

    def renew(self, refresh: str) -> tuple[Asker, TokenPair]:
        """Whose refresh token this is, and the pair that replaces it; `Unauthenticated` where it is none of ours."""
        return self._tokens.renew(self.signer(), refresh)

    def by_access_token(self, access: str) -> Asker:
        """Who holds an access token; `Unauthenticated` where it is over, or its session is."""
        return self._tokens.asker(self.signer(), access)

    def by_session(self, session_id: str) -> Asker | None:
        """Whose session it is, while it is open: for connections that outlive the token they began with."""
        return self._tokens.holder(session_id)

    def witness(self) -> Callable[[], bool]:
        """A question for later: whether, in this process, no session has ended and no account has changed since."""
        return self._changes.witness()

    def sessions(self, user_id: str) -> list[Session]:
        """The open sessions of a user, the last seen first."""
        with self._database.read() as connection:
            return _store.sessions(connection, user_id, self._clock.now_ms())

    def sign_out(self, user_id: str, session_id: str) -> None:
        """End one session of a user; `NotFound` when it is not theirs."""
        with self._database.write() as connection:
            if not self._sessions.end(connection, user_id, only=session_id):
                raise NotFound("There is no such session.", hint="It may be over already.")
        self._changes.happened()

    def asker(self, user_id: str) -> Asker:
        """A user without a session, as a signed address or a command line speaks for them."""
        return asker_of(self.user(user_id))

    def signer(self) -> Signer:
        """Signs media addresses with this server's own key, made at the first call."""
        if self._signer is None:
            self._signer = self._make_signer()
        return self._signer

    def _make_signer(self) -> Signer:
        with self._database.read() as connection:
            value = _store.secret_value(connection, _SIGNING)
        if value is None:
            with self._database.write() as connection:
                # Two processes may get here together; what was written first stays.
                _store.set_secret(connection, _SIGNING, secrets.token_hex(32), overwrite=False)
                value = _store.secret_value(connection, _SIGNING)
        assert value is not None
        return Signer(bytes.fromhex(value), self._clock)

    # -- accounts

    def users(self) -> list[User]:
        """Every account, by name."""
        with self._database.read() as connection:
            return _store.users(connection)

    def user(self, user_id: str) -> User:
        """One account; `NotFound` when there is none."""
        with self._database.read() as connection:
            return self._found(connection, user_id)

    def add_user(
        self,
        name: str,
        password: str,
        role: str = "user",
        *,
        all_sources: bool = True,
        source_ids: Iterable[str] = (),
    ) -> User:
        """A new account; `Conflict` when the name is taken."""
        values = self._new_account(name, password, check_role(role), all_sources=all_sources)
        with self._database.write() as connection:
            self._refuse_taken(connection, values["name_folded"])
            _store.add_user(connection, values, source_ids)
            self._tell(connection, UserAdded(user_id=values["id"], role=role))
            made = self._found(connection, values["id"])
        self._changes.happened()
        return made

    def change_user(
        self,
        user_id: str,
        *,
        name: str | None = None,
        role: str | None = None,
        password: str | None = None,
        all_sources: bool | None = None,
        source_ids: Iterable[str] | None = None,
        preferences: dict[str, Any] | None = None,
        keep_session: str | None = None,
    ) -> User:
        """Change what is not None. A new password ends every session but `keep_session`."""
        values = _changes(name, role, password, all_sources, preferences)
        with self._database.write() as connection:
            before = self._found(connection, user_id)
            if role is not None and role != "admin":
                self._refuse_last_admin(connection, before)
            if "name_folded" in values:
                self._refuse_taken(connection, values["name_folded"], but=user_id)
            _store.change_user(connection, user_id, values)
            if source_ids is not None:
                _store.set_sources(connection, user_id, source_ids)
            if password is not None:
                self._sessions.end(connection, user_id, but=keep_session)
            changed = sorted(values.keys() - {"name_folded"} | ({"source_ids"} if source_ids is not None else set()))
            self._tell(connection, UserChanged(user_id=user_id, changed=changed))
            after = self._found(connection, user_id)
        self._changes.happened()
        return after

    def change_password(
        self, user_id: str, current: str, new: str, *, address: str = "", keep_session: str | None = None
    ) -> None:
        """Change one's own password, knowing the current one; other sessions end."""
        _guard.attempt(self._database, user_id, address, self._clock.now_ms())
        with self._database.read() as connection:
            kept = _store.password_hash(connection, user_id)
        if not password_fits(kept, current):
            raise Forbidden("The current password is another.", hint="An administrator can set a new one.")
        self.change_user(user_id, password=new, keep_session=keep_session)
        with self._database.write() as connection:
            _guard.succeed(connection, user_id, address)

    def remove_user(self, user_id: str) -> None:
        """Remove an account and its sessions; the last administrator stays."""
        with self._database.write() as connection:
            self._refuse_last_admin(connection, self._found(connection, user_id))
            _store.remove_user(connection, user_id)
            self._tell(connection, UserRemoved(user_id=user_id))
        self._changes.happened()

    # -- rules

    def _new_account(self, name: str, password: str, role: Role, *, all_sources: bool) -> dict[str, Any]:
        name = check_name(name)
        return {
            "id": new_id(),
            "name": name,
            "name_folded": fold_name(name),
            "password_hash": hash_password(check_password(password)),
            "role": role,
            "all_sources": all_sources,
            "preferences": {},
            "created_at_ms": self._clock.now_ms(),
        }

    def _refuse_second_owner(self) -> None:
        if not self.setup_needed():
            raise Conflict("This server already has an owner.", hint="Sign in, or ask its administrator.")

    @staticmethod
    def _refuse_taken(connection: Connection, folded: str, *, but: str = "") -> None:
        if _store.name_taken(connection, folded, but=but):
            raise Conflict("Somebody already has this name.", hint="Choose another name.")

    @staticmethod
    def _refuse_last_admin(connection: Connection, leaving: User) -> None:
        _store.lock_accounts(connection)
        if leaving.role == "admin" and _store.count_users(connection, role="admin") == 1:
            raise Conflict("Somebody has to administer this server.", hint="Make another administrator first.")

    @staticmethod
    def _found(connection: Connection, user_id: str) -> User:
        if (found := _store.user(connection, user_id)) is None:
            raise NotFound("There is no such user.", hint="List the users again.")
        return found

    def _tell(self, connection: Connection, event: Event) -> None:
        record(connection, event, now_ms=self._clock.now_ms())


def _changes(
    name: str | None,
    role: str | None,
    password: str | None,
    all_sources: bool | None,
    preferences: dict[str, Any] | None,
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if name is not None:
        values["name"] = check_name(name)
        values["name_folded"] = fold_name(values["name"])
    if role is not None:
        values["role"] = check_role(role)
    if password is not None:
        values["password_hash"] = hash_password(check_password(password))
    if all_sources is not None:
        values["all_sources"] = all_sources
    if preferences is not None:
        values["preferences"] = check_preferences(preferences)
    return values
