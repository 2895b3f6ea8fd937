"""An app that speaks Navidrome's own API, with the calls that Feishin makes."""

from dataclasses import dataclass
from typing import Any

import httpx

USER_AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) {} Chrome/132 Electron/34 Safari/537.36"
)


@dataclass(frozen=True)
class Feishin:
    """Signed in; `credential` is what it puts into addresses below `/rest`."""

    url: str
    login: dict[str, Any]
    client: httpx.Client

    @classmethod
    def sign_in(cls, url: str, name: str, password: str, product: str = "Feishin/0.12.3") -> "Feishin":
        agent = {"user-agent": USER_AGENT.format(product)}
        body = {"username": name, "password": password}
        login = (
            httpx.post(f"{url}/navidrome/auth/login", json=body, headers=agent, timeout=30).raise_for_status().json()
        )
        headers = {**agent, "x-nd-authorization": f"Bearer {login['token']}"}
        return cls(url, login, httpx.Client(base_url=f"{url}/navidrome/api/", headers=headers, timeout=30))

    @property
    def credential(self) -> dict[str, str]:
        """What signs a request to Subsonic's part."""
        found = {"u": self.login["username"], "s": self.login["subsonicSalt"], "t": self.login["subsonicToken"]}
        return {**found, "v": "1.13.0", "c": "feishin", "f": "json"}

    def list(self, what: str, start: int = 0, end: int = 0, sort: str = "", order: str = "ASC", **more: Any) -> Any:
        """(part of a list, how long all of it is)."""
        asked = {"_start": start, "_end": end, "_order": order, **({"_sort": sort} if sort else {}), **more}
        answer = self.client.get(what, params=asked).raise_for_status()
        return answer.json(), int(answer.headers["x-total-count"])

    def get(self, path: str) -> Any:
        return self.client.get(path).raise_for_status().json()

    def rest(self, method: str, prefix: str = "/navidrome/rest", **parameters: Any) -> httpx.Response:
        return httpx.get(f"{self.url}{prefix}/{method}", params={**self.credential, **parameters}, timeout=30)
