"""Internet radio stations."""

from msgspec import UNSET

from medley.core.identity import Asker
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._ids import to_id
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.players import InternetRadioStation, InternetRadioStations


def get_stations(house: Parts, _who: Asker, _ask: Ask) -> InternetRadioStations:
    """Every station, by name."""
    return InternetRadioStations(
        internet_radio_station=[
            InternetRadioStation(
                id=to_id("ir", each.id),
                name=each.name,
                stream_url=each.stream_url,
                home_page_url=each.home_url or UNSET,
            )
            for each in house.library.radio.all()
        ]
    )


def create_station(house: Parts, who: Asker, ask: Ask) -> None:
    """Put a station on the list."""
    house.library.radio.add(who, ask.text("name"), ask.text("streamUrl"), _home(ask) or "")


def update_station(house: Parts, who: Asker, ask: Ask) -> None:
    """Change a station; a home page that is not named stays."""
    station, name, url = ask.ref("id").of("ir"), ask.text("name"), ask.text("streamUrl")
    house.library.radio.change(who, station, name=name, stream_url=url, home_url=_home(ask))


def delete_station(house: Parts, who: Asker, ask: Ask) -> None:
    """Take a station off the list."""
    house.library.radio.remove(who, ask.ref("id").of("ir"))


def _home(ask: Ask) -> str | None:
    """The home page: the manual writes `homepageUrl`, its answers and some apps `homePageUrl`."""
    for name in ("homepageUrl", "homePageUrl"):
        if ask.has(name):
            return ask.text(name)
    return None
