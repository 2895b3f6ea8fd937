"""What every figure stands on: sizes, where things are kept, how numbers are told."""

import shutil
import statistics
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

ROOT = Path(__file__).parent.parent
CACHE = ROOT / "build" / "bench"


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything: `full` is what the goals are about, `small` shows that the bench works."""

    name: str
    tracks: int
    items: int
    requests: int  # in one measured series
    seconds: float  # of one turn of load
    turns: int  # alternations with the peer


SIZES = {
    "full": Size("full", tracks=100_000, items=1_000_000, requests=400, seconds=4.0, turns=4),
    "small": Size("small", tracks=1_200, items=20_000, requests=40, seconds=0.7, turns=2),
    "tiny": Size("tiny", tracks=120, items=2_000, requests=5, seconds=0.2, turns=1),
}


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table. `ratio` is `value / peer_value`; None where there is no peer, or it is absent."""

    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    ratio: float | None = None
    goal: str
    ok: bool
    note: str = ""


def rounded(value: float) -> float:
    """Three digits that mean something."""
    return float(f"{value:.3g}") if abs(value) < 1000 else float(round(value))


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` (0 to 1) of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float]) -> str:
    """The median and the range, for a note."""
    return f"{statistics.median(values):.3g} ({min(values):.3g}-{max(values):.3g})"


@contextmanager
def renamed_when_done(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder` that takes its name at the end: what is there is whole."""
    making = folder.with_name(folder.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    yield making
    making.rename(folder)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for one measurement, on the same disk as the rest."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=CACHE, prefix="run-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
