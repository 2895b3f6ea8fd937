"""Music on the shelves of a library without a file being read: artists, albums and tracks by the hundred."""

import random
from collections.abc import Iterator

from tests.support.library_room import Room

from medley.core.kinds import Credit, Guess, Rung, fold
from medley.core.kinds.facts import Facts, Stream, encode
from medley.core.library._scan.messages import FileAnswer, answer
from medley.core.library._scan.step4_shelve import Shelver

GENRES = ("Rock", "Jazz", "Folk")
_NAMES = "Ash Birch Cedar Elm Fir Larch Maple Oak Pine Yew Ärla 東京".split()


def stock_music(room: Room, source_id: str, albums: int, tracks: int = 3, seed: int = 1) -> None:
    """`albums` of `tracks` each, about three to an artist; years, genres and gaps by chance."""
    chance, told = random.Random(seed), []
    for number in range(albums):
        rungs = list(_album(chance, number, tracks, seed))
        files = [_file(f"{index}.flac", seed, number, index) for index in range(tracks)]
        guesses = [Guess("music", 0.9, ladder, f"{number}/{index}.flac", "FLAC") for index, ladder in enumerate(rungs)]
        told.append(answer(str(number), files, guesses))
    with room.database.write() as connection:
        Shelver(source_id, 1000, "/").shelve(connection, told, {})


def _album(chance: random.Random, number: int, tracks: int, seed: int) -> Iterator[tuple[Rung, ...]]:
    name = f"{_NAMES[number // 3 % len(_NAMES)]} {number // 3}"
    artist = Rung("artist", fold(name), name, ids={"musicbrainz_artist": f"artist-{number // 3}"})
    title = f"{chance.choice(_NAMES)} {chance.choice(_NAMES)}"
    year, genre = chance.choice([None, 1999, 2001, 2024]), chance.choice(GENRES)
    album = Rung(
        *("album", f"{title}|{seed}|{number}", title),
        year=year,
        date=str(year or ""),
        genres=[genre],
        credits=[Credit(name, "album_artist")],
        fields={"labels": ["A Label"], "release_types": ["album"]},
    )
    for index in range(tracks):
        song = f"{chance.choice(_NAMES)} {index}"
        people = [Credit(name, "artist"), Credit("A Guest", "artist"), Credit("A Composer", "composer")]
        track = Rung(
            *("track", f"{album.identity}|{index}", song),
            number=index + 1,
            group=1,
            year=year,
            genres=[genre],
            credits=people,
            fields={"bpm": 90, "moods": ["Calm"]},
        )
        yield artist, album, track


def _file(name: str, seed: int, number: int, index: int) -> FileAnswer:
    sound = Stream(0, "audio", "flac", bitrate=800_000, channels=2, sample_rate=44_100, bit_depth=16)
    facts = encode(Facts("audio", "flac", 200_000, 800_000, streams=[sound]))
    return FileAnswer(
        *(name, 1000 + index, index, bytes([seed, number % 256, number // 256, index])),
        duration_ms=200_000,
        facts=facts,
        format="flac",
    )
