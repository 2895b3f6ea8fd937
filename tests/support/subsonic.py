"""An app that speaks OpenSubsonic, as simple as apps can be."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from tests.support.house import House
from tests.support.tiny_media import track


@dataclass(frozen=True)
class App:
    """`ask` gives what stands in a successful answer; `fail` the error of one that must fail."""

    url: str
    credentials: dict[str, str]
    usual: dict[str, str] = field(default_factory=lambda: {"v": "1.16.1", "c": "test", "f": "json"})

    def get(self, method: str, **parameters: Any) -> httpx.Response:
        """The answer as it is."""
        query = {**self.usual, **self.credentials, **parameters}
        return httpx.get(f"{self.url}/rest/{method}", params=query, timeout=30)

    def post(self, method: str, **parameters: Any) -> httpx.Response:
        """The answer to a form."""
        form = {**self.usual, **self.credentials, **parameters}
        return httpx.post(f"{self.url}/rest/{method}", data=form, timeout=30)

    def envelope(self, method: str, **parameters: Any) -> dict[str, Any]:
        answer = self.get(method, **parameters)
        assert answer.headers["content-type"] == "application/json", answer.text
        return answer.json()["subsonic-response"]

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What the envelope holds besides itself."""
        told = self.envelope(method, **parameters)
        assert told["status"] == "ok", told
        return {name: value for name, value in told.items() if name not in ENVELOPE}

    def fail(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The error."""
        told = self.envelope(method, **parameters)
        assert told["status"] == "failed", told
        assert len(told["error"]["message"]) > 10
        return told["error"]

    def called(self, client: str) -> "App":
        """The same as an app of another name."""
        return replace(self, usual={**self.usual, "c": client})


ENVELOPE = ("status", "version", "type", "serverVersion", "openSubsonic")


def app_of(house: House, name: str) -> App:
    """An app of somebody in the house, with an app password of its own."""
    user = next(each for each in house.parts.identity.users() if each.name == name)
    made = house.parts.identity.app_passwords.reuse(house.parts.identity.asker(user.id), "test")
    return App(house.url, {"u": name, "p": made.secret})


def more_music(media: Path) -> None:
    """Music with everything that apps show: two discs, several artists, roles, gains, a compilation, odd letters."""
    for number in range(1, 5):
        disc, at = (number + 1) // 2, (number - 1) % 2 + 1
        track(
            media / "music" / "Duo" / "Two Discs" / f"{disc}-{at}.flac",
            10 + number,
            title=f"Zig & Zag {number}",
            artist="Duo feat. Wren",
            artists="Duo; Wren",
            albumartist="Duo",
            album="Two Discs",
            tracknumber=str(at),
            discnumber=str(disc),
            discsubtitle=f"Half {disc}",
            date="2004-05-06",
            originaldate="1998-02",
            genre="Jazz",
            composer="Ann Other",
            bpm="120",
            mood="Calm",
            isrc="GBAAA9800001",
            replaygain_track_gain="-7.25 dB",
            replaygain_track_peak="0.98",
            comment="A <comment> & more",
            releasetype="album",
            label="Own Label",
            musicbrainz_trackid=f"0000000{number}-0000-4000-8000-000000000000",
            explicit="1",
        )
    for number, artist in enumerate(("Nobody Known", "Ümlaut", "9 Lives"), 1):
        tags = {"artist": artist, "album": "Sampler", "date": "2010", "genre": "Rock", "compilation": "1"}
        path = media / "music" / "Various" / "Sampler" / f"0{number}.flac"
        track(path, 20 + number, title=f"Tune {number}", tracknumber=str(number), **tags)
    for number in range(1, 4):
        tags = {"artist": "9 Lives", "albumartist": "9 Lives", "album": "Überall", "date": "2015", "genre": "Folk"}
        path = media / "music" / "9 Lives" / "Überall" / f"0{number}.flac"
        track(path, 30 + number, title=f"Verse {number}", tracknumber=str(number), **tags)
