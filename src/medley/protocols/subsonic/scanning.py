"""Media library scanning."""

from medley.core.identity import Asker
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.people import ScanStatus


def get_scan_status(house: Parts, who: Asker, _ask: Ask) -> ScanStatus:
    """Whether a scan is asked for or under way, and how many songs there are."""
    sources = music.sources(house, who)
    return ScanStatus(
        scanning=house.library.sources.scanning(),
        count=sum(each.counts.get(f"{music.KIND}/{music.SONGS.level}", 0) for each in sources),
    )


def start_scan(house: Parts, who: Asker, ask: Ask) -> ScanStatus:
    """Scan every source that has music."""
    for source in music.sources(house, who):
        house.library.sources.scan(source.id, requested_by=who.user_id)
    return get_scan_status(house, who, ask)
