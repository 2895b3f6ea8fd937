"""Files of works, as audio files, tracks and e-books of theirs."""

from collections.abc import Sequence

from medley.core.kinds.audiobook import book_chapters
from medley.core.library import Work, WorkFile
from medley.protocols.audiobookshelf._ask import seconds
from medley.protocols.audiobookshelf._wire import media as wire
from medley.protocols.plumbing.media import media_type_of

_EBOOKS = frozenset({"epub", "pdf", "mobi", "azw3", "azw", "fb2", "cbz", "cbr"})
# Their name of a tag → ours.
_TAGS = {
    "tagAlbum": "album", "tagArtist": "artist", "tagGenre": "genre", "tagTitle": "title", "tagSeries": "series",
    "tagSeriesPart": "seriespart", "tagTrack": "tracknumber", "tagDisc": "discnumber", "tagSubtitle": "subtitle",
    "tagAlbumArtist": "albumartist", "tagDate": "date", "tagComposer": "composer", "tagPublisher": "publisher",
    "tagComment": "comment", "tagDescription": "description", "tagIsbn": "isbn", "tagLanguage": "language",
    "tagASIN": "asin",
}  # fmt: skip


def extension(name: str) -> str:
    """The ending of a name, in small letters, without its dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def sounds(work: Work) -> list[WorkFile]:
    """The files of a work that are heard."""
    return [each for each in work.files if extension(each.name) not in _EBOOKS]


def ebooks(work: Work) -> list[WorkFile]:
    """The files of a work that are read."""
    return [each for each in work.files if extension(each.name) in _EBOOKS]


def file_metadata(work: Work, file: WorkFile) -> wire.FileMetadata:
    """Where a file lies: below its source, as no app needs to know the server's disks."""
    inside = file.path.removeprefix(f"{folder_of(work)}/")
    ending = extension(file.name)
    return wire.FileMetadata(
        filename=file.name,
        ext=f".{ending}" if ending else "",
        path=f"/{file.path}",
        rel_path=inside,
        size=file.size,
        mtime_ms=file.mtime_ms,
        ctime_ms=file.mtime_ms,
        birthtime_ms=file.added_at_ms,
    )


def folder_of(work: Work) -> str:
    """The folder of a work below its source; a lone file at the top is its own."""
    return work.path.rpartition("/")[0] or work.path or work.title


def ebook_format(work: Work) -> str | None:
    """The format of a work that is read; None for one that is heard."""
    ending = extension(work.path)
    return ending if ending in _EBOOKS else None


def count(work: Work) -> int:
    """How many of a work's files are heard."""
    return 0 if ebook_format(work) else work.file_count


def chapters(work: Work) -> list[wire.Chapter]:
    """The chapters of a whole work."""
    parts = [(each.name, each.facts) for each in sounds(work) if each.facts is not None]
    return [
        wire.Chapter(id=number, start=seconds(each.start_ms), end=seconds(each.end_ms), title=each.title)
        for number, each in enumerate(book_chapters(parts))
    ]


def audio_files(work: Work) -> list[wire.AudioFile]:
    """Every file that is heard, in order."""
    return [wire.AudioFile(**_audio(work, each, index)) for index, each in enumerate(sounds(work), start=1)]


def tracks(work: Work, base_id: str = "", addresses: Sequence[str] = ()) -> list[wire.AudioTrack]:
    """The same as a player takes them; `addresses` where they are not the files themselves."""
    found, offset = [], 0
    for index, each in enumerate(sounds(work), start=1):
        own = f"/api/items/{base_id or work.id}/file/{each.id}"
        found.append(
            wire.AudioTrack(
                **_audio(work, each, index),
                title=each.name,
                start_offset=seconds(offset),
                content_url=addresses[index - 1] if addresses else own,
            )
        )
        offset += each.length_ms
    return found


def _audio(work: Work, file: WorkFile, index: int) -> dict:
    facts = file.facts
    sound = next((each for each in facts.streams if each.type == "audio"), None) if facts else None
    tags = facts.tags if facts else {}
    return {
        "index": index,
        "ino": file.id,
        "metadata": file_metadata(work, file),
        "added_at": file.added_at_ms,
        "updated_at": file.mtime_ms,
        "track_num_from_meta": _number(tags, "tracknumber"),
        "disc_num_from_meta": _number(tags, "discnumber"),
        "format": facts.format if facts else "",
        "duration": seconds(file.length_ms),
        "bit_rate": (sound.bitrate if sound and sound.bitrate else facts.bitrate if facts else 0) or None,
        "language": (sound.language if sound else "") or None,
        "codec": sound.codec if sound else None,
        "channels": (sound.channels if sound else 0) or None,
        "channel_layout": (sound.channel_layout if sound else "") or None,
        "chapters": [
            wire.Chapter(id=number, start=seconds(each.start_ms), end=seconds(each.end_ms), title=each.title)
            for number, each in enumerate(facts.chapters if facts else ())
        ],
        "embedded_cover_art": (facts.pictures[0].mime or "image") if facts and facts.pictures else None,
        "meta_tags": {theirs: tags[ours][0] for theirs, ours in _TAGS.items() if tags.get(ours)},
        "mime_type": media_type_of(file.name),
    }


def _number(tags: dict[str, list[str]], name: str) -> int | None:
    text = (tags.get(name) or [""])[0].partition("/")[0].strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def ebook(work: Work) -> wire.EbookFile | None:
    """The file that is read."""
    for each in ebooks(work):
        return wire.EbookFile(
            ino=each.id,
            metadata=file_metadata(work, each),
            ebook_format=extension(each.name),
            added_at=each.added_at_ms,
            updated_at=each.mtime_ms,
        )
    return None


def library_files(work: Work) -> list[wire.LibraryFile]:
    """Every file, of whatever sort."""
    readable = {each.id for each in ebooks(work)}
    return [
        wire.LibraryFile(
            ino=each.id,
            metadata=file_metadata(work, each),
            is_supplementary=False if each.id in readable else None,
            added_at=each.added_at_ms,
            updated_at=each.mtime_ms,
            file_type="ebook" if each.id in readable else "audio",
        )
        for each in work.files
    ]
