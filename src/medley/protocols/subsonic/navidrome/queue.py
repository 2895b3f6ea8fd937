"""The play queue that a person takes from one device to the next."""

import msgspec

from medley.core.identity import Asker
from medley.protocols.subsonic import _translate as subsonic
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._ids import ref_of, to_id
from medley.protocols.subsonic.navidrome import _translate as translate
from medley.protocols.subsonic.navidrome import _wire as wire
from medley.protocols.subsonic.navidrome._auth import client_of
from medley.protocols.subsonic.navidrome._parts import Parts
from medley.protocols.subsonic.navidrome._route import body_of


class _Sent(msgspec.Struct):
    ids: list[str] | None = None
    current: int | None = None
    position: int | None = None


def get(house: Parts, who: Asker, _ask: Ask) -> wire.Queue:
    """The queue; empty where none was saved."""
    kept = house.players.queues.get(who)
    return wire.Queue(
        user_id=to_id("us", who.user_id),
        current=kept.current or 0,
        position=kept.position_ms,
        changed_by=kept.changed_by,
        items=[translate.song(each) for each in house.library.items.sheets(who, kept.item_ids)],
        updated_at=subsonic.moment(kept.changed_at_ms),
    )


def save(house: Parts, who: Asker, ask: Ask) -> None:
    """Replace the queue."""
    sent: _Sent = body_of(ask, _Sent)
    _keep(house, who, ask, _ids(sent.ids or []), sent.current or 0, sent.position or 0)


def change(house: Parts, who: Asker, ask: Ask) -> None:
    """Change what is sent, and leave the rest as it is."""
    sent: _Sent = body_of(ask, _Sent)
    kept = house.players.queues.get(who)
    ids = kept.item_ids if sent.ids is None else _ids(sent.ids)
    current = (kept.current or 0) if sent.current is None else sent.current
    _keep(house, who, ask, ids, current, kept.position_ms if sent.position is None else sent.position)


def clear(house: Parts, who: Asker, ask: Ask) -> None:
    """Forget the queue."""
    _keep(house, who, ask, [], 0, 0)


def _keep(house: Parts, who: Asker, ask: Ask, ids: list[str], current: int, position_ms: int) -> None:
    client = client_of(ask.request)
    house.players.queues.save(who, ids, current=current, position_ms=position_ms, changed_by=client)


def _ids(sent: list[str]) -> list[str]:
    return [ref_of(each).of("so", "ep") for each in sent]
