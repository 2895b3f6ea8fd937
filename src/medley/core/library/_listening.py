"""Sessions of listening: when somebody listened to what, for how long and on which device.

A session follows one opening of one item. Each report moves the place in the item (`Progress`) and adds to the time
that was heard, in one transaction. An app that was offline tells whole sessions later: then the newest event wins.
"""

import re
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.library._items import Items
from medley.core.library._model import ProgressReport
from medley.core.library._progress import Progress
from medley.core.library._scan.shelve_rungs import plain
from medley.core.library._store import listening as store
from medley.core.library.events import ProgressChanged
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.events import record
from medley.kernel.ids import new_id

Method = Literal["direct", "transcode", "local"]

OPEN_MS = 36 * 3_600_000  # without a report
_LEFT_MS = 10_000  # who has less than this to hear is done
_MOST_AT_ONCE_MS = 36 * 3_600_000
_LONGEST_MS = 1 << 53
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,80}", re.ASCII)
_MAX_DEVICE = 4096
_EVER = ("", "\U0010ffff")


class ListeningSession(msgspec.Struct, frozen=True, kw_only=True):
    """One time of listening. Times in milliseconds; `day` where the listener was, as ISO 8601."""

    id: str
    item_id: str
    day: str
    method: Method
    player: str
    device: dict[str, Any]
    began_at: int  # the place in the item where it began
    position_ms: int
    length_ms: int
    heard_ms: int
    started_at_ms: int
    changed_at_ms: int
    closed_at_ms: int = 0


class Heard(msgspec.Struct, frozen=True):
    """How long somebody listened to an item, and in how many sessions."""

    item_id: str
    heard_ms: int
    sessions: int


class Listening:
    """Sessions and what they come to. Nobody sees those of others."""

    def __init__(self, database: Database, clock: Clock, progress: Progress) -> None:
        self._database, self._clock, self._progress = database, clock, progress

    def start(
        self,
        asker: Asker,
        item_id: str,
        *,
        position_ms: int = 0,
        method: Method = "direct",
        player: str = "",
        device: dict[str, Any] | None = None,
    ) -> ListeningSession:
        """A new session of an item, from a place on."""
        now = self._clock.now_ms()
        with self._database.write() as connection:
            item = Items.row(connection, asker, item_id)
            session = ListeningSession(
                id=new_id(),
                item_id=item.id,
                day=day_of(now),
                method=method,
                player=plain(player)[:200],
                device=_checked_device(device or {}),
                began_at=position_ms,
                position_ms=position_ms,
                length_ms=item.duration_ms,
                heard_ms=0,
                started_at_ms=now,
                changed_at_ms=now,
            )
            self._put(connection, asker, session)
        return session

    def get(self, asker: Asker, session_id: str) -> ListeningSession:
        """An open session; `NotFound` where it is closed or somebody else's."""
        with self._database.read() as connection:
            return self._open(connection, asker, session_id)

    def holder(self, session_id: str) -> str:
        """Whose open session it is: its id is known to the one who opened it alone, and opens what is played in it."""
        with self._database.read() as connection:
            found = store.holder(connection, session_id, self._clock.now_ms() - OPEN_MS)
        if found is None:
            raise _no_session()
        return found

    def heard(self, asker: Asker, session_id: str, position_ms: int, heard_ms: int) -> ListeningSession:
        """A report of a player: where it is, and how long it played since the last report."""
        with self._database.write() as connection:
            before = self._open(connection, asker, session_id, to_change=True)
            after = msgspec.structs.replace(
                before,
                position_ms=max(0, min(position_ms, _LONGEST_MS)),
                heard_ms=before.heard_ms + max(0, min(heard_ms, _MOST_AT_ONCE_MS)),
                changed_at_ms=self._clock.now_ms(),
            )
            self._put(connection, asker, after)
            self._follow(connection, asker, after)
        return after

    def close(self, asker: Asker, session_id: str) -> None:
        """Nobody listens any more."""
        now = self._clock.now_ms()
        with self._database.write() as connection:
            session = self._open(connection, asker, session_id, to_change=True)
            self._put(connection, asker, msgspec.structs.replace(session, closed_at_ms=now))

    def merge(self, asker: Asker, told: ListeningSession) -> bool:
        """A session that an app kept while it was offline, whole; whether the place in the item followed it.

        Told again is as good as told once. An older state of a session changes nothing, and an older place is history.
        """
        now = self._clock.now_ms()
        told = _checked(told, now)
        with self._database.write() as connection:
            item = Items.row(connection, asker, told.item_id)
            before = store.one(connection, asker.user_id, told.id, to_change=True)
            if before is not None and before.changed_at_ms >= told.changed_at_ms:
                return False
            heard = max(told.heard_ms, before.heard_ms if before else 0)
            told = msgspec.structs.replace(told, item_id=item.id, length_ms=item.duration_ms, heard_ms=heard)
            self._put(connection, asker, told)
            return self._follow(connection, asker, told)

    def page(
        self, asker: Asker, item_id: str = "", *, offset: int = 0, limit: int = 100
    ) -> tuple[list[ListeningSession], int]:
        """One's sessions (of one item), the last first, and how many there are."""
        with self._database.read() as connection:
            if item_id:
                item_id = Items.row(connection, asker, item_id).id
            rows, total = store.page(connection, asker.user_id, asker.sources, item_id, offset, limit)
        return [_view(row) for row in rows], total

    def days(self, asker: Asker) -> dict[str, int]:
        """Day → milliseconds that were heard on it."""
        with self._database.read() as connection:
            return {day: int(heard) for day, heard in store.by_day(connection, asker.user_id, asker.sources)}

    def items(self, asker: Asker, days: tuple[str, str] = _EVER) -> list[Heard]:
        """What was listened to between two days, the longest first."""
        with self._database.read() as connection:
            rows = store.by_item(connection, asker.user_id, asker.sources, days)
        return [Heard(item_id, int(heard), many) for item_id, heard, many in rows]

    def set_aside(self, asker: Asker, what_id: str) -> None:
        """An item, or a series of them, is not wanted among what one goes on with; opening it again changes that."""
        with self._database.write() as connection:
            store.put_aside(connection, asker.user_id, what_id, self._clock.now_ms())
            record(connection, ProgressChanged(user_id=asker.user_id, item_id=what_id))

    def take_up(self, asker: Asker, what_id: str) -> None:
        """It is wanted again."""
        with self._database.write() as connection:
            store.take_up(connection, asker.user_id, what_id)
            record(connection, ProgressChanged(user_id=asker.user_id, item_id=what_id))

    def aside(self, asker: Asker) -> list[str]:
        """The ids of what is set aside."""
        with self._database.read() as connection:
            return store.aside(connection, asker.user_id)

    def _follow(self, connection: Connection, asker: Asker, session: ListeningSession) -> bool:
        """Move the place in the item along; whether it is where the session is."""
        if not session.position_ms and not session.heard_ms:
            return False  # a player that opened and did nothing knows no place: it must not erase one
        item = Items.row(connection, asker, session.item_id)
        length = session.length_ms or item.duration_ms
        report = ProgressReport(
            position_ms=session.position_ms,
            duration_ms=length,
            finished=bool(length) and length - session.position_ms <= _LEFT_MS,
            device=str(session.device.get("clientName") or session.player),
            happened_at_ms=session.changed_at_ms,
        )
        mine = self._progress.note(connection, asker, item, report)
        return mine.played_at_ms == session.changed_at_ms

    @staticmethod
    def _put(connection: Connection, asker: Asker, session: ListeningSession) -> None:
        fields = {name: getattr(session, name) for name in session.__struct_fields__}
        store.put(connection, {"user_id": asker.user_id, **fields})

    def _open(
        self, connection: Connection, asker: Asker, session_id: str, *, to_change: bool = False
    ) -> ListeningSession:
        row = store.one(connection, asker.user_id, session_id, to_change=to_change)
        if row is None or row.closed_at_ms or row.changed_at_ms < self._clock.now_ms() - OPEN_MS:
            raise _no_session()
        return _view(row)


def _no_session() -> NotFound:
    return NotFound("There is no such session.", hint="Open the item again.")


def day_of(moment_ms: int) -> str:
    """The day of a moment where this server is, as ISO 8601."""
    return datetime.fromtimestamp(moment_ms / 1000, UTC).astimezone().date().isoformat()


def _checked(told: ListeningSession, now: int) -> ListeningSession:
    if not _SESSION_ID.fullmatch(told.id):
        raise InvalidInput("A session's id has 1 to 80 letters, digits, dashes and underscores.")
    for name in ("began_at", "position_ms", "heard_ms"):
        if not 0 <= getattr(told, name) <= _LONGEST_MS:
            raise InvalidInput(f"“{name}” is 0 to {_LONGEST_MS} milliseconds.")
    # A device whose clock is ahead does not get to win over what happens later elsewhere.
    changed = max(0, min(told.changed_at_ms or now, now))
    return msgspec.structs.replace(
        told,
        day=told.day if _DAY.fullmatch(told.day) else day_of(changed),
        player=plain(told.player)[:200],
        device=_checked_device(told.device),
        started_at_ms=max(0, min(told.started_at_ms or changed, changed)),
        changed_at_ms=changed,
        closed_at_ms=changed,
    )


def _checked_device(device: dict[str, Any]) -> dict[str, Any]:
    texts = {plain(name): plain(value) for name, value in device.items() if isinstance(value, str)}
    if len(msgspec.json.encode(texts)) > _MAX_DEVICE:
        raise InvalidInput(f"What is said about a device has at most {_MAX_DEVICE} bytes.")
    return texts


def _view(row: Any) -> ListeningSession:
    return ListeningSession(**{name: getattr(row, name) for name in ListeningSession.__struct_fields__})
