"""How much playback may use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the whole room; the defaults suit a small machine."""

    cache_bytes: int = 8 << 30
    heads: int = 8  # running at once, of all files together
    heads_per_variant: int = 3
    ahead_ms: int = 30_000  # a head stands still when it is this far ahead of the last request
    spare_ms: int = 8_000  # the same while somebody else waits for his segment
    reach_ms: int = 12_000  # what a head will make within this is waited for; beyond, a new head starts there
    prefetch_ms: int = 8_000  # the head for a hole in the ready segments starts this long before it is needed
    idle_s: float = 60.0  # a head that stands still ends this long after the last request
    wait_s: float = 60.0  # how long one request waits for its segment
    audio: int = 64  # sounds that are made at once
    audio_busy: int = 4  # of these, how many may work at the same moment; the others stand
    audio_ahead_bytes: int = 32 << 20  # a sound stands still when it is this far ahead of whoever is furthest in it
    audio_linger_s: float = 10.0  # what can be finished this soon after the last listener left is finished and kept
