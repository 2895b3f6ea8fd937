"""Playback: from a file and a client to what the client can play. See README.md in this folder."""

from medley.core.playback._audio.ask import (
    AudioAsk,
    AudioClient,
    AudioDecision,
    AudioDetails,
    DirectProfile,
    Limitation,
    TranscodeProfile,
    plain_client,
)
from medley.core.playback._audio.formats import format_of
from medley.core.playback._audio.profile import AudioProfile
from medley.core.playback._decide import Ask, Capabilities, Decision, Reason
from medley.core.playback._jukebox import Jukebox, JukeboxTrack
from medley.core.playback._limits import Limits
from medley.core.playback._media import TEXT_SUBTITLES, MediaFile
from medley.core.playback._playback import Playback
from medley.core.playback._variant import Variant
from medley.core.playback.ports import AudioFormat, Speaker, SpeakerState, SpeakerTrack, Transcoder

__all__ = [
    "TEXT_SUBTITLES",
    "Ask",
    "AudioAsk",
    "AudioClient",
    "AudioDecision",
    "AudioDetails",
    "AudioFormat",
    "AudioProfile",
    "Capabilities",
    "Decision",
    "DirectProfile",
    "Jukebox",
    "JukeboxTrack",
    "Limitation",
    "Limits",
    "MediaFile",
    "Playback",
    "Reason",
    "Speaker",
    "SpeakerState",
    "SpeakerTrack",
    "TranscodeProfile",
    "Transcoder",
    "Variant",
    "format_of",
    "plain_client",
]
