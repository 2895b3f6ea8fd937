"""What a download is, by its first bytes before what anybody says of it."""

from urllib.parse import urlsplit

from medley.kernel.errors import InvalidInput

_TYPES = {
    "audio/mpeg": "mp3",
    "audio/mp3": "mp3",
    "audio/x-mp3": "mp3",
    "audio/mpeg3": "mp3",
    "audio/mp4": "m4a",
    "audio/x-m4a": "m4a",
    "audio/m4a": "m4a",
    "audio/aac": "aac",
    "audio/aacp": "aac",
    "audio/ogg": "ogg",
    "application/ogg": "ogg",
    "audio/opus": "opus",
    "audio/flac": "flac",
    "audio/x-flac": "flac",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "video/mp4": "mp4",
}
_ENDINGS = frozenset((*_TYPES.values(), "oga"))
_PAGES = ("text/", "application/json", "application/xml", "application/xhtml")


def is_page(content_type: str) -> bool:
    """Whether a Content-Type is that of a page, as hosts send with their apologies."""
    return content_type.strip().lower().startswith(_PAGES)


def ending_of(head: bytes, content_type: str, url: str) -> str:
    """The ending that a file with these first bytes should have; `InvalidInput` where it is no sound."""
    if found := _by_bytes(head):
        # Sound of any brand of MP4 is called m4a; what says that it is a film stays one.
        return "m4a" if found == "mp4" and not content_type.lower().startswith("video/") else found
    if head.lstrip()[:1] in (b"<", b"{") and head.isascii():
        raise InvalidInput("What was sent is a web page instead of sound.", hint="Is the episode still offered?")
    if found := _TYPES.get(content_type.partition(";")[0].strip().lower()):
        return found
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    return ending if ending in _ENDINGS else "mp3"


def _by_bytes(head: bytes) -> str:
    if head.startswith(b"ID3"):
        return "mp3"
    if head.startswith(b"OggS"):
        return "opus" if b"OpusHead" in head else "ogg"
    if head.startswith(b"fLaC"):
        return "flac"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp":
        return "m4a" if head[8:11] in (b"M4A", b"M4B") else "mp4"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0x06 == 0 else "mp3"
    return ""
