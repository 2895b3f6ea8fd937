"""Lyrics, plain and by line and word."""

from msgspec import UNSET, UnsetType

from medley.protocols.subsonic._wire.media import Number, Text, Wire


class Lyrics(Wire, kw_only=True):
    """The words as one text; empty where there are none."""

    artist: Text = UNSET
    title: Text = UNSET
    value: str = ""


class Line(Wire, kw_only=True):
    """A line; `start` in milliseconds where the lyrics are synchronised."""

    start: Number = UNSET
    value: str


class Cue(Wire, kw_only=True):
    """A word or syllable; the last byte of it, in UTF-8 of its line, is `byte_end`."""

    start: int
    end: Number = UNSET
    byte_start: int
    byte_end: int
    value: str


class CueLine(Wire, kw_only=True):
    """The words of the line number `index`."""

    index: int
    start: Number = UNSET
    end: Number = UNSET
    value: str
    cue: list[Cue]


class StructuredLyrics(Wire, kw_only=True):
    """One text in one language."""

    lang: str
    synced: bool
    display_artist: Text = UNSET
    display_title: Text = UNSET
    kind: Text = UNSET
    line: list[Line]
    cue_line: list[CueLine] | UnsetType = UNSET


class LyricsList(Wire, kw_only=True):
    """Every text of a song."""

    structured_lyrics: list[StructuredLyrics]
