"""A scan that finds nothing new, against a bare walk of the same folders."""

import statistics
from collections.abc import Iterator

from bench import _peers
from bench._ground import Figure, Size, rounded, spread
from bench._library import library
from bench._served_scan import served_scan

_WALKS = 5


def measure(size: Size) -> Iterator[Figure]:
    """`rescan_unchanged` in seconds."""
    ours = served_scan(size).rescans_s
    walks = [_peers.walk(library(size.tracks)) for _ in range(_WALKS)]
    value, peer = statistics.median(ours), statistics.median(walks)
    yield Figure(
        name="rescan_unchanged",
        value=rounded(value),
        unit="s",
        peer="os.scandir and stat of everything",
        peer_value=rounded(peer),
        ratio=rounded(value / peer),
        goal="≤ 2 × the walk",
        ok=value <= 2 * peer,
        note=f"scans {spread(ours)} s, walks {spread(walks)} s",
    )
