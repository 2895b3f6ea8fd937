"""A seek to a place that nobody has made yet, against the bare ffmpeg command; and one back to where one was."""

import re
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench._film import ffmpeg, items_of, linked, long_film
from bench._ground import Figure, Size, rounded, scratch, spread
from bench._medley import Client, Medley, medley
from bench._processes import until_quiet
from bench.first_segment import CODECS, PICTURE, played

_TIMES, _MORE_MS, _BACK_MS = 1.3, 50.0, 20.0
_TO_S = 90  # of the film's two minutes: far beyond what is made ahead


def measure(size: Size) -> Iterator[Figure]:
    """`seek_remux`, `seek_transcode` and `seek_back` in milliseconds."""
    back: list[float] = []
    for name, codec in CODECS.items():
        with scratch() as folder, medley(folder / "data") as server:
            linked(folder / "films", long_film(codec), size.turns + 1)
            with server.client() as client:
                items = items_of(server, client, folder / "films")
            yield _figure(name, folder / "bare.mp4", server, items, back)
    value = max(back)
    yield Figure(
        name="seek_back",
        value=rounded(value),
        unit="ms",
        goal=f"≤ {_BACK_MS:.0f} ms",
        ok=value <= _BACK_MS,
        note=f"the slowest of {len(back)}; half take up to {statistics.median(back):.1f} ms",
    )


def _figure(name: str, out: Path, server: Medley, items: list[str], back: list[float]) -> Figure:
    ours, bare, length = [], [], 0.0
    for item_id in items:
        with server.client() as client:
            place, _, _ = played(client, item_id, name)
        until_quiet(server.pid)  # until it is as far ahead of its viewer as it goes
        with server.client() as client:
            number, start, length = _segment_at(client, place)
            ours.append(client.get(f"{place}/{number}.m4s")[1])
            back.append(client.get(f"{place}/0.m4s")[1])
        until_quiet(server.pid)
        bare.append(_made(name, out, start, length))
    # The first one pays for what a process does once.
    value, peer = statistics.median(ours[1:] or ours), statistics.median(bare[1:] or bare)
    return Figure(
        name=f"seek_{name}",
        value=rounded(value),
        unit="ms",
        peer=f"ffmpeg -ss making the same {length:g} s",
        peer_value=rounded(peer),
        ratio=rounded(value / peer),
        goal=f"≤ {_TIMES} × the command + {_MORE_MS:.0f} ms",
        ok=value <= _TIMES * peer + _MORE_MS,
        note=f"{spread(ours[1:] or ours)} ms, ffmpeg {spread(bare[1:] or bare)} ms; the very first: {ours[0]:.0f} ms",
    )


def _segment_at(client: Client, place: str) -> tuple[int, float, float]:
    """(number, start, length in seconds) of the first segment after `_TO_S`, by the playlist."""
    start = 0.0
    playlist = client.get(f"{place}/main.m3u8")[0].decode()
    for number, length in enumerate(map(float, re.findall(r"#EXTINF:([0-9.]+)", playlist))):
        if start >= _TO_S:
            return number, start, length
        start += length
    raise RuntimeError(f"The playlist is only {start:.0f} s long.")


def _made(name: str, out: Path, start: float, length: float) -> float:
    """Milliseconds of the command, from its start to its end."""
    command = [ffmpeg(), "-y", "-nostdin", "-v", "error", "-ss", f"{start:.3f}", "-i", long_film(CODECS[name])]
    command += ["-t", f"{length:.3f}", *PICTURE[name], "-movflags", "+frag_keyframe+empty_moov", out]
    started = time.perf_counter()
    subprocess.run(command, check=True, timeout=120)
    return (time.perf_counter() - started) * 1000
