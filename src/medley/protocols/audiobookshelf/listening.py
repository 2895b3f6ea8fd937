"""Listening: one's sessions, and what they come to by day and by item."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from medley.core.identity import Asker
from medley.core.library import Depth, ListeningSession, Work
from medley.kernel.errors import InvalidInput
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf._ask import Ask, seconds
from medley.protocols.audiobookshelf._ids import KINDS
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire.media import PlaybackSession
from medley.protocols.audiobookshelf.sessions import closed, day_of_week

_RECENT = 10
_TOP = 5


def list_sessions(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """A page of one's sessions, the last first."""
    return _page(house, who, ask, "")


def list_sessions_of_item(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """The same of one item, or of an episode of it."""
    name = "episode_id" if "episode_id" in ask.request.path_params else "item_id"
    return _page(house, who, ask, ask.id(name))


def stats(house: Parts, who: Asker, _ask: Ask) -> dict[str, Any]:
    """How long one listened: in all, today, by day, by day of the week and by item."""
    days = house.library.listening.days(who)
    heard = house.library.listening.items(who)
    recent, _ = house.library.listening.page(who, limit=_RECENT)
    works = _works(house, who, [each.item_id for each in heard], "shown")
    works |= _works(house, who, [each.item_id for each in recent])
    weekdays: Counter[str] = Counter()
    for day, length in days.items():
        weekdays[day_of_week(day)] += length
    today = date.today().isoformat()  # noqa: DTZ011 - where the server is
    return {
        "totalTime": seconds(sum(days.values())),
        "items": {
            each.item_id: {
                "id": each.item_id,
                "timeListening": seconds(each.heard_ms),
                "mediaMetadata": _metadata(works, each.item_id),
            }
            for each in heard
            if each.item_id in works
        },
        "days": {day: seconds(length) for day, length in days.items()},
        "dayOfWeek": {name: seconds(length) for name, length in weekdays.items()},
        "today": seconds(days.get(today, 0)),
        "recentSessions": _views(who, recent, works),
    }


def year(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """What one listened to in a year."""
    text = ask.part("year")
    if not text.isascii() or not text.isdecimal() or len(text) != 4:
        raise InvalidInput("This is no year.", hint="Write it in four digits.")
    span = f"{text}-01-01", f"{text}-12-31"
    heard = house.library.listening.items(who, span)
    works = _works(house, who, [each.item_id for each in heard], "shown")
    days = {day: length for day, length in house.library.listening.days(who).items() if span[0] <= day <= span[1]}
    authors, narrators, genres, months = Counter(), Counter(), Counter(), Counter()
    for each in heard:
        if work := works.get(each.item_id):
            authors.update(dict.fromkeys(items.names(work, "author"), each.heard_ms))
            narrators.update(dict.fromkeys(items.names(work, "narrator"), each.heard_ms))
            genres.update(dict.fromkeys(work.genres, each.heard_ms))
    for day, length in days.items():
        months[int(day[5:7]) - 1] += length
    done = [each for each in house.library.works.opened(who, KINDS) if each.mine and each.mine.finished]
    done = [each for each in done if each.mine and _year_of(each.mine.finished_at_ms) == int(text)]
    return {
        "totalListeningSessions": sum(each.sessions for each in heard),
        "totalListeningTime": seconds(sum(each.heard_ms for each in heard)),
        "totalBookListeningTime": seconds(_time(heard, works, podcast=False)),
        "totalPodcastListeningTime": seconds(_time(heard, works, podcast=True)),
        "topAuthors": _top(authors, "name"),
        "topGenres": _top(genres, "genre"),
        "mostListenedNarrator": next(iter(_top(narrators, "name")), None),
        "mostListenedMonth": next(
            ({"month": month, "time": seconds(time)} for month, time in months.most_common(1)), None
        ),
        "numBooksFinished": sum(each.kind != "podcast" for each in done),
        "numBooksListened": sum(work.kind != "podcast" for work in works.values()),
        "longestAudiobookFinished": _longest(done),
        "booksWithCovers": [each.id for each in works.values() if each.artwork_id][:_TOP],
        "finishedBooksWithCovers": [each.id for each in done if each.artwork_id][:_TOP],
    }


def _page(house: Parts, who: Asker, ask: Ask, item_id: str) -> dict[str, Any]:
    size, page = ask.number("itemsPerPage", 10, most=500) or 10, ask.number("page", most=1 << 20)
    found, total = house.library.listening.page(who, item_id, offset=page * size, limit=size)
    works = _works(house, who, [each.item_id for each in found])
    return {
        "total": total,
        "numPages": -(-total // size),
        "page": page,
        "itemsPerPage": size,
        "sessions": _views(who, found, works),
    }


def _works(house: Parts, who: Asker, item_ids: list[str], depth: Depth = "whole") -> dict[str, Work]:
    """Works by id, with the podcasts that episodes are of."""
    found = house.library.works.get(who, list(dict.fromkeys(item_ids)), depth)
    above = house.library.works.get(who, list({each.parent_id for each in found if each.parent_id}))
    return {each.id: each for each in (*above, *found)}


def _views(who: Asker, sessions: list[ListeningSession], works: dict[str, Work]) -> list[PlaybackSession]:
    shown: list[PlaybackSession] = []
    for each in sessions:
        work = works.get(each.item_id)
        above = works.get(work.parent_id or work.id) if work else None
        if work and above:
            shown.append(closed(who, each, work, above))
    return shown


def _metadata(works: dict[str, Work], item_id: str) -> Any:
    work = works[item_id]
    if work.kind != "podcast":
        return items.book_metadata(work)
    return items.podcast_metadata(works.get(work.parent_id or "", work))


def _time(heard: list[Any], works: dict[str, Work], *, podcast: bool) -> int:
    return sum(
        each.heard_ms for each in heard if each.item_id in works and (works[each.item_id].kind == "podcast") is podcast
    )


def _top(counter: Counter[str], name: str) -> list[dict[str, Any]]:
    return [{name: each, "time": seconds(time)} for each, time in counter.most_common(_TOP)]


def _longest(done: list[Work]) -> dict[str, Any] | None:
    books = [each for each in done if each.kind == "audiobook"]
    if not books:
        return None
    work = max(books, key=lambda each: each.duration_ms)
    return {"id": work.id, "title": work.title, "duration": seconds(work.duration_ms)}


def _year_of(moment_ms: int) -> int:
    return (date(1970, 1, 1) + timedelta(milliseconds=moment_ms)).year
