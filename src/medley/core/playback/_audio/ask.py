"""What a client says that it can play, and the answer; much as in OpenSubsonic's `transcoding` extension."""

from dataclasses import dataclass
from typing import Literal

from medley.core.playback._audio.formats import FORMATS
from medley.core.playback._audio.profile import AudioProfile
from medley.core.playback._decide import Reason
from medley.core.playback.ports import AudioFormat

Quality = Literal["channels", "bitrate", "profile", "sample_rate", "bit_depth"]
Comparison = Literal["equals", "not_equals", "at_most", "at_least"]


@dataclass(frozen=True, slots=True)
class DirectProfile:
    """Files that a client opens as they are; an empty set is any. `max_channels` 0 is no limit."""

    containers: frozenset[str] = frozenset()
    codecs: frozenset[str] = frozenset()
    max_channels: int = 0


@dataclass(frozen=True, slots=True)
class TranscodeProfile:
    """What a client wants to be made of what it cannot play; `codec` may be empty where the container says it."""

    container: str
    codec: str = ""
    max_channels: int = 0


@dataclass(frozen=True, slots=True)
class Limitation:
    """A bound on one quality of a codec's streams; of several `values`, one that fits is enough.

    Where the quality is not known, the bound is kept only if it is not `required`.
    """

    quality: Quality
    comparison: Comparison
    values: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class AudioClient:
    """All that a client says of itself; transcode profiles in its order of preference. Bitrates in bit/s, 0: any."""

    direct: tuple[DirectProfile, ...] = (DirectProfile(),)
    transcode: tuple[TranscodeProfile, ...] = ()
    limitations: tuple[tuple[str, tuple[Limitation, ...]], ...] = ()  # by codec
    max_bitrate: int = 0
    max_transcoding_bitrate: int = 0


@dataclass(frozen=True, slots=True)
class AudioAsk:
    """One request to hear a file, or the part from `start_ms` to `end_ms` (0: the end), as a CUE sheet names it."""

    client: AudioClient
    stream: int | None = None  # by FFmpeg's index
    start_ms: int = 0
    end_ms: int = 0


@dataclass(frozen=True, slots=True)
class AudioDetails:
    """One stream, as it is or as it will be; 0 and empty where it is not known. `bitrate` in bit/s."""

    container: str
    codec: str
    channels: int = 0
    bitrate: int = 0
    profile: str = ""
    sample_rate: int = 0
    bit_depth: int = 0


@dataclass(frozen=True, slots=True)
class AudioDecision:
    """`direct`: the file as it is. `transcode`: what `profile` makes. `impossible`: the reasons say why.

    `profile` is also there beside `direct` where something could be made for this client.
    """

    method: Literal["direct", "transcode", "impossible"]
    reasons: tuple[Reason, ...]
    source: AudioDetails
    profile: AudioProfile | None = None
    target: AudioDetails | None = None


def plain_client(wanted: AudioFormat | None, max_bitrate: int, *otherwise: AudioFormat) -> AudioClient:
    """A client that names at most one format and a bitrate (bit/s, 0: any), and plays any file that is no more.

    `otherwise` are formats for one who names none, or for a limit that a lossless one cannot keep; MP3 is the last.
    """
    direct = DirectProfile()
    if wanted:  # who plays AAC, plays it in MP4 too
        containers = {FORMATS[wanted].container, "mp4" if wanted == "aac" else ""} - {""}
        direct = DirectProfile(frozenset(containers), frozenset({FORMATS[wanted].codec}))
    made = [FORMATS[name] for name in (wanted, *otherwise, "mp3") if name]
    wishes = tuple(TranscodeProfile(each.container, each.codec, 2) for each in made)
    return AudioClient((direct,), wishes, (), max_bitrate, max_bitrate)
