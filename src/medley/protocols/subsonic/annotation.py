"""Media annotation: favourites, ratings, what was played."""

from itertools import zip_longest
from typing import Literal, cast, get_args

from medley.core.identity import Asker
from medley.core.players import Heard, PlayReport
from medley.kernel.errors import InvalidInput
from medley.protocols.subsonic._ask import Ask, missing
from medley.protocols.subsonic._ids import owns
from medley.protocols.subsonic._parts import Parts

_State = Literal["starting", "playing", "paused", "stopped"]


def star(house: Parts, who: Asker, ask: Ask) -> None:
    """Make songs, albums and artists favourites."""
    house.library.progress.think_all(who, _named(ask), {"favourite": True})


def unstar(house: Parts, who: Asker, ask: Ask) -> None:
    """Make them ordinary again."""
    house.library.progress.think_all(who, _named(ask), {"favourite": False})


def set_rating(house: Parts, who: Asker, ask: Ask) -> None:
    """Rate with 1 to 5; 0 takes it back."""
    item_id, rating = ask.ref("id").of("so", "al", "ar"), ask.number("rating")
    if rating > 5:
        raise InvalidInput(f"A rating is 0 to 5, not {rating}.")
    house.library.progress.think(who, item_id, {"rating": rating * 2 or None})


def scrobble(house: Parts, who: Asker, ask: Ask) -> None:
    """Songs were heard at `time` (now, where it is not said); with `submission=false`, one is being played now."""
    songs, device = owns(ask.refs("id"), "so", "ep"), ask.client
    if not songs:
        raise missing("id")
    if ask.flag("submission", True):
        # One app says `date` for what it heard while it was offline (Amperfy, issue 461).
        times = ask.numbers("time") or ask.numbers("date")
        pairs = zip_longest(songs, times[: len(songs)], fillvalue=0)
        house.players.listens.add(
            who, [Heard(item_id=str(each), happened_at_ms=at, device=device) for each, at in pairs]
        )
    else:
        # Whoever submits counts by itself: the room must not count it once more.
        house.players.playing.report(who, PlayReport(item_id=songs[-1], device=device, count=False, announce=True))


def report_playback(house: Parts, who: Asker, ask: Ask) -> None:
    """What a player is doing right now; the server counts what was heard."""
    state = ask.text("state")
    if state not in get_args(_State):
        raise InvalidInput(f"There is no state “{state[:40]}”.", hint=f"One of: {', '.join(get_args(_State))}.")
    if ask.text("mediaType") not in ("song", "podcast"):
        raise InvalidInput("A media type is song or podcast.")
    report = PlayReport(
        item_id=ask.ref("mediaId").of("so", "ep"),
        device=ask.client,
        state=cast(_State, state),
        position_ms=ask.number("positionMs"),
        rate=ask.decimal("playbackRate", 1.0),
        count=not ask.flag("ignoreScrobble"),
    )
    house.players.playing.report(who, report)


def _named(ask: Ask) -> list[str]:
    found = [
        *owns(ask.refs("id"), "so", "al", "ar", "ep"),
        *owns(ask.refs("albumId"), "al", "so"),
        *owns(ask.refs("artistId"), "ar"),
    ]
    if not found:
        raise missing("id")
    return list(dict.fromkeys(found))
