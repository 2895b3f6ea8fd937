"""The formats that audio is made in, and the names that clients use for containers and codecs."""

from collections.abc import Iterable
from dataclasses import dataclass

from medley.core.kinds import Stream
from medley.core.playback.ports import AudioFormat

# Bit/s. Those of MPEG-1 layer III (ISO/IEC 11172-3, table 2.4.2.3), used for all formats, so that nobody can fill the
# cache with bitrates of his own making.
LADDER = tuple(k * 1000 for k in (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320))
LOSSLESS_SOURCES = frozenset({"flac", "alac", "pcm", "ape", "wavpack", "tta", "tak", "truehd", "mlp", "dsd", "shorten"})

_EVERY_RATE = (8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000)


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """One format that is made. `usual` is its bitrate where nobody wishes another, 0 for a lossless one."""

    name: AudioFormat
    container: str
    codec: str
    media_type: str
    suffix: str
    usual: int
    sample_rates: tuple[int, ...]  # Hz, that it is made with
    channels: int  # at most


FORMATS: dict[AudioFormat, OutputFormat] = {
    each.name: each
    for each in (
        OutputFormat("mp3", "mp3", "mp3", "audio/mpeg", "mp3", 192_000, _EVERY_RATE[2:8], 2),
        OutputFormat("opus", "ogg", "opus", "audio/ogg; codecs=opus", "opus", 128_000, (48000,), 8),
        OutputFormat("aac", "aac", "aac", "audio/aac", "aac", 192_000, _EVERY_RATE[:8], 8),
        OutputFormat("vorbis", "ogg", "vorbis", "audio/ogg; codecs=vorbis", "ogg", 160_000, _EVERY_RATE[:8], 8),
        OutputFormat("flac", "flac", "flac", "audio/flac", "flac", 0, _EVERY_RATE, 8),
        OutputFormat("wav", "wav", "pcm", "audio/wav", "wav", 0, _EVERY_RATE, 8),
    )
}

# What clients and readers call a container → one name for each.
_CONTAINERS = {
    "mov": "mp4", "m4a": "mp4", "m4b": "mp4", "m4p": "mp4", "3gp": "mp4", "mkv": "matroska", "mka": "matroska",
    "webm": "matroska", "oga": "ogg", "opus": "ogg", "wave": "wav", "aif": "aiff", "adts": "aac", "wma": "asf",
    "mpeg": "mp3", "wv": "wavpack",
}  # fmt: skip
_CODECS = {"lpcm": "pcm", "he-aac": "aac", "aac_latm": "aac", "wv": "wavpack", "wav": "pcm", "ogg": "vorbis"}
_FAMILIES = (("pcm_", "pcm"), ("wma", "wma"), ("dsd_", "dsd"), ("mp3", "mp3"), ("opus", "opus"))


def container_name(text: str) -> str:
    """One name for what is called by many: `m4a` and `mov` are `mp4`."""
    name = text.strip().lower()
    return _CONTAINERS.get(name, name)


def codec_name(text: str) -> str:
    """One name for the members of a family: `pcm_s16le` is `pcm`."""
    name = text.strip().lower()
    family = next((family for prefix, family in _FAMILIES if name.startswith(prefix)), name)
    return _CODECS.get(family, family)


def is_lossless(sound: Stream) -> bool:
    """Whether nothing was lost when the stream was encoded."""
    return codec_name(sound.codec) in LOSSLESS_SOURCES


def format_of(container: str, codec: str = "") -> OutputFormat | None:
    """The format that is made for a client's container and codec; None where there is none."""
    wanted = container_name(container), codec_name(codec or container)
    for each in FORMATS.values():
        if wanted[1] == each.codec and wanted[0] in (each.container, each.codec, each.name):
            return each
    return None


def rung(bitrate: int) -> int:
    """The highest rung of the ladder that is at most `bitrate`; the lowest for less than that."""
    return max((each for each in LADDER if each <= bitrate), default=LADDER[0])


def sample_rate_for(rates: Iterable[int], source: int, most: int = 0) -> int:
    """The rate to make of `source`: itself, else one that divides it, else the nearest below; 0 where none may be."""
    fitting = sorted(rate for rate in rates if not most or rate <= most)
    below = [rate for rate in fitting if rate <= source] or fitting[:1]
    if not below:
        return 0
    dividing = [rate for rate in below if source % rate == 0 and rate >= 44_100]
    return max(dividing or below)
