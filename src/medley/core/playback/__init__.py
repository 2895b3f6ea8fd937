"""Playback: from a file and a client to what the client can play. See README.md in this folder."""

from medley.core.playback._decide import Ask, Capabilities, Decision, Reason
from medley.core.playback._limits import Limits
from medley.core.playback._media import TEXT_SUBTITLES, MediaFile
from medley.core.playback._playback import Playback
from medley.core.playback._sound import AUDIO_TYPES
from medley.core.playback._variant import Variant
from medley.core.playback.ports import AudioFormat, Transcoder

__all__ = [
    "AUDIO_TYPES",
    "TEXT_SUBTITLES",
    "Ask",
    "AudioFormat",
    "Capabilities",
    "Decision",
    "Limits",
    "MediaFile",
    "Playback",
    "Reason",
    "Transcoder",
    "Variant",
]
