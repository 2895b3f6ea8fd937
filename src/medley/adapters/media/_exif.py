"""EXIF (CIPA DC-008-2023) → canonical tags."""

import re
from collections.abc import Mapping
from typing import Any

from PIL import Image

EXIF_IFD, GPS_IFD, MAKER_NOTE = 0x8769, 0x8825, 0x927C
STAMP = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")
OFFSET = re.compile(r"[+-]\d\d:\d\d|Z")
# In the order in which they are believed: taken, digitised, and only then the moment of the file's last change.
MOMENTS = ((0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012))
TEXTS = {0x010F: "camera_make", 0x0110: "camera_model", 0x010E: "description", 0x013B: "artist", 0x8298: "copyright"}


def exif_tags(exif: Image.Exif) -> dict[str, list[str]]:
    """The tags of what Pillow has parsed; whatever is broken is left out."""
    main, detail, place = dict(exif), _directory(exif, EXIF_IFD), _directory(exif, GPS_IFD)
    tags: dict[str, list[str]] = {}
    for number, tag in TEXTS.items():
        _put(tags, tag, _text(main.get(number)))
    if tags.get("description", [""])[0].upper() in ("OLYMPUS DIGITAL CAMERA", "DIGITAL CAMERA", "SONY DSC"):
        del tags["description"]  # what cameras write when they have nothing to say
    _put(tags, "orientation", _integer(main.get(0x0112)))
    _put(tags, "rating", _integer(main.get(0x4746)))
    _settings(detail, tags)
    _moment({**main, **detail}, place, tags)
    _place(place, tags)
    _apple(detail.get(MAKER_NOTE), tags)
    return tags


def _directory(exif: Image.Exif, number: int) -> Mapping[int, Any]:
    try:
        return exif.get_ifd(number)
    except Exception:
        return {}


def _settings(detail: Mapping[int, Any], tags: dict[str, list[str]]) -> None:
    _put(tags, "lens", _text(detail.get(0xA434)))
    _put(tags, "iso", _integer(detail.get(0x8827)))
    _put(tags, "aperture", _decimal(detail.get(0x829D)))
    _put(tags, "focal_length", _decimal(detail.get(0x920A)))
    seconds = _number(detail.get(0x829A))
    if seconds and seconds > 0:
        tags["exposure"] = [f"1/{round(1 / seconds)}" if seconds < 0.5 else f"{seconds:g}"]


def _moment(values: Mapping[int, Any], place: Mapping[int, Any], tags: dict[str, list[str]]) -> None:
    for stamp, fraction, offset in MOMENTS:
        if found := wall_clock(_text(values.get(stamp)), _text(values.get(fraction))):
            tags["datetaken"] = [found]
            zone = _text(values.get(offset))
            if OFFSET.fullmatch(zone):
                tags["offset"] = ["+00:00" if zone == "Z" else zone]
            return
    if found := _satellite_time(place):
        tags["datetaken"], tags["offset"] = [found], ["+00:00"]
    elif found := wall_clock(_text(values.get(0x0132)), ""):
        tags["datetaken"] = [found]


def wall_clock(text: str, fraction: str = "") -> str:
    """ISO 8601 of EXIF's "2019:07:13 10:11:12"; empty for "0000:00:00 00:00:00" and the like."""
    match = STAMP.match(text)
    if not match:
        return ""
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    second = int(match[6] or 0)
    if not (1826 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 61):
        return ""
    stamp = f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    digits = re.match(r"\d{1,6}", fraction)
    return f"{stamp}.{digits[0]}" if digits and digits[0].strip("0") else stamp


def _satellite_time(place: Mapping[int, Any]) -> str:
    """GPS date and time, which are UTC."""
    try:
        hour, minute, second = (int(_number(part) or 0) for part in place[7])
        return wall_clock(f"{_text(place[29])} {hour:02}:{minute:02}:{second:02}")
    except (KeyError, TypeError, ValueError):
        return ""


def _place(place: Mapping[int, Any], tags: dict[str, list[str]]) -> None:
    """Degrees north and east; (0, 0) is what broken receivers write, and lies in the sea."""
    north, east = _degrees(place.get(2), _text(place.get(1))), _degrees(place.get(4), _text(place.get(3)))
    if north is None or east is None or abs(north) > 90 or abs(east) > 180 or (north == 0 and east == 0):
        return
    tags["latitude"], tags["longitude"] = [f"{north:.7g}"], [f"{east:.7g}"]
    height = _number(place.get(6))
    if height is not None and -1000 < height < 100_000:
        below = place.get(5) in (1, b"\x01")
        tags["altitude"] = [f"{-height if below else height:g}"]


def _degrees(parts: Any, side: str) -> float | None:
    if not isinstance(parts, tuple | list) or len(parts) != 3:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    total = sum((number or 0) / 60**at for at, number in enumerate(numbers))
    return -total if side[:1].upper() in ("S", "W") else total


def _apple(note: Any, tags: dict[str, list[str]]) -> None:
    """Apple's maker note says which film a live photo belongs to (0x11) and which burst a picture (0x0b)."""
    if not isinstance(note, bytes) or not note.startswith(b"Apple iOS\0") or note[12:14] != b"MM":
        return
    for at in range(16, min(16 + 12 * int.from_bytes(note[14:16], "big"), len(note) - 11), 12):
        number, kind = int.from_bytes(note[at : at + 2], "big"), int.from_bytes(note[at + 2 : at + 4], "big")
        size, start = int.from_bytes(note[at + 4 : at + 8], "big"), int.from_bytes(note[at + 8 : at + 12], "big")
        if kind == 2 and number in (0x0B, 0x11) and size < 100:
            value = note[start : start + size].split(b"\0")[0].decode("ascii", "ignore")
            _put(tags, "burstid" if number == 0x0B else "contentid", value)


def _put(tags: dict[str, list[str]], tag: str, value: str) -> None:
    if value:
        tags[tag] = [value]


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return " ".join(value.replace("\0", " ").split()) if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    if isinstance(value, tuple | list):
        value = value[0] if value else None
    try:
        number = float(value)  # pyright: ignore[reportArgumentType] - TypeError is one of the answers
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if number == number and abs(number) < 1e12 else None


def _decimal(value: Any) -> str:
    number = _number(value)
    return f"{number:.4g}" if number else ""


def _integer(value: Any) -> str:
    number = _number(value)
    return str(int(number)) if number else ""
