"""Accounts, scans and chat."""

from msgspec import UNSET

from medley.protocols.subsonic._wire.media import Number, Text, Wire


class User(Wire, kw_only=True):
    """An account, and what it may do."""

    username: str
    email: Text = UNSET
    scrobbling_enabled: bool
    max_bit_rate: Number = UNSET
    admin_role: bool
    settings_role: bool
    download_role: bool
    upload_role: bool
    playlist_role: bool
    cover_art_role: bool
    comment_role: bool
    podcast_role: bool
    stream_role: bool
    jukebox_role: bool
    share_role: bool
    video_conversion_role: bool
    folder: list[int]


class Users(Wire, kw_only=True):
    """Every account."""

    user: list[User]


class ScanStatus(Wire, kw_only=True):
    """Whether sources are being scanned, and how many songs there are."""

    scanning: bool
    count: int


class ChatMessage(Wire, kw_only=True):
    """What somebody said to everybody."""

    username: str
    time: int
    message: str


class ChatMessages(Wire, kw_only=True):
    """What was said, in order."""

    chat_message: list[ChatMessage]
