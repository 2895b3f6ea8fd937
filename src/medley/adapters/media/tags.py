"""Reads audio files: tags, chapters, and facts about the stream, with mutagen.

The scan of a large collection spends most of its time here, so the class that fits the extension is used at once;
only when it fails is the content sniffed. mutagen was chosen for having no native code that a hostile file could
crash. What is plain in MP3, FLAC and Opus is read without it, in a third of its time (`_quick`), to the same facts.
"""

import os
import struct
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple

import mutagen

from medley.adapters.media import _audio_formats, _tags_id3, _tags_other, _tags_vorbis
from medley.adapters.media._audio_formats import Format
from medley.adapters.media._tag_values import finish
from medley.core.kinds import Facts, Stream
from medley.kernel.errors import InvalidInput, NotFound

_TAIL = 160  # bytes at the end of a file in which the footer of an APEv2 tag stands, before an ID3v1 tag or not
_WITHOUT_DEPTH = frozenset(("aac", "mp3", "opus", "ac3", "eac3"))  # MP4 claims 16 bits for all of them
_FAILURES = (mutagen.MutagenError, OSError, ValueError, KeyError, IndexError, struct.error, AttributeError, TypeError)


class _Family(NamedTuple):
    """How one sort of tag is read into facts, and where its pictures are."""

    fill: Callable[[Facts, Any], None]
    pictures: Callable[[Any], list[bytes]]


_FAMILIES = {
    "id3": _Family(_tags_id3.fill, _tags_id3.pictures),
    "vorbis": _Family(_tags_vorbis.fill, _tags_vorbis.pictures),
    "ape": _Family(_tags_other.fill_ape, _tags_other.ape_pictures),
    "asf": _Family(_tags_other.fill_asf, _tags_other.asf_pictures),
}


class TagReader:
    """The `Reader` of audio files."""

    extensions = frozenset(_audio_formats.BY_EXTENSION)

    def __init__(self, *, quick: bool = True) -> None:
        """`quick`: whether plain files are read without mutagen; the facts are the same."""
        self._quick = quick

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts of `file`; raises `InvalidInput` when it is no audio, `Unsupported` when it is another's sort."""
        return (self.quickly(file, name) if self._quick else None) or _thoroughly(file, name)

    def quickly(self, file: BinaryIO, name: str) -> Facts | None:
        """The facts of a plain file, without mutagen; None where only that can say."""
        form = _named(name)
        audio = form.quick(file) if form and form.quick else None
        if form is None or audio is None:
            return None
        facts = _measured(form, audio, file)
        _fill(facts, form, audio)
        finish(facts)
        return facts


READER = TagReader()


def embedded_picture(file: BinaryIO, name: str, index: int) -> bytes:
    """The bytes of the picture that `Facts.pictures[index]` describes."""
    form, audio, _ = _opened(file, name, with_pictures=True)
    found = _pictures(form, audio, file)
    if not 0 <= index < len(found):
        raise NotFound(f"“{name}” holds no picture number {index}.", hint="Scan the folder again.")
    return found[index]


def _thoroughly(file: BinaryIO, name: str) -> Facts:
    form, audio, warning = _opened(file, name)
    facts = _measured(form, audio, file)
    if warning:
        facts.warnings.append(warning)
    _fill(facts, form, audio)
    if form.trailing_ape and (items := _trailing_ape(file)) is not None:
        _tags_other.fill_ape(facts, items)
    elif form.chunks:
        _tags_other.fill_chunks(facts, file)
    finish(facts)
    return facts


def _named(name: str) -> Format | None:
    """The format that the extension promises."""
    return _audio_formats.BY_EXTENSION.get(name.rpartition(".")[2].lower())


def _opened(file: BinaryIO, name: str, *, with_pictures: bool = False) -> tuple[Format, Any, str]:
    """The format, mutagen's object, and a sentence when the name lied about the content."""
    form = _named(name)
    if form is not None:
        try:
            return form, (form.whole if with_pictures else form.load)(file), ""
        except _FAILURES:
            file.seek(0)
    other = _audio_formats.sniffed(file, name)
    file.seek(0)
    if form is not None and other is form:
        return _tags_only(form, file, name)
    try:
        audio = (other.whole if with_pictures else other.load)(file)
    except _FAILURES as error:
        raise InvalidInput(f"“{name}” is damaged: {error}.", hint="Try to play it, or replace the file.") from error
    if form is not None and form.name == other.name:
        return other, audio, ""  # .ogg and .oga hold several codecs
    return other, audio, f"The name ends in .{name.rpartition('.')[2]}, but the content is {other.name}."


class _Tagged:
    """A file of which nothing but its ID3 tag can be read."""

    info, pictures = None, ()

    def __init__(self, tags: Any) -> None:
        self.tags = tags


def _tags_only(form: Format, file: BinaryIO, name: str) -> tuple[Format, Any, str]:
    from mutagen.id3 import ID3

    file.seek(0)
    try:
        return form, _Tagged(ID3(file)), "The sound in this file could not be found; only its tags were read."
    except _FAILURES as error:
        raise InvalidInput(f"“{name}” is not readable as {form.name}.", hint="The file may be cut short.") from error


def _measured(form: Format, audio: Any, file: BinaryIO) -> Facts:
    """Length, bitrate and stream; the bitrate from the size where the container does not tell."""
    info = audio.info
    length = getattr(info, "length", 0.0) or 0.0
    bitrate = int(getattr(info, "bitrate", 0) or 0)
    if not bitrate and length > 0:
        bitrate = int(os.fstat(file.fileno()).st_size * 8 / length)
    codec = form.codec(info)
    stream = Stream(
        0,
        "audio",
        codec,
        default=True,
        bitrate=bitrate,
        channels=getattr(info, "channels", 0) or 0,
        sample_rate=getattr(info, "sample_rate", 0) or form.sample_rate,
        bit_depth=0 if codec in _WITHOUT_DEPTH else getattr(info, "bits_per_sample", 0) or 0,
    )
    facts = Facts("audio", form.name, round(length * 1000), bitrate, streams=[stream])
    if gain := getattr(info, "output_gain", 0):
        facts.tags = {"replaygain_base_gain": [f"{gain:.2f} dB"]}
    return facts


def _fill(facts: Facts, form: Format, audio: Any) -> None:
    family = _family(form, audio)
    if family == "mp4":
        from medley.adapters.media import _tags_mp4

        _tags_mp4.fill(facts, audio)
    elif audio.tags is not None:
        _FAMILIES[family].fill(facts, audio.tags)
    if form.name == "flac":
        facts.pictures.extend(_audio_formats.flac_pictures(audio, len(facts.pictures)))


def _pictures(form: Format, audio: Any, file: BinaryIO) -> list[bytes]:
    """In the order in which `_fill` numbers them."""
    family = _family(form, audio)
    if family == "mp4":
        from medley.adapters.media import _tags_mp4

        return _tags_mp4.pictures(audio)
    found: list[bytes] = []
    if audio.tags is not None:
        found += _FAMILIES[family].pictures(audio.tags)
    if form.name == "flac":
        found += [picture.data for picture in audio.pictures]
    elif form.trailing_ape and (items := _trailing_ape(file)) is not None:
        found += _tags_other.ape_pictures(items)
    return found


def _family(form: Format, audio: Any) -> str:
    return "id3" if isinstance(audio, _Tagged) else form.family


def _trailing_ape(file: BinaryIO) -> Any:
    """The APEv2 tag that programs such as MP3Gain add behind an MP3's sound; None without one."""
    from mutagen.apev2 import APEv2

    try:
        file.seek(-_TAIL, os.SEEK_END)
        if b"APETAGEX" not in file.read(_TAIL):
            return None
        file.seek(0)
        return APEv2(file)
    except _FAILURES:
        return None
