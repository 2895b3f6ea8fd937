"""A phone with an Audiobookshelf app, as simple as apps can be."""

from dataclasses import dataclass, field
from typing import Any

import httpx
from tests.support.house import PASSWORD, House

DOOR = "/audiobookshelf"


@dataclass
class Phone:
    """Signed in as somebody; `json` gives what a successful answer holds."""

    url: str
    token: str = ""
    user: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer as it is."""
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        return httpx.request(method, f"{self.url}{DOOR}{path}", headers=headers, timeout=30, **options)

    def json(self, path: str, **query: Any) -> Any:
        answer = self.call("GET", path, params=query)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json()

    def post(self, path: str, **body: Any) -> httpx.Response:
        return self.call("POST", path, json=body)

    def patch(self, path: str, body: Any) -> httpx.Response:
        return self.call("PATCH", path, json=body)

    def library(self, kind: str) -> str:
        """The id of the library that holds a kind."""
        (found,) = [each["id"] for each in self.json("/api/libraries")["libraries"] if each["id"].startswith(kind)]
        return found

    def item(self, kind: str, title: str = "") -> str:
        """The id of the first item of a kind, or of the one with a title."""
        found = self.json(f"/api/libraries/{self.library(kind)}/items")["results"]
        return next(each["id"] for each in found if title in ("", each["media"]["metadata"]["title"]))

    def episode(self) -> tuple[str, str]:
        """(podcast, episode) ids of the first episode."""
        podcast = self.item("podcast")
        return podcast, self.json(f"/api/items/{podcast}", expanded=1)["media"]["episodes"][0]["id"]


def phone_of(house: House, name: str) -> Phone:
    """Somebody's phone, signed in."""
    phone = Phone(house.url)
    told = phone.post("/login", username=name, password=PASSWORD).raise_for_status().json()
    return Phone(house.url, told["user"]["token"], told["user"])
