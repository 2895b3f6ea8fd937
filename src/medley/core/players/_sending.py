"""The job that brings listens to their services.

One sender at a time has an account: it claims it in the database, sends what waits, the oldest first, and takes it off
the list. A crash between the two sends again, which the services' own rule makes harmless. A service that is away or
wants to be left alone is tried again later and later; one that refuses the secret waits until it is connected anew.
"""

import logging
from collections.abc import Sequence
from typing import Any

import msgspec

from medley.core.players._scrobbling import SCROBBLE_JOB, Scrobbling
from medley.core.players._store import scrobbles as store
from medley.core.players.ports import Scrobbler, Told, Track
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, MedleyError, Unauthenticated
from medley.kernel.jobs import JobContext, Jobs

_CLAIM_MS = 10 * 60_000  # longer than any request; after a crash another sender takes over
_FIRST_PAUSE_MS = 30_000
_LONGEST_PAUSE_MS = 3_600_000
_PLAYING_MS = 10 * 60_000  # what was played that long ago is not played now

_log = logging.getLogger(__name__)


class Sending:
    """Sends what waits."""

    def __init__(self, database: Database, clock: Clock, jobs: Jobs, scrobbling: Scrobbling) -> None:
        self._database, self._clock, self._jobs, self._scrobbling = database, clock, jobs, scrobbling

    def run(self, context: JobContext) -> dict[str, int]:
        """Until nothing that may be sent waits; how many listens were written down."""
        sent = 0
        while accounts := self._due():
            for account in accounts:
                context.check()
                sent += self._serve(context, account)
        return {"sent": sent}

    def _due(self) -> list[Any]:
        with self._database.read() as connection:
            return store.due(connection, list(self._scrobbling.services), self._clock.now_ms())

    def _serve(self, context: JobContext, account: Any) -> int:
        now, sent = self._clock.now_ms(), 0
        with self._database.write() as connection:
            if not store.claim(connection, account, now + _CLAIM_MS):
                return 0
        service = self._scrobbling.services[account.service]
        try:
            secret = self._scrobbling.secret(account)
            while waiting := self._waiting(account, service.most):
                context.check()
                sent += self._send(account, service, secret, waiting)
            self._note(account, failures=0, again_at_ms=0, message="")
        except Unauthenticated as error:
            self._note(account, refused=True, message=error.message, again_at_ms=0)
        except MedleyError as error:
            self._pause(account, error)
        except BaseException:
            self._note(account, again_at_ms=0)  # told to stop: whoever comes next need not wait
            raise
        return sent

    def _waiting(self, account: Any, most: int) -> list[Any]:
        with self._database.read() as connection:
            return store.waiting(connection, account.user_id, account.service, most)

    def _send(self, account: Any, service: Scrobbler, secret: str, waiting: Sequence[Any]) -> int:
        """Send a batch: what is played now goes alone, and is not worth a second try."""
        listens = [row for row in waiting if not row.playing]
        for row in waiting:
            if row.playing:
                self._done(account, [row], 0)
                if row.happened_at_ms > self._clock.now_ms() - _PLAYING_MS:
                    _taken(service.playing, secret, msgspec.convert(row.track, Track))
        if not listens:
            return 0
        try:
            service.listens(secret, [_told(row) for row in listens])
        except InvalidInput as error:
            if len(listens) > 1:  # one of them spoils the others
                return sum(self._send(account, service, secret, [row]) for row in listens)
            _log.warning("%s never takes a listen of %r: %s", service.title, listens[0].track, error.message)
        self._done(account, listens, len(listens))
        return len(listens)

    def _done(self, account: Any, rows: Sequence[Any], sent: int) -> None:
        with self._database.write() as connection:
            store.done(connection, [row.id for row in rows])
            if sent:
                store.count_sent(connection, account.user_id, account.service, sent, self._clock.now_ms())

    def _pause(self, account: Any, error: MedleyError) -> None:
        """Try again later, twice as late each time, or when the service says."""
        asked = int(error.details.get("retry_after_s") or 0) * 1000
        pause = asked or min(_FIRST_PAUSE_MS << min(account.failures, 20), _LONGEST_PAUSE_MS)
        again = self._clock.now_ms() + pause
        self._note(account, failures=account.failures + 1, again_at_ms=again, message=error.message)
        self._jobs.request(SCROBBLE_JOB, {}, title="Tell services what was heard", delay_ms=pause)

    def _note(self, account: Any, **values: Any) -> None:
        with self._database.write() as connection:
            store.change_account(connection, account.user_id, account.service, **values)


def _taken(send: Any, *arguments: Any) -> None:
    """Send what a service may refuse to take without harm."""
    try:
        send(*arguments)
    except InvalidInput as error:
        _log.info("What is played now was not taken: %s", error.message)


def _told(row: Any) -> Told:
    return Told(track=msgspec.convert(row.track, Track), at_s=row.happened_at_ms // 1000, device=row.device)
