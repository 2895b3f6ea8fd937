"""The audio formats: which of mutagen's classes opens them, and how FFmpeg calls their codecs."""

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any, BinaryIO, NamedTuple

from medley.adapters.media import _quick
from medley.adapters.media._tag_values import ROLES
from medley.core.kinds import Picture
from medley.kernel.errors import InvalidInput, Unsupported


def flac_pictures(audio: Any, first: int) -> list[Picture]:
    """The pictures of a FLAC file that was opened without their bytes, numbered from `first`."""
    return [
        Picture(index, ROLES.get(block.type, "other"), block.mime, block.size)
        for index, block in enumerate(audio.pictures, first)
    ]


class Format(NamedTuple):
    """One audio format. `codec` gets mutagen's stream info, or None when nothing but tags could be read."""

    name: str  # FFmpeg's name of the container
    opener: str  # the class that opens it, as `module:name`: a child that never needs it does not import it
    family: str  # the sort of tag: id3, vorbis, mp4, ape, asf
    codec: Callable[[Any], str]
    whole_opener: str = ""  # the class that reads the pictures' bytes too, where it is another
    quick: Callable[[BinaryIO], Any] | None = None  # in place of `load`; gives None where it is not certain
    trailing_ape: bool = False
    chunks: bool = False
    sample_rate: int = 0  # what every such file has, where mutagen does not say

    def load(self, file: BinaryIO) -> Any:
        """mutagen's object of `file`, for facts."""
        return _class(self.opener)(file)

    def whole(self, file: BinaryIO) -> Any:
        """mutagen's object of `file` with the pictures' bytes."""
        return _class(self.whole_opener or self.opener)(file)


@cache
def _class(spec: str) -> Callable[[BinaryIO], Any]:
    module, _, name = spec.partition(":")
    return getattr(importlib.import_module(module), name)


def _format(name: str, opener: str, family: str, codec: str | Callable[[Any], str], **more: Any) -> Format:
    return Format(name, opener, family, codec if callable(codec) else lambda _info: codec, **more)


def _mpeg_codec(info: Any) -> str:
    return f"mp{getattr(info, 'layer', 3)}"


_MP4_CODECS = {
    "mp4a.6B": "mp3",
    "mp4a.69": "mp3",
    "ac-3": "ac3",
    "ec-3": "eac3",
    "Opus": "opus",
    "fLaC": "flac",
    "samr": "amrnb",
}


def _mp4_codec(info: Any) -> str:
    told = getattr(info, "codec", "")
    return _MP4_CODECS.get(told) or ("aac" if told.startswith("mp4a") else told)


def _asf_codec(info: Any) -> str:
    told = f"{getattr(info, 'codec_type', '')} {getattr(info, 'codec_name', '')}".lower()
    if "lossless" in told:
        return "wmalossless"
    if "pro" in told or "10" in told:
        return "wmapro"
    return "wmavoice" if "voice" in told else "wmav2"


def _wav_codec(info: Any) -> str:
    bits = getattr(info, "bits_per_sample", 16)
    if getattr(info, "audio_format", 1) == 3:
        return f"pcm_f{bits}le"
    return "pcm_u8" if bits == 8 else f"pcm_s{bits}le"


def _aiff_codec(info: Any) -> str:
    return f"pcm_s{getattr(info, 'bits_per_sample', 16)}be"


_MP3 = _format("mp3", "medley.adapters.media._mutagen:mp3", "id3", _mpeg_codec, quick=_quick.mp3, trailing_ape=True)
_FLAC = _format(
    "flac",
    "medley.adapters.media._mutagen:FlacHeaders",
    "vorbis",
    "flac",
    whole_opener="mutagen.flac:FLAC",
    quick=_quick.flac,
)
_MP4 = _format("mp4", "medley.adapters.media._tags_mp4:File", "mp4", _mp4_codec)
_VORBIS = _format("ogg", "mutagen.oggvorbis:OggVorbis", "vorbis", "vorbis")
_OPUS = _format("ogg", "medley.adapters.media._mutagen:opus", "vorbis", "opus", quick=_quick.opus, sample_rate=48_000)
_SPEEX = _format("ogg", "mutagen.oggspeex:OggSpeex", "vorbis", "speex")
_OGG_FLAC = _format("ogg", "mutagen.oggflac:OggFLAC", "vorbis", "flac")
_ASF = _format("asf", "mutagen.asf:ASF", "asf", _asf_codec)
_WAV = _format("wav", "mutagen.wave:WAVE", "id3", _wav_codec, chunks=True)
_AIFF = _format("aiff", "mutagen.aiff:AIFF", "id3", _aiff_codec, chunks=True)
_AAC = _format("aac", "medley.adapters.media._mutagen:aac", "id3", "aac")
_AC3 = _format("ac3", "mutagen.ac3:AC3", "id3", lambda info: "eac3" if getattr(info, "codec", "") == "ec-3" else "ac3")
_APE = _format("ape", "mutagen.monkeysaudio:MonkeysAudio", "ape", "ape")
_WAVPACK = _format("wv", "mutagen.wavpack:WavPack", "ape", "wavpack")
_MUSEPACK = _format(
    "mpc", "mutagen.musepack:Musepack", "ape", lambda info: f"musepack{max(getattr(info, 'version', 8), 7)}"
)
_TTA = _format("tta", "mutagen.trueaudio:TrueAudio", "id3", "tta", trailing_ape=True)
_TAK = _format("tak", "mutagen.tak:TAK", "ape", "tak")
_FROG = _format("ofr", "mutagen.optimfrog:OptimFROG", "ape", "optimfrog")
_DSF = _format("dsf", "mutagen.dsf:DSF", "id3", "dsd_lsbf_planar")
_DSDIFF = _format("iff", "mutagen.dsdiff:DSDIFF", "id3", "dsd_msbf")

BY_EXTENSION: dict[str, Format] = {
    "mp3": _MP3,
    "mp2": _MP3,
    "flac": _FLAC,
    "m4a": _MP4,
    "m4b": _MP4,
    "m4r": _MP4,
    "ogg": _VORBIS,
    "oga": _VORBIS,
    "opus": _OPUS,
    "spx": _SPEEX,
    "wma": _ASF,
    "wav": _WAV,
    "wave": _WAV,
    "aif": _AIFF,
    "aiff": _AIFF,
    "aifc": _AIFF,
    "aac": _AAC,
    "ac3": _AC3,
    "eac3": _AC3,
    "ape": _APE,
    "wv": _WAVPACK,
    "mpc": _MUSEPACK,
    "mp+": _MUSEPACK,
    "tta": _TTA,
    "tak": _TAK,
    "ofr": _FROG,
    "ofs": _FROG,
    "dsf": _DSF,
    "dff": _DSDIFF,
}

_OGG_STREAMS = ((b"OpusHead", _OPUS), (b"\x01vorbis", _VORBIS), (b"\x7fFLAC", _OGG_FLAC), (b"Speex   ", _SPEEX))
_MAGIC = (
    (0, b"fLaC", _FLAC),
    (4, b"ftyp", _MP4),
    (8, b"WAVE", _WAV),
    (8, b"AIF", _AIFF),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", _ASF),
    (0, b"MAC ", _APE),
    (0, b"wvpk", _WAVPACK),
    (0, b"MPCK", _MUSEPACK),
    (0, b"MP+", _MUSEPACK),
    (0, b"TTA1", _TTA),
    (0, b"tBaK", _TAK),
    (0, b"OFR ", _FROG),
    (0, b"DSD ", _DSF),
    (0, b"FRM8", _DSDIFF),
    (0, b"\x0b\x77", _AC3),
)


def sniffed(file: BinaryIO, name: str) -> Format:
    """The format that the content shows, an ID3 tag in front skipped."""
    head = _head(file)
    if not head.strip(b"\0"):
        raise InvalidInput(f"“{name}” is empty.", hint="The copy or download may not have finished.")
    if head.startswith(b"OggS"):
        return next((form for mark, form in _OGG_STREAMS if mark in head[:128]), _VORBIS)
    for offset, mark, form in _MAGIC:
        if head.startswith(mark, offset):
            return form
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        raise Unsupported(f"“{name}” holds Matroska, whatever its name says.", hint="Rename it to .mka or .mkv.")
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return _AAC
    return _MP3


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    head = file.read(4096)
    if head.startswith(b"ID3") and len(head) >= 10:
        size = 0
        for byte in head[6:10]:
            size = size << 7 | byte & 0x7F
        file.seek(10 + size)
        return file.read(4096) or head
    return head
