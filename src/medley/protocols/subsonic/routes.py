"""The whole door on one page: every method in the order of the protocol's manual, who may call it, what it answers.

https://opensubsonic.netlify.app/docs/api-reference/ — a method that has no line here does not exist.
"""

from medley.protocols.subsonic import captions, downloads, hls, lyrics, pictures, streaming, system, transcoding
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
    Route("stream", streaming.stream, VIEW, binary=True),
    Route("download", downloads.download, DOWNLOAD, binary=True),
    Route("hls.m3u8", hls.master, VIEW, binary=True),
    Route("hls/", hls.part, PUBLIC, binary=True),  # and all below it; the address says who may
    Route("getCaptions", captions.get_captions, VIEW, binary=True),
    Route("getCoverArt", pictures.get_cover_art, VIEW, binary=True),
    Route("getLyrics", lyrics.get_lyrics, VIEW, "lyrics"),
    Route("getAvatar", pictures.get_avatar, SIGNED_IN, binary=True),
    Route("getLyricsBySongId", lyrics.get_lyrics_by_song_id, VIEW, "lyricsList"),
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
    Route("getTranscodeDecision", transcoding.get_transcode_decision, VIEW, "transcodeDecision"),
    Route("getTranscodeStream", transcoding.get_transcode_stream, VIEW, binary=True),
)
