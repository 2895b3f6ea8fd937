"""What players keep: queues, bookmarks, what is played now."""

from msgspec import UNSET, UnsetType

from medley.protocols.subsonic._wire.media import Child, Decimal, Number, Text, Wire


class NowPlayingEntry(Child, kw_only=True):
    """A song that somebody plays now."""

    username: str
    minutes_ago: int  # since the player last said something
    player_id: int
    player_name: Text = UNSET
    state: Text = UNSET
    position_ms: Number = UNSET
    playback_rate: Decimal = UNSET


class NowPlaying(Wire, kw_only=True):
    """Everything that is played now."""

    entry: list[NowPlayingEntry]


class PlayQueue(Wire, kw_only=True):
    """A play queue by ids."""

    current: Text = UNSET
    position: Number = UNSET
    username: str
    changed: str
    changed_by: str
    entry: list[Child]


class PlayQueueByIndex(Wire, kw_only=True):
    """A play queue by places."""

    current_index: Number = UNSET
    position: Number = UNSET
    username: str
    changed: str
    changed_by: str
    entry: list[Child]


class Bookmark(Wire, kw_only=True):
    """A place in a song."""

    position: int  # milliseconds
    username: str
    comment: Text = UNSET
    created: str
    changed: str
    entry: Child


class Bookmarks(Wire, kw_only=True):
    """One's bookmarks."""

    bookmark: list[Bookmark]


class Share(Wire, kw_only=True):
    """A link for people without an account."""

    id: str
    url: str
    description: Text = UNSET
    username: str
    created: str
    expires: Text = UNSET
    last_visited: Text = UNSET
    visit_count: int
    entry: list[Child] | UnsetType = UNSET


class Shares(Wire, kw_only=True):
    """One's links."""

    share: list[Share]


class InternetRadioStation(Wire, kw_only=True):
    """An internet radio station; apps play its stream themselves."""

    id: str
    name: str
    stream_url: str
    home_page_url: Text = UNSET


class InternetRadioStations(Wire, kw_only=True):
    """Every station."""

    internet_radio_station: list[InternetRadioStation]
