"""Who plays what now.

Players tell at their own pace, or only once; between two reports a position is what the clock makes of the last one.
An entry ends by itself: some time after its item must be over, or after a pause that nobody would sit through.
"""

from typing import Any

from medley.core.identity import Asker
from medley.core.library import Library, ProgressReport
from medley.core.players._listens import Listens
from medley.core.players._model import Heard, NowPlaying, PlayReport, State
from medley.core.players._scrobbling import Scrobbling
from medley.core.players._store import playing as store
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput

_MINUTE = 60_000
_GRACE_MS = 2 * _MINUTE  # a slow network, a player that buffers
_PAUSE_MS = 30 * _MINUTE
_UNKNOWN_MS = 15 * _MINUTE  # for what nobody knows the length of
_FORGET_MS = 24 * 60 * _MINUTE
_LONGEST_MS = 1 << 53
# When a listen counts: https://www.last.fm/api/scrobbling#when-is-a-scrobble-a-scrobble
_LEAST_LENGTH_MS = 30_000
_LONGEST_THRESHOLD_MS = 4 * _MINUTE
_SLACK_MS = 2_000  # between a player's clock and ours
_KEEPS_PLACE_MS = 20 * _MINUTE  # nobody looks for the place in a song


class Playing:
    """Takes reports and shows what is played."""

    def __init__(
        self, database: Database, clock: Clock, library: Library, listens: Listens, scrobbling: Scrobbling
    ) -> None:
        self._database, self._clock, self._library = database, clock, library
        self._listens, self._scrobbling = listens, scrobbling

    def report(self, asker: Asker, report: PlayReport) -> None:
        """Write down what a player says; a play of half an item, or of four minutes, is counted as a listen once.

        Raises `NotFound` for an item that one may not see, `InvalidInput` for values out of range.
        """
        _check(report)
        now = self._clock.now_ms()
        told = self._scrobbling.tracks(asker, [report.item_id]) if report.count or report.announce else {}
        track = told.get(report.item_id)
        with self._database.write() as connection:
            item = self._library.progress.row(connection, asker, report.item_id)
            before = store.one(connection, asker.user_id, report.device)
            row = _next(before, report, item.id, item.duration_ms, now)
            counts = report.count and not row["counted"] and _is_listen(row["heard_ms"], row["length_ms"])
            row |= {"user_id": asker.user_id, "device": report.device, "counted": row["counted"] or counts}
            if report.state == "stopped":
                store.drop(connection, asker.user_id, report.device)
            else:
                store.put(connection, row)
            store.sweep(connection, now - _FORGET_MS)
            if counts:
                heard = Heard(item_id=item.id, happened_at_ms=row["started_at_ms"], device=report.device)
                self._listens.count(connection, asker, heard, track)
            if track and report.state in ("starting", "playing") and row["started_at_ms"] == now:
                self._scrobbling.tell(connection, asker, track, now, report.device, playing=True)
        if not counts and report.count and _keeps_place(report, item.duration_ms):
            place = ProgressReport(position_ms=report.position_ms, device=report.device)
            self._library.progress.report(asker, item.id, place)

    def all(self, asker: Asker) -> list[NowPlaying]:
        """What is played now, the last begun first: one's own, and everybody's for an administrator.

        Items that the asker may not see are left out.
        """
        now = self._clock.now_ms()
        everybody = "system.configure" in asker.permissions
        with self._database.read() as connection:
            rows = store.current(connection, now, None if everybody else asker.user_id)
        today = self._library.items.follow(asker, [row.item_id for row in rows])
        return [_view(row, today[row.item_id], now) for row in rows if row.item_id in today]


def _check(report: PlayReport) -> None:
    if not 0 <= report.position_ms <= _LONGEST_MS:
        raise InvalidInput(f"A position is 0 to {_LONGEST_MS} milliseconds, not {report.position_ms}.")
    if not 0.1 <= report.rate <= 10:
        raise InvalidInput(f"A speed is 0.1 to 10, not {report.rate}.", hint="1 is the usual speed.")
    if not 1 <= len(report.device) <= 200 or "\0" in report.device:
        raise InvalidInput("A player has a name of 1 to 200 characters.")


def _next(before: Any | None, report: PlayReport, item_id: str, length_ms: int, now: int) -> dict[str, Any]:
    """The row after a report; the same play goes on unless the item changed or began anew."""
    goes_on = before is not None and before.item_id == item_id and not _begins_anew(before, report)
    heard = before.heard_ms + _played(before, report, now) if goes_on and before else 0
    return {
        "item_id": item_id,
        "state": report.state,
        "position_ms": report.position_ms,
        "rate": report.rate,
        "length_ms": length_ms,
        "heard_ms": heard,
        "counted": bool(before.counted) if goes_on and before else False,
        "started_at_ms": before.started_at_ms if goes_on and before else now,
        "told_at_ms": now,
        "ends_at_ms": now + _believed_ms(report, length_ms),
    }


def _begins_anew(before: Any, report: PlayReport) -> bool:
    """A player that repeats one track says "starting" again, or just stands at its beginning once more."""
    restarted = report.state == "starting" and before.state != "starting"
    return restarted or (before.counted and report.position_ms < min(_LEAST_LENGTH_MS, before.position_ms))


def _played(before: Any, report: PlayReport, now: int) -> int:
    """How much was heard since the report before: no more than the clock allows, nothing for a leap or a pause."""
    if before.state == "paused":
        return 0
    possible = (now - before.told_at_ms) * before.rate + _SLACK_MS
    moved = report.position_ms - before.position_ms
    return int(moved) if 0 <= moved <= possible else 0


def _is_listen(heard_ms: int, length_ms: int) -> bool:
    return length_ms >= _LEAST_LENGTH_MS and heard_ms >= min(length_ms // 2, _LONGEST_THRESHOLD_MS)


def _keeps_place(report: PlayReport, length_ms: int) -> bool:
    return report.state in ("paused", "stopped") and length_ms >= _KEEPS_PLACE_MS


def _believed_ms(report: PlayReport, length_ms: int) -> int:
    if report.state == "paused":
        return _PAUSE_MS
    if length_ms <= 0:
        return _UNKNOWN_MS
    return int(max(0, length_ms - report.position_ms) / report.rate) + _GRACE_MS


def _view(row: Any, item_id: str, now: int) -> NowPlaying:
    since = (now - row.told_at_ms) * row.rate if row.state != "paused" else 0
    position = int(row.position_ms + max(0, since))
    state: State = row.state
    return NowPlaying(
        user_id=row.user_id,
        device=row.device,
        item_id=item_id,
        state=state,
        position_ms=min(position, row.length_ms) if row.length_ms else position,
        rate=row.rate,
        started_at_ms=row.started_at_ms,
        told_at_ms=row.told_at_ms,
    )
