"""The shapes of the extension `transcoding`: what apps say of themselves, and what they are told."""

import msgspec
from msgspec import UNSET

from medley.protocols.subsonic._wire.media import Number, Text, Wire


class DirectPlayProfile(Wire, kw_only=True):
    """Lists; drafts of the extension had one text with commas, under names without the s."""

    containers: list[str] | str = msgspec.field(default_factory=list)
    audio_codecs: list[str] | str = msgspec.field(default_factory=list)
    protocols: list[str] | str = msgspec.field(default_factory=list)
    container: list[str] | str = msgspec.field(default_factory=list)
    audio_codec: list[str] | str = msgspec.field(default_factory=list)
    protocol: list[str] | str = msgspec.field(default_factory=list)
    max_audio_channels: int | None = None


class TranscodingProfile(Wire, kw_only=True):
    """One thing that could be made."""

    container: str = ""
    audio_codec: str = ""
    protocol: str = "http"
    max_audio_channels: int | None = None


class Limitation(Wire, kw_only=True):
    """A bound on one quality; drafts had one `value`."""

    name: str
    comparison: str
    values: list[str | int] = msgspec.field(default_factory=list)
    value: str | int | None = None
    required: bool = False


class CodecProfile(Wire, kw_only=True):
    """What holds for streams of one codec."""

    type: str = "AudioCodec"
    name: str = ""
    limitations: list[Limitation] = msgspec.field(default_factory=list)


class ClientInfo(Wire, kw_only=True):
    """Everything an app says of itself; bitrates in bit/s."""

    name: str = ""
    platform: str = ""
    max_audio_bitrate: int | None = None
    max_transcoding_audio_bitrate: int | None = None
    direct_play_profiles: list[DirectPlayProfile] | None = None
    transcoding_profiles: list[TranscodingProfile] | None = None
    codec_profiles: list[CodecProfile] | None = None


class StreamDetails(Wire, kw_only=True):
    """One stream; bitrates in bit/s."""

    protocol: str
    container: str
    codec: str
    audio_channels: Number = UNSET
    audio_bitrate: Number = UNSET
    audio_profile: Text = UNSET
    audio_samplerate: Number = UNSET
    audio_bitdepth: Number = UNSET


class TranscodeDecision(Wire, kw_only=True):
    """How an app hears a song."""

    can_direct_play: bool
    can_transcode: bool
    transcode_reason: list[str] = msgspec.field(default_factory=list)
    error_reason: Text = UNSET
    transcode_params: Text = UNSET
    source_stream: StreamDetails | msgspec.UnsetType = UNSET
    transcode_stream: StreamDetails | msgspec.UnsetType = UNSET
