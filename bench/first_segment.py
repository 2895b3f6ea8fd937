"""From pressing play to the first segment, against the bare ffmpeg command that makes it."""

import re
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench._film import ffmpeg, film, items_of, linked
from bench._ground import Figure, Size, rounded, scratch, spread
from bench._medley import Client, Medley, medley
from bench._processes import until_quiet

_TIMES, _MORE_MS = 1.3, 50.0
CODECS = {"remux": "h264", "transcode": "hevc"}
# A browser that plays H.264 and AAC in MP4 and nothing else.
CAPABILITIES = {"containers": ["mp4"], "video": ["h264"], "audio": ["aac"]}
PICTURE = {
    "remux": ("-c:v", "copy", "-c:a", "copy"),
    "transcode": (
        *("-vf", "scale=1920:1080,format=yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-crf", "22"),
        *("-profile:v", "high", "-maxrate:v", "8M", "-bufsize:v", "16M", "-c:a", "aac", "-ac", "2", "-b:a", "192k"),
    ),
}


def measure(size: Size) -> Iterator[Figure]:
    """`first_segment_remux` and `first_segment_transcode` in milliseconds."""
    for name, codec in CODECS.items():
        with scratch() as folder, medley(folder / "data") as server:
            linked(folder / "films", film(codec), 2 * size.turns + 1)
            with server.client() as client:
                items = items_of(server, client, folder / "films")
            yield _figure(name, folder / "bare.mp4", server, items)


def _figure(name: str, out: Path, server: Medley, items: list[str]) -> Figure:
    ours, bare = [], []
    for item_id in items:
        with server.client() as client:
            _, took, length = played(client, item_id, name)
        until_quiet(server.pid)  # until it is as far ahead of its viewer as it goes
        ours.append(took)
        bare.append(_made(name, out, length))
    # The first one pays for what a process does once.
    value, peer = statistics.median(ours[1:] or ours), statistics.median(bare[1:] or bare)
    return Figure(
        name=f"first_segment_{name}",
        value=rounded(value),
        unit="ms",
        peer=f"ffmpeg making the same {length:g} s",
        peer_value=rounded(peer),
        ratio=rounded(value / peer),
        goal=f"≤ {_TIMES} × the command + {_MORE_MS:.0f} ms",
        ok=value <= _TIMES * peer + _MORE_MS,
        note=f"{spread(ours[1:] or ours)} ms, ffmpeg {spread(bare[1:] or bare)} ms; the very first: {ours[0]:.0f} ms",
    )


def played(client: Client, item_id: str, method: str) -> tuple[str, float, float]:
    """(where its segments are, milliseconds from play to the whole first one, seconds that it lasts)."""
    started = time.perf_counter()
    answer = client.post(f"/api/v1/items/{item_id}/play", {"capabilities": CAPABILITIES})
    if answer["method"] != method:
        raise RuntimeError(f"Medley wants to play it by {answer['method']}: {answer['reasons']}")
    place = answer["url"].rpartition("/")[0]
    client.get(answer["url"])
    playlist = client.get(f"{place}/main.m3u8")[0].decode()
    client.get(f"{place}/init.mp4")
    client.get(f"{place}/0.m4s")
    took = (time.perf_counter() - started) * 1000
    first = re.search(r"#EXTINF:([0-9.]+)", playlist)
    return place, took, float(first[1]) if first else 0.0


def _made(name: str, out: Path, length: float) -> float:
    """Milliseconds of the command, from its start to its end."""
    command = [ffmpeg(), "-y", "-nostdin", "-v", "error", "-i", film(CODECS[name]), "-t", f"{length:.3f}"]
    started = time.perf_counter()
    subprocess.run([*command, *PICTURE[name], "-movflags", "+frag_keyframe+empty_moov", out], check=True, timeout=120)
    return (time.perf_counter() - started) * 1000
