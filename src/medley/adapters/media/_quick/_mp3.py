"""MP3: an ID3 tag, then sound, then perhaps an older tag that adds nothing."""

from medley.adapters.media._quick import _id3, _mpeg
from medley.adapters.media._quick._shapes import Audio, Unusual
from medley.adapters.media._quick._window import Window

_TAIL = 160  # bytes in which an ID3v1 tag and the footer of an APEv2 tag begin
_ID3V1 = 131  # bytes in which mutagen looks for one
# mutagen takes from ID3v1 what ID3v2 lacks: nothing, where it has all of these.
_IN_BOTH = frozenset(("TIT2", "TPE1", "TALB", "TRCK", "TCON"))
_YEAR = {3: "TYER", 4: "TDRC"}


def load(window: Window) -> Audio:
    """The tag and the sound; `Unusual` where either is."""
    tail = window.end(_TAIL)
    if b"APETAGEX" in tail:
        raise Unusual("an APEv2 tag")
    tag = _id3.read(window)
    if b"TAG" in tail[-_ID3V1:] and not (tag.frames.keys() >= _IN_BOTH and _YEAR[tag.version] in tag.frames):
        raise Unusual("an ID3v1 tag that says more")
    info = _mpeg.sound(window, tag.size)
    return Audio(info, _id3.modern(tag))
