"""ListenBrainz: https://listenbrainz.readthedocs.io/en/latest/users/api/core.html"""

from collections.abc import Sequence
from typing import Any

import msgspec

from medley import __version__
from medley.adapters.scrobblers._answers import ask, refuse, said, signed_out
from medley.core.players.ports import Login, Member, Told, Track
from medley.kernel.egress import Egress


class ListenBrainz:
    """`medley.core.players.ports.Scrobbler` for ListenBrainz at `root`, or what speaks like it there."""

    name, title, most = "listenbrainz", "ListenBrainz", 100

    def __init__(self, egress: Egress, root: str = "https://api.listenbrainz.org") -> None:
        self._egress, self._root = egress, root.rstrip("/")

    def login(self) -> Login:
        return Login()

    def connect(self, given: str) -> Member:
        answer = self._ask("GET", "validate-token", given)
        told = said(answer)
        if not told.get("valid") or not told.get("user_name"):
            refuse(self.title, answer, told.get("error") or told.get("message"))
            raise signed_out(self.title)
        return Member(name=str(told["user_name"]), secret=given)

    def listens(self, secret: str, told: Sequence[Told]) -> None:
        payload = [{"listened_at": each.at_s, "track_metadata": _metadata(each.track, each.device)} for each in told]
        self._submit(secret, "single" if len(payload) == 1 else "import", payload)

    def playing(self, secret: str, track: Track) -> None:
        self._submit(secret, "playing_now", [{"track_metadata": _metadata(track, "")}])

    def _submit(self, secret: str, listen_type: str, payload: list[dict[str, Any]]) -> None:
        body = msgspec.json.encode({"listen_type": listen_type, "payload": payload})
        answer = self._ask("POST", "submit-listens", secret, body)
        told = said(answer)
        refuse(self.title, answer, told.get("error"), unless=told.get("status") == "ok")

    def _ask(self, method: str, path: str, secret: str, body: bytes = b""):
        headers = {"authorization": f"Token {secret}", "content_type": "application/json"}
        return ask(self._egress, f"{self._root}/1/{path}", method=method, body=body, **headers)


def _metadata(track: Track, device: str) -> dict[str, Any]:
    more = {
        "submission_client": "Medley",
        "submission_client_version": __version__,
        "media_player": device or "Medley",
        "duration_ms": track.length_ms,
        "tracknumber": track.number,
        "artist_names": track.artists,
        "recording_mbid": track.recording_id,
        "release_mbid": track.release_id,
    }
    known = {name: value for name, value in more.items() if value}
    named = {"artist_name": track.artist, "track_name": track.title, "additional_info": known}
    return {**named, **({"release_name": track.album} if track.album else {})}
