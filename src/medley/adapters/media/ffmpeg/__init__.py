"""The `Transcoder` of playback, by the ffmpeg program. See README.md in this folder."""

from medley.adapters.media.ffmpeg._locate import locate
from medley.adapters.media.ffmpeg._transcoder import Ffmpeg

__all__ = ["Ffmpeg", "locate"]
