"""The tags that a transcoded stream keeps: what a player shows, and the gain it plays with."""

from collections.abc import Iterator

from medley.core.kinds import Facts
from medley.core.playback.ports import AudioFormat

# Ours → FFmpeg's generic name.
_KEPT = {
    "title": "title",
    "artist": "artist",
    "album": "album",
    "albumartist": "album_artist",
    "tracknumber": "track",
    "discnumber": "disc",
    "date": "date",
    "genre": "genre",
    "composer": "composer",
    "musicbrainz_trackid": "MUSICBRAINZ_TRACKID",
    "musicbrainz_albumid": "MUSICBRAINZ_ALBUMID",
}
_GAINS = ("replaygain_track_gain", "replaygain_track_peak", "replaygain_album_gain", "replaygain_album_peak")
# RFC 7845, 5.2.1: Opus has tags of its own, in 1/256 dB against -23 LUFS; ReplayGain's reference is 5 dB louder.
_R128 = {"replaygain_track_gain": "R128_TRACK_GAIN", "replaygain_album_gain": "R128_ALBUM_GAIN"}
_R128_ABOVE_DB = 5.0
_LONGEST = 500  # letters


def tags_for(facts: Facts, audio_format: AudioFormat, *, part: bool = False) -> tuple[tuple[str, str], ...]:
    """(name, value) for the container of `audio_format`; of a `part` only the gain, as the rest speaks of the whole."""
    found = [] if part else [(name, _text(facts, ours)) for ours, name in _KEPT.items()]
    gains = _r128(facts) if audio_format == "opus" else ((each.upper(), _text(facts, each)) for each in _GAINS)
    return tuple((name, value) for name, value in (*found, *gains) if value)


def _text(facts: Facts, name: str) -> str:
    joined = "; ".join(facts.tags.get(name, ()))
    return joined.replace("\0", " ").encode("utf-8", "replace").decode()[:_LONGEST].strip()


def _r128(facts: Facts) -> Iterator[tuple[str, str]]:
    for ours, name in _R128.items():
        try:
            gain = round((float(_text(facts, ours).lower().removesuffix("db")) - _R128_ABOVE_DB) * 256)
        except (ValueError, OverflowError):
            continue
        if -32768 <= gain <= 32767:
            yield name, str(gain)
