"""What web process, worker and reading children take together, idle and during a scan."""

from collections.abc import Iterator

from bench._ground import Figure, Size, rounded
from bench._served_scan import served_scan


def measure(size: Size) -> Iterator[Figure]:
    """`memory_idle` and `memory_scan`, in MB of PSS summed over all processes of `medley serve`."""
    seen = served_scan(size)
    growth = seen.peak_mb - seen.idle_mb
    yield Figure(
        name="memory_idle",
        value=rounded(seen.idle_mb),
        unit="MB",
        goal="≤ 220 MB",
        ok=seen.idle_mb <= 220,
        note=f"{seen.after_mb:.0f} MB idle again after the scan",
    )
    yield Figure(
        name="memory_scan",
        value=rounded(growth),
        unit="MB more",
        goal="≤ +150 MB",
        ok=growth <= 150,
        note=f"at most {seen.peak_mb:.0f} MB while {seen.tracks} tracks are scanned",
    )
