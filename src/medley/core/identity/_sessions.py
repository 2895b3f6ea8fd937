"""Open sessions, and a short memory of them so that not every request asks the database."""

import threading
from collections.abc import Callable

from sqlalchemy import Connection

from medley.core.identity import _store
from medley.core.identity._model import ROLES, Asker, Session
from medley.core.identity._passwords import digest, new_token
from medley.core.identity.events import SessionEnded, SignedIn
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.events import record
from medley.kernel.ids import new_id

LIFETIME_MS = 180 * 86_400_000  # without being used
REMEMBER_MS = 5_000  # a session that another process ended lives on here for this long at most
_SEEN_EVERY_MS = 10 * 60_000
_REMEMBER_AT_MOST = 4096
_MAX_TEXT = 200


class Sessions:
    """Begins, finds and ends sessions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[str, tuple[Asker, int]] = {}
        self._generation = 0
        self._lock = threading.Lock()

    def begin(self, connection: Connection, user_id: str, device: str, address: str) -> tuple[Session, str]:
        """A new session in the caller's transaction, and the token that only its device keeps."""
        now, token = self._clock.now_ms(), new_token()
        session = Session(
            id=new_id(),
            user_id=user_id,
            device=device[:_MAX_TEXT],
            address=address[:_MAX_TEXT],
            created_at_ms=now,
            seen_at_ms=now,
            expires_at_ms=now + LIFETIME_MS,
        )
        values = {name: getattr(session, name) for name in session.__struct_fields__ if name != "user_id"}
        _store.forget_expired_sessions(connection, now)
        _store.add_session(connection, {**values, "account_id": user_id, "token_digest": digest(token)})
        begun = SignedIn(user_id=user_id, session_id=session.id, device=session.device, address=session.address)
        record(connection, begun, now_ms=now)
        return session, token

    def end(self, connection: Connection, user_id: str, *, only: str | None = None, but: str | None = None) -> bool:
        """End sessions in the caller's transaction; whether any was open. Call `forget` after it."""
        ended = _store.end_sessions(connection, user_id, only=only, but=but)
        for session_id in ended:
            record(connection, SessionEnded(user_id=user_id, session_id=session_id), now_ms=self._clock.now_ms())
        return bool(ended)

    def forget(self) -> None:
        """Ask the database again from now on."""
        with self._lock:
            self._generation += 1
            self._known.clear()

    def witness(self) -> Callable[[], bool]:
        """Says, when asked later, whether nothing had to be forgotten since."""
        generation = self._generation
        return lambda: self._generation == generation

    def remembered(self, token: str) -> Asker | None:
        """Who holds `token`, if that was found out in the last seconds; asks no database."""
        known = self._known.get(digest(token))
        return known[0] if known is not None and known[1] > self._clock.now_ms() else None

    def find(self, token: str) -> Asker | None:
        """Who holds `token`."""
        if known := self.remembered(token):
            return known
        key, now = digest(token), self._clock.now_ms()
        generation = self._generation
        session = self._look_up(key, now)
        if session is None:
            return None
        with self._lock:
            if len(self._known) >= _REMEMBER_AT_MOST:
                self._known.clear()
            # Somebody may have ended it between the look-up and here: then it must not be remembered.
            if generation == self._generation:
                self._known[key] = (session, now + REMEMBER_MS)
        return session

    def _look_up(self, key: str, now: int) -> Asker | None:
        with self._database.read() as connection:
            session = _store.session_by_token(connection, key, now)
            user = _store.user(connection, session.user_id) if session is not None else None
        if session is None or user is None:
            return None
        if now - session.seen_at_ms >= _SEEN_EVERY_MS:
            with self._database.write() as connection:
                _store.touch_session(connection, session.id, now, now + LIFETIME_MS)
        return Asker(
            user_id=user.id,
            name=user.name,
            role=user.role,
            permissions=ROLES[user.role],
            sources=None if user.all_sources else frozenset(user.source_ids),
            session_id=session.id,
        )
