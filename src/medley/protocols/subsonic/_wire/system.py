"""What the server says of itself."""

from msgspec import UNSET

from medley.protocols.subsonic._wire.media import Text, Wire


class License(Wire, kw_only=True):
    """Medley needs none; apps ask all the same."""

    valid: bool
    email: Text = UNSET
    license_expires: Text = UNSET


class OpenSubsonicExtension(Wire, kw_only=True):
    """An extension of the protocol, in the versions that are spoken here."""

    name: str
    versions: list[int]


class TokenInfo(Wire, kw_only=True):
    """Whose API key it is."""

    username: str
