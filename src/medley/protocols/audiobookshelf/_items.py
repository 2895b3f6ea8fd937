"""Works → their library items."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from medley.core.kinds import sort_key
from medley.core.library import Work
from medley.protocols.audiobookshelf import _files as files
from medley.protocols.audiobookshelf._ask import seconds
from medley.protocols.audiobookshelf._ids import KINDS, library_id
from medley.protocols.audiobookshelf._mine import progress_of
from medley.protocols.audiobookshelf._wire import media as wire


def names(work: Work, role: str) -> list[str]:
    """Who is credited in a role."""
    return [each.name for each in work.people if each.role == role]


def last_first(name: str) -> str:
    """ "Jane Q. Writer" as "Writer, Jane Q."."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else last


def without_article(title: str) -> str:
    """A title as it is sorted: "Wall, The"."""
    word, _, rest = title.partition(" ")
    return f"{rest}, {word}" if rest and word.lower() in ("the", "a", "an") else title


def minified(work: Work, **more: Any) -> wire.LibraryItemMinified:
    """An item as lists hold it."""
    media = _podcast_minified(work) if work.kind == "podcast" else _book_minified(work)
    return wire.LibraryItemMinified(
        **_base(work), media=media, num_files=work.file_count or work.child_count, size=work.size, **more
    )


def expanded(
    work: Work, episodes: Sequence[Work] = (), *, user_id: str = "", progress: Work | None = None
) -> wire.LibraryItemExpanded:
    """An item with everything. `progress`: the work (itself, or an episode) whose place is told with it."""
    held = [file for episode in episodes for file in files.library_files(episode)]
    return wire.LibraryItemExpanded(
        **_base(work),
        last_scan=work.changed_at_ms,
        media=_podcast_expanded(work, episodes) if work.kind == "podcast" else _book_expanded(work),
        library_files=held or files.library_files(work),
        num_files=len(held) or len(work.files),
        size=work.size,
        user_media_progress=progress_of(progress, user_id) if progress is not None else None,
    )


def _base(work: Work) -> dict[str, Any]:
    folder = files.folder_of(work)
    return {
        "id": work.id,
        "ino": work.id,
        "library_id": library_id(work.kind, work.source_id),
        "folder_id": work.source_id,
        "path": f"/{folder}",
        "rel_path": folder,
        "is_file": work.file_count == 1 and "/" not in work.path,
        "mtime_ms": work.written_at_ms,
        "ctime_ms": work.written_at_ms,
        "birthtime_ms": work.added_at_ms,
        "added_at": work.added_at_ms,
        "updated_at": work.changed_at_ms,
        "is_missing": work.missing,
        "is_invalid": not work.file_count and not work.child_count and not work.missing,
        "media_type": KINDS[work.kind][0],
    }


def cover_path(work: Work) -> str | None:
    """Apps ask for a cover where this is set; what it is means nothing to them."""
    return f"/metadata/items/{work.id}/cover.webp" if work.artwork_id else None


def book_metadata(work: Work) -> wire.BookMetadata:
    """Everything that is said of a book."""
    return wire.BookMetadata(
        **_said(work),
        authors=[wire.Ref(id=each.id, name=each.name) for each in work.people if each.role == "author"],
        narrators=names(work, "narrator"),
        series=[wire.SeriesRef(id=each.id, name=each.name, sequence=each.number or None) for each in work.series],
        description_plain=work.overview or None,
    )


def _said(work: Work) -> dict[str, Any]:
    authors, fields = names(work, "author"), work.fields
    series = [f"{each.name} #{each.number}" if each.number else each.name for each in work.series]
    return {
        "title": work.title,
        "title_ignore_prefix": without_article(work.title),
        "subtitle": fields.get("subtitle") or None,
        "author_name": ", ".join(authors),
        "author_name_lf": ", ".join(map(last_first, authors)),
        "narrator_name": ", ".join(names(work, "narrator")),
        "series_name": ", ".join(series),
        "genres": work.genres,
        "published_year": str(work.year) if work.year else None,
        "published_date": work.date or None,
        "publisher": fields.get("publisher") or None,
        "description": work.overview or None,
        "isbn": work.ids.get("isbn") or None,
        "asin": work.ids.get("asin") or None,
        "language": fields.get("language") or None,
        "abridged": bool(fields.get("abridged")),
    }


def _book_minified(work: Work) -> wire.BookMinified:
    heard = files.count(work)
    return wire.BookMinified(
        id=work.id,
        metadata=wire.BookMetadataMinified(**_said(work)),
        cover_path=cover_path(work),
        tags=work.tags,
        num_tracks=heard,
        num_audio_files=heard,
        # A list opens no files: of a book of several it counts one chapter in each.
        num_chapters=len(files.chapters(work)) if work.files else heard,
        duration=seconds(work.duration_ms),
        size=work.size,
        ebook_format=files.ebook_format(work),
    )


def _book_expanded(work: Work) -> wire.BookExpanded:
    return wire.BookExpanded(
        id=work.id,
        library_item_id=work.id,
        metadata=book_metadata(work),
        cover_path=cover_path(work),
        tags=work.tags,
        audio_files=files.audio_files(work),
        chapters=files.chapters(work),
        ebook_file=files.ebook(work),
        duration=seconds(work.duration_ms),
        size=work.size,
        tracks=files.tracks(work),
    )


def podcast_metadata(work: Work) -> wire.PodcastMetadata:
    """Everything that is said of a podcast."""
    return wire.PodcastMetadata(
        title=work.title,
        title_ignore_prefix=without_article(work.title),
        author=", ".join(names(work, "author")) or None,
        description=work.overview or None,
        release_date=work.date or None,
        genres=work.genres,
        feed_url=work.ids.get("feed") or None,
        language=work.fields.get("language") or None,
    )


def _podcast_minified(work: Work) -> wire.PodcastMinified:
    return wire.PodcastMinified(
        id=work.id,
        metadata=podcast_metadata(work),
        cover_path=cover_path(work),
        tags=work.tags,
        num_episodes=work.child_count,
        size=work.size,
    )


def _podcast_expanded(work: Work, episodes: Sequence[Work]) -> wire.PodcastExpanded:
    return wire.PodcastExpanded(
        id=work.id,
        library_item_id=work.id,
        metadata=podcast_metadata(work),
        cover_path=cover_path(work),
        tags=work.tags,
        episodes=[made for index, each in enumerate(episodes, start=1) if (made := episode(each, index)) is not None],
        size=work.size,
    )


def episode(work: Work, index: int = 1) -> wire.Episode | None:
    """An episode; None where its file is not there."""
    return wire.Episode(**_episode(work, index)) if files.sounds(work) else None


def recent_episode(work: Work, podcast: Work) -> wire.RecentEpisode | None:
    """An episode in a list of those of many podcasts."""
    if not files.sounds(work):
        return None
    library = library_id(podcast.kind, podcast.source_id)
    told = {**_base(podcast), "metadata": podcast_metadata(podcast), "coverPath": cover_path(podcast)}
    return wire.RecentEpisode(**_episode(work, 1), podcast=told, library_id=library)


def _episode(work: Work, index: int) -> dict[str, Any]:
    above = work.parent_id or work.id
    published = _moment(work.date)
    return {
        "library_item_id": above,
        "podcast_id": above,
        "id": work.id,
        "index": index,
        "season": str(work.group) if work.group else "",
        "episode": f"{work.number:g}" if work.number is not None else "",
        "title": work.title,
        "subtitle": str(work.fields.get("subtitle") or ""),
        "description": work.overview,
        "enclosure": None,
        "guid": work.ids.get("guid"),
        "pub_date": format_datetime(published) if published else None,
        "chapters": files.chapters(work),
        "audio_file": files.audio_files(work)[0],
        "audio_track": files.tracks(work, above)[0],
        "published_at": int(published.timestamp() * 1000) if published else None,
        "added_at": work.added_at_ms,
        "updated_at": work.changed_at_ms,
        "duration": seconds(work.duration_ms),
        "size": work.size,
    }


def _moment(date: str) -> datetime | None:
    """The beginning of a day; a year or a month is its first one."""
    try:
        return datetime.fromisoformat((date + "-01-01")[:10] if len(date) < 10 else date[:10]).replace(tzinfo=UTC)
    except ValueError:
        return None


def sorted_names(names: Iterable[str]) -> list[str]:
    """Names in the order of people."""
    return sorted(names, key=sort_key)


def by_id(works: Iterable[Work]) -> Mapping[str, Work]:
    """Works by their id."""
    return {each.id: each for each in works}
