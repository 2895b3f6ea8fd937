"""Where a file is cut into segments: before anything is made, and the same for every viewer."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

TARGET_MS = 4_000  # a copy is cut at the first keyframe after each multiple of this
ENCODED_MS = 2_000
# Short first segments, because the first picture waits for a whole one.
_SHORT_MS = (1_000, 2_000)
_SHORTEST_LAST_MS = 500


@dataclass(frozen=True, slots=True)
class Table:
    """The start of every segment, the first at 0, and where the last one ends; milliseconds."""

    starts_ms: tuple[int, ...]
    end_ms: int

    def __len__(self) -> int:
        return len(self.starts_ms)

    def end_of(self, number: int) -> int:
        """Where segment `number` ends."""
        return self.starts_ms[number + 1] if number + 1 < len(self.starts_ms) else self.end_ms

    def duration_of(self, number: int) -> int:
        """How long segment `number` is."""
        return self.end_of(number) - self.starts_ms[number]

    def at(self, time_ms: float) -> int:
        """The number of the segment that holds `time_ms`; the first or last one outside the table."""
        return max(0, bisect_right(self.starts_ms, time_ms) - 1)


def from_keyframes(keyframes_ms: Sequence[int], duration_ms: int) -> Table:
    """Cuts for copied video: only at keyframes, so that what the playlist promises is what the segments hold."""
    end_ms = max(duration_ms, (keyframes_ms[-1] if keyframes_ms else 0) + 1)
    keyframes = iter(sorted(keyframes_ms))
    return _table(_first_at_or_after(keyframes, _grid(TARGET_MS)), end_ms)


def regular(duration_ms: int) -> Table:
    """Cuts for encoded streams, where keyframes fall where we want them."""
    return _table(_grid(ENCODED_MS), max(1, duration_ms))


def _grid(step_ms: int) -> Iterator[int]:
    """The short ones, then the multiples of the step: absolute, so that one late keyframe shifts no later cut."""
    yield from _SHORT_MS
    time_ms = (_SHORT_MS[-1] // step_ms + 1) * step_ms
    while True:
        yield time_ms
        time_ms += step_ms


def _first_at_or_after(times: Iterator[int], grid: Iterator[int]) -> Iterator[int]:
    goal = next(grid)
    for time_ms in times:
        if time_ms < goal:
            continue
        yield time_ms
        while goal <= time_ms:
            goal = next(grid)


def _table(cuts: Iterable[int], end_ms: int) -> Table:
    starts = [0]
    for cut in cuts:
        if cut > end_ms - _SHORTEST_LAST_MS:
            break
        starts.append(cut)
    return Table(tuple(starts), end_ms)
