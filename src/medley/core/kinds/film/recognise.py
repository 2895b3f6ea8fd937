"""From a folder to films: whose name counts, which files are versions, pieces or extras of one film."""

from collections.abc import Iterator

from medley.core.kinds import _video_names as names
from medley.core.kinds._names import fold, identity
from medley.core.kinds._video_names import Release, Video, View
from medley.core.kinds.film._home import Home, find_home
from medley.core.kinds.guess import Folder, Guess, Rung

FOLDER_NAMES = frozenset({"movies", "movie", "films", "film", "filme", "kino", "peliculas", "cine", "4k movies"})
_FEATURE_MS = 40 * 60_000


def recognise(folder: Folder) -> Iterator[Guess]:
    """The films, film versions and extras of one folder. Yields nothing for samples and subtitle folders."""
    view, home = View(folder), find_home(folder)
    mains: list[Video] = []
    for video in view.videos if home.readable else []:
        owner, extra = names.extra_suffix(video.stem)
        if home.extra or extra:
            yield from _extra(view, home, video, owner, home.extra or extra)
        else:
            mains.append(video)
    yield from _films(view, home, home.pick(mains))


def _films(view: View, home: Home, mains: list[Video]) -> Iterator[Guess]:
    """Group the main files by film, then by version, and tell each file's place."""
    releases = names.stacks(mains)
    titles = {fold(release.title) for release, _ in releases.values()}
    films: dict[str, list[tuple[Video, Release, int]]] = {}
    for number, video in enumerate(mains, 1):
        release, part = releases[video.stem]
        owner = home.release if home.owns(video, release, alone=len(titles) == 1) else release
        part = number if home.disc and len(mains) > 1 else part
        rung = _rung(view, video, owner, release, own_folder=owner is home.release)
        films.setdefault(rung.identity, []).append((video, release, part))
    for members in films.values():
        own = home.owns(members[0][0], members[0][1], alone=len(titles) == 1)
        yield from _film(view, home, members, own_folder=own)


def _film(view: View, home: Home, members: list[tuple[Video, Release, int]], *, own_folder: bool) -> Iterator[Guess]:
    labels, firsts = {}, {}
    for video, release, part in sorted(members, key=lambda member: member[2]):
        around = home.release if own_folder else Release("")
        key = _version_key(home, video, release, part)
        firsts.setdefault(key, video)
        labels.setdefault(key, names.version_label(release, around, video))
    labels = names.distinct(labels, firsts)
    for video, release, part in members:
        owner = home.release if own_folder else release
        yield Guess(
            kind="film",
            confidence=_confidence(view, video, owner),
            ladder=(_rung(view, video, owner, release, own_folder=own_folder),),
            path=view.folder.path(video.entry.name),
            edition=labels[_version_key(home, video, release, part)],
            part=part,
            companions=view.subtitles(video, alone=own_folder and len(labels) == 1),
        )


def _version_key(home: Home, video: Video, release: Release, part: int) -> str:
    """Pieces of one version share a key; any other file is a version of its own."""
    if home.disc:
        return home.disc
    return fold(release.base) if part else video.entry.name


def _rung(view: View, video: Video, owner: Release, release: Release, *, own_folder: bool) -> Rung:
    """The film. Its identity is made from names; only a year that they lack is taken from the NFO.

    A sidecar that appears later, in whatever language, therefore does not make another film of it.
    """
    tags = _nfo(view, video, own_folder=own_folder)
    year = owner.year or release.year or names.whole(names.first(tags, "year")) or None
    title = owner.title or names.clean(video.stem) or video.entry.name  # a name of nothing but an ending is a name
    film = Rung(
        level="film",
        identity=identity(title, year),
        title=title,
        year=year,
        ids={**release.ids, **owner.ids},
        art=names.of_video(view, video, "poster", own_folder=own_folder),
    )
    return names.enrich(film, tags)


def _nfo(view: View, video: Video, *, own_folder: bool) -> dict[str, list[str]]:
    stem = names.stacks([video])[video.stem][0].base
    candidates = [f"{video.stem}.nfo", f"{stem}.nfo", *(["movie.nfo", f"{view.last}.nfo"] if own_folder else [])]
    found = (view.tags(name, "nfo") for name in candidates)
    return next((tags for tags in found if tags and names.first(tags, "nfo") in ("movie", "url", "")), {})


def _extra(view: View, home: Home, video: Video, owner: str, extra: str) -> Iterator[Guess]:
    """An extra of the folder's film, or, in a folder of many films, of the one its name begins with."""
    release = names.parse_release(owner) if owner else home.release
    if home.release.title and (home.extra or home.owns(video, release, alone=True)):
        release = home.release
    if not release.title:
        return
    film = Rung("film", identity(release.title, release.year), release.title, year=release.year, ids=release.ids)
    yield Guess(
        kind="film",
        confidence=_confidence(view, video, release),
        ladder=(film,),
        path=view.folder.path(video.entry.name),
        edition=names.clean(video.stem),
        extra=extra,
        companions=view.subtitles(video),
    )


def _confidence(view: View, video: Video, release: Release) -> float:
    if names.parse_episode(video.stem) is not None or names.season_of(view.last):
        return 0.2
    if fold(view.folder.source_name) in FOLDER_NAMES or any(fold(part) in FOLDER_NAMES for part in view.parts[:2]):
        return 0.95
    if release.year or release.ids or _nfo(view, video, own_folder=True).get("nfo") == ["movie"]:
        return 0.8
    if video.facts.duration_ms:
        return 0.5 if video.facts.duration_ms >= _FEATURE_MS else 0.2
    return 0.45
