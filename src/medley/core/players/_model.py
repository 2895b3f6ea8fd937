"""What this room takes and hands out. Times are milliseconds since 1970 UTC."""

from typing import Literal

import msgspec

State = Literal["starting", "playing", "paused", "stopped"]


class PlayReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a player says of itself.

    `device` names it among the players of one person. `count` false keeps the play out of every history; `announce`
    tells services outside of it all the same, for players that count themselves.
    """

    item_id: str
    device: str
    state: State = "playing"
    position_ms: int = 0
    rate: float = 1.0
    count: bool = True
    announce: bool = False


class NowPlaying(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody plays on one device; the position is where the player should be now, `rate` its speed."""

    user_id: str
    device: str
    item_id: str
    state: State
    position_ms: int
    rate: float
    started_at_ms: int
    told_at_ms: int


class PlayQueue(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is about to hear; `current` is an index into `item_ids`, None where there are none."""

    item_ids: list[str] = []
    current: int | None = None
    position_ms: int = 0
    changed_at_ms: int = 0
    changed_by: str = ""


class Bookmark(msgspec.Struct, frozen=True, kw_only=True):
    """A place in an item that somebody wants to find again."""

    item_id: str
    position_ms: int
    comment: str
    created_at_ms: int
    changed_at_ms: int


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One listen that a player counted itself; `happened_at_ms` is when it began, 0 means now."""

    item_id: str
    happened_at_ms: int = 0
    device: str = ""


class ScrobbleService(msgspec.Struct, frozen=True, kw_only=True):
    """A service that keeps listens, and how it stands between it and one person.

    `refused`: it does not know the secret any more; `message` is what it last complained of; `waiting` listens are
    still to be sent.
    """

    name: str
    title: str
    connected: bool = False
    member: str = ""
    refused: bool = False
    message: str = ""
    waiting: int = 0
    sent: int = 0
    sent_at_ms: int = 0
