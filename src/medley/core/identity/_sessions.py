"""Open sessions, and a short memory of them so that not every request asks the database."""

from sqlalchemy import Connection

from medley.core.identity import _store
from medley.core.identity._memory import Changes, Memory
from medley.core.identity._model import Asker, Session, asker_of
from medley.core.identity._passwords import digest, new_token
from medley.core.identity.events import SessionEnded, SignedIn
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.events import record
from medley.kernel.ids import new_id

LIFETIME_MS = 180 * 86_400_000  # without being used
_SEEN_EVERY_MS = 10 * 60_000
_MAX_TEXT = 200


class Sessions:
    """Begins, finds and ends sessions."""

    def __init__(self, database: Database, clock: Clock, changes: Changes) -> None:
        self._database = database
        self._clock = clock
        self._known: Memory[str, Asker] = Memory(clock, changes)

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
        """End sessions in the caller's transaction; whether any was open. Tell `Changes` after it."""
        ended = _store.end_sessions(connection, user_id, only=only, but=but)
        for session_id in ended:
            record(connection, SessionEnded(user_id=user_id, session_id=session_id), now_ms=self._clock.now_ms())
        return bool(ended)

    def remembered(self, token: str) -> Asker | None:
        """Who holds `token`, if that was found out in the last seconds; asks no database."""
        return self._known.get(digest(token))

    def find(self, token: str) -> Asker | None:
        """Who holds `token`."""
        key = digest(token)
        return self._known.find(key, lambda: self._look_up(key, self._clock.now_ms()))

    def _look_up(self, key: str, now: int) -> Asker | None:
        with self._database.read() as connection:
            session = _store.session_by_token(connection, key, now)
            user = _store.user(connection, session.user_id) if session is not None else None
        if session is None or user is None:
            return None
        if now - session.seen_at_ms >= _SEEN_EVERY_MS:
            with self._database.write() as connection:
                _store.touch_session(connection, session.id, now, now + LIFETIME_MS)
        return asker_of(user, session.id)
