"""One frame of a film, by way of PyAV."""

import io
from typing import BinaryIO

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from medley.adapters.media._originals import PIXELS, Original, from_pixels
from medley.kernel.errors import InvalidInput, TooLarge, Unsupported

TRIES = (0.10, 0.14, 0.20, 0.27, 0.35, 0.45, 0.05, 0.60)  # of the film, until a frame shows something
DARK, FLAT = 24.0, 10.0  # mean and spread of lightness, of 255: below is a black screen or a plain title card
GIVE_UP = 200  # packets without a frame


def picture_at(path: str | BinaryIO, at_ms: int) -> Original:
    """The keyframe at or before `at_ms`, or the first of `TRIES` that is neither dark nor plain (else the best)."""
    source = f"file:{path}" if isinstance(path, str) else path
    try:
        with av.open(source, "r", options={"protocol_whitelist": "file,fd,pipe"}, metadata_errors="replace") as film:
            stream = next((s for s in film.streams.video if not _is_cover(s)), None)
            if stream is None:
                raise Unsupported("The file has no moving picture.")
            if stream.width * stream.height > PIXELS:
                raise TooLarge(f"A frame of {stream.width:,} × {stream.height:,} pixels is not decoded.")
            stream.codec_context.skip_frame = "NONKEY"
            found = _chosen(film, stream) if at_ms < 0 else _at(film, stream, at_ms)
            return _as_original(found, float(stream.sample_aspect_ratio or 1))
    except (FFmpegError, ValueError, EOFError, io.UnsupportedOperation) as error:
        reason = getattr(error, "strerror", None) or error
        hint = "It may be cut off; see whether another player opens it."
        raise InvalidInput(f"No frame of the film can be decoded: {reason}.", hint=hint) from error


def _chosen(film: InputContainer, stream: VideoStream) -> VideoFrame:
    duration_ms = (film.duration or 0) // 1000
    best, most = None, -1.0
    for share in TRIES if duration_ms else (0.0,):
        try:
            found = _at(film, stream, int(duration_ms * share))
        except (FFmpegError, InvalidInput):
            continue
        mean, spread = _lightness(found)
        if mean >= DARK and spread >= FLAT:
            return found
        if spread > most:
            best, most = found, spread
    return best or _at(film, stream, 0)


def _at(film: InputContainer, stream: VideoStream, at_ms: int) -> VideoFrame:
    film.seek(at_ms * 1000, backward=True)
    for count, packet in enumerate(film.demux(stream)):
        for found in packet.decode():
            if isinstance(found, VideoFrame):
                return found
        if count >= GIVE_UP:
            break
    raise InvalidInput("The film has no frame at that place.")


def _lightness(frame: VideoFrame) -> tuple[float, float]:
    """(mean, standard deviation) of a small grey copy."""
    grey = frame.reformat(width=64, height=36, format="gray")
    plane = grey.planes[0]
    data, step = bytes(plane), plane.line_size
    values = [value for y in range(36) for value in data[y * step : y * step + 64]]
    mean = sum(values) / len(values)
    return mean, (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5


def _as_original(frame: VideoFrame, stretch: float) -> Original:
    """Square pixels, the right way up."""
    width = round(frame.width * stretch) if 0.1 < stretch < 10 else frame.width
    image = frame.reformat(width=width, height=frame.height, format="rgb24").to_image()
    turn = frame.rotation
    if turn % 360:
        image = image.rotate(turn, expand=True)
    return from_pixels(image.tobytes(), image.width, image.height, 3)


def _is_cover(stream: VideoStream) -> bool:
    return bool(stream.disposition & Disposition.attached_pic)
