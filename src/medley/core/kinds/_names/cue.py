"""CUE sheets: the tracks of an album in one file.

Source: CDRWIN's user guide, appendix A; the REM fields are those of Exact Audio Copy and foobar2000.
"""

import re

import msgspec

_LINE = re.compile(r'\s*(?:REM\s+)?([A-Z_]+)\s+(?:"(.*?)"?|(\S.*?))(?:\s+(WAVE|MP3|AIFF|FLAC|BINARY|MOTOROLA))?\s*$')
_INDEX = re.compile(r"\s*INDEX\s+0?1\s+(\d+):(\d+):(\d+)", re.IGNORECASE)
_TRACK = re.compile(r"\s*TRACK\s+(\d+)\s+AUDIO", re.IGNORECASE)
_OF_TRACK = {name: name.lower() for name in ("TITLE", "PERFORMER", "SONGWRITER", "ISRC", "COMPOSER", "ARRANGER")}
_OF_TRACK |= {"REPLAYGAIN_TRACK_GAIN": "gain", "REPLAYGAIN_TRACK_PEAK": "peak"}
_FRAMES = 75  # of a compact disc, per second
_MOST_LINES = 5000


class CueTrack(msgspec.Struct):
    """One track: `file` as the sheet names it, `start_ms` in that file."""

    file: str
    number: int
    title: str = ""
    performer: str = ""
    songwriter: str = ""
    isrc: str = ""
    composer: str = ""
    arranger: str = ""
    gain: str = ""
    peak: str = ""
    start_ms: int = -1


class Sheet(msgspec.Struct):
    """A whole sheet; `fields` holds TITLE, PERFORMER, DATE, GENRE, DISCNUMBER … of the album."""

    fields: dict[str, str] = {}
    tracks: list[CueTrack] = []

    def get(self, name: str) -> str:
        """A field of the album, "" without it."""
        return self.fields.get(name, "")

    def by_file(self) -> dict[str, list[CueTrack]]:
        """The tracks that have a beginning, by the file they are in."""
        files: dict[str, list[CueTrack]] = {}
        for track in self.tracks:
            if track.start_ms >= 0:
                files.setdefault(track.file, []).append(track)
        return files


def parse(text: str) -> Sheet:
    """The sheet that `text` is; lines that say nothing known are passed over."""
    sheet = Sheet()
    file = ""
    for line in text.splitlines()[:_MOST_LINES]:
        if match := _TRACK.match(line):
            sheet.tracks.append(CueTrack(file, int(match[1])))
        elif match := _INDEX.match(line):
            _begin(sheet, *map(int, match.groups()))
        elif match := _LINE.match(line):
            name, value = match[1].upper(), (match[2] if match[2] is not None else match[3] or "").strip()
            if name == "FILE":
                file = value
            else:
                _say(sheet, name, value)
    return sheet


def _begin(sheet: Sheet, minutes: int, seconds: int, frames: int) -> None:
    if sheet.tracks:
        sheet.tracks[-1].start_ms = (minutes * 60 + seconds) * 1000 + frames * 1000 // _FRAMES


def _say(sheet: Sheet, name: str, value: str) -> None:
    if not sheet.tracks:
        sheet.fields.setdefault(name, value)
    elif name in _OF_TRACK:
        setattr(sheet.tracks[-1], _OF_TRACK[name], value)
