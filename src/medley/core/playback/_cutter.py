"""The transcoder's samples, cut into the segments of a table. Pure: bytes in, pieces out.

Every head of a file and variant must make the same segments, whatever it began with, so that a segment of one head
joins seamlessly to its neighbour from another. So a segment is defined by the table alone: video from the keyframe at
its start to the one at its end, in decode order; audio by the frames' own times; `tfdt` on the file's timeline.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from medley.core.playback._fmp4 import Boxes, Sample, Track, fragment, samples, tracks
from medley.core.playback._segments import Table
from medley.core.playback.ports import TIME_SHIFT_S

# Keyframe times are kept in whole milliseconds, and Matroska rounds to them.
_SLACK_MS = 20
# Nearer to one another than this are no keyframes; sound that begins before the picture shifts what is told of them.
_KEYFRAME_MS = 120
# A file may end this much before its container says; players ask for those segments all the same.
_ENDS_EARLY_MS = 5_000
# Frames before zero are the encoder's priming, which is not to be heard.
_PRIMING_MS = -1


class LandedLateError(Exception):
    """The first picture comes too late for the segment that was asked for: the seek landed too far on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The initialisation segment, where `number` is None, or a media segment."""

    number: int | None
    data: bytes


class Cutter:
    """Cuts from segment `first` on; what lies before it is dropped.

    `may_be_late`: the first picture may come later, because there is nothing before it. `frame_ms`: how long frames
    last where they are encoded; a copy begins at a keyframe, and at which is not known to the frame.
    """

    def __init__(self, table: Table, first: int, *, may_be_late: bool = False, frame_ms: float = _KEYFRAME_MS) -> None:
        self._table, self._first, self._may_be_late = table, first, may_be_late or first == 0
        self._latest_ms = table.starts_ms[first] + frame_ms
        self._boxes = Boxes()
        self._head = b""
        self._moof = b""
        self._tracks: dict[int, Track] = {}
        self._held: defaultdict[int, defaultdict[int, list[Sample]]] = defaultdict(lambda: defaultdict(list))
        self._open = first  # the lowest segment that is not made yet
        self._picture: int | None = None  # the segment that video samples belong to now
        self._passed_ms: dict[int, float] = {}

    def feed(self, data: bytes) -> Iterator[Piece]:
        """The pieces that are complete now. Raises `LandedLateError`, ValueError for what is not fragmented MP4."""
        for name, box in self._boxes.feed(data):
            if name in (b"ftyp", b"moov"):
                self._head += box
                if name == b"moov":
                    self._begin(box)
                    yield Piece(None, self._head)
            elif name == b"moof":
                self._moof = box
            elif name == b"mdat":
                for sample in samples(self._moof, box, self._tracks):
                    self._take(sample)
                yield from self._complete()

    @property
    def missed(self) -> bool:
        """At the end of the file: whether no picture came, or nothing at all, although there is something before."""
        pictures = any(track.video for track in self._tracks.values())
        return not self._may_be_late and (not self._tracks or (pictures and self._picture is None))

    def finish(self) -> Iterator[Piece]:
        """At the end of the file: the rest, and whatever the table still promises after the last sample, empty."""
        if not self._tracks:
            return
        last = max(self._held, default=self._open - 1)
        if max(self._passed_ms.values()) >= self._table.end_ms - _ENDS_EARLY_MS:
            last = len(self._table) - 1
        while self._open <= last:
            yield self._make()

    def _begin(self, moov: bytes) -> None:
        self._tracks = tracks(moov)
        self._passed_ms = dict.fromkeys(self._tracks, float("-inf"))

    def _take(self, shifted: Sample) -> None:
        track = self._tracks[shifted.track]
        shift = TIME_SHIFT_S * track.timescale
        sample = replace(shifted, dts=shifted.dts - shift, pts=shifted.pts - shift)
        place = self._place_of_video(sample, track) if track.video else self._place_of_audio(sample, track)
        if place is not None and place >= self._first:
            self._held[max(place, self._open)][track.id].append(sample)

    def _place_of_video(self, sample: Sample, track: Track) -> int | None:
        self._passed_ms[track.id] = sample.dts * 1000 / track.timescale
        if sample.key:
            time_ms = sample.pts * 1000 / track.timescale
            if self._picture is None and time_ms > self._latest_ms and not self._may_be_late:
                raise LandedLateError
            place = self._table.at(time_ms + _SLACK_MS)
            self._picture = max(place, self._picture or 0)
        return self._picture

    def _place_of_audio(self, sample: Sample, track: Track) -> int:
        time_ms = sample.pts * 1000 / track.timescale
        self._passed_ms[track.id] = time_ms
        if (time_ms < self._table.starts_ms[self._first] and self._first > 0) or time_ms < _PRIMING_MS:
            return -1
        return self._table.at(time_ms)

    def _complete(self) -> Iterator[Piece]:
        while self._open < len(self._table) - 1 and self._is_complete(self._open):
            yield self._make()

    def _is_complete(self, number: int) -> bool:
        end_ms = self._table.end_of(number)
        videos = [track.id for track in self._tracks.values() if track.video]
        if videos and (self._picture is None or self._picture <= number):
            return False
        # Samples come in the order of their decode times, so that either track tells how far both have come.
        return any(passed >= end_ms for passed in self._passed_ms.values())

    def _make(self) -> Piece:
        number = self._open
        held, after = self._held.pop(number, {}), self._held.get(number + 1, {})
        self._open += 1
        parts = [(track, _timed(held[track], after.get(track, ()))) for track in sorted(held)]
        return Piece(number, fragment(number, parts))


def _timed(held: Sequence[Sample], after: Sequence[Sample]) -> list[Sample]:
    """Durations that lead from each decode time to the next, and no decode time below zero.

    Only the first frames of a file lie below zero; they are moved closer together, and shown when they always were.
    """
    times: list[int] = []
    for sample in held:
        times.append(max(sample.dts, times[-1] + 1 if times else 0))
    ends = [*times[1:], after[0].dts if after else times[-1] + held[-1].duration]
    spans = zip(held, times, ends, strict=True)
    return [replace(sample, dts=time, duration=max(0, end - time)) for sample, time, end in spans]
