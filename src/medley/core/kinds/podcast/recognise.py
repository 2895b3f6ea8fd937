"""A folder of sound files as the episodes of a podcast."""

import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from medley.core.kinds._names import (
    date_in_name,
    identity,
    iso_date,
    leading_number,
    split_values,
    track_name,
    year_of,
)
from medley.core.kinds._names.artwork import PICTURES, covers_beside
from medley.core.kinds._names.hints import (
    EXPLICIT,
    PLAUSIBLE,
    announced,
    audio_files,
    below_announcement,
    spoken,
    stem_of,
)
from medley.core.kinds.guess import Art, Credit, Entry, Folder, Guess, Rung

_SEASON_FOLDER = re.compile(r"(?:season|series|staffel|saison)\s*(?P<season>\d{1,3})$|(?:19|20)\d\d$", re.IGNORECASE)
_SEASON_EPISODE = re.compile(r"\bs(?P<season>\d{1,3})\s*e(?P<episode>\d{1,4})\b\s*[-–:.]*\s*", re.IGNORECASE)
_EPISODE = re.compile(r"(?:\b(?:episode|ep\.?|folge|e)\s*#?|#)(?P<episode>\d{1,5})\b\s*[-–:.]*\s*", re.IGNORECASE)
_DATED, _HARDLY = 0.85, 0.15
_NO_TAGS: dict[str, list[str]] = {}


class _Named(msgspec.Struct):
    """What a file name says of an episode."""

    title: str
    date: str
    season: int | None = None
    episode: int | None = None


def recognise(folder: Folder) -> Iterable[Guess]:
    """A guess for every sound file of the folder."""
    files = audio_files(folder)
    if not files:
        return
    show = _show(folder, files)
    season = _season_of_folder(folder)
    sure = _evidence_of_folder(folder, files)
    pictures = {stem_of(entry.name): entry.name for entry in folder.files if _is_picture(entry.name)}
    for entry in files:
        episode = _episode(entry, folder, show, season)
        if stem_of(entry.name) in pictures:
            episode.art.insert(0, Art("thumb", "beside", folder.path(pictures[stem_of(entry.name)])))
        said = spoken(entry)
        confidence = EXPLICIT if said == "podcast" else _HARDLY if said else sure
        yield Guess("podcast", confidence, (show, episode), folder.path(entry.name))


def _show(folder: Folder, files: list[Entry]) -> Rung:
    """The podcast: Audiobookshelf's metadata.json, the album that most files name, the folder."""
    told = next((each.facts.tags for each in folder.files if each.facts and each.facts.format == "abs-json"), _NO_TAGS)
    first = next((entry.facts.tags for entry in files if entry.facts and entry.facts.tags), _NO_TAGS)
    title = _first(told, "title") or _album_of_most(files) or _folder_title(folder) or "Unknown Podcast"
    authors = told.get("author") or first.get("albumartist") or first.get("artist") or []
    feed = _first(told, "podcasturl") or _first(first, "podcasturl")
    return Rung(
        "podcast",
        identity(title),
        title,
        overview=_first(told, "description"),
        credits=[Credit(name, "author") for name in authors],
        genres=told.get("genre") or _genres(first),
        ids={"feed": feed} if feed else {},
        art=covers_beside(folder, 1 if _season_folder(folder) else 0) + _embedded(files[:1], folder),
    )


def _episode(entry: Entry, folder: Folder, show: Rung, season: int | None) -> Rung:
    """The feed's own id decides; without it the day and the title."""
    tags = {**(entry.facts.tags if entry.facts else _NO_TAGS), **_info(entry, folder)}
    named = _named(stem_of(entry.name))
    title = _first(tags, "title") or named.title
    date = named.date or iso_date(_first(tags, "upload_date", "releasedate", "date"))
    guid = _first(tags, "episodeid", "id")
    number = leading_number(_first(tags, "episode", "tracknumber")) or named.episode
    group = leading_number(_first(tags, "season"))
    return Rung(
        "episode",
        identity(show.identity, guid) if guid else identity(show.identity, date, title),
        title,
        number=number,
        group=group if group is not None else named.season if named.season is not None else season,
        year=year_of(date),
        date=date,
        overview=_first(tags, "description", "comment"),
        fields={"webpage_url": url} if (url := _first(tags, "webpage_url")) else {},
        ids={"guid": guid} if guid else {},
        art=_embedded([entry], folder),
    )


def _named(stem: str) -> _Named:
    """ "2024-01-31 - S02E05 - Title", "#12 Title", "012 - Title"."""
    date, rest = date_in_name(stem.replace("_", " ") if " " not in stem else stem)
    if match := _SEASON_EPISODE.search(rest):
        season, episode = int(match["season"]), int(match["episode"])
    elif match := _EPISODE.search(rest):
        season, episode = None, int(match["episode"])
    else:
        _, episode, title = (None, None, rest) if date else track_name(rest)
        return _Named(title or stem, date, None, episode)
    title = f"{rest[: match.start()]}{rest[match.end() :]}".strip(" -–.:")
    return _Named(title or stem, date, season, episode)


def _info(entry: Entry, folder: Folder) -> dict[str, list[str]]:
    """The tags of the `.info.json` of a downloader beside the file."""
    name = f"{stem_of(entry.name)}.info.json"
    facts = next((each.facts for each in folder.files if each.name == name), None)
    return facts.tags if facts and facts.format == "info-json" else _NO_TAGS


def _evidence_of_folder(folder: Folder, files: list[Entry]) -> float:
    kind = announced(folder.parts[0] if folder.parts else "", folder.source_name)
    if kind:
        return EXPLICIT if kind == "podcast" else _HARDLY
    sidecars = [each.facts for each in folder.files if each.facts and each.facts.media == "sidecar"]
    if any("podcasturl" in facts.tags for facts in sidecars):
        return EXPLICIT
    dated = sum(bool(date_in_name(entry.name)[0]) for entry in files)
    if dated * 2 > len(files) and len(files) > 2:
        return _DATED
    return PLAUSIBLE if any(facts.format == "info-json" for facts in sidecars) else _HARDLY


def _album_of_most(files: list[Entry]) -> str:
    albums = Counter(entry.facts.tags["album"][0] for entry in files if entry.facts and "album" in entry.facts.tags)
    return albums.most_common(1)[0][0] if albums else ""


def _season_folder(folder: Folder) -> re.Match[str] | None:
    """The match of a folder that only divides a podcast: "Season 2", "2024"."""
    names = below_announcement(folder)
    return _SEASON_FOLDER.match(names[-1]) if len(names) > 1 else None


def _season_of_folder(folder: Folder) -> int | None:
    match = _season_folder(folder)
    return int(match["season"]) if match and match["season"] else None


def _folder_title(folder: Folder) -> str:
    names = below_announcement(folder)
    if not names:
        return ""
    return names[-2] if _season_folder(folder) else names[-1]


def _embedded(files: list[Entry], folder: Folder) -> list[Art]:
    return [
        Art("cover", "embedded", folder.path(entry.name), entry.facts.pictures[0].index)
        for entry in files
        if entry.facts and entry.facts.pictures
    ]


def _is_picture(name: str) -> bool:
    return name.rpartition(".")[2].lower() in PICTURES and not name.startswith(".")


def _genres(tags: dict[str, list[str]]) -> list[str]:
    return [genre for value in tags.get("genre", ()) for genre in split_values(value)]


def _first(tags: dict[str, list[str]], *names: str) -> str:
    return next((tags[name][0] for name in names if tags.get(name)), "")
