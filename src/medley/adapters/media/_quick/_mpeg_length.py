"""How long MPEG audio is whose header says nothing of it, or the wrong thing: frame after frame is counted."""

import struct

from medley.adapters.media._quick._mpeg_frame import Frame, mark_of
from medley.adapters.media._quick._shapes import Unusual
from medley.adapters.media._quick._window import Window

_SHARES = (0.25, 0.5, 0.75)  # of the sound, where the bitrate is looked at again
_LEAST, _MOST = 6_000, 460_000  # bits a second, of all that the format allows
_NEAR = 4096  # bytes in which two frames begin
_MOST_FRAMES = 300_000  # two hours; what follows is taken to be like them


def is_likely(size: int, length: float, bitrate: int) -> bool:
    """Whether so many bytes can be so long: half or twice of it is still put down to pictures behind the sound."""
    if not length or not bitrate:
        return False
    real = size * 8 / length
    return _LEAST <= real <= _MOST and 0.5 <= real / bitrate <= 2


def is_constant(window: Window, first: Frame) -> bool:
    """Whether frames in the middle have the bitrate of the first one."""
    places = (first.place + int((window.size - first.place) * share) for share in _SHARES)
    return all((frame := _near(window, place)) and frame.bitrate == first.bitrate for place in places)


def corrected(window: Window, place: int, length: float, bitrate: int, *, told: bool) -> tuple[float, int]:
    """(seconds, bits per second): those given where they can be right, else counted.

    `place`: of the first frame. `told`: whether a header said the length, or it was reckoned from that frame's bitrate.
    """
    try:
        first = Frame(window, place)
        right = is_likely(window.size - place, length, bitrate) if told else is_constant(window, first)
        return (length, bitrate) if right else _counted(window, first)
    except (Unusual, struct.error):
        return length, bitrate


def _counted(window: Window, first: Frame) -> tuple[float, int]:
    start = place = first.place + (first.length if mark_of(window, first) else 0)
    frames = 0
    while frames < _MOST_FRAMES and (frame := _at(window, place) or _near(window, place)):
        frames, place = frames + 1, frame.place + frame.length
    if not frames:
        raise Unusual("no sound")
    length = frames * first.samples / first.sample_rate
    bitrate = round((place - start) * 8 / length)
    return (window.size - start) * 8 / bitrate if frames == _MOST_FRAMES else length, bitrate


def _at(window: Window, place: int) -> Frame | None:
    try:
        return Frame(window, place)
    except (Unusual, struct.error):
        return None


def _near(window: Window, place: int) -> Frame | None:
    """The next frame that another one follows."""
    data = window.at(place, _NEAR)
    index = data.find(b"\xff")
    while index >= 0:
        frame = _at(window, place + index)
        following = _at(window, frame.place + frame.length) if frame else None
        if frame and following and following.sample_rate == frame.sample_rate:
            return frame
        index = data.find(b"\xff", index + 1)
    return None
