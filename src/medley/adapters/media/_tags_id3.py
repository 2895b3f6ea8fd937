"""ID3v2.2, 2.3 and 2.4, and ID3v1 where no v2 frame says more (mp3, aac, wav, aiff, dsf, tta)."""

from typing import Any

from medley.adapters.media import _mojibake
from medley.adapters.media._lyrics import from_pieces
from medley.adapters.media._tag_names import FREE, ID3
from medley.adapters.media._tag_values import ROLES, add, add_free, involve, lyrics_in
from medley.core.kinds import Chapter, Facts, Picture

_MUSICBRAINZ = "http://musicbrainz.org"
_WITH_WORK = {**ID3, "TIT1": "work"}  # since iTunes writes the grouping into a frame of its own
_NOT_COMMENTS = ("iTun", "Songs-DB", "MusicMatch", "ID3v1", "c0")


def fill(facts: Facts, frames: Any) -> None:
    """Put what the `mutagen.id3.ID3` `frames` say into `facts`."""
    tags = facts.tags
    doubtful: list[str] = []  # names of tags whose Latin-1 may be something else
    names = _WITH_WORK if "GRP1" in frames else ID3
    for key, frame in frames.items():
        name = names.get(key)
        if name is None:
            special = _SPECIAL.get(key[:4])
            if special is None:
                continue
            name = special(facts, frame)
        else:
            for value in frame.text:
                add(tags, name, value if type(value) is str else str(value))
        if name and frame.encoding == 0 and not all(map(str.isascii, tags.get(name, ()))):
            doubtful.append(name)
    if doubtful:
        _mojibake.repair(tags, doubtful)
    if facts.chapters:
        facts.chapters.sort(key=lambda chapter: (chapter.start_ms, -chapter.end_ms))


def pictures(frames: Any) -> list[bytes]:
    """The bytes of the embedded pictures, in the order of `Facts.pictures`."""
    return [frame.data for key, frame in frames.items() if key.startswith("APIC")]


def _genre(facts: Facts, frame: Any) -> str:
    for value in frame.genres:
        add(facts.tags, "genre", value)
    return "genre"


def _user_text(facts: Facts, frame: Any) -> str:
    key, name = frame.desc.lower(), ""
    for value in frame.text:
        name = add_free(facts.tags, key, value)
    return name


def _comment(facts: Facts, frame: Any) -> str:
    if frame.desc.startswith(_NOT_COMMENTS):
        return ""
    name = FREE.get(frame.desc.lower(), "comment")
    for value in frame.text:
        add(facts.tags, name, value)
    return name


def _unique_file_id(facts: Facts, frame: Any) -> str:
    if frame.owner == _MUSICBRAINZ:
        add(facts.tags, "musicbrainz_trackid", frame.data.decode("ascii", "replace"))
    return ""


def _people(facts: Facts, frame: Any) -> str:
    for function, person in frame.people:
        involve(facts.tags, function, person)
    return ""


def _lyrics(facts: Facts, frame: Any) -> str:
    name = lyrics_in(frame.lang)
    add(facts.tags, name, frame.text)
    return name


def _synced_lyrics(facts: Facts, frame: Any) -> str:
    """SYLT as LRC; only stamps in milliseconds (format 2) can be read without the frames of the stream."""
    if frame.format != 2 or frame.type not in (0, 1, 2):
        return ""
    name = lyrics_in(frame.lang)
    held = facts.tags.pop(name, [])
    add(facts.tags, name, from_pieces(frame.text))
    facts.tags.setdefault(name, []).extend(held)
    return ""


def _picture(facts: Facts, frame: Any) -> str:
    role = ROLES.get(int(frame.type), "other")
    facts.pictures.append(Picture(len(facts.pictures), role, frame.mime, len(frame.data)))
    return ""


def _chapter(facts: Facts, frame: Any) -> str:
    title = frame.sub_frames.get("TIT2")
    facts.chapters.append(Chapter(frame.start_time, frame.end_time, str(title.text[0]) if title and title.text else ""))
    return ""


def _podcast(facts: Facts, _frame: Any) -> str:
    add(facts.tags, "podcast", "1")
    return ""


def _feed(facts: Facts, frame: Any) -> str:
    add(facts.tags, "podcasturl", frame.url)
    return ""


def _volume(facts: Facts, frame: Any) -> str:
    """RVA2: the gain in dB and the peak of the master volume, described as "track" or "album"."""
    scope = frame.desc.lower()
    if scope in ("track", "album") and frame.channel == 1:
        add(facts.tags, f"replaygain_{scope}_gain", f"{frame.gain:.2f} dB")
        add(facts.tags, f"replaygain_{scope}_peak", f"{frame.peak:.6f}")
    return ""


_SPECIAL = {
    "TCON": _genre,
    "TXXX": _user_text,
    "COMM": _comment,
    "UFID": _unique_file_id,
    "TIPL": _people,
    "TMCL": _people,
    "USLT": _lyrics,
    "SYLT": _synced_lyrics,
    "APIC": _picture,
    "CHAP": _chapter,
    "PCST": _podcast,
    "WFED": _feed,
    "RVA2": _volume,
}
