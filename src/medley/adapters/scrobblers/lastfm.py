"""Last.fm: https://www.last.fm/api/scrobbling, and https://www.last.fm/api/desktopauth for letting Medley in."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from medley.adapters.scrobblers._answers import ask, later, refuse, said, signed_out
from medley.core.players.ports import Login, Member, Told, Track
from medley.kernel.egress import Answer, Egress
from medley.kernel.errors import InvalidInput, Unauthenticated

_SIGNED_OUT = (4, 9, 14, 15, 17)  # https://www.last.fm/api/errorcodes: the person's token or session
_LATER = (8, 11, 16, 29)  # a backend failed, offline, temporarily unavailable, asked too often
_DAILY_LIMIT = "5"  # of `ignoredMessage`


class LastFm:
    """`medley.core.players.ports.Scrobbler` for Last.fm; `key` and `secret` are the owner's API account."""

    name, title, most = "lastfm", "Last.fm", 50

    def __init__(
        self,
        egress: Egress,
        key: str,
        secret: str,
        root: str = "https://ws.audioscrobbler.com/2.0/",
        page: str = "https://www.last.fm/api/auth/",
    ) -> None:
        self._egress, self._key, self._secret, self._root, self._page = egress, key, secret, root, page

    def login(self) -> Login:
        token = str(self._call("auth.getToken").get("token", ""))
        return Login(url=f"{self._page}?{urlencode({'api_key': self._key, 'token': token})}", secret=token)

    def connect(self, given: str) -> Member:
        session = self._call("auth.getSession", token=given).get("session")
        if not isinstance(session, dict) or not session.get("key"):
            raise signed_out(self.title)
        return Member(name=str(session.get("name", "")), secret=str(session["key"]))

    def listens(self, secret: str, told: Sequence[Told]) -> None:
        fields: dict[str, str] = {}
        for at, each in enumerate(told):
            values = {**_fields(each.track), "timestamp": str(each.at_s)}
            fields |= {f"{name}[{at}]": value for name, value in values.items()}
        answer = self._call("track.scrobble", sk=secret, **fields)
        if _DAILY_LIMIT in _ignored(answer):
            limited = Answer(429, self._root, {"retry-after": "3600"}, b"")
            raise later(self.title, limited, f"{self.title} takes no more listens today.")

    def playing(self, secret: str, track: Track) -> None:
        self._call("track.updateNowPlaying", sk=secret, **_fields(track))

    def _call(self, method: str, **fields: str) -> dict[str, Any]:
        """What the service says to a signed call; its errors come in the body, under any status."""
        signed = _signed({**fields, "method": method, "api_key": self._key}, self._secret)
        body = urlencode({**signed, "format": "json"}).encode()
        answer = ask(self._egress, self._root, body=body, content_type="application/x-www-form-urlencoded")
        told = said(answer)
        if isinstance(code := told.get("error"), int):
            raise self._error(code, answer, str(told.get("message", "")))
        refuse(self.title, answer, unless=bool(told))
        return told

    def _error(self, code: int, answer: Answer, message: str) -> Exception:
        told = f"{self.title} says: {message[:200]}"
        if code in _SIGNED_OUT:
            return signed_out(self.title, told)
        if code in _LATER or answer.status >= 500:
            return later(self.title, answer, told)
        if code in (10, 13, 26):
            return Unauthenticated(told, hint="The owner has to correct scrobbling.lastfm_key and lastfm_secret.")
        return InvalidInput(told)


def _signed(fields: Mapping[str, str], secret: str) -> dict[str, str]:
    """With `api_sig`: MD5 over names and values in the order of names (section 6 of the page on authentication)."""
    text = "".join(f"{name}{fields[name]}" for name in sorted(fields)) + secret
    return {**fields, "api_sig": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()}


def _fields(track: Track) -> dict[str, str]:
    fields = {
        "artist": track.artist,
        "track": track.title,
        "album": track.album,
        "albumArtist": track.album_artist if track.album_artist != track.artist else "",
        "trackNumber": str(track.number or ""),
        "duration": str(track.length_ms // 1000 or ""),
        "mbid": track.recording_id,
    }
    return {name: value for name, value in fields.items() if value}


def _ignored(told: dict[str, Any]) -> set[str]:
    """The codes of listens that were not taken; one listen comes as an object, several as a list."""
    scrobbles = told.get("scrobbles")
    found = scrobbles.get("scrobble", []) if isinstance(scrobbles, dict) else []
    messages = [each.get("ignoredMessage") for each in (found if isinstance(found, list) else [found])]
    return {str(each.get("code")) for each in messages if isinstance(each, dict)}
