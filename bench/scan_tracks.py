"""The first scan of tagged tracks, against a loop that only reads their tags, MPD and Supysonic."""

from collections.abc import Iterator

from bench import _peers
from bench._ground import Figure, Size, rounded
from bench._library import files, library, warm
from bench._served_scan import served_scan

_MOST_FOR_SUPYSONIC = 5_000  # it needs minutes for more, and its rate does not change


def measure(size: Size) -> Iterator[Figure]:
    """`scan_tracks` in tracks a second."""
    folder = library(size.tracks)
    paths = files(folder)
    warm(folder)
    before = _peers.mutagen_loop(paths)
    ours = size.tracks / served_scan(size).scan_s
    loop = size.tracks / min(before, _peers.mutagen_loop(paths))
    warm(folder)
    others = {"MPD": _rate(_peers.mpd(folder), size.tracks), "Supysonic": _supysonic(size)}
    slower = all(rate is None or ours > rate for rate in others.values())
    yield Figure(
        name="scan_tracks",
        value=rounded(ours),
        unit="tracks/s",
        peer="a bare loop of mutagen, 2 processes",
        peer_value=rounded(loop),
        ratio=rounded(ours / loop),
        goal="≥ 0.5 × the loop; faster than MPD and Supysonic",
        ok=ours >= 0.5 * loop and slower,
        note="; ".join(f"{name}: {rounded(rate) if rate else 'absent'} tracks/s" for name, rate in others.items()),
    )


def _rate(seconds: float | None, tracks: int) -> float | None:
    return tracks / seconds if seconds else None


def _supysonic(size: Size) -> float | None:
    tracks = min(size.tracks, _MOST_FOR_SUPYSONIC)
    return _rate(_peers.supysonic(library(tracks)), tracks)
