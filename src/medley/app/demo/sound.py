"""From a score to an audio file, with its loudness measured on the way."""

import re
from dataclasses import dataclass
from pathlib import Path

from medley.app.demo.synth import RATE, Score
from medley.app.demo.workshop import ffmpeg

ROOM = "aecho=0.85:0.75:57|109|197|311:0.22|0.17|0.12|0.08"
# The cut is a filter, not an option: ReplayGain is only told when its input has ended.
SHAPE = "atrim=end={long},afade=t=in:d=0.05,afade=t=out:st={end}:d=1.2,alimiter=limit=0.89"
CODECS: dict[str, list[str]] = {
    ".flac": ["-c:a", "flac", "-sample_fmt", "s16"],
    ".mp3": ["-c:a", "libmp3lame", "-q:a", "3"],
    ".opus": ["-c:a", "libopus", "-b:a", "112k"],
    ".m4a": ["-c:a", "aac", "-b:a", "160k"],
    ".mka": ["-c:a", "aac", "-b:a", "128k", "-f", "matroska"],
    ".wav": ["-c:a", "pcm_s16le"],
}


@dataclass(frozen=True)
class Loudness:
    """ReplayGain of a track: the gain in dB to reach 89 dB, the peak as a part of full scale."""

    gain: float
    peak: float


def record(score: Score, place: Path, *more: str | Path, seconds: float | None = None) -> Loudness:
    """Plays a score into a file, the codec by its suffix; `more` are output options, `seconds` cuts it short."""
    long = min(score.seconds, seconds or score.seconds)
    end = max(0.0, long - 1.2)
    chain = f"{ROOM},{SHAPE.format(long=f'{long:.3f}', end=f'{end:.2f}')},replaygain"
    said = ffmpeg(
        *("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0", "-af", chain),
        *(*CODECS[place.suffix], "-map_metadata", "-1", *more, place),
        feed=score.render(),
    )
    return Loudness(_told(said, "track_gain"), _told(said, "track_peak"))


def _told(said: str, what: str) -> float:
    found = re.search(rf"{what} = ([+-]?[\d.]+)", said)
    return float(found[1]) if found else 0.0
