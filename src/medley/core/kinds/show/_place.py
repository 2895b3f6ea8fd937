"""What a folder's place says: which show and which season its files belong to."""

from collections import Counter
from dataclasses import dataclass

from medley.core.kinds import _video_names as names
from medley.core.kinds._names import fold
from medley.core.kinds._video_names import EpisodeName, Release, Video
from medley.core.kinds.guess import Folder

FOLDER_NAMES = frozenset(
    {
        "shows",
        "tv shows",
        "tv",
        "tv series",
        "series",
        "serien",
        "anime",
        "television",
        "cartoons",
        "series tv",
        "telly",
    }
)
_NOBODY = Release("")


@dataclass(frozen=True, slots=True)
class Place:
    """`show` is the show that the folders name (empty: the file names have to); `season` None: not by the folder.

    `up` says how many folders above this one the show's own folder is (0: this is it); -1 when there is none.
    """

    show: Release = _NOBODY
    season: int | None = None
    up: int = -1
    extra: str = ""
    readable: bool = True

    @property
    def in_season(self) -> bool:
        """Whether the folder itself is that of a season, so that bare numbers in it count episodes."""
        return self.season is not None


def find_place(folder: Folder) -> Place:
    """The place that the path of `folder` makes for the episodes in it."""
    parts = list(folder.parts)
    last = fold(parts[-1]) if parts else ""
    if last in names.SUBTITLES or last in names.SAMPLES or last in names.DISC:
        return Place(readable=False)
    extra = names.extra_folder(parts[-1]) if len(parts) > 1 else ""
    if not extra:
        return _place(parts, 0)
    above = _place(parts[:-1], 1)
    known = above.in_season or bool(folder.above and _has_show_files(folder.above[0]))
    return Place(above.show, above.season, above.up, extra, readable=known)


def _place(parts: list[str], up: int) -> Place:
    if not parts:
        return Place()
    season = names.season_of(parts[-1])
    if season is None:
        return Place(_named(parts[-1]), None, up if _named(parts[-1]).title else -1)
    number, title = season
    if len(parts) > 1 and _named(parts[-2]).title:
        return Place(_named(parts[-2]), number, up + 1)
    return Place(_named(title) if title else _NOBODY, number, -1)


def trusted_show(place: Place, folder: Folder, found: list[tuple[Video, EpisodeName]]) -> Release:
    """The folder's show when its files do not speak against it, else nobody (then each file speaks for itself).

    Files speak against a folder that is no season folder, has neither year nor id nor season folders nor a tvshow.nfo,
    when they name several shows (a heap of downloads).
    """
    if not place.show.title or place.in_season or place.show.year or place.show.ids:
        return place.show
    if is_show_folder(folder):
        return place.show
    said = Counter(fold(name.show.title) for _, name in found if name.show and name.show.title)
    if not said or len(said) == 1 or fold(place.show.title) in said:
        return place.show
    return _NOBODY


def is_show_folder(folder: Folder) -> bool:
    """Whether seasons or a tvshow.nfo lie in it."""
    if any(entry.name.lower() == "tvshow.nfo" for entry in folder.files):
        return True
    return bool(folder.parts) and any(_is_season_here(name) for name in folder.folders)


def _is_season_here(name: str) -> bool:
    season = names.season_of(name)
    return season is not None and not season[1]


def _has_show_files(files: tuple[str, ...]) -> bool:
    return any(
        name.lower() == "tvshow.nfo"
        or (names.is_video_name(name) and names.parse_episode(names.split_name(name)[0]) is not None)
        for name in files
    )


def _named(name: str) -> Release:
    """The show that a folder's name means: `Show (2010)`, or that of `Show.S01E02.720p`, a folder of one episode."""
    if names.is_place(name):
        return _NOBODY
    episode = names.parse_episode(name)
    if episode is not None and episode.style in ("season", "date"):
        return episode.show or _NOBODY
    return names.parse_release(name)
