"""Quick loaders for what nearly every music file is, in place of mutagen's.

A first scan spends most of its time opening files, and most files are plain: ID3v2.3 or 2.4 without any of its
options, FLAC, Opus. A quick loader reads just that, and only where its answer is certain to be mutagen's. At anything
else it gives None, and mutagen reads the file: whoever is in doubt here declines.

A loader gives what `_audio_formats.Format.load` gives: an object with `info`, `tags` and, for FLAC, `pictures`.
"""

import struct
from collections.abc import Callable
from typing import BinaryIO

from medley.adapters.media._quick import _flac, _mp3, _mpeg_length, _opus
from medley.adapters.media._quick._shapes import Audio, Unusual
from medley.adapters.media._quick._window import Window

Loader = Callable[[BinaryIO], Audio | None]

_DOUBTS = (Unusual, OSError, struct.error, ValueError, IndexError)


def _loader(load: Callable[[Window], Audio]) -> Loader:
    def quick(file: BinaryIO) -> Audio | None:
        try:
            return load(Window(file.fileno()))
        except _DOUBTS:
            return None

    return quick


mp3 = _loader(_mp3.load)
flac = _loader(_flac.load)
opus = _loader(_opus.load)


def length_of_mpeg(file: BinaryIO, place: int, length: float, bitrate: int, *, told: bool) -> tuple[float, int]:
    """(seconds, bits per second): those given where they can be right, else frames are counted from `place` on.

    `told`: whether a header said the length, or it was reckoned from the first frame's bitrate.
    """
    return _mpeg_length.corrected(Window(file.fileno()), place, length, bitrate, told=told)
