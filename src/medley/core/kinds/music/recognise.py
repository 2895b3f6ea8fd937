"""A folder of sound files as artists, albums and tracks."""

from collections.abc import Iterable
from functools import lru_cache

from medley.core.kinds._names.cue import CueTrack, Sheet, parse
from medley.core.kinds._names.hints import (
    CLEAR,
    EXPLICIT,
    LAST_RESORT,
    PLAUSIBLE,
    audio_files,
    extension,
    spoken,
    stem_of,
)
from medley.core.kinds.facts import Facts
from medley.core.kinds.guess import Companion, Entry, Folder, Guess
from medley.core.kinds.music._album import albums
from medley.core.kinds.music._draft import Draft, draft_of, drafts_of_cue
from medley.core.kinds.music._place import Place, place_of
from medley.core.kinds.music._rungs import album_rung, artist_rung, track_rung

_LYRICS = {"ttml": 0, "elrc": 1, "lrc": 2, "srt": 3, "txt": 4}  # timed by word, by line, not at all
_LABELS = {"mp3": "MP3", "aac": "AAC", "vorbis": "Vorbis", "opus": "Opus", "wavpack": "WavPack", "ape": "APE"}

_Cued = dict[str, tuple[Sheet, list[CueTrack]]]


def recognise(folder: Folder) -> Iterable[Guess]:
    """A guess for every sound file, or for every track of a cue sheet; never none for one that may be music."""
    files = audio_files(folder)
    if not files:
        return
    place = place_of(folder)
    cued = _cue_sheets(folder, files)
    lyrics = _lyrics(folder)
    for tracks in albums(_drafts(files, place, cued), place):
        artist, album = artist_rung(tracks, place), album_rung(tracks, place, folder)
        for draft in tracks:
            name = draft.entry.name
            yield Guess(
                "music",
                _confidence(draft, place),
                (artist, album, track_rung(draft, album)),
                folder.path(name),
                edition_label(draft.entry.facts),
                start_ms=draft.start_ms,
                end_ms=draft.end_ms,
                companions=lyrics.get(stem_of(name).lower(), []) if lyrics else [],
            )


def edition_label(facts: Facts | None) -> str:
    """What tells two files of one track apart: "FLAC", "FLAC 24/96", "MP3"."""
    if facts is None or not facts.streams:
        return ""
    stream = facts.streams[0]
    return _label(stream.codec, stream.bit_depth, stream.sample_rate)


@lru_cache(maxsize=256)
def _label(codec: str, depth: int, rate: int) -> str:
    label = _LABELS.get(codec) or ("WAV" if codec.startswith("pcm_") else codec.upper())
    if depth > 16 or (depth and rate > 48_000):
        return f"{label} {depth}/{rate / 1000:g}"
    return label


def _drafts(files: list[Entry], place: Place, cued: _Cued) -> list[Draft]:
    drafts: list[Draft] = []
    for entry in files:
        if entry.name in cued:
            drafts += drafts_of_cue(entry, place, *cued[entry.name])
        else:
            drafts.append(draft_of(entry, place))
    return drafts


def _confidence(draft: Draft, place: Place) -> float:
    said = spoken(draft.entry)
    if place.announced:
        if place.announced != "music":
            return LAST_RESORT
        return EXPLICIT if not said else PLAUSIBLE
    if said:
        return LAST_RESORT
    tags = draft.tags
    if "album" in tags and ("artist" in tags or "albumartist" in tags):
        return CLEAR
    if tags or (draft.number is not None and place.album):
        return PLAUSIBLE
    return 0.3


def _cue_sheets(folder: Folder, files: list[Entry]) -> _Cued:
    """By audio file, the sheet that cuts it: one beside it, else the one in its tags."""
    found: _Cued = {}
    for entry in files:
        if entry.facts and "cuesheet" in entry.facts.tags:
            _match(parse(entry.facts.tags["cuesheet"][0]), entry.name, [entry], found)
    for entry in folder.files:
        if entry.facts and entry.facts.format == "cue" and "cuesheet" in entry.facts.tags:
            _match(parse(entry.facts.tags["cuesheet"][0]), entry.name, files, found)
    return found


def _match(sheet: Sheet, sheet_name: str, files: list[Entry], found: _Cued) -> None:
    """Only files that hold several tracks are cut; sheets often still name the .wav that became a .flac."""
    by_name = {entry.name.lower(): entry.name for entry in files}
    by_stem = {stem_of(entry.name).lower(): entry.name for entry in files}
    shared = {file: tracks for file, tracks in sheet.by_file().items() if len(tracks) > 1}
    for file, tracks in shared.items():
        plain = file.replace("\\", "/").rpartition("/")[2].lower()
        name = by_name.get(plain) or by_stem.get(stem_of(plain))
        if name is None and len(shared) == 1:
            name = by_stem.get(stem_of(sheet_name).lower()) or (files[0].name if len(files) == 1 else None)
        if name is not None:
            found[name] = sheet, tracks


def _lyrics(folder: Folder) -> dict[str, list[Companion]]:
    """The lyrics beside the files, by their stems; "Song.en.lrc" is in English."""
    found: dict[str, list[tuple[int, Companion]]] = {}
    for entry in folder.files:
        rank = _LYRICS.get(extension(entry.name))
        if rank is None or entry.name.startswith("."):
            continue
        stem = stem_of(entry.name)
        base, dot, language = stem.rpartition(".")
        if not (dot and language.isalpha() and 2 <= len(language) <= 3):
            base, language = stem, ""
        companion = Companion(folder.path(entry.name), "lyrics", language.lower())
        found.setdefault(base.lower(), []).append((rank, companion))
    return {
        stem: [companion for _, companion in sorted(ranked, key=lambda pair: pair[0])] for stem, ranked in found.items()
    }
