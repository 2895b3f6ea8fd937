"""ffmpeg's command lines, from typed jobs. Nothing that a person named is ever read as an option.

The only text from outside is the path, which always stands as `file:/absolute/path` behind `-i`, and the values of
tags, each behind `-metadata` and its name, where no further parsing happens; protocols are limited to files and pipes,
so that a playlist posing as a film opens nothing else.
"""

from collections.abc import Iterator
from math import ceil
from pathlib import Path

from medley.core.playback.ports import (
    H264,
    TIME_SHIFT_S,
    AudioJob,
    AudioTrack,
    Job,
    SegmentJob,
    SubtitleJob,
    VideoTrack,
)
from medley.kernel.errors import InvalidInput

_VIDEO_TICKS = 90_000
_SAMPLE_RATE = 48_000
_AAC_FRAME = 1024
_AAC_BITRATE = 192_000
# Sound before a cut that the encoder hears but that is thrown away, so that neighbours join without a click.
_LEAD_S = 0.1
_AUDIO_CODECS = {
    "opus": ("-c:a", "libopus", "-vbr", "constrained"),  # a limit of bitrate is meant as one
    "aac": ("-c:a", "aac"),
    "mp3": ("-c:a", "libmp3lame"),
    "vorbis": ("-c:a", "libvorbis"),
    "flac": ("-c:a", "flac"),
}
_AUDIO_CONTAINERS = {
    "opus": ("-f", "ogg", "-page_duration", "100000"),
    "aac": ("-f", "adts", "-write_id3v2", "1"),
    "mp3": ("-f", "mp3", "-write_xing", "0", "-id3v2_version", "4"),
    "vorbis": ("-f", "ogg", "-page_duration", "100000"),
    "flac": ("-f", "flac"),
    "wav": ("-f", "wav"),
}
_SAMPLES = {16: "s16", 24: "s32"}
# A segment is ready when the next one's first frame leaves the encoder, so its delay is the viewer's: with a frame in
# each thread it would grow with the machine's cores.
_SHORT_DELAY = "rc-lookahead=5:sync-lookahead=0:sliced-threads=1"
# Peak of 100 cd/m² as SDR sees it; Hable's curve needs no metadata, which many files lack.
_TONE_MAP = (
    "zscale=t=linear:npl=100",
    "format=gbrpf32le",
    "zscale=p=bt709",
    "tonemap=hable:desat=0",
    "zscale=t=bt709:m=bt709:r=tv",
)


def arguments(job: Job) -> list[str]:
    """Everything after the program's name; the output is standard output."""
    if isinstance(job, SegmentJob):
        return [*_COMMON, *_QUIET, *_segments(job)]
    if isinstance(job, AudioJob):
        return [*_COMMON, *_TALKATIVE, *_audio(job)]
    return [*_COMMON, *_QUIET, *_subtitle(job)]


_COMMON = ("-hide_banner", "-nostdin", "-nostats", "-protocol_whitelist", "file,pipe,fd")
_QUIET = ("-loglevel", "warning")
# It says then how many samples it has encoded; with the level of each line, so that the others can be left out.
_TALKATIVE = ("-loglevel", "level+verbose")


def _segments(job: SegmentJob) -> Iterator[str]:
    # The file's own times are kept, counted from its start; decoding begins at the keyframe before, and the filters
    # drop what is early, because they compare exact times where the option would lose a picture that is still shown.
    yield from ("-copyts", "-start_at_zero", "-noaccurate_seek")
    if job.from_ms > 0:
        yield from ("-ss", _seconds(job.from_ms))
    yield from _input(job.path)
    if job.video:
        yield from ("-map", f"0:{job.video.index}", *_video(job.video, job.from_ms))
    if job.audio:
        yield from ("-map", f"0:{job.audio.index}", *_track(job.audio, job.from_ms))
    yield from ("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-max_muxing_queue_size", "4096")
    yield from ("-output_ts_offset", str(TIME_SHIFT_S), "-avoid_negative_ts", "disabled")
    # A fragment for every packet: then a segment is ready as soon as its last frame is. No edit list, which would make
    # the initialisation segments of two heads differ.
    yield from ("-f", "mp4", "-use_editlist", "0", "-video_track_timescale", str(_VIDEO_TICKS), "-frag_duration", "1")
    yield from ("-movflags", "+frag_discont+delay_moov+default_base_moof+skip_trailer", "-strict", "-2")
    yield from ("-flush_packets", "1", "pipe:1")


def _video(track: VideoTrack, from_ms: int) -> Iterator[str]:
    if track.encode is None:
        yield from ("-c:v", "copy")
        if track.tag:
            yield from ("-tag:v", track.tag)
        return
    wish = track.encode
    yield from ("-vf", ",".join(_filters(wish, from_ms)), "-c:v", "libx264", "-preset", "veryfast", "-crf", "22")
    yield from ("-profile:v", "high", "-level:v", f"{wish.level // 10}.{wish.level % 10}", "-flags:v", "+bitexact")
    yield from ("-maxrate:v", str(wish.bitrate), "-bufsize:v", str(2 * wish.bitrate), "-forced-idr", "1")
    yield from ("-x264-params", _SHORT_DELAY, "-force_key_frames", ",".join(map(_seconds, wish.keyframes_ms)))


def _filters(wish: H264, from_ms: int) -> Iterator[str]:
    if wish.deinterlace:
        yield "bwdif=mode=send_frame"
    yield f"fps={wish.frame_rate.numerator}/{wish.frame_rate.denominator}"
    if from_ms > 0:
        # In frames, as `start` is rounded to the nearest one and keyframes are forced on the one after.
        yield f"trim=start_pts={ceil(from_ms * wish.frame_rate / 1000)}"
    yield f"scale={wish.width}:{wish.height}"
    if wish.tone_map:
        yield from _TONE_MAP
    yield "format=yuv420p"


def _track(track: AudioTrack, from_ms: int) -> Iterator[str]:
    if not track.encode:
        yield from ("-c:a", "copy")
        if track.codec == "aac":  # as broadcast, with a header in each frame; a no-op otherwise
            yield from ("-bsf:a", "aac_adtstoasc")
        return
    begin = max(0, int((from_ms / 1000 - _LEAD_S) * _SAMPLE_RATE) // _AAC_FRAME * _AAC_FRAME)
    trim = f"atrim=start={begin / _SAMPLE_RATE:.6f}," if begin else ""
    # Twice, as `first_pts` counts in samples of what comes in.
    resample = f"aresample={_SAMPLE_RATE},aresample=async=1:first_pts={begin}"
    yield from ("-af", trim + resample, "-c:a", "aac", "-ac", "2", "-b:a", str(_AAC_BITRATE), "-flags:a", "+bitexact")


def _audio(job: AudioJob) -> Iterator[str]:
    if job.start_ms > 0:
        yield from ("-ss", _seconds(job.start_ms))
    if job.end_ms > 0:
        yield from ("-to", _seconds(job.end_ms))
    yield from _input(job.path)
    yield from ("-map", f"0:{job.index}", "-map_metadata", "-1", "-map_chapters", "-1")
    for name, value in job.tags:
        yield from ("-metadata", f"{name}={value}")
    yield from ("-ar", str(job.sample_rate), "-ac", str(job.channels), *_audio_codec(job))
    # In pieces of 32 KiB: each one that is written is a thread's work to us.
    yield from (*_AUDIO_CONTAINERS[job.format], "-fflags", "+bitexact", "-flush_packets", "0", "pipe:1")


def _audio_codec(job: AudioJob) -> Iterator[str]:
    if job.format == "wav":
        yield from ("-c:a", f"pcm_s{job.bit_depth}le")
        return
    yield from _AUDIO_CODECS[job.format]
    if job.bit_depth:
        yield from ("-sample_fmt", _SAMPLES[job.bit_depth], "-bits_per_raw_sample", str(job.bit_depth))
    else:
        yield from ("-b:a", str(job.bitrate))


def _subtitle(job: SubtitleJob) -> Iterator[str]:
    yield from ("-copyts", "-start_at_zero", *_input(job.path))
    yield from ("-map", f"0:{job.index}", "-c:s", "webvtt", "-f", "webvtt", "-flush_packets", "1", "pipe:1")


def _input(path: Path) -> tuple[str, str]:
    if not path.is_absolute() or "\0" in str(path):
        raise InvalidInput("Only a file with an absolute path can be played.")
    return "-i", f"file:{path}"


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds // 1000}.{milliseconds % 1000:03d}"
