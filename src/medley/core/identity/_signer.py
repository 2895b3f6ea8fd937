"""Keys in media addresses: a `<video>` element sends no header, so the address itself says who may fetch what."""

import base64
import hashlib
import hmac

from medley.kernel.clock import Clock
from medley.kernel.errors import Unauthenticated
from medley.kernel.ids import is_id


class Signer:
    """Signs the path of one object for one person until a moment; HMAC-SHA256, 128 bits of it in the key."""

    def __init__(self, secret: bytes, clock: Clock) -> None:
        if len(secret) < 32:
            raise ValueError("A signing secret has at least 32 bytes.")
        self._secret = secret
        self._clock = clock

    def sign(self, object_path: str, user_id: str, expires_ms: int) -> str:
        """A key of `[0-9a-zA-Z._-]` for `object_path`, valid before `expires_ms` (milliseconds since 1970 UTC)."""
        return f"{expires_ms:x}.{user_id}.{self._mac(object_path, user_id, expires_ms)}"

    def check(self, key: str, object_path: str) -> str:
        """The user for whom `key` opens `object_path`; `Unauthenticated` for any other path, moment or key."""
        expires, _, rest = key.partition(".")
        user_id, _, mac = rest.partition(".")
        expires_ms = _hexadecimal(expires)
        good = is_id(user_id) and hmac.compare_digest(
            mac.encode(), self._mac(object_path, user_id, expires_ms).encode()
        )
        if not good or expires_ms <= self._clock.now_ms():
            raise Unauthenticated("This address is not valid any more.", hint="Open the item again.")
        return user_id

    def _mac(self, object_path: str, user_id: str, expires_ms: int) -> str:
        # Lengths before the texts: no two different triples spell the same message.
        message = f"{len(object_path)}:{object_path}{len(user_id)}:{user_id}{expires_ms}".encode()
        digest = hmac.digest(self._secret, message, hashlib.sha256)[:16]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _hexadecimal(text: str) -> int:
    if not text or len(text) > 12 or not all(letter in "0123456789abcdef" for letter in text):
        return 0
    return int(text, 16)
