"""Passwords for one app on one device each: for protocols that need a secret which the server can read again."""

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from medley.core.identity import _guard, _store
from medley.core.identity._memory import Changes, Memory
from medley.core.identity._model import (
    AppPassword,
    Asker,
    NewAppPassword,
    asker_of,
    check_device,
    fold_name,
    require,
)
from medley.core.identity._passwords import app_secret_of, digest, looks_like_app_secret, new_app_secret, password_fits
from medley.core.identity._vault import Vault
from medley.core.identity.events import AppPasswordMade, AppPasswordRevoked, SignInFailed
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import Conflict, NotFound, Unauthenticated, Unavailable
from medley.kernel.events import Event, record
from medley.kernel.ids import new_id

MAX_APP_PASSWORDS = 50  # of one person
NOTE_USE_EVERY_MS = 60_000
PROOF_LASTS_MS = 10 * 60_000  # Argon2 takes a tenth of a second, and some protocols send the password each time
_MAX_TEXT = 200
_APPS = "app"  # guesses of app passwords are counted apart: a forgotten phone must not keep its owner from signing in


class _Secret(msgspec.Struct, frozen=True):
    id: str
    digest: str
    used_at_ms: int
    spellings: tuple[bytes, ...]  # none where the vault does not open it


class _Person(msgspec.Struct, frozen=True):
    """Who goes by a name, and how they prove it; nobody where `asker` is None."""

    asker: Asker | None
    password_hash: str | None
    secrets: tuple[_Secret, ...]


class AppPasswords:
    """Makes, lists, revokes and checks them; safe to share between threads."""

    def __init__(self, database: Database, clock: Clock, changes: Changes, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._changes = changes
        self._vault = vault
        self._people: Memory[str, _Person] = Memory(clock, changes)
        self._names: Memory[str, str] = Memory(clock, changes)
        self._proofs: Memory[bytes, bool] = Memory(clock, changes, PROOF_LASTS_MS)
        self._proof_key = secrets.token_bytes(32)
        self._noted: dict[str, int] = {}

    # -- keeping

    def create(self, asker: Asker, name: str) -> NewAppPassword:
        """A new one for the device called `name`; its secret is told here and never again.

        `Conflict` where the person has one of this name, or `MAX_APP_PASSWORDS`.
        """
        name = check_device(name)
        with self._database.write() as connection:
            made = self._create(connection, asker, name)
        self._changes.happened()
        return made

    def reuse(self, asker: Asker, name: str) -> NewAppPassword:
        """The one that the device called `name` has already, or a new one: for protocols that hand out a secret."""
        name = check_device(name)
        with self._database.write() as connection:
            _store.lock_account(connection, asker.user_id)
            for row in _store.app_passwords(connection, asker.user_id):
                if fold_name(row.name) == fold_name(name):
                    if secret := self._vault.open(row.sealed, row.id):
                        return NewAppPassword(id=row.id, name=row.name, secret=secret)
                    self._revoke(connection, asker.user_id, row.id)
            made = self._create(connection, asker, name)
        self._changes.happened()
        return made

    def list(self, asker: Asker, *, of: str | None = None) -> list[AppPassword]:
        """One's own, or with `system.configure` those `of` another user, the last made first."""
        with self._database.read() as connection:
            rows = _store.app_passwords(connection, self._owner(connection, asker, of))
        return [_told(row) for row in rows]

    def revoke(self, asker: Asker, app_password_id: str, *, of: str | None = None) -> None:
        """End one of one's own, or of another's as in `list`; its app is out at once. `NotFound` if there is none."""
        with self._database.write() as connection:
            self._revoke(connection, self._owner(connection, asker, of), app_password_id)
        self._changes.happened()

    def unreadable(self) -> int:
        """How many there are, of everybody, that the key does not open: tokens of them cannot be checked."""
        with self._database.read() as connection:
            rows = _store.every_app_password(connection)
        return sum(self._vault.open(row.sealed, row.id) is None for row in rows)

    # -- checking

    def by_token(self, name: str, token: str, salt: str, *, client: str = "", address: str = "") -> Asker:
        """Whose app password makes `token`, the hexadecimal MD5 of it with `salt` behind; never the main password.

        `Unauthenticated` for any other, `TooManyRequests` after too many of them.
        Source: https://www.subsonic.org/pages/api.jsp, "Authentication".
        """
        person = self._person(fold_name(name))
        given, salted = token.lower().encode("utf-8", "replace"), salt.encode("utf-8", "replace")
        for kept in person.secrets:
            if any(hmac.compare_digest(given, _md5(spelling + salted)) for spelling in kept.spellings):
                return self._welcome(person, kept, client, address)
        raise self._refusal(person, fold_name(name), address)

    def by_key(self, api_key: str, *, client: str = "", address: str = "") -> Asker:
        """Whose app password `api_key` is, without a name; errors as in `by_token`."""
        key = digest(app_secret_of(api_key))
        name = self._names.find(key, lambda: self._name_of(key))
        person = self._person(name or "")
        if kept := _found(person.secrets, key):
            return self._welcome(person, kept, client, address)
        raise self._refusal(person, "", address)

    def by_secret(self, name: str, secret: str, *, client: str = "", address: str = "") -> Asker:
        """Who is called `name` and has `secret` as app password or main password; errors as in `by_token`."""
        folded = fold_name(name)
        person = self._person(folded)
        if kept := _found(person.secrets, digest(app_secret_of(secret))):
            return self._welcome(person, kept, client, address)
        return self._by_main_password(person, folded, secret, address)

    def sign_in(self, name: str, secret: str, device: str, *, client: str = "", address: str = "") -> tuple[Asker, str]:
        """As `by_secret`, and the app password to go on with: the one that was sent, or the one of `device`."""
        asker = self.by_secret(name, secret, client=client, address=address)
        if _found(self._person(fold_name(name)).secrets, digest(app_secret_of(secret))):
            return asker, app_secret_of(secret)
        return asker, self.reuse(asker, device).secret

    def _by_main_password(self, person: _Person, folded: str, secret: str, address: str) -> Asker:
        realm = _APPS if looks_like_app_secret(secret) else ""
        proof = self._proof(person, secret)
        if person.asker is not None and self._proofs.get(proof):
            # A right one while others must wait would let guesses through that nobody counts.
            _guard.refuse_waiting(self._database, folded, address, self._clock.now_ms(), realm=realm)
            return person.asker
        _guard.attempt(self._database, folded, address, self._clock.now_ms(), realm=realm)
        fits = password_fits(person.password_hash, secret)
        if person.asker is None or not fits:
            raise self._failure(person, address)
        with self._database.write() as connection:
            _guard.succeed(connection, folded, address, realm=realm)
        self._proofs.find(proof, lambda: True)
        return person.asker

    def _proof(self, person: _Person, secret: str) -> bytes:
        """What is remembered of a right password: useless without this process, and for any other hash."""
        message = f"{person.password_hash}\0{secret}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._proof_key, message, hashlib.sha256)

    # -- who

    def _person(self, folded: str) -> _Person:
        found = self._people.find(folded, lambda: self._look_up(folded))
        assert found is not None
        return found

    def _look_up(self, folded: str) -> _Person:
        # No account has such a name, and not every database takes it.
        folded = folded if folded.isprintable() else ""
        with self._database.read() as connection:
            user = _store.user_by_name(connection, folded)
            # Asked for nobody too: both take the same time.
            user_id = user.id if user is not None else ""
            kept = _store.password_hash(connection, user_id)
            rows = _store.app_passwords(connection, user_id)
        asker = asker_of(user) if user is not None else None
        return _Person(asker, kept, tuple(self._opened(row) for row in rows))

    def _opened(self, row: _store.AppPasswordRow) -> _Secret:
        secret = self._vault.open(row.sealed, row.id)
        spellings = (secret.encode(), secret.replace("-", "").encode()) if secret else ()
        return _Secret(row.id, row.digest, row.used_at_ms or 0, spellings)

    def _name_of(self, key: str) -> str | None:
        with self._database.read() as connection:
            return _store.name_of_app_password(connection, key)

    # -- outcomes

    def _welcome(self, person: _Person, kept: _Secret, client: str, address: str) -> Asker:
        assert person.asker is not None
        now = self._clock.now_ms()
        if now - max(kept.used_at_ms, self._noted.get(kept.id, 0)) >= NOTE_USE_EVERY_MS:
            self._noted[kept.id] = now
            # What cannot be noted on a full disk is no reason to fall silent.
            with contextlib.suppress(Unavailable), self._database.write() as connection:
                _store.touch_app_password(connection, kept.id, now, _clean(client), _clean(address))
        return person.asker

    def _refusal(self, person: _Person, folded: str, address: str) -> Unauthenticated:
        _guard.attempt(self._database, folded, address, self._clock.now_ms(), realm=_APPS)
        return self._failure(person, address)

    def _failure(self, person: _Person, address: str) -> Unauthenticated:
        with self._database.write() as connection:
            user_id = person.asker.user_id if person.asker is not None else None
            self._tell(connection, SignInFailed(user_id=user_id, address=_clean(address)))
        return Unauthenticated(
            "This name and app password do not belong together.", hint="Make an app password in the settings of Medley."
        )

    # -- rules

    def _create(self, connection: Connection, asker: Asker, name: str) -> NewAppPassword:
        _store.lock_account(connection, asker.user_id)
        rows = _store.app_passwords(connection, asker.user_id)
        if any(fold_name(row.name) == fold_name(name) for row in rows):
            raise Conflict(f"There is an app password “{name}” already.", hint="Revoke it, or choose another name.")
        if len(rows) >= MAX_APP_PASSWORDS:
            raise Conflict(f"Nobody has more than {MAX_APP_PASSWORDS} app passwords.", hint="Revoke some first.")
        made = NewAppPassword(id=new_id(), name=name, secret=new_app_secret())
        values = {
            "id": made.id,
            "account_id": asker.user_id,
            "name": name,
            "sealed": self._vault.seal(made.secret, made.id),
            "digest": digest(app_secret_of(made.secret)),
            "created_at_ms": self._clock.now_ms(),
        }
        _store.add_app_password(connection, values)
        self._tell(connection, AppPasswordMade(user_id=asker.user_id, app_password_id=made.id, name=name))
        return made

    def _revoke(self, connection: Connection, user_id: str, app_password_id: str) -> None:
        if not _store.delete_app_password(connection, user_id, app_password_id):
            raise NotFound("There is no such app password.", hint="It may be revoked already.")
        self._tell(connection, AppPasswordRevoked(user_id=user_id, app_password_id=app_password_id))

    @staticmethod
    def _owner(connection: Connection, asker: Asker, of: str | None) -> str:
        if of is None or of == asker.user_id:
            return asker.user_id
        require(asker, "system.configure")
        if _store.user(connection, of) is None:
            raise NotFound("There is no such user.", hint="List the users again.")
        return of

    def _tell(self, connection: Connection, event: Event) -> None:
        record(connection, event, now_ms=self._clock.now_ms())


def _found(kept: Iterable[_Secret], key: str) -> _Secret | None:
    found = [each for each in kept if hmac.compare_digest(each.digest, key)]
    return found[0] if found else None


def _md5(text: bytes) -> bytes:
    return hashlib.md5(text, usedforsecurity=False).hexdigest().encode()  # the protocol's choice


def _clean(text: str) -> str:
    """What a client says of itself, as it is kept."""
    return "".join(letter for letter in text[:_MAX_TEXT] if letter.isprintable())


def _told(row: _store.AppPasswordRow) -> AppPassword:
    return AppPassword(
        id=row.id,
        name=row.name,
        created_at_ms=row.created_at_ms,
        used_at_ms=row.used_at_ms,
        client=row.client,
        address=row.address,
    )
