"""The JSON files that Google Takeout puts beside photos."""

import json
from datetime import UTC, datetime
from typing import Any

from medley.core.kinds import Facts
from medley.kernel.errors import InvalidInput


def takeout_facts(data: bytes) -> Facts:
    """The facts of one such file, empty ones for any other JSON; InvalidInput for what is none.

    The moment is UTC: Google keeps no local time.
    """
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("The file is not JSON.") from error
    if not isinstance(said, dict) or not ("photoTakenTime" in said or "mediaMetadata" in said or "albumData" in said):
        return Facts(media="sidecar", format="json")
    tags: dict[str, list[str]] = {}
    for field, tag in (("title", "title"), ("description", "description"), ("url", "webpage_url")):
        if isinstance(said.get(field), str) and said[field].strip():
            tags[tag] = [said[field].strip()]
    _moment(said.get("photoTakenTime"), tags)
    for field in ("geoDataExif", "geoData"):
        _place(said.get(field), tags)
    people = said.get("people")
    names = [p["name"] for p in people if isinstance(p, dict) and p.get("name")] if isinstance(people, list) else []
    if names:
        tags["people"] = [str(name) for name in names]
    if said.get("favorited") is True:
        tags["rating"] = ["5"]
    return Facts(media="sidecar", format="takeout-json", tags=tags)


def _moment(said: Any, tags: dict[str, list[str]]) -> None:
    try:
        moment = datetime.fromtimestamp(int(said["timestamp"]), UTC)
    except (TypeError, KeyError, ValueError, OverflowError, OSError):
        return
    tags["datetaken"], tags["offset"] = [moment.strftime("%Y-%m-%dT%H:%M:%S")], ["+00:00"]


def _place(said: Any, tags: dict[str, list[str]]) -> None:
    try:
        north, east, height = float(said["latitude"]), float(said["longitude"]), float(said.get("altitude", 0))
    except (TypeError, KeyError, ValueError):
        return
    if (north or east) and abs(north) <= 90 and abs(east) <= 180:
        tags["latitude"], tags["longitude"], tags["altitude"] = [f"{north:.7g}"], [f"{east:.7g}"], [f"{height:g}"]
