"""Short-lived access tokens and refresh tokens that are used once, for apps whose protocol wants both.

A pair belongs to a session and ends with it. An access token is a statement of ours, signed; a refresh token is random,
kept as a digest, and replaced by each use (RFC 9700, section 4.14). The one before is good for a few minutes more, for
an app that lost the answer; later than that somebody else has it, and the session ends.
"""

import msgspec

from medley.core.identity import _store
from medley.core.identity._memory import Changes, Memory
from medley.core.identity._model import Asker, asker_of
from medley.core.identity._passwords import digest, new_token
from medley.core.identity._sessions import LIFETIME_MS, Sessions
from medley.core.identity._signer import Signer
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import Unauthenticated

ACCESS_MS = 3_600_000
REFRESH_MS = 30 * 86_400_000
GRACE_MS = 10 * 60_000
_OBJECT = "access"


class TokenPair(msgspec.Struct, frozen=True):
    """What an app keeps: `access` for an hour of requests, `refresh` for the next pair, within 30 days."""

    access: str
    refresh: str


class Tokens:
    """Gives out and takes back pairs of tokens."""

    def __init__(self, database: Database, clock: Clock, changes: Changes, sessions: Sessions) -> None:
        self._database, self._clock, self._changes, self._sessions = database, clock, changes, sessions
        self._known: Memory[str, Asker] = Memory(clock, changes)

    def pair(self, signer: Signer, session_id: str) -> TokenPair:
        """A new pair for an open session."""
        now, refresh = self._clock.now_ms(), new_token()
        with self._database.write() as connection:
            _store.forget_refresh_tokens(connection, now)
            _store.add_refresh_token(connection, digest(refresh), session_id, now + REFRESH_MS)
        return TokenPair(signer.sign(_OBJECT, session_id, now + ACCESS_MS), refresh)

    def renew(self, signer: Signer, refresh: str) -> tuple[Asker, TokenPair]:
        """Whose token this is, and the pair that replaces it; `Unauthenticated` where it is unknown or used up."""
        now, kept = self._clock.now_ms(), digest(refresh)
        with self._database.write() as connection:
            row = _store.refresh_token(connection, kept, now)
            stolen = row is not None and 0 < row.used_at_ms < now - GRACE_MS
            if row is not None and stolen:
                self._sessions.end(connection, row.account_id, only=row.session_id)
            elif row is not None:
                _store.use_refresh_token(connection, kept, now)
                _store.touch_session(connection, row.session_id, now, now + LIFETIME_MS)
        if stolen:
            self._changes.happened()
        asker = self._asker(row.session_id) if row is not None and not stolen else None
        if asker is None or asker.session_id is None:
            raise Unauthenticated("This refresh token is not valid any more.", hint="Sign in again.")
        return asker, self.pair(signer, asker.session_id)

    def asker(self, signer: Signer, access: str) -> Asker:
        """Who holds an access token; `Unauthenticated` where it is over or made up."""
        found = self.holder(signer.check(access, _OBJECT))
        if found is None:
            raise Unauthenticated("This session is over.", hint="Sign in again.")
        return found

    def holder(self, session_id: str) -> Asker | None:
        """Whose open session it is; None where it is over."""
        return self._known.find(session_id, lambda: self._asker(session_id))

    def _asker(self, session_id: str) -> Asker | None:
        with self._database.read() as connection:
            found = _store.session_by_id(connection, session_id, self._clock.now_ms())
            user = _store.user(connection, found.user_id) if found is not None else None
        return asker_of(user, session_id) if user is not None else None
