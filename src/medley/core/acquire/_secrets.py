"""Names and passwords of private feeds: sealed in the database, sent to the feed's own host."""

from typing import Any, Protocol
from urllib.parse import urlsplit

from medley.core.acquire._store import feeds
from medley.kernel.database import Database
from medley.kernel.errors import Conflict

Credentials = tuple[str, str]


class Vault(Protocol):
    """Keeps secrets that have to be read again; `about` is what a secret belongs to."""

    def seal(self, text: str, about: str) -> str: ...
    def open(self, sealed: str, about: str) -> str | None: ...


class Secrets:
    """Seals and opens them."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    def sealed(self, feed_id: str, credentials: Credentials | None) -> dict[str, str]:
        """What stands in the row of a feed."""
        if credentials is None:
            return {"login": "", "sealed": ""}
        login, password = credentials
        return {"login": login, "sealed": self._vault.seal(password, _about(feed_id))}

    def of(self, row: Any) -> Credentials | None:
        """What the row of a feed holds; `Conflict` where it cannot be read any more."""
        if not row.sealed:
            return None
        password = self._vault.open(row.sealed, _about(row.id))
        if password is None:
            raise Conflict("The password of this feed cannot be read any more.", hint="Give it again.")
        return row.login, password

    def for_host(self, feed_id: str, url: str) -> Credentials | None:
        """What to send with a request for something that a feed names: nothing to other hosts than its own."""
        with self._database.read() as connection:
            row = feeds.one(connection, feed_id)
        return self.of(row) if row is not None and host_name(row.url) == host_name(url) else None


def host_name(url: str) -> str:
    """The host of an address, in lower case; empty for none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _about(feed_id: str) -> str:
    return f"podcast {feed_id}"
