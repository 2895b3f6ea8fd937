"""RFC 6381 names of the codecs in a stream, for the CODECS attribute of playlists (RFC 8216, 4.3.4.2).

An unknown profile gives no name rather than a wrong one: players refuse a variant whose CODECS they cannot play.
"""

from medley.core.kinds import Stream

_AVC_PROFILES = {
    "baseline": "4200",
    "constrained baseline": "42e0",
    "main": "4d40",
    "extended": "5800",
    "high": "6400",
    "high 10": "6e00",
    "high 4:2:2": "7a00",
    "high 4:4:4 predictive": "f400",
}
_HEVC_PROFILES = {"main": "1.6", "main 10": "2.4"}
_AAC_OBJECTS = {"lc": 2, "he-aac": 5, "he-aacv2": 29, "ltp": 4, "main": 1}
_PLAIN = {"mp3": "mp4a.40.34", "opus": "Opus", "flac": "fLaC", "ac3": "ac-3", "eac3": "ec-3", "alac": "alac"}

AAC_LC = "mp4a.40.2"


def avc(level: int) -> str:
    """H.264 High at `level` (ten times the level)."""
    return f"avc1.6400{level:02x}"


def name(stream: Stream) -> str:
    """The name of a copied stream; empty where it is not known for sure."""
    if stream.codec in _PLAIN:
        return _PLAIN[stream.codec]
    maker = _MAKERS.get(stream.codec)
    return maker(stream) if maker else ""


def _avc(stream: Stream) -> str:
    profile = _AVC_PROFILES.get(stream.profile.lower())
    return f"avc1.{profile}{stream.level:02x}" if profile and 0 < stream.level < 256 else ""


def _hevc(stream: Stream) -> str:
    profile = _HEVC_PROFILES.get(stream.profile.lower())
    return f"hvc1.{profile}.L{stream.level}.B0" if profile and stream.level > 0 else ""


def _av1(stream: Stream) -> str:
    known = stream.profile.lower() == "main" and 0 < stream.level < 24
    return f"av01.0.{stream.level:02d}M.{stream.bit_depth or 8:02d}" if known else ""


def _vp9(stream: Stream) -> str:
    known = stream.profile.lower() == "profile 0" and stream.level >= 10
    return f"vp09.00.{stream.level}.08" if known else ""


def _aac(stream: Stream) -> str:
    kind = _AAC_OBJECTS.get(stream.profile.lower())
    return f"mp4a.40.{kind}" if kind else AAC_LC


_MAKERS = {"h264": _avc, "hevc": _hevc, "av1": _av1, "vp9": _vp9, "aac": _aac}
