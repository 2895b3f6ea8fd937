"""From a folder to episodes: the show and season from the folders, the episode from the file."""

import re
from collections import Counter
from collections.abc import Iterator

from medley.core.kinds import _video_names as names
from medley.core.kinds._names import fold
from medley.core.kinds._video_names import EpisodeName, Release, Video, View
from medley.core.kinds.guess import Folder, Guess, Rung
from medley.core.kinds.show._place import FOLDER_NAMES, Place, find_place, is_show_folder, trusted_show
from medley.core.kinds.show._rungs import episode_rung, episode_tags, season_rung, show_rung

_SEASON_FILE = re.compile(r"season[ ._-]?(?:(\d{1,4})|(specials))(?:-|\.|$)", re.IGNORECASE)


def recognise(folder: Folder) -> Iterator[Guess]:
    """The episodes and extras of one folder, and the show or season that the folder itself describes."""
    view, place = View(folder), find_place(folder)
    if not place.readable:
        return
    found, extras = _sorted_out(view, place)
    show = trusted_show(place, folder, found)
    yield from _upper(view, place, show)
    editions = _Editions(found)
    for video, name in found:
        yield from _episodes(view, place, show, video, name, editions)
    for video, extra in extras:
        yield from _extra(view, place, show, video, extra)


def _sorted_out(view: View, place: Place) -> tuple[list[tuple[Video, EpisodeName]], list[tuple[Video, str]]]:
    found: list[tuple[Video, EpisodeName]] = []
    extras: list[tuple[Video, str]] = []
    for video in view.videos:
        _, extra = names.extra_suffix(video.stem)
        name = None if place.extra or extra else _name(video, view)
        if place.extra or extra:
            extras.append((video, place.extra or extra))
        elif name is not None:
            found.append((video, name))
    return found, extras


def _name(video: Video, view: View) -> EpisodeName | None:
    """The file's own name, else that of its folder when the file is alone in it under a meaningless name."""
    name = names.parse_episode(video.stem)
    if name is None and view.parts and len(view.videos) == 1:
        name = names.parse_episode(view.parts[-1])
    return name or names.parse_bare_number(video.stem)


def _upper(view: View, place: Place, show: Release) -> Iterator[Guess]:
    """Guesses for the folder itself: the show, its seasons whose posters lie here, or the season."""
    if place.extra or not show.title or place.up < 0:
        return
    if place.up == 0 and is_show_folder(view.folder):
        rung = show_rung(view, place, show)
        confidence = _confidence(view, 0.95 if view.has("tvshow.nfo") else 0.8)
        yield Guess("show", confidence, (rung,))
        for number in _pictured_seasons(view):
            yield Guess("show", confidence, (rung, season_rung(view, place, rung, number)))
    elif place.season is not None and place.up == 1 and view.has("season.nfo"):
        rung = show_rung(view, place, show)
        yield Guess("show", _confidence(view, 0.95), (rung, season_rung(view, place, rung, place.season)))


def _episodes(
    view: View, place: Place, trusted: Release, video: Video, name: EpisodeName, editions: "_Editions"
) -> Iterator[Guess]:
    show = trusted if trusted.title else _show_of_file(view, name)
    if show is None:
        return
    top = show_rung(view, place if trusted.title else Place(), show)
    season = season_rung(view, place, top, _season(place, name))
    companions = view.subtitles(video)
    confidence = _confidence(view, _sureness(view, place, name))
    for number in name.numbers or (None,):
        episode = episode_rung(view, video, season, _placed(place, name), number)
        start, end = _cut(view, video, name, number)
        yield Guess(
            kind="show",
            confidence=confidence,
            ladder=(top, season, episode),
            path=view.folder.path(video.entry.name),
            edition=editions.label(name, video),
            part=name.part,
            start_ms=start,
            end_ms=end,
            companions=companions,
        )


def _placed(place: Place, name: EpisodeName) -> EpisodeName:
    """A running number inside a season folder counts within that season."""
    if name.style == "absolute" and place.in_season:
        return names.replace_style(name, "number")
    return name


def _season(place: Place, name: EpisodeName) -> int:
    if name.season is not None:
        return name.season
    if place.season is not None:
        return place.season
    return int(name.date[:4]) if name.date else 1


def _show_of_file(view: View, name: EpisodeName) -> Release | None:
    """The show that the file names; in the root of a source the source's own name is the last resort."""
    if name.show is not None and name.show.title:
        return name.show
    source = view.folder.source_name
    return names.parse_release(source) if source and not view.parts and not names.is_place(source) else None


def _cut(view: View, video: Video, name: EpisodeName, number: int | None) -> tuple[int, int]:
    """Where an episode of several in one file starts and ends, when the NFO tells (Kodi's `epbookmark`, seconds)."""
    if len(name.numbers) < 2 or number is None:
        return 0, 0
    starts = [_bookmark_ms(episode_tags(view, video, each)) for each in name.numbers]
    at = name.numbers.index(number)
    return starts[at], starts[at + 1] if at + 1 < len(starts) else 0


def _bookmark_ms(tags: dict[str, list[str]]) -> int:
    try:
        return max(0, min(int(float(names.first(tags, "epbookmark")) * 1000), 86_400_000))
    except (ValueError, OverflowError):
        return 0


def _extra(view: View, place: Place, show: Release, video: Video, extra: str) -> Iterator[Guess]:
    """An extra belongs to the season in whose folder it lies, else to the show."""
    if not show.title or not (place.in_season or place.extra or is_show_folder(view.folder)):
        return
    top = show_rung(view, place, show)
    ladder: tuple[Rung, ...] = (top,)
    if place.season is not None:
        ladder = (top, season_rung(view, place, top, place.season))
    yield Guess(
        kind="show",
        confidence=_confidence(view, 0.85),
        ladder=ladder,
        path=view.folder.path(video.entry.name),
        edition=names.clean(video.stem),
        extra=extra,
    )


def _pictured_seasons(view: View) -> list[int]:
    matches = (_SEASON_FILE.match(entry.name) for entry in view.folder.files)
    return sorted({int(match[1] or 0) for match in matches if match})


def _sureness(view: View, place: Place, name: EpisodeName) -> float:
    if view.has("tvshow.nfo", max(place.up, 0)):
        return 0.95
    if name.style in ("season", "date") or place.in_season:
        return 0.85
    if name.style == "bare":
        # "Film 2" is hardly an episode, unless somebody said that there are only episodes.
        return 0.6 if is_show_folder(view.folder) else 0.15
    return 0.7 if name.style == "absolute" else 0.6


def _confidence(view: View, otherwise: float) -> float:
    return 0.95 if _said_to_be_shows(view) else otherwise


def _said_to_be_shows(view: View) -> bool:
    return fold(view.folder.source_name) in FOLDER_NAMES or any(fold(part) in FOLDER_NAMES for part in view.parts[:2])


class _Editions:
    """Labels of the versions of one episode in a folder: what their names say, made different where they are equal."""

    def __init__(self, found: list[tuple[Video, EpisodeName]]) -> None:
        self._crowded = Counter(self._key(name) for _, name in found)

    def label(self, name: EpisodeName, video: Video) -> str:
        said = " ".join(filter(None, (name.edition, name.quality)))
        if said or name.part or self._crowded[self._key(name)] == 1:
            return said
        facts = video.facts
        return names.resolution(facts.width, facts.height) or names.split_name(video.entry.name)[1].upper()

    @staticmethod
    def _key(name: EpisodeName) -> tuple[object, ...]:
        return name.season, name.numbers, name.date, name.edition, name.quality
