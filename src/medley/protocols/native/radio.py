"""Internet radio stations."""

from medley.core.library import RadioStation
from medley.protocols.native._parts import House, Who
from medley.protocols.native._wire.asks import ChangeStation, ItemId, NewStation


def list_stations(house: House) -> list[RadioStation]:
    """Every station, by name."""
    return house.library.radio.all()


def add_station(house: House, who: Who, ask: NewStation) -> RadioStation:
    """Put a station on the list."""
    return house.library.radio.add(who, ask.name, ask.stream_url, ask.home_url)


def change_station(house: House, who: Who, station_id: ItemId, ask: ChangeStation) -> RadioStation:
    """Change a station; an empty home page takes it away."""
    wanted = {"name": ask.name, "stream_url": ask.stream_url, "home_url": ask.home_url}
    return house.library.radio.change(who, station_id, **wanted)


def remove_station(house: House, who: Who, station_id: ItemId) -> None:
    """Take a station off the list."""
    house.library.radio.remove(who, station_id)
