"""ListenBrainz, Last.fm and Maloja as small servers on this machine: their shapes, their rules, their bad days."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN, KEY, SECRET = "a-token", "a-key", "a-shared-secret"


class Service:
    """One server that speaks all three; what was written is kept once, as the real ones do."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, int, str, str]] = []  # service, second, artist, title
        self.playing: list[str] = []
        self.asked: list[str] = []
        self.last: Any = None  # the body of the last submission
        self.mood = "well"  # down, limited, refusing, forgetful (writes, and never says so), slow, odd, full
        self.hated = ""  # a title that is never taken
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def keep(self, service: str, second: int, artist: str, title: str) -> bool:
        one = (service, second, artist, title)
        known = one in self.kept
        if not known:
            self.kept.append(one)
        return not known

    def titles(self) -> list[str]:
        return [title for *_, title in self.kept]


@contextmanager
def service() -> Iterator[Service]:
    opened = Service()
    try:
        yield opened
    finally:
        opened.close()


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve(b"")

        def do_POST(self) -> None:
            self._serve(self.rfile.read(int(self.headers.get("content-length") or 0)))

        def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002 - the name of the base class

        def _serve(self, body: bytes) -> None:
            service.asked.append(f"{self.command} {self.path}")
            path = urlsplit(self.path).path
            speak = _SPEAKERS["/" + path.split("/")[1]]
            if service.mood == "slow":
                time.sleep(0.3)
            status, headers, answer = speak(service, path, self.headers, self.path, body)
            if service.mood == "forgetful":
                self.close_connection = True
                self.connection.close()
                return
            data = b"<html>" if service.mood == "odd" else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {"content-length": str(len(data)), "connection": "close", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    return Handler


Spoken = tuple[int, dict[str, str], Any]


def _listenbrainz(service: Service, path: str, headers: Any, _whole: str, body: bytes) -> Spoken:
    good = headers.get("authorization") == f"Token {TOKEN}" and service.mood != "refusing"
    if path == "/1/validate-token":
        if good:
            return 200, {}, {"code": 200, "message": "Token valid.", "valid": True, "user_name": "ann"}
        return 200, {}, {"code": 200, "message": "Token invalid.", "valid": False}
    if service.mood == "down":
        return 503, {}, {"code": 503, "error": "Service unavailable"}
    if service.mood == "limited":
        return 429, {"X-RateLimit-Reset-In": "7"}, {"code": 429, "error": "You have exceeded your rate limit."}
    if not good:
        return 401, {}, {"code": 401, "error": "Invalid authorization token."}
    told = service.last = json.loads(body)
    assert (told["listen_type"] == "single") <= (len(told["payload"]) == 1)
    for each in told["payload"]:
        data = each["track_metadata"]
        if data["track_name"] == service.hated:
            return 400, {}, {"code": 400, "error": "JSON document is not good."}
    for each in told["payload"]:
        data = each["track_metadata"]
        if told["listen_type"] == "playing_now":
            assert "listened_at" not in each
            service.playing.append(data["track_name"])
        else:
            service.keep("listenbrainz", each["listened_at"], data["artist_name"], data["track_name"])
    return 200, {}, {"status": "ok"}


def _lastfm(service: Service, _path: str, _headers: Any, _whole: str, body: bytes) -> Spoken:
    fields = {name: values[0] for name, values in parse_qs(body.decode(), strict_parsing=True).items()}
    assert fields.pop("format") == "json"
    signature = fields.pop("api_sig")
    spelled = "".join(name + fields[name] for name in sorted(fields)) + SECRET
    if signature != hashlib.md5(spelled.encode(), usedforsecurity=False).hexdigest():
        return 403, {}, {"message": "Invalid method signature supplied", "error": 13}
    if service.mood == "down":
        return 503, {}, {"message": "Service Offline", "error": 11}
    if service.mood == "limited":
        return 200, {}, {"message": "Rate limit exceeded", "error": 29}
    method = fields["method"]
    if method == "auth.getToken":
        return 200, {}, {"token": TOKEN}
    if method == "auth.getSession":
        if fields["token"] != TOKEN:
            return 403, {}, {"message": "Unauthorized Token - This token has not been authorized", "error": 14}
        return 200, {}, {"session": {"subscriber": 0, "name": "ann", "key": "a-session"}}
    if fields["sk"] != "a-session" or service.mood == "refusing":
        return 403, {}, {"message": "Invalid session key - Please re-authenticate", "error": 9}
    service.last = fields
    if method == "track.updateNowPlaying":
        service.playing.append(fields["track"])
        return 200, {}, {"nowplaying": {"track": {"corrected": "0", "#text": fields["track"]}}}
    assert method == "track.scrobble"
    many = sum(name.startswith("timestamp[") for name in fields)
    code = "5" if service.mood == "full" else "0"
    for at in range(many if code == "0" else 0):
        service.keep("lastfm", int(fields[f"timestamp[{at}]"]), fields[f"artist[{at}]"], fields[f"track[{at}]"])
    told = [
        {"ignoredMessage": {"code": code, "#text": ""}, "timestamp": fields[f"timestamp[{at}]"]} for at in range(many)
    ]
    attributes = {"accepted": many if code == "0" else 0, "ignored": 0 if code == "0" else many}
    return 200, {}, {"scrobbles": {"scrobble": told[0] if many == 1 else told, "@attr": attributes}}


def _maloja(service: Service, path: str, _headers: Any, whole: str, body: bytes) -> Spoken:
    told = json.loads(body) if body else {}
    key = told.get("key") or parse_qs(urlsplit(whole).query).get("key", [""])[0]
    if service.mood == "down":
        return 500, {}, {"status": "failure", "error": {"type": "unknown_error", "value": "", "desc": "?"}}
    if key != TOKEN or service.mood == "refusing":
        return 403, {}, {"status": "failure", "error": {"type": "authentication_fail", "value": "", "desc": "?"}}
    if path.endswith("/test"):
        return 200, {}, {"status": "ok"}
    assert path.endswith("/newscrobble")
    if told.get("title") == service.hated:
        return 400, {}, {"status": "failure", "error": {"type": "missing_scrobble_data", "value": [], "desc": "?"}}
    if not service.keep("maloja", told["time"], told["artists"][0], told["title"]):
        return 200, {}, {"status": "success", "track": {}, "warnings": [{"type": "scrobble_exists"}]}
    service.last = told
    return 200, {}, {"status": "success", "track": {"artists": told["artists"], "title": told["title"]}}


_SPEAKERS = {"/1": _listenbrainz, "/2.0": _lastfm, "/apis": _maloja}
