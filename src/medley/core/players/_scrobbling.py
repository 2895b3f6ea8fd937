"""Telling services outside what people hear: who does, and what waits to be told.

What is told is written down in the transaction in which it happened, and taken off the list when the service has it
(`_sending.py`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from medley.core.identity import Asker, Vault
from medley.core.library import ItemDetail, Library
from medley.core.players._model import ScrobbleService
from medley.core.players._store import scrobbles as store
from medley.core.players.ports import Login, Scrobbler, Track
from medley.kernel.database import Database
from medley.kernel.errors import Forbidden, InvalidInput, NotFound, Unauthenticated
from medley.kernel.jobs import Jobs

SCROBBLE_JOB = "scrobble"
_LONGEST_TOKEN = 500


class Scrobbling:
    """One's accounts at services."""

    def __init__(
        self, database: Database, library: Library, jobs: Jobs, services: Iterable[Scrobbler], vault: Vault
    ) -> None:
        self._database, self._library, self._jobs, self._vault = database, library, jobs, vault
        self.services: Mapping[str, Scrobbler] = {each.name: each for each in services}

    def all(self, asker: Asker) -> list[ScrobbleService]:
        """Every service that there is, and how it stands between it and the asker."""
        with self._database.read() as connection:
            mine = {row.service: row for row in store.accounts(connection, asker.user_id)}
        return [_view(service, mine.get(service.name)) for service in self.services.values()]

    def login(self, name: str) -> Login:
        """How one begins; for a service that hands out tokens on its own page there is nothing to do here."""
        return self._service(name).login()

    def connect(self, asker: Asker, name: str, token: str) -> ScrobbleService:
        """From now on the asker's listens go to a service; `Forbidden` where it does not know the token."""
        service = self._service(name)
        token = token.strip()
        if not 1 <= len(token) <= _LONGEST_TOKEN or not token.isascii() or not token.isprintable():
            raise InvalidInput(f"A token has 1 to {_LONGEST_TOKEN} plain characters.", hint="Copy it once more.")
        try:
            member = service.connect(token)
        except Unauthenticated as error:
            raise Forbidden(error.message, hint="Copy the token once more, or ask for a new one.") from error
        sealed = self._vault.seal(member.secret, _about(asker.user_id, name))
        with self._database.write() as connection:
            row = {"user_id": asker.user_id, "service": name, "name": member.name, "secret": sealed}
            store.put_account(connection, row)
            self._ask(connection)
        return next(each for each in self.all(asker) if each.name == name)

    def disconnect(self, asker: Asker, name: str) -> None:
        """The service is told nothing any more, and what waited for it is forgotten."""
        with self._database.write() as connection:
            if not store.drop_account(connection, asker.user_id, name):
                raise NotFound("This service is not connected.")

    def tracks(self, asker: Asker, item_ids: Iterable[str]) -> dict[str, Track]:
        """The tracks among items, where the asker tells anybody of them; others than music are nobody's business."""
        with self._database.read() as connection:
            told = bool(self.services) and bool(store.services_of(connection, asker.user_id))
        if not told:
            return {}
        details = {item_id: self._library.items.get(asker, item_id) for item_id in dict.fromkeys(item_ids)}
        found = {item_id: self._track(asker, detail) for item_id, detail in details.items()}
        return {item_id: track for item_id, track in found.items() if track is not None}

    def tell(
        self, connection: Connection, asker: Asker, track: Track, at_ms: int, device: str, *, playing: bool
    ) -> None:
        """Write down what the asker's services are to be told, in the caller's transaction."""
        if playing:
            store.forget_playing(connection, asker.user_id)
        said = {"track": msgspec.to_builtins(track), "happened_at_ms": at_ms, "device": device, "playing": playing}
        services = [name for name in store.services_of(connection, asker.user_id) if name in self.services]
        store.add(connection, [{"user_id": asker.user_id, "service": name, **said} for name in services])
        if services:
            self._ask(connection)

    def secret(self, account: Any) -> str:
        """The secret of an account's row; `Unauthenticated` where the vault lost its key."""
        secret = self._vault.open(account.secret, _about(account.user_id, account.service))
        if secret is None:
            raise Unauthenticated("The secret of this connection cannot be read any more.", hint="Connect it again.")
        return secret

    def _ask(self, connection: Connection) -> None:
        self._jobs.request(SCROBBLE_JOB, {}, title="Tell services what was heard", connection=connection)

    def _service(self, name: str) -> Scrobbler:
        if name not in self.services:
            raise NotFound(f"There is no service “{name}”.", hint=f"One of: {', '.join(self.services) or 'none'}.")
        return self.services[name]

    def _track(self, asker: Asker, item: ItemDetail) -> Track | None:
        artists = [person.name for person in item.people if person.role == "artist"]
        artist = str(item.fields.get("artist") or "") or ", ".join(artists)
        if not item.playable or not artist or not item.title:
            return None
        album = self._library.items.get(asker, item.parent_id) if item.parent_id else None
        return Track(
            title=item.title,
            artists=artists,
            artist=artist,
            album=item.parent_title,
            album_artist=item.top_title,
            number=int(item.number or 0),
            length_ms=item.duration_ms,
            recording_id=item.ids.get("musicbrainz_recording", ""),
            release_id=album.ids.get("musicbrainz_album", "") if album else "",
        )


def _about(user_id: str, service: str) -> str:
    return f"scrobble\0{user_id}\0{service}"


def _view(service: Scrobbler, row: Any | None) -> ScrobbleService:
    if row is None:
        return ScrobbleService(name=service.name, title=service.title)
    return ScrobbleService(
        name=service.name,
        title=service.title,
        connected=True,
        member=row.name,
        refused=row.refused,
        message=row.message,
        waiting=row.waiting,
        sent=row.sent,
        sent_at_ms=row.sent_at_ms,
    )
