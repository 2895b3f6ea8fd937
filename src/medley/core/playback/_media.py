"""The file that is played, and the streams in it that matter."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from medley.core.kinds import Facts, Stream

# Raised when segments come out different for the same file and variant, so that old ones are never mixed with new.
_RECIPE = 1

# By FFmpeg's names.
TEXT_SUBTITLES = frozenset(
    {"ass", "ssa", "subrip", "srt", "text", "mov_text", "webvtt", "ttml", "microdvd", "subviewer"}
)


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One file as the library knows it; `path` is absolute and already confined to its source."""

    id: str
    path: Path
    size: int
    mtime_ms: int
    facts: Facts

    @property
    def key(self) -> str:
        """Names this content in the cache: a changed file has another key."""
        text = f"{_RECIPE}\0{self.id}\0{self.size}\0{self.mtime_ms}"
        return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def picture_of(facts: Facts) -> Stream | None:
    """The video stream to play: the default one, else the first; never a cover."""
    videos = [stream for stream in facts.streams if stream.type == "video" and not stream.cover]
    return next((stream for stream in videos if stream.default), videos[0] if videos else None)


def sound_of(facts: Facts, index: int | None = None) -> Stream | None:
    """The audio stream `index`; without one, the stream a player takes by itself."""
    sounds = [stream for stream in facts.streams if stream.type == "audio"]
    if index is not None:
        return next((stream for stream in sounds if stream.index == index), None)
    return next((stream for stream in sounds if stream.default), sounds[0] if sounds else None)
