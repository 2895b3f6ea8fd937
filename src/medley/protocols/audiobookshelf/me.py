"""One's own: who one is, where one is in everything, what one goes on with."""

from typing import Any

import msgspec
from starlette.responses import JSONResponse, Response

from medley.core.identity import Asker
from medley.core.library import ProgressReport, Work
from medley.kernel.errors import NotFound
from medley.kernel.ids import is_id
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf._ask import Ask, milliseconds
from medley.protocols.audiobookshelf._auth import token_of
from medley.protocols.audiobookshelf._mine import progress_of
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._people import all_progress, opened, user_of
from medley.protocols.audiobookshelf._wire import server as wire

_LEFT_MS = 10_000


class Told(msgspec.Struct, rename="camel"):
    """Where an app says that somebody is. What is left out stays."""

    library_item_id: str = ""
    episode_id: str | None = None
    duration: float | None = None
    progress: float | None = None
    current_time: float | None = None
    is_finished: bool | None = None
    hide_from_continue_listening: bool | None = None
    ebook_location: str | None = None
    ebook_progress: float | None = None
    last_update: float | None = None


class Passwords(msgspec.Struct, rename="camel"):
    """A change of one's password."""

    password: str = ""
    new_password: str = ""


def get_me(house: Parts, who: Asker, ask: Ask) -> wire.User:
    """Who one is, with everything one has done."""
    return user_of(house, who, token_of(ask.request))


def change_password(house: Parts, who: Asker, ask: Ask) -> Response:
    """A new password, knowing the old one; other sessions end."""
    told = ask.json(Passwords)
    house.identity.change_password(
        who.user_id, told.password, told.new_password, address=ask.address, keep_session=who.session_id
    )
    return JSONResponse({"success": True})


def list_progress(house: Parts, who: Asker, _ask: Ask) -> dict[str, Any]:
    """Where one is in everything."""
    return {"mediaProgress": all_progress(house, who)}


def get_progress(house: Parts, who: Asker, ask: Ask) -> wire.MediaProgress:
    """Where one is in a book or an episode; 404 where it was never opened."""
    return _progress(_work(house, who, ask), who)


def change_progress(house: Parts, who: Asker, ask: Ask) -> None:
    """Tell where one is. The newest event wins, not the newest request."""
    report(house, who, _work(house, who, ask), ask.json(Told))


def change_many(house: Parts, who: Asker, ask: Ask) -> None:
    """Tell where one is in several; what is not there any more is left out."""
    told = [each for each in ask.json(list[Told]) if is_id(each.episode_id or each.library_item_id)]
    found = items.by_id(house.library.works.get(who, [each.episode_id or each.library_item_id for each in told]))
    for each in told:
        if work := found.get(each.episode_id or each.library_item_id):
            report(house, who, work, each)


def forget_progress(house: Parts, who: Asker, ask: Ask) -> None:
    """Mark as never begun; how one got there stays in the log."""
    house.library.progress.mark(who, ask.id("item_id"), finished=False)


def set_aside(house: Parts, who: Asker, ask: Ask) -> wire.User:
    """An item is not wanted among what one goes on with."""
    work = house.library.works.one(who, ask.id("item_id"))
    house.library.listening.set_aside(who, work.id)
    return user_of(house, who, token_of(ask.request))


def set_series_aside(house: Parts, who: Asker, ask: Ask) -> wire.User:
    """A series is not wanted among what one goes on with."""
    house.library.listening.set_aside(who, ask.id("series_id"))
    return user_of(house, who, token_of(ask.request))


def take_series_up(house: Parts, who: Asker, ask: Ask) -> wire.User:
    """It is wanted again."""
    house.library.listening.take_up(who, ask.id("series_id"))
    return user_of(house, who, token_of(ask.request))


def in_progress(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """What one goes on with, the last first."""
    return {
        "libraryItems": with_podcasts(
            house, who, [*filter(goes_on, opened(house, who))][: ask.number("limit", 25) or 25]
        )
    }


def goes_on(work: Work) -> bool:
    """Whether a work is begun, and neither finished nor set aside."""
    return work.mine is not None and not work.mine.finished and not work.mine.set_aside


def with_podcasts(house: Parts, who: Asker, works: list[Work]) -> list[Any]:
    """Books, and podcasts with the episode that is meant as `recentEpisode`."""
    works = house.library.works.get(who, [each.id for each in works])
    above = house.library.works.get(who, list({each.parent_id for each in works if each.parent_id}))
    podcasts = items.by_id(above)
    shown: list[Any] = []
    for each in works:
        since = {"progress_last_update": each.mine.happened_at_ms} if each.mine else {}
        if each.parent_id is None:
            shown.append(items.minified(each, **since))
        elif podcast := podcasts.get(each.parent_id):
            shown.append(items.minified(podcast, recent_episode=items.episode(each), **since))
    return shown


def report(house: Parts, who: Asker, work: Work, told: Told) -> None:
    """Write down where somebody is, over what is not told."""
    if told.hide_from_continue_listening:
        house.library.listening.set_aside(who, work.id)
    if told.hide_from_continue_listening is False:
        house.library.listening.take_up(who, work.id)
    moved = (told.progress, told.current_time, told.is_finished, told.ebook_location, told.ebook_progress)
    if any(each is not None for each in moved):
        house.library.progress.report(who, work.id, _report(work, told))


def _report(work: Work, told: Told) -> ProgressReport:
    before = work.mine
    length = work.duration_ms or milliseconds(told.duration)
    position = before.position_ms if before else 0
    if told.current_time is not None:
        position = milliseconds(told.current_time)
    elif told.is_finished is not None or told.progress is not None:
        position = round(length * (told.progress or 0.0))
    fraction = told.ebook_progress if told.ebook_progress is not None else told.progress
    if fraction is None and told.current_time is None:
        fraction = before.fraction if before and told.is_finished is None else 1.0 if told.is_finished else 0.0
    return ProgressReport(
        position_ms=position,
        duration_ms=length,
        locator=told.ebook_location if told.ebook_location is not None else before.locator if before else "",
        fraction=min(1.0, max(0.0, fraction)) if fraction is not None else None,
        finished=_finished(told, length, position, fraction),
        device="Audiobookshelf app",
        happened_at_ms=int(min(max(told.last_update or 0, 0), 1 << 53)),
    )


def _finished(told: Told, length: int, position: int, fraction: float | None) -> bool:
    if told.is_finished is not None:
        return told.is_finished
    if length and told.current_time is not None:
        return length - position <= _LEFT_MS
    return (fraction or 0.0) >= 1.0


def _progress(work: Work, who: Asker) -> wire.MediaProgress:
    found = progress_of(work, who.user_id)
    if found is None:
        raise NotFound("This was never opened.")
    return found


def _work(house: Parts, who: Asker, ask: Ask) -> Work:
    """The book, or the episode, that a path is about."""
    name = "episode_id" if "episode_id" in ask.request.path_params else "item_id"
    work = house.library.works.one(who, ask.id(name))
    if name == "episode_id" and work.parent_id != ask.id("item_id"):
        raise NotFound("There is no such episode in this podcast.")
    return work
