"""An app that speaks OpenSubsonic, as simple as apps can be."""

from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from tests.support.house import House


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
