"""The jukebox."""

from medley.protocols.subsonic._wire.media import Child, Wire


class JukeboxStatus(Wire, kw_only=True):
    """What it does now. OpenSubsonic's schema says `volume`, its examples and all apps say `gain`: both are told."""

    current_index: int
    playing: bool
    gain: float
    volume: float
    position: int


class JukeboxPlaylist(JukeboxStatus, kw_only=True):
    """The same with its queue."""

    entry: list[Child]
