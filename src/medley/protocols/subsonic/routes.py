"""The whole door on one page: every method in the order of the protocol's manual, who may call it, what it answers.

https://opensubsonic.netlify.app/docs/api-reference/ — a method that has no line here does not exist.
"""

from medley.protocols.subsonic import system
from medley.protocols.subsonic._route import PUBLIC, SIGNED_IN, Route

PREFIX = "/rest"

VIEW = "media.view"
DOWNLOAD = "media.download"
UPLOAD = "media.upload"
DELETE = "media.delete"
CONFIGURE = "system.configure"

ROUTES = (
    # System
    Route("ping", system.ping, SIGNED_IN),
    Route("getLicense", system.get_license, SIGNED_IN, "license"),
    Route("getOpenSubsonicExtensions", system.get_extensions, PUBLIC, "openSubsonicExtensions"),
    Route("tokenInfo", system.token_info, SIGNED_IN, "tokenInfo"),
    # Browsing
    # Album and song lists
    # Searching
    # Playlists
    # Media retrieval
    # Media annotation
    # Sharing
    # Podcast
    # Jukebox
    # Internet radio
    # Chat
    # User management
    # Bookmarks
    # Media library scanning
    # Transcoding
)
