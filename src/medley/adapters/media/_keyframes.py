"""When a video's keyframes are: from the container's index in kilobytes, else from its packets if they are few.

Playback cuts copied streams at keyframes, so guessed times are worse than none (players stall where a segment does not
start with one). Times are presentation times as FFmpeg reports them, in ms.
"""

import struct
from typing import Any, BinaryIO

from medley.adapters.media._matroska_index import NoIndex, read_matroska
from medley.adapters.media._mp4_index import read_mp4

# A file without an index is read through only up to this size: half a second from a disk.
LARGEST_PASS = 96 << 20
_PACKETS = 400_000
_KEYFRAMES = 200_000
_SPACING_MS = 250  # where every frame is a keyframe, four a second are plenty


def read_index(file: BinaryIO) -> tuple[list[int], int]:
    """Keyframes from the index of a Matroska or MP4 file, and its rotation (degrees clockwise); ([], 0) without one.

    Never raises for what is in the file, and leaves the file's position anywhere.
    """
    for reader in (read_matroska, read_mp4):
        file.seek(0)
        try:
            keyframes, rotation = reader(file)
        except (NoIndex, struct.error, ValueError, OverflowError, RecursionError, ZeroDivisionError):
            continue
        return keyframes[:_KEYFRAMES], rotation
    return [], 0


def pass_over(container: Any, stream: Any, size: int) -> list[int]:
    """Keyframes from the packets of an open PyAV container; [] when it is larger than `LARGEST_PASS` bytes.

    Reads to the file's end, or as far as it is whole.
    """
    if size > LARGEST_PASS or stream.time_base is None:
        return []
    found: list[int] = []
    for number, packet in enumerate(_packets(container, stream)):
        if number >= _PACKETS or len(found) >= _KEYFRAMES:
            break
        if packet.is_keyframe and packet.pts is not None:
            found.append(int(packet.pts * stream.time_base * 1000))
    return thinned(sorted(set(found)))


def thinned(times: list[int]) -> list[int]:
    """The same times when they lie as far apart as keyframes do; else at most four a second."""
    if len(times) < 50 or (times[-1] - times[0]) / len(times) >= _SPACING_MS / 2:
        return times
    kept = times[:1]
    for time in times:
        if time >= kept[-1] + _SPACING_MS:
            kept.append(time)
    return kept


def _packets(container: Any, stream: Any) -> Any:
    from av.error import FFmpegError

    try:
        yield from container.demux(stream)
    except (FFmpegError, ValueError):
        return
