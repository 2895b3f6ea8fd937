"""The audio formats: which of mutagen's classes opens them, and how FFmpeg calls their codecs."""

import struct
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple

from mutagen import flac
from mutagen.aac import AAC
from mutagen.ac3 import AC3
from mutagen.aiff import AIFF
from mutagen.asf import ASF
from mutagen.dsdiff import DSDIFF
from mutagen.dsf import DSF
from mutagen.id3 import ID3, ID3NoHeaderError
from mutagen.monkeysaudio import MonkeysAudio
from mutagen.mp3 import MP3
from mutagen.musepack import Musepack
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis
from mutagen.optimfrog import OptimFROG
from mutagen.tak import TAK
from mutagen.trueaudio import TrueAudio
from mutagen.wave import WAVE
from mutagen.wavpack import WavPack

from medley.adapters.media import _quick
from medley.adapters.media._tag_values import ROLES
from medley.adapters.media._tags_mp4 import File as Mp4File
from medley.core.kinds import Picture
from medley.kernel.errors import InvalidInput, Unsupported

_LONGEST_WORD = 65_536  # bytes of a picture's mime or description


class _PictureHeader(flac.Picture):
    """A FLAC picture block without the picture: a scan would read megabytes of covers to throw them away."""

    def load(self, data: Any) -> None:
        self.type, self.mime = struct.unpack(">I", data.read(4))[0], self._word(data).decode("latin-1")
        self._word(data)
        data.seek(16, 1)
        (self.size,) = struct.unpack(">I", data.read(4))
        data.seek(self.size, 1)

    @staticmethod
    def _word(data: Any) -> bytes:
        (length,) = struct.unpack(">I", data.read(4))
        if length > _LONGEST_WORD:
            raise flac.error("a picture's description is impossibly long")
        return data.read(length)


class _Flac(flac.FLAC):
    METADATA_BLOCKS = [  # noqa: RUF012 - mutagen declares it so
        flac.StreamInfo,
        flac.Padding,
        None,
        None,
        flac.VCFLACDict,
        None,
        _PictureHeader,
    ]


def flac_pictures(audio: Any, first: int) -> list[Picture]:
    """The pictures of a FLAC file that was opened without their bytes, numbered from `first`."""
    return [
        Picture(index, ROLES.get(block.type, "other"), block.mime, block.size)
        for index, block in enumerate(audio.pictures, first)
    ]


def _aac(file: BinaryIO) -> Any:
    """ADTS has no tags of its own; some programs put ID3 in front."""
    audio: Any = AAC(file)
    file.seek(0)
    try:
        audio.tags = ID3(file)
    except ID3NoHeaderError:
        pass
    return audio


class Format(NamedTuple):
    """One audio format. `codec` gets mutagen's stream info, or None when nothing but tags could be read."""

    name: str  # FFmpeg's name of the container
    load: Callable[[BinaryIO], Any]  # for facts
    family: str  # the sort of tag: id3, vorbis, mp4, ape, asf
    codec: Callable[[Any], str]
    whole: Callable[[BinaryIO], Any]  # for the pictures' bytes
    quick: Callable[[BinaryIO], Any] | None = None  # for facts too; gives None where it is not certain
    trailing_ape: bool = False
    chunks: bool = False
    sample_rate: int = 0  # what every such file has, where mutagen does not say


def _format(name: str, load: Any, family: str, codec: str | Callable[[Any], str], **more: Any) -> Format:
    told = codec if callable(codec) else lambda _info: codec
    return Format(name, load, family, told, more.pop("whole", load), **more)


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


_MP3 = _format("mp3", MP3, "id3", _mpeg_codec, quick=_quick.mp3, trailing_ape=True)
_FLAC = _format("flac", _Flac, "vorbis", "flac", whole=flac.FLAC, quick=_quick.flac)
_MP4 = _format("mp4", Mp4File, "mp4", _mp4_codec)
_VORBIS = _format("ogg", OggVorbis, "vorbis", "vorbis")
_OPUS = _format("ogg", OggOpus, "vorbis", "opus", quick=_quick.opus, sample_rate=48_000)
_SPEEX = _format("ogg", OggSpeex, "vorbis", "speex")
_OGG_FLAC = _format("ogg", OggFLAC, "vorbis", "flac")
_ASF = _format("asf", ASF, "asf", _asf_codec)
_WAV = _format("wav", WAVE, "id3", _wav_codec, chunks=True)
_AIFF = _format("aiff", AIFF, "id3", _aiff_codec, chunks=True)
_AAC = _format("aac", _aac, "id3", "aac")
_AC3 = _format("ac3", AC3, "id3", lambda info: "eac3" if getattr(info, "codec", "") == "ec-3" else "ac3")
_APE = _format("ape", MonkeysAudio, "ape", "ape")
_WAVPACK = _format("wv", WavPack, "ape", "wavpack")
_MUSEPACK = _format("mpc", Musepack, "ape", lambda info: f"musepack{max(getattr(info, 'version', 8), 7)}")
_TTA = _format("tta", TrueAudio, "id3", "tta", trailing_ape=True)
_TAK = _format("tak", TAK, "ape", "tak")
_FROG = _format("ofr", OptimFROG, "ape", "optimfrog")
_DSF = _format("dsf", DSF, "id3", "dsd_lsbf_planar")
_DSDIFF = _format("iff", DSDIFF, "id3", "dsd_msbf")

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
