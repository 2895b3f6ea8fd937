"""From a folder to videos: the folder is the channel, the name and `.info.json` tell the rest."""

import re
from collections.abc import Iterator
from typing import Any

from medley.core.kinds import _video_names as names
from medley.core.kinds._names import fold, identity
from medley.core.kinds._video_names import Video, View
from medley.core.kinds.guess import Credit, Folder, Guess, Rung

FOLDER_NAMES = frozenset(
    {
        "youtube",
        "home videos",
        "online videos",
        "channels",
        "clips",
        "camera",
        "camera roll",
        "vlogs",
        "twitch",
        "vimeo",
    }
)
_ID = re.compile(r"[ ._-]*\[(?:youtube[-= ])?([\w-]{11})\]$|-([\w-]{11})$", re.IGNORECASE)
_CAMERA = re.compile(
    r"^(?:VID|MOV|MVI|IMG|PXL|GOPR|GX|GH|DJI|DSC|DSCN|P|C|WhatsApp Video|signal|trim|Screen ?Recording)?[ _-]?"
    r"(?:\d{8}[_-]?(?:WA)?\d{4,9}|\d{4}-\d\d-\d\d[ _-](?:at )?\d\d[.:_-]\d\d([.:_-]\d\d)?|\d{3,8})",
    re.IGNORECASE,
)
_LONG_MS = 40 * 60_000


def recognise(folder: Folder) -> Iterator[Guess]:
    """The videos of one folder; nothing for folders of subtitles, samples or the inside of discs."""
    last = fold(folder.parts[-1]) if folder.parts else ""
    if last in names.SUBTITLES or last in names.SAMPLES or last in names.DISC:
        return
    view = View(folder)
    for video in view.videos:
        yield _guess(view, video)


def _guess(view: View, video: Video) -> Guess:
    info = _info(view, video)
    stem, own_id = _without_id(video.stem)
    channel = _channel(view, video, info)
    return Guess(
        kind="video",
        confidence=_confidence(view, video, bool(info), bool(own_id)),
        ladder=(channel, _video(view, video, channel, info, stem, own_id)),
        path=view.folder.path(video.entry.name),
        companions=view.subtitles(video),
    )


def _info(view: View, video: Video) -> dict[str, list[str]]:
    return view.tags(f"{video.stem}.info.json", "info-json")


def _without_id(stem: str) -> tuple[str, str]:
    """`Title [dQw4w9WgXcQ]` → ("Title", "dQw4w9WgXcQ"). The old form `Title-dQw4w9WgXcQ` needs a digit or capital in
    it, because many a title ends in a hyphen and eleven letters."""
    match = _ID.search(stem)
    if match is None or match.start() == 0:
        return stem, ""
    if match[2] and not re.search(r"[A-Z].*\d|\d.*[A-Z]|[a-z][A-Z]", match[2]):
        return stem, ""
    return stem[: match.start()], match[1] or match[2]


def _channel(view: View, video: Video, info: dict[str, list[str]]) -> Rung:
    """The folder, unless it only sorts (a year, "Season 1") or holds one video; then the folder above it."""
    parts = [part for part in view.parts if fold(part) not in FOLDER_NAMES]
    while len(parts) > 1 and (names.is_place(parts[-1]) or names.season_of(parts[-1]) or _is_own(parts[-1], video)):
        parts.pop()
    said = names.first(info, "channel", "uploader", "playlist")
    named = names.clean(_without_id(parts[-1])[0]) if parts else said
    title = named or view.folder.source_name.strip() or "Videos"
    ids = {"youtube_channel": info["channel_id"][0]} if info.get("channel_id") else {}
    art = names.beside(view.pictures_at(0)) if parts and view.parts[-1:] == tuple(parts[-1:]) else []
    return Rung("channel", identity(title), said if said and fold(said) == fold(title) else title, ids=ids, art=art)


def _is_own(name: str, video: Video) -> bool:
    return fold(name) == fold(video.stem) or bool(_ID.search(name) and _ID.search(name) == _ID.search(video.stem))


def _video(view: View, video: Video, channel: Rung, info: dict[str, list[str]], stem: str, own_id: str) -> Rung:
    """The identity is the site's id when there is one: titles of published videos are changed often."""
    tags = video.facts.tags
    found = names.date_in(stem, solid=True)
    day = names.first(info, "upload_date", "releasedate") or (found[0] if found else "")
    day = day or names.iso_date(names.first(tags, "datetaken", "date"))
    site_id = names.first(info, "id") or own_id
    title = names.first(info, "title") or _title(stem, found)
    # A date tells two recordings of one title apart ("Birthday"), a title two of one day.
    own = site_id or f"{found[0] if found else ''} {_title(stem, found)}"
    uploader = names.first(info, "uploader")
    return Rung(
        level="video",
        identity=identity(channel.identity, own),
        title=title,
        date=day,
        year=names.whole(day[:4]),
        overview=names.first(info, "description") or names.first(tags, "description", "comment"),
        fields=_fields(info, tags),
        credits=[Credit(uploader, "uploader")] if uploader else [],
        genres=info.get("genre", []),
        tags=info.get("keywords", []),
        ids={names.first(info, "extractor").lower() or "youtube": site_id} if site_id else {},
        art=names.of_video(view, video, "thumb", own_folder=False),
    )


def _title(stem: str, found: tuple[str, int, int] | None) -> str:
    """The name without the date at its start or end; a camera's bare number stays what it is."""
    if _CAMERA.fullmatch(stem) or found is None:
        return names.clean(stem) or stem
    _, start, end = found
    rest = stem[end:] if not stem[:start].strip(" -_.([") else stem[:start] if not stem[end:].strip(" -_.)]") else stem
    return names.clean(rest.lstrip(" -_.)]")) or stem


def _fields(info: dict[str, list[str]], tags: dict[str, list[str]]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: info[name][0] for name in ("webpage_url", "uploader", "playlist") if info.get(name)}
    for name in ("latitude", "longitude"):
        if tags.get(name):
            fields[name] = float(tags[name][0])
    return fields


def _confidence(view: View, video: Video, described: bool, has_id: bool) -> float:
    if fold(view.folder.source_name) in FOLDER_NAMES or any(fold(part) in FOLDER_NAMES for part in view.parts[:2]):
        return 0.95
    if described:
        return 0.9
    if has_id:
        return 0.75
    if _CAMERA.match(video.stem) or names.date_in(video.stem):
        return 0.6
    return 0.25 if video.facts.duration_ms >= _LONG_MS else 0.4
