"""An address taken apart, once: what is resolved, connected to and sent all comes from here."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from medley.kernel.egress import Refused

_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
_SAFE = "%/:=&?~+!$,;'@()*[]|"
_LONGEST = 8192


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. `host` is ASCII, without brackets; `credentials` are those in the address itself."""

    scheme: str
    host: str
    port: int
    path: str  # and query
    credentials: tuple[str, str] | None = None

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """The value of the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address without credentials."""
        return f"{self.scheme}://{self.authority}{self.path}"


def parse(url: str) -> Target:
    """The parts of an http or https address; `Refused` for any other."""
    url = url.strip()
    if len(url) > _LONGEST or _CONTROL.search(url.replace(" ", "")):
        raise Refused("This is no address of the web.", hint="It is too long or has characters that no address has.")
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = _ascii(parts.hostname or "")
        place = urlunsplit(("", "", quote(parts.path, safe=_SAFE) or "/", quote(parts.query, safe=_SAFE), ""))
    except ValueError:  # a port that is no number, half a bracket, a name that cannot be, half a character
        host, port, place, parts = "", 0, "", urlsplit("")
    if parts.scheme not in _PORTS or not host:
        raise Refused("This is no address of the web.", hint="It must begin with http:// or https:// and name a host.")
    return Target(parts.scheme, host, port, "/" + place.lstrip("/"), _credentials(parts.username, parts.password))


def follow(before: Target, location: str) -> Target:
    """Where a redirect from `before` leads."""
    try:
        return parse(urljoin(before.url, location.strip()))
    except ValueError as error:
        raise Refused("A redirect leads to no address of the web.") from error


def _credentials(name: str | None, password: str | None) -> tuple[str, str] | None:
    return None if name is None else (unquote(name), unquote(password or ""))


def _ascii(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,253}", ascii_host):
        raise ValueError(host)
    return ascii_host.lower()
