"""Maloja: https://github.com/krateng/maloja/blob/master/API.md"""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec

from medley.adapters.scrobblers._answers import ask, refuse, said, signed_out
from medley.core.players.ports import Login, Member, Told, Track
from medley.kernel.egress import Egress

_WRITTEN = ("success", "ok")
_TAKEN = 409  # the second of this listen is another one's


class Maloja:
    """`medley.core.players.ports.Scrobbler` for the Maloja at `root`; a token is one of its API keys."""

    name, title, most = "maloja", "Maloja", 1

    def __init__(self, egress: Egress, root: str) -> None:
        self._egress, self._root = egress, f"{root.rstrip('/')}/apis/mlj_1"

    def login(self) -> Login:
        return Login()

    def connect(self, given: str) -> Member:
        answer = ask(self._egress, f"{self._root}/test?{urlencode({'key': given})}", method="GET")
        refuse(self.title, answer, said(answer).get("error"))
        if said(answer).get("status") != "ok":
            raise signed_out(self.title)
        return Member(name=self.title, secret=given)

    def listens(self, secret: str, told: Sequence[Told]) -> None:
        for each in told:
            answer = ask(self._egress, f"{self._root}/newscrobble", body=_body(secret, each), content_type=_JSON)
            if answer.status != _TAKEN:
                word = said(answer)
                refuse(self.title, answer, word.get("error"), unless=word.get("status") in _WRITTEN)

    def playing(self, secret: str, track: Track) -> None:
        """Maloja knows nothing of the kind."""


_JSON = "application/json"


def _body(secret: str, told: Told) -> bytes:
    track = told.track
    fields = {
        "title": track.title,
        "artists": track.artists or [track.artist],
        "album": track.album,
        "albumartists": [track.album_artist] if track.album_artist else [],
        "length": track.length_ms // 1000,
        "time": told.at_s,
    }
    return msgspec.json.encode({"key": secret, **{name: value for name, value in fields.items() if value}})
