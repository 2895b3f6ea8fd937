"""How much of a film is read before the first cue of its embedded subtitles is there, against the whole film."""

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

from bench._film import ffmpeg, long_film
from bench._ground import CACHE, Figure, Size, rounded, scratch

_SHARE = 0.1
_EVERY_S, _CUES = 2, 59
_PIECE, _A_SECOND = 64 << 10, 16 << 20  # as a slow disk hands it over


def measure(size: Size) -> Iterator[Figure]:
    """`first_cue` in MiB, of two minutes at 6 Mbit/s with a cue every two seconds."""
    film = _film()
    with scratch() as folder:
        read = [_read(film, folder / str(turn)) for turn in range(size.turns)]
    value, peer = max(read) / (1 << 20), film.stat().st_size / (1 << 20)
    yield Figure(
        name="first_cue",
        value=rounded(value),
        unit="MiB",
        peer="the whole film",
        peer_value=rounded(peer),
        ratio=rounded(value / peer),
        goal=f"≤ {_SHARE} × the film",
        ok=value <= _SHARE * peer,
        note=f"the most of {len(read)}; fed at {_A_SECOND >> 20} MiB/s, so that how fast ffmpeg starts counts little",
    )


def _read(film: Path, folder: Path) -> int:
    """Bytes handed over until the first cue came; the film comes through a pipe."""
    folder.mkdir(parents=True)
    pipe = folder / "film.mkv"
    os.mkfifo(pipe)
    given = [0]
    Thread(target=_feed, args=(film, pipe, given), daemon=True).start()
    asyncio.run(_first_cue(film, pipe, folder / "cache"))
    return given[0]


async def _first_cue(film: Path, pipe: Path, cache: Path) -> None:
    from medley.adapters.media.ffmpeg import Ffmpeg, locate
    from medley.adapters.media.prober import READER
    from medley.core.playback import MediaFile, Playback

    with film.open("rb") as file:
        facts = READER.read(file, film.name)
    media = replace(MediaFile("film", film, film.stat().st_size, 0, facts), path=pipe)
    stream = next(each.index for each in facts.streams if each.type == "subtitle")
    data = b""
    async with aclosing(Playback(cache, Ffmpeg(locate())).subtitle_vtt(media, stream)) as pieces:
        async for piece in pieces:
            data += piece
            if b"-->" in data:
                return
    raise RuntimeError(f"no cue in {len(data)} bytes")


def _feed(film: Path, pipe: Path, given: list[int]) -> None:
    with film.open("rb") as source, suppress(BrokenPipeError), pipe.open("wb", buffering=0) as sink:
        while piece := source.read(_PIECE):
            sink.write(piece)
            given[0] += len(piece)
            time.sleep(_PIECE / _A_SECOND)


def _film() -> Path:
    """The long film with a cue every two seconds."""
    path = CACHE / "films" / "subtitled.mkv"
    if not path.exists():
        film, text, making = long_film("h264"), path.with_suffix(".srt"), path.with_suffix(".making.mkv")
        text.write_text("".join(_cue(number) for number in range(1, _CUES + 1)))
        command = [ffmpeg(), "-y", "-v", "error", "-i", film, "-i", text, "-map", "0", "-map", "1", "-c", "copy"]
        subprocess.run([*command, making], check=True, timeout=300)
        making.rename(path)
    return path


def _cue(number: int) -> str:
    minutes, seconds = divmod(number * _EVERY_S, 60)
    at = f"00:{minutes:02d}:{seconds:02d}"
    return f"{number}\n{at},000 --> {at},900\nCue {number}\n\n"
