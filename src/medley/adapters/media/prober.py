"""Facts of video files, read through FFmpeg's demuxers (PyAV) without decoding a picture."""

import os
from typing import Any, BinaryIO

import av
import av.error
import av.logging

from medley.adapters.media._keyframes import pass_over, read_index, thinned
from medley.adapters.media._video_streams import first_video, pictures_of, streams_of
from medley.adapters.media._video_tags import canonical
from medley.core.kinds import Chapter, Facts
from medley.kernel.errors import InvalidInput, Unsupported

# Playlists and the like would open other files that they name: a video may not choose what the server reads.
_DEMUXERS = (
    "matroska,webm", "mov,mp4,m4a,3gp,3g2,mj2", "avi", "mpegts", "mpeg", "mpegvideo", "asf", "flv", "live_flv", "ogg",
    "rm", "dv", "mxf", "nut", "wtv", "yuv4mpegpipe", "ivf", "h264", "hevc", "m4v", "amv", "gxf", "obu", "av1",
)  # fmt: skip
_OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": ",".join(_DEMUXERS),
    "probesize": str(5 << 20),
    "max_probe_packets": "2500",
    "analyzeduration": str(3_000_000),
}
_FORMATS = {"matroska,webm": "matroska", "mov,mp4,m4a,3gp,3g2,mj2": "mp4", "mpeg": "mpegps"}
_EXTENSIONS = """
mkv mk3d webm mp4 m4v mov qt avi divx wmv asf ts m2ts mts m2t tp mpg mpeg mpe m2v vob evo ogv ogm flv f4v 3gp 3g2 rm
rmvb dv mxf nut wtv dvr-ms y4m amv
"""
_MOST_CHAPTERS = 2000
_SECONDS = 20.0  # without an answer from the disk


class Prober:
    """Reads video containers: streams, chapters, tags, pictures inside, keyframes."""

    extensions = frozenset(_EXTENSIONS.split())

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts of a video; `media` is "audio" when only sound is in it. InvalidInput when it is none."""
        size = os.fstat(file.fileno()).st_size
        if not size:
            raise InvalidInput(f"{name} is empty.", hint="Copy the file again.")
        av.logging.set_level(None)
        try:
            with av.open(
                f"/dev/fd/{file.fileno()}", options=_OPTIONS, timeout=_SECONDS, metadata_errors="replace"
            ) as container:
                return _facts(container, file, size, name)
        except av.error.FFmpegError as error:
            raise InvalidInput(
                f"{name} cannot be read as video: {error.strerror}.",
                hint="It may be cut off or not be a video; copy it again, or see whether another player opens it.",
            ) from error


def _facts(container: Any, file: BinaryIO, size: int, name: str) -> Facts:
    video = first_video(container)
    keyframes, rotation = ([], 0) if video is None else read_index(file)
    start_ms = (container.start_time or 0) // 1000
    streams = streams_of(container, rotation)
    if not any(stream.type in ("video", "audio") for stream in streams):
        raise Unsupported(f"{name} holds neither picture nor sound.")
    shown = next((stream for stream in streams if stream.type == "video" and not stream.cover), None)
    turned = shown is not None and shown.rotation in (90, 270)
    facts = Facts(
        media="video" if video is not None else "audio",
        format=_FORMATS.get(container.format.name or "", container.format.name or ""),
        duration_ms=_duration_ms(container, keyframes, start_ms),
        bitrate=_bitrate(container, size),
        width=0 if shown is None else shown.height if turned else shown.width,
        height=0 if shown is None else shown.width if turned else shown.height,
        streams=streams,
        chapters=_chapters(container, start_ms),
        pictures=pictures_of(container),
        tags=canonical(container.metadata, [dict(each.metadata) for each in container.streams]),
    )
    if video is not None:
        keyframes = keyframes or _known(video) or pass_over(container, video, size)
        facts.keyframes_ms = sorted({max(0, time - start_ms) for time in keyframes})
        if not facts.keyframes_ms and not facts.duration_ms:
            facts.warnings.append("The file has no index and no known length; seeking in it will be slow.")
    return facts


def _duration_ms(container: Any, keyframes: list[int], start_ms: int) -> int:
    """How long it lasts from its start on.

    Matroska says nothing about times that begin late (RFC 9559, 5.1.2.10): some programs write when it ends, others how
    long it is, and then a keyframe may come after that.
    """
    stated = max(0, (container.duration or 0) // 1000)
    matroska = (container.format.name or "").startswith("matroska")
    if matroska and 0 < start_ms < stated and not (keyframes and keyframes[-1] > stated):
        return stated - start_ms
    return stated


def _bitrate(container: Any, size: int) -> int:
    if container.bit_rate:
        return container.bit_rate
    return size * 8_000_000 // container.duration if container.duration and container.duration > 0 else 0


def _chapters(container: Any, begin_ms: int) -> list[Chapter]:
    found = []
    for chapter in container.chapters()[:_MOST_CHAPTERS]:
        base = chapter["time_base"]
        start, end = (max(0, int(chapter[side] * base * 1000) - begin_ms) for side in ("start", "end"))
        found.append(Chapter(start, max(start, end), chapter["metadata"].get("title", "")))
    return sorted(found, key=lambda chapter: chapter.start_ms)


def _known(video: Any) -> list[int]:
    """Keyframes of the index that the demuxer itself read at opening (AVI, FLV); a handful is no index."""
    if video.container.format.name not in ("avi", "flv") or video.time_base is None:
        return []
    times = [int(entry.timestamp * video.time_base * 1000) for entry in video.index_entries if entry.is_keyframe]
    return thinned(sorted(set(times))) if len(times) > 2 else []


READER = Prober()


def cover_of(file: BinaryIO, stream: int) -> bytes:
    """The picture that the container carries as stream `stream`: a cover track's one packet, or an attachment."""
    path = f"/dev/fd/{file.fileno()}"
    with av.open(path, options=_OPTIONS, timeout=_SECONDS, metadata_errors="replace") as container:
        if not 0 <= stream < len(container.streams):
            raise InvalidInput("The file has no such picture.")
        chosen = container.streams[stream]
        if chosen.type == "attachment":
            return bytes(getattr(chosen, "data", b"") or b"")
        for packet in container.demux(chosen):
            if packet.size:
                return bytes(packet)
    raise InvalidInput("The file's picture is empty.")
