"""Links that show some items to whoever has them, without an account.

A share shows what its owner may see now: whoever opens one hands in the owner as an `Asker`. It ends with its date,
with its owner, with the owner's right to download, or when it is revoked.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from medley.core.identity import Asker, require
from medley.core.library._item_lists import ItemLists
from medley.core.library._model import Share, SharedFile
from medley.core.library._store import details
from medley.core.library._store import shares as store
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.ids import new_id

_TOKEN_BYTES = 18  # 144 random bits: nobody guesses one
_MOST = 1_000
_MOST_LEAVES = 5_000
_LONGEST_DESCRIPTION = 1_000
_LAST_MS = 1 << 53
_PERMISSION = "media.download"  # who has the link has the bytes


class Shares:
    """One's shares, and what stands behind a link."""

    def __init__(self, database: Database, clock: Clock, playlists: ItemLists) -> None:
        self._database, self._clock, self._playlists = database, clock, playlists

    def all(self, asker: Asker) -> list[Share]:
        """One's own shares, the newest first."""
        with self._database.read() as connection:
            return [_view(row) for row in store.all_of(connection, asker.user_id)]

    def create(
        self,
        asker: Asker,
        item_ids: Sequence[str] = (),
        *,
        playlist_id: str = "",
        description: str = "",
        expires_at_ms: int = 0,
    ) -> Share:
        """Share items, or a playlist with whatever it holds at the time; `expires_at_ms` 0 is never.

        Raises `NotFound` where one may not see all of it, `Forbidden` for whoever may not download.
        """
        require(asker, _PERMISSION)
        if bool(item_ids) == bool(playlist_id) or len(item_ids) > _MOST:
            raise InvalidInput(f"A link shows 1 to {_MOST} items, or one playlist.", hint="Make a playlist of more.")
        if playlist_id:
            self._playlists.get(asker, playlist_id)
        row = {
            "id": new_id(),
            "token": secrets.token_urlsafe(_TOKEN_BYTES),
            "owner_id": asker.user_id,
            "list_id": playlist_id or None,
            "created_at_ms": self._clock.now_ms(),
            "visited_at_ms": 0,
            "visits": 0,
            **_checked({"description": description, "expires_at_ms": expires_at_ms}),
        }
        with self._database.write() as connection:
            today = details.today(connection, item_ids)
            seen = details.visible(connection, [today[item_id] for item_id in item_ids], asker.sources)
            if len(seen) != len(item_ids):
                raise NotFound("One of these items does not exist.", hint="Load the page again.")
            store.add(connection, row, list(dict.fromkeys(seen)))
        return Share(**{name: row[name] for name in Share.__struct_fields__})

    def change(
        self, asker: Asker, share_id: str, *, description: str | None = None, expires_at_ms: int | None = None
    ) -> Share:
        """Change what is not None; an `expires_at_ms` of 0 takes the end away."""
        given = {"description": description, "expires_at_ms": expires_at_ms}
        values = _checked({name: value for name, value in given.items() if value is not None})
        with self._database.write() as connection:
            row = self._mine(connection, asker, share_id)
            if values:
                store.change(connection, share_id, values)
            return _view({**row._mapping, **values})

    def revoke(self, asker: Asker, share_id: str) -> None:
        """From now on the link leads nowhere."""
        with self._database.write() as connection:
            self._mine(connection, asker, share_id)
            store.remove(connection, share_id)

    def find(self, token: str, *, visit: bool = False) -> Share:
        """What a link is about; `NotFound` for one that never was, was revoked or has ended. `visit` counts it."""
        now = self._clock.now_ms()
        with self._database.read() as connection:
            row = store.by_token(connection, token) if token.isascii() and "\0" not in token else None
        if row is None or 0 < row.expires_at_ms <= now:
            raise NotFound("This link leads nowhere any more.", hint="Ask for a new one.")
        if visit:
            with self._database.write() as connection:
                store.visit(connection, row.id, now)
        return _view(row)

    def item_ids(self, owner: Asker, share: Share) -> list[str]:
        """What the share lets one play, in its order: all below its items that `owner` may see now, 5,000 at most."""
        return self.item_ids_of(owner, [share])[share.id]

    def item_ids_of(self, owner: Asker, shares: Sequence[Share]) -> dict[str, list[str]]:
        """share id → what it lets one play; for any number of shares of items the same number of queries."""
        entries = self._entries(owner, shares)
        with self._database.read() as connection:
            leaves = store.leaves(connection, {item_id for mine in entries.values() for item_id in mine})
            every = [leaf for below in leaves.values() for leaf in below]
            seen = set(details.visible(connection, every, owner.sources))
        played = {id_: [leaf for item_id in mine for leaf in leaves[item_id]] for id_, mine in entries.items()}
        return {id_: [leaf for leaf in mine if leaf in seen][:_MOST_LEAVES] for id_, mine in played.items()}

    def holds(self, owner: Asker, share: Share, item_id: str) -> bool:
        """Whether the share lets one play `item_id`."""
        shared = set(self._entries(owner, [share])[share.id])
        with self._database.read() as connection:
            inside = not shared.isdisjoint(store.path(connection, item_id))
            return inside and bool(details.visible(connection, [item_id], owner.sources))

    def files(self, item_ids: Sequence[str]) -> dict[str, list[SharedFile]]:
        """item id → the files of its first edition that are there; of items that a share was asked for."""
        with self._database.read() as connection:
            found = store.files(connection, item_ids)
        return {item_id: [SharedFile(row.id, row.name, row.size) for row in rows] for item_id, rows in found.items()}

    def _entries(self, owner: Asker, shares: Sequence[Share]) -> dict[str, list[str]]:
        """share id → its items; none where `owner` is not whose it is, or may not hand out bytes any more."""
        mine = [share for share in shares if share.owner_id == owner.user_id and _PERMISSION in owner.permissions]
        with self._database.read() as connection:
            found = store.entries(connection, [share.id for share in mine])
        found |= {share.id: self._playlist(owner, share) for share in mine if share.list_id}
        return {share.id: found.get(share.id, []) for share in shares}

    def _playlist(self, owner: Asker, share: Share) -> list[str]:
        try:
            return [each.item_id for each in self._playlists.places(owner, share.list_id or "")]
        except NotFound:  # somebody else's, who shows it to others no longer
            return []

    @staticmethod
    def _mine(connection: Connection, asker: Asker, share_id: str) -> Any:
        row = store.one(connection, share_id)
        if row is None or row.owner_id != asker.user_id:
            raise NotFound("There is no such link.", hint="It may have been revoked.")
        return row


def _view(row: Any) -> Share:
    values = getattr(row, "_mapping", row)
    return Share(**{name: values[name] for name in Share.__struct_fields__})


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    if not 0 <= values.get("expires_at_ms", 0) <= _LAST_MS:
        raise InvalidInput("A link ends at a time in milliseconds since 1970, or at 0: never.")
    if "description" in values:
        values["description"] = values["description"].replace("\0", "")[:_LONGEST_DESCRIPTION]
    return values
