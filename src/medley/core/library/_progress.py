"""Where people are, and what they think.

Progress is a log: every report is kept, and the newest *event* wins, not the newest request. A phone that was offline
for a week tells what it did a week ago; that becomes history and moves nobody back.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.library._items import Items
from medley.core.library._model import Mine, ProgressEntry, ProgressReport, ProgressView
from medley.core.library._scan.shelve_rungs import plain
from medley.core.library._store import userdata
from medley.core.library._store.cards import cards
from medley.core.library.events import ProgressChanged
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput
from medley.kernel.events import record

# Credits, back matter, silence: whoever got this far is done.
_DONE = 0.95
_HISTORY = 100
_LONGEST_LOCATOR = 4000
_LONGEST_MS = 1 << 53
_WHOLE = {"position_ms": 0, "locator": "", "fraction": 1.0, "finished": True}


class Progress:
    """Reports and reads progress and opinions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def report(self, asker: Asker, item_id: str, report: ProgressReport) -> Mine:
        """Write down that `asker` reached a place; the answer is where they are now by the newest event."""
        with self._database.write() as connection:
            return self.note(connection, asker, Items.row(connection, asker, item_id), report)

    def note(self, connection: Connection, asker: Asker, item: Any, report: ProgressReport) -> Mine:
        """As `report`, in the caller's transaction; `item` comes from `row`."""
        now = self._clock.now_ms()
        # A device whose clock is ahead does not get to win over what happens later elsewhere.
        happened = max(0, min(report.happened_at_ms or now, now))
        fraction = _fraction(report, item.duration_ms)
        finished = report.finished if report.finished is not None else fraction >= _DONE
        line = {
            "user_id": asker.user_id,
            "item_id": item.id,
            "position_ms": max(0, min(report.position_ms, _LONGEST_MS)),
            "locator": plain(report.locator)[:_LONGEST_LOCATOR],
            "fraction": fraction,
            "finished": finished,
            "happened_at_ms": happened,
        }
        userdata.log_progress(connection, [{**line, "device": plain(report.device)[:200], "told_at_ms": now}])
        before = userdata.progress_of(connection, asker.user_id, item.id)
        if before is None or before.happened_at_ms <= happened:
            plays = (before.play_count if before else 0) + (finished and not (before and before.finished))
            userdata.put_progress(connection, [{**line, "play_count": plays}])
        record(connection, ProgressChanged(user_id=asker.user_id, item_id=item.id))
        return _mine(connection, asker.user_id, item.id)

    @staticmethod
    def row(connection: Connection, asker: Asker, item_id: str) -> Any:
        """The item's row in the caller's transaction; `NotFound` also for what one may not see."""
        return Items.row(connection, asker, item_id)

    def heard(self, connection: Connection, asker: Asker, item_id: str, happened_at_ms: int, device: str) -> None:
        """Count one more play from beginning to end, in the caller's transaction; again is as good as the first time.

        `item_id` comes from `row`. A play before the newest event counts too, and moves nobody back.
        """
        now = self._clock.now_ms()
        line = {"user_id": asker.user_id, "item_id": item_id, "happened_at_ms": happened_at_ms, **_WHOLE}
        userdata.log_progress(connection, [{**line, "device": plain(device)[:200], "told_at_ms": now}])
        before = userdata.progress_of(connection, asker.user_id, item_id)
        plays = (before.play_count if before else 0) + 1
        if before is not None and before.happened_at_ms > happened_at_ms:
            kept = {name: getattr(before, name) for name in line}
            userdata.put_progress(connection, [{**kept, "play_count": plays}])
        else:
            userdata.put_progress(connection, [{**line, "play_count": plays}])
        record(connection, ProgressChanged(user_id=asker.user_id, item_id=item_id))

    def mark(self, asker: Asker, item_id: str, *, finished: bool) -> None:
        """Mark an item and everything below it as finished, or as never begun."""
        now = self._clock.now_ms()
        with self._database.write() as connection:
            item_id = Items.row(connection, asker, item_id).id
            rows = []
            for leaf in userdata.leaves_below(connection, item_id):
                before = userdata.progress_of(connection, asker.user_id, leaf)
                plays = (before.play_count if before else 0) + (finished and not (before and before.finished))
                rows.append(
                    {
                        "user_id": asker.user_id,
                        "item_id": leaf,
                        "position_ms": 0,
                        "locator": "",
                        "fraction": 1.0 if finished else 0.0,
                        "finished": finished,
                        "play_count": plays,
                        "happened_at_ms": now,
                    }
                )
            if rows:
                lines = [{name: value for name, value in row.items() if name != "play_count"} for row in rows]
                userdata.log_progress(connection, [{**line, "device": "", "told_at_ms": now} for line in lines])
                userdata.put_progress(connection, rows)
            record(connection, ProgressChanged(user_id=asker.user_id, item_id=item_id))

    def view(self, asker: Asker, item_id: str) -> ProgressView:
        """Where `asker` is in an item, and how they got there."""
        with self._database.read() as connection:
            item_id = Items.row(connection, asker, item_id).id
            state = userdata.progress_of(connection, asker.user_id, item_id)
            history = [
                ProgressEntry(
                    position_ms=line.position_ms,
                    locator=line.locator,
                    fraction=line.fraction,
                    finished=line.finished,
                    device=line.device,
                    happened_at_ms=line.happened_at_ms,
                )
                for line in userdata.history_of(connection, asker.user_id, item_id, _HISTORY)
            ]
            return ProgressView(_mine(connection, asker.user_id, item_id), state.locator if state else "", history)

    def think(self, asker: Asker, item_id: str, changes: dict[str, Any]) -> Mine:
        """Set `favourite` (true, false) and `rating` (0 to 10, or None to take it back); what is not named stays."""
        with self._database.write() as connection:
            return _mine(connection, asker.user_id, self._think(connection, asker, item_id, changes))

    def think_all(self, asker: Asker, item_ids: Sequence[str], changes: dict[str, Any]) -> None:
        """The same of many items at once: of all or of none."""
        with self._database.write() as connection:
            for item_id in item_ids:
                self._think(connection, asker, item_id, changes)

    def _think(self, connection: Connection, asker: Asker, item_id: str, changes: dict[str, Any]) -> str:
        rating = changes.get("rating")
        if rating is not None and not 0 <= rating <= 10:
            raise InvalidInput(f"A rating is 0 to 10, not {rating}.")
        item_id = Items.row(connection, asker, item_id).id
        before = userdata.opinion_of(connection, asker.user_id, item_id)
        known = {"favourite": before.favourite, "rating": before.rating} if before else {}
        wanted = {"favourite": False, "rating": None, **known, **changes}
        since = before.favourite_at_ms if before and before.favourite else self._clock.now_ms()
        userdata.put_opinion(
            connection,
            {
                "user_id": asker.user_id,
                "item_id": item_id,
                "favourite": bool(wanted["favourite"]),
                "favourite_at_ms": since if wanted["favourite"] else 0,
                "rating": wanted["rating"],
                "changed_at_ms": self._clock.now_ms(),
            },
        )
        record(connection, ProgressChanged(user_id=asker.user_id, item_id=item_id))
        return item_id

    def done_with(self, item_ids: Sequence[str], before_ms: int) -> set[str]:
        """Those of the items that everybody who began them has finished, all before a moment; for rooms above."""
        with self._database.read() as connection:
            return userdata.finished_by_all(connection, item_ids, before_ms)


def _mine(connection: Connection, user_id: str, item_id: str) -> Mine:
    """What somebody did with an item."""
    return cards(connection, user_id, [item_id])[0].mine


def _fraction(report: ProgressReport, length_ms: int) -> float:
    """How far into the item; `length_ms` is its own, where the player does not say how long it is."""
    if report.fraction is not None:
        if not 0 <= report.fraction <= 1:
            raise InvalidInput(f"A fraction is 0 to 1, not {report.fraction}.")
        return report.fraction
    length_ms = report.duration_ms or length_ms
    return min(1.0, max(0, report.position_ms) / length_ms) if length_ms > 0 else 0.0
