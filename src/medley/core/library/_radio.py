"""Internet radio: streams of others, in a list that everybody sees and administrators keep."""

from typing import Any
from urllib.parse import urlsplit

from medley.core.identity import Asker, require
from medley.core.kinds import sort_key
from medley.core.library._model import RadioStation
from medley.core.library._store import radio as store
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.ids import new_id

_LONGEST_ADDRESS = 2_048
_LONGEST_NAME = 200


class RadioStations:
    """Stations are played by the apps themselves: Medley only keeps their addresses."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def all(self) -> list[RadioStation]:
        """Every station, by name."""
        with self._database.read() as connection:
            return [_view(row) for row in store.all_(connection)]

    def add(self, asker: Asker, name: str, stream_url: str, home_url: str = "") -> RadioStation:
        """A new station; `Forbidden` unless one administers this server."""
        require(asker, "system.configure")
        values = {**_named(name), "stream_url": _address(stream_url), "home_url": home_url and _address(home_url)}
        row = {"id": new_id(), "changed_at_ms": self._clock.now_ms(), **values}
        with self._database.write() as connection:
            store.add(connection, row)
            return _view(store.one(connection, row["id"]))

    def change(
        self,
        asker: Asker,
        station_id: str,
        *,
        name: str | None = None,
        stream_url: str | None = None,
        home_url: str | None = None,
    ) -> RadioStation:
        """Change what is not None; an empty `home_url` takes it away."""
        require(asker, "system.configure")
        values: dict[str, Any] = {"changed_at_ms": self._clock.now_ms()}
        values |= _named(name) if name is not None else {}
        values |= {"stream_url": _address(stream_url)} if stream_url is not None else {}
        values |= {"home_url": home_url and _address(home_url)} if home_url is not None else {}
        with self._database.write() as connection:
            store.change(connection, station_id, values)
            return _view(store.one(connection, station_id))

    def remove(self, asker: Asker, station_id: str) -> None:
        """Take a station off the list."""
        require(asker, "system.configure")
        with self._database.write() as connection:
            if not store.remove(connection, station_id):
                raise _unknown()


def _view(row: Any) -> RadioStation:
    if row is None:
        raise _unknown()
    return RadioStation(row.id, row.name, row.stream_url, row.home_url, row.changed_at_ms)


def _unknown() -> NotFound:
    return NotFound("There is no such radio station.", hint="List the stations again.")


def _named(name: str) -> dict[str, str]:
    name = " ".join(name.replace("\0", "").split())
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise InvalidInput(f"A station's name has 1 to {_LONGEST_NAME} characters.")
    return {"name": name, "sort_name": sort_key(name)}


def _address(url: str) -> str:
    """The address, if a browser may be sent there: other schemes could run something or read a file."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or len(url) > _LONGEST_ADDRESS or not url.isprintable() or " " in url:
        raise InvalidInput("An address begins with http:// or https:// and names a host.", hint="Copy it as a whole.")
    return url
