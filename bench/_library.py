"""A hundred thousand tagged tracks, made once and kept below build/bench.

Each track is one of a few short templates with tags of its own, as a tagger (MusicBrainz Picard) writes them:
title, artists, album, numbers, date, genres, MusicBrainz ids, ReplayGain. Three in five are MP3, then FLAC, then Opus.
"""

import io
import itertools
import random
import subprocess
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench._ground import CACHE, renamed_when_done

_ALBUMS_EACH, _TRACKS_EACH = 10, 12
_FORMATS = ("mp3", "mp3", "mp3", "flac", "opus")  # by album
_ENCODERS = {
    "mp3": ("-c:a", "libmp3lame", "-b:a", "64k"),
    "flac": ("-c:a", "flac", "-ar", "16000"),
    "opus": ("-c:a", "libopus", "-b:a", "48k"),
}
_GENRES = ("Rock", "Jazz", "Electronic", "Classical", "Folk", "Hip Hop", "Ambient", "Blues", "Metal", "Soul", "Pop")
_CONSONANTS, _VOWELS = "b ch d f g h k l m n p r s st t v w z", "a e i o u ai ou ar en il"
_SYLLABLES = [before + after for before in _CONSONANTS.split() for after in _VOWELS.split()]
_CJK = ("夜に駆ける", "打上花火", "紅蓮華", "前前前世", "夢灯籠", "스물다섯", "봄날", "青花瓷", "月亮代表我的心")
_WORDS = 250_000  # about as many as the titles of a million tracks have
_VERSION = 3


@dataclass(frozen=True, slots=True)
class Track:
    """What one track's tags say; `folder` and `name` are where it lies."""

    folder: str
    name: str
    ending: str
    title: str
    artist: str
    album: str
    number: int
    year: int
    genres: list[str]
    seed: int


def words(random_: random.Random, least: int, most: int) -> str:
    """An invented phrase. Words are as frequent as in a language (Zipf's law), and the frequent ones short."""
    return " ".join(_word(int(_WORDS ** random_.random()) - 1) for _ in range(random_.randint(least, most)))


@lru_cache(50_000)
def _word(rank: int) -> str:
    made = _SYLLABLES[rank % len(_SYLLABLES)]
    while rank >= len(_SYLLABLES):
        rank //= len(_SYLLABLES)
        made += _SYLLABLES[(rank * 61 + len(made)) % len(_SYLLABLES)]
    return made.title()


def phrase(random_: random.Random) -> str:
    """A title; one in fifty is Chinese, Japanese or Korean."""
    return random_.choice(_CJK) if random_.random() < 0.02 else words(random_, 1, 4)


def album(number: int) -> list[Track]:
    """The tracks of album `number`; the same ones each time."""
    artist_random, random_ = random.Random(number // _ALBUMS_EACH), random.Random(f"album {number}")
    artist = words(artist_random, 1, 3)
    title, year = f"{phrase(random_)} {number % 97}", random_.randint(1955, 2025)
    ending = _FORMATS[number % len(_FORMATS)]
    folder = f"{artist} {number // _ALBUMS_EACH}/{title} ({year})"
    names = (phrase(random_) for _ in range(_TRACKS_EACH))
    return [
        Track(
            folder=folder,
            name=f"{place:02} {name}.{ending}",
            ending=ending,
            title=name,
            artist=artist,
            album=title,
            number=place,
            year=year,
            genres=random_.sample(_GENRES, random_.randint(1, 2)),
            seed=number * 100 + place,
        )
        for place, name in enumerate(names, 1)
    ]


def library(tracks: int) -> Path:
    """A folder of `tracks` tagged tracks, made now unless an earlier run did."""
    folder = CACHE / f"tracks-{_VERSION}-{tracks}"
    if not folder.exists():
        with renamed_when_done(folder) as making, ProcessPoolExecutor(2) as pool:
            albums = -(-tracks // _TRACKS_EACH)
            starts = range(0, albums, 100)
            jobs = [(making, range(start, min(start + 100, albums)), tracks - start * _TRACKS_EACH) for start in starts]
            list(pool.map(_write_albums, *zip(*jobs, strict=True)))
    return folder


def files(folder: Path) -> list[str]:
    """Every track below `folder`, in the order of the walk."""
    return [str(path) for path in sorted(folder.rglob("*.*")) if path.suffix.lstrip(".") in _ENCODERS]


def warm(folder: Path) -> None:
    """Read what scanners read, so that nobody waits for the disk: some machines drop what was read minutes ago."""
    for path in files(folder):
        with Path(path).open("rb") as file:
            while file.read(1 << 20):
                pass


def _write_albums(root: Path, numbers: range, most: int) -> None:
    for track in itertools.islice(itertools.chain.from_iterable(map(album, numbers)), most):
        folder = root / track.folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / track.name).write_bytes(_WRITERS[track.ending](track))


@cache
def _template(ending: str) -> bytes:
    """A second and a half of a tone that no encoder finds too easy."""
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi"]
    command += ["-i", "aevalsrc=0.3*sin(440*2*PI*t)+0.02*random(0):s=48000:d=1.5", *_ENCODERS[ending]]
    with TemporaryDirectory() as folder:  # not a pipe, in which FLAC cannot say how long it is
        path = Path(folder) / f"template.{ending}"
        subprocess.run([*command, path], check=True)
        return path.read_bytes()


def _mp3(track: Track) -> bytes:
    from mutagen import id3

    tags = id3.ID3()
    plain = {"TIT2": track.title, "TPE1": track.artist, "TPE2": track.artist, "TALB": track.album}
    plain |= {"TRCK": f"{track.number}/{_TRACKS_EACH}", "TPOS": "1/1", "TDRC": str(track.year)}
    for name, text in plain.items():
        tags.add(getattr(id3, name)(encoding=3, text=[text]))
    tags.add(id3.TCON(encoding=3, text=track.genres))
    for name, text in _more(track):
        tags.add(id3.TXXX(encoding=3, desc=name, text=[text]))
    file = io.BytesIO(_template("mp3"))
    tags.save(file, padding=lambda _: 1024)
    return file.getvalue()


def _flac(track: Track) -> bytes:
    from mutagen.flac import FLAC

    return _commented(FLAC, track)


def _opus(track: Track) -> bytes:
    from mutagen.oggopus import OggOpus

    return _commented(OggOpus, track)


def _commented(form: type, track: Track) -> bytes:
    file = io.BytesIO(_template(track.ending))
    audio = form(file)
    audio["title"], audio["artist"], audio["albumartist"] = track.title, track.artist, track.artist
    audio["album"], audio["date"], audio["genre"] = track.album, str(track.year), track.genres
    audio["tracknumber"], audio["tracktotal"], audio["discnumber"] = str(track.number), str(_TRACKS_EACH), "1"
    for name, text in _more(track):
        audio[name.replace("MusicBrainz ", "musicbrainz_").replace(" ", "").lower()] = text
    file.seek(0)
    audio.save(file, padding=lambda _: 1024)
    return file.getvalue()


def _more(track: Track) -> Iterator[tuple[str, str]]:
    for offset, name in enumerate(("Artist Id", "Album Artist Id", "Album Id", "Release Track Id")):
        seed = track.seed if offset == 3 else track.seed // 100 // (_ALBUMS_EACH if offset < 2 else 1)
        yield f"MusicBrainz {name}", str(uuid.UUID(int=seed + (min(offset, 2) << 64), version=4))
    yield "REPLAYGAIN_TRACK_GAIN", f"{-(track.seed % 90) / 10:.2f} dB"
    yield "REPLAYGAIN_TRACK_PEAK", "0.988553"


_WRITERS = {"mp3": _mp3, "flac": _flac, "opus": _opus}
