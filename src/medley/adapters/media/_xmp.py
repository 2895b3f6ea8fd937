"""XMP (ISO 16684-1), embedded or as a sidecar → canonical tags. Properties may be attributes or elements."""

import re

from medley.adapters.media._exif import wall_clock
from medley.adapters.media._xml import Element, every, local, parse, text

SINGLE = {
    "title": "title",
    "description": "description",
    "Rating": "rating",
    "Make": "camera_make",
    "Model": "camera_model",
    "Lens": "lens",
    "LensModel": "lens",
    "Orientation": "orientation",
    "BurstID": "burstid",
    "BurstUUID": "burstid",
    "CameraBurstID": "burstid",
    "ContentIdentifier": "contentid",
    "rights": "copyright",
}
# By belief: the moment of taking, of digitising, of making; not of changing.
DATES = ("DateTimeOriginal", "CreateDate", "DateTimeDigitized", "DateCreated", "CreationDate")
KEYWORDS = ("TagsList", "hierarchicalSubject", "subject")
ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")
COORDINATE = re.compile(r"(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?([NSEW])")


def xmp_tags(data: bytes) -> dict[str, list[str]]:
    """The tags of a packet; raises InvalidInput when it is not XML."""
    found = _properties(parse(data, "XMP metadata"))
    tags = {tag: found[name][:1] for name, tag in SINGLE.items() if found.get(name)}
    _date(found, tags)
    _place(found, tags)
    keywords = next((found[name] for name in KEYWORDS if found.get(name)), [])
    if keywords:
        tags["keywords"] = list(dict.fromkeys(word.replace("|", "/") for word in keywords))
    if found.get("creator"):
        tags["artist"] = found["creator"]
    people = found.get("PersonInImage", []) + found.get("region", [])
    if people:
        tags["people"] = list(dict.fromkeys(people))
    _motion(found, tags)
    return tags


def _properties(root: Element) -> dict[str, list[str]]:
    """Local property name → values."""
    found: dict[str, list[str]] = {}
    for description in every(root, "Description"):
        for key, value in description.attrib.items():
            if value.strip():
                found.setdefault(key.rpartition("}")[2], []).append(value.strip())
        for element in description:
            lines = [text(line) for line in every(element, "li")] or [text(element)]
            if local(element) and local(element) != "Regions":
                found.setdefault(local(element), []).extend(line for line in lines if line)
    found["region"] = [name for regions in every(root, "Regions") for name in _faces(regions)]
    return found


def _faces(regions: Element) -> list[str]:
    """Names of faces in the MWG's regions (Guidelines for Handling Image Metadata 2.0, 5.9)."""
    names = []
    for element in regions.iter():
        said = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        said |= {local(child): text(child) for child in element if local(child) in ("Name", "Type")}
        if said.get("Name") and said.get("Type", "Face") == "Face":
            names.append(said["Name"].strip())
    return names


def _date(found: dict[str, list[str]], tags: dict[str, list[str]]) -> None:
    for name in DATES:
        for value in found.get(name, []):
            fraction = re.search(r"\.(\d+)", value)
            if stamp := wall_clock(value, fraction[1] if fraction else ""):
                tags["datetaken"] = [stamp]
                if zone := ZONE.search(value):
                    tags["offset"] = ["+00:00" if zone[0] == "Z" else zone[0]]
                return


def _place(found: dict[str, list[str]], tags: dict[str, list[str]]) -> None:
    north, east = (_degrees((found.get(name) or [""])[0]) for name in ("GPSLatitude", "GPSLongitude"))
    if north is not None and east is not None and (north or east) and abs(north) <= 90 and abs(east) <= 180:
        tags["latitude"], tags["longitude"] = [f"{north:.7g}"], [f"{east:.7g}"]


def _degrees(value: str) -> float | None:
    """XMP writes "48,51.5N" or "48,51,30N"."""
    match = COORDINATE.fullmatch(value)
    if not match:
        return None
    total = int(match[1]) + float(match[2]) / 60 + float(match[3] or 0) / 3600
    return -total if match[4] in "SW" else total


def _motion(found: dict[str, list[str]], tags: dict[str, list[str]]) -> None:
    """A film inside the picture: Google's motion photo 1.0, or its predecessor, whose offset counts from the end."""
    if found.get("MotionPhoto") == ["1"] or found.get("MicroVideo") == ["1"]:
        tags["motion"] = ["embedded"]
    if offset := found.get("MicroVideoOffset"):
        tags["motionoffset"] = offset[:1]
