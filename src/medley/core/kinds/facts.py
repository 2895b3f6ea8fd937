"""What was read out of one file, before anybody guesses what it means.

Readers (adapters of the library's `Reader` port) make these; kinds recognise works from them; playback decides by
them; they are stored with the file so that nothing is read twice. All times are milliseconds, all bitrates bits per
second, all tag names lower case.
"""

import msgspec


class Stream(msgspec.Struct, frozen=True, omit_defaults=True):
    """One stream of a container, as FFmpeg numbers and names it."""

    index: int
    type: str  # video, audio, subtitle, attachment, data
    codec: str  # FFmpeg's codec name: h264, aac, subrip …
    profile: str = ""
    level: int = 0
    language: str = ""  # as tagged: usually ISO 639-2
    title: str = ""
    default: bool = False
    forced: bool = False
    hearing_impaired: bool = False
    commentary: bool = False
    cover: bool = False  # a picture dressed as a video stream
    bitrate: int = 0
    width: int = 0
    height: int = 0
    rotation: int = 0
    frame_rate: float = 0.0
    pixel_format: str = ""
    bit_depth: int = 0
    color_transfer: str = ""
    interlaced: bool = False
    channels: int = 0
    channel_layout: str = ""
    sample_rate: int = 0
    codec_tag: str = ""


class Chapter(msgspec.Struct, frozen=True, array_like=True):
    """A named stretch of time."""

    start_ms: int
    end_ms: int
    title: str = ""


class Picture(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture that is embedded in the file; its bytes stay there."""

    index: int
    role: str = "cover"  # cover (front), back, artist, other
    mime: str = ""
    size: int = 0


class PageFact(msgspec.Struct, frozen=True, array_like=True):
    """One page of a comic or PDF, in pixels (or points for PDF)."""

    name: str  # the archive's entry name; the 0-based number for PDF
    width: int
    height: int


class Section(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of a book's table of contents."""

    title: str
    href: str
    depth: int = 0


class Facts(msgspec.Struct, omit_defaults=True):
    """Everything that one reading of one file told."""

    media: str  # audio, video, image, book, comic, sidecar
    format: str  # flac, mp3, matroska, mp4, epub, pdf, cbz, jpeg, nfo, opf …
    duration_ms: int = 0
    bitrate: int = 0
    width: int = 0
    height: int = 0
    streams: list[Stream] = []
    chapters: list[Chapter] = []
    pictures: list[Picture] = []
    pages: list[PageFact] = []
    sections: list[Section] = []
    # Tags under one canonical name each, whatever the container called them; see `TAGS` in this folder's README.
    tags: dict[str, list[str]] = {}
    keyframes_ms: list[int] = []  # as `duration_ms` and chapters, from where the container's times begin
    warnings: list[str] = []  # sentences for people: what was wrong with the file although it could be read


class Technical(msgspec.Struct, omit_defaults=True):
    """What of the facts a list shows; the rest, which may be long, is not even decoded."""

    media: str
    format: str
    duration_ms: int = 0
    bitrate: int = 0
    width: int = 0
    height: int = 0
    streams: list[Stream] = []


def encode(facts: Facts) -> bytes:
    """Facts as MessagePack, the form in which they are stored and cross between processes."""
    return _encoder.encode(facts)


def decode(data: bytes) -> Facts:
    """The facts that `encode` wrote."""
    return _decoder.decode(data)


def decode_technical(data: bytes) -> Technical:
    """Some of the facts that `encode` wrote."""
    return _technical.decode(data)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Facts)
_technical = msgspec.msgpack.Decoder(Technical)
