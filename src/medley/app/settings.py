"""The settings of Medley: every one with its meaning and its default."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from medley.kernel.errors import InvalidInput
from medley.kernel.settings import Loaded, load

FILE = "medley.toml"


class ScanSettings(msgspec.Struct, frozen=True):
    """How sources are scanned."""

    children: Annotated[int, Meta(ge=1, le=64, description="Child processes that read files during a scan.")] = 2
    watch: Annotated[bool, Meta(description="Watch sources for changes and scan them at once.")] = True
    poll_minutes: Annotated[int, Meta(ge=1, description="How often network shares are looked at, in minutes.")] = 30


class PlaybackSettings(msgspec.Struct, frozen=True):
    """How media is prepared for players."""

    ffmpeg: Annotated[str, Meta(description="Path of an ffmpeg (8.1.2 or newer); empty: the bundled one.")] = ""
    cache_mib: Annotated[int, Meta(ge=64, description="Largest size of the segment cache, in MiB.")] = 4096
    transcodes: Annotated[int, Meta(ge=1, description="How many files ffmpeg may prepare at once.")] = 8
    mpv: Annotated[str, Meta(description="Path of an mpv for the jukebox; empty: the one on the PATH.")] = ""
    speaker: Annotated[
        str, Meta(description="Sound card of the jukebox, by `mpv --audio-device=help`; empty: the usual one.")
    ] = ""


class ServerSettings(msgspec.Struct, frozen=True):
    """Where the server listens."""

    host: Annotated[str, Meta(description="Address to listen on; 0.0.0.0 for every network.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="Port to listen on; 0: any free one.")] = 8096
    accel: Annotated[
        str, Meta(description="Internal location for X-Accel-Redirect behind nginx; empty: serve files itself.")
    ] = ""
    proxies: Annotated[list[str], Meta(description="Addresses of proxies whose forwarded headers are believed.")] = (
        msgspec.field(default_factory=list)
    )


class EgressSettings(msgspec.Struct, frozen=True):
    """Where Medley connects to."""

    allow: Annotated[
        list[str],
        Meta(description="Networks that are connected to although they are not public, such as 192.168.1.0/24."),
    ] = msgspec.field(default_factory=list)


class ScrobblingSettings(msgspec.Struct, frozen=True):
    """Services that people may tell what they hear; each connects an account of their own."""

    listenbrainz: Annotated[
        str, Meta(description="Address of ListenBrainz, or of what speaks like it; empty: not offered.")
    ] = "https://api.listenbrainz.org"
    lastfm_key: Annotated[str, Meta(description="Key of your Last.fm API account; empty: not offered.")] = ""
    lastfm_secret: Annotated[str, Meta(description="Shared secret of your Last.fm API account.")] = ""
    maloja: Annotated[
        str, Meta(description="Address of your Maloja; empty: not offered. In your network, see egress.allow.")
    ] = ""


class Settings(msgspec.Struct, frozen=True):
    """The whole tree."""

    data: Annotated[str, Meta(description="Folder below which everything lies that Medley writes.")] = "~/.medley"
    database: Annotated[
        str, Meta(description="postgresql://user:password@host/name; empty: an SQLite file in the data folder.")
    ] = ""
    log: Annotated[Literal["debug", "info", "warning", "error"], Meta(description="How much is logged.")] = "info"
    server: ServerSettings = msgspec.field(default_factory=ServerSettings)
    scan: ScanSettings = msgspec.field(default_factory=ScanSettings)
    playback: PlaybackSettings = msgspec.field(default_factory=PlaybackSettings)
    egress: EgressSettings = msgspec.field(default_factory=EgressSettings)
    scrobbling: ScrobblingSettings = msgspec.field(default_factory=ScrobblingSettings)

    @property
    def folder(self) -> Path:
        """The data folder, absolute."""
        return at_home(Path(self.data)).absolute()


def load_settings(flags: Mapping[str, Any] | None = None) -> Loaded[Settings]:
    """Settings from the defaults, `medley.toml` in the data folder, `MEDLEY_*` and `flags` (dotted names).

    Which folder that is, is asked of flags and environment first.
    """
    given = dict(flags or {})
    data = given.get("data") or os.environ.get("MEDLEY_DATA") or Settings().data
    return load(Settings, file=at_home(Path(data)) / FILE, environ=os.environ, flags=given)


def at_home(path: Path) -> Path:
    """The path with `~` and `~somebody` as the home folders they stand for."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise InvalidInput(f"Nobody's home is {path.parts[0]!r}.", hint=f"Write ./{path} for a folder here.") from error
