"""Guessing passwords gets slower with every guess, for one name from one network, and for one network at all."""

import ipaddress

from sqlalchemy import Connection

from medley.core.identity import _store
from medley.core.identity._passwords import digest
from medley.kernel.database import Database
from medley.kernel.errors import TooManyRequests

FREE_FAILURES = 5  # of one name from one network
FREE_FAILURES_OF_NETWORK = 30
LONGEST_WAIT_MS = 15 * 60_000
_FORGET_MS = 24 * 3_600_000


def network_of(address: str) -> str:
    """The part of an address that one attacker cannot change at will: an IPv4 address, an IPv6 /64."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def attempt(database: Database, name: str, address: str, now_ms: int, *, realm: str = "") -> None:
    """Count a guess before it is checked, so that many at once are no way around; `TooManyRequests` when too soon.

    What is guessed in one `realm` slows nobody down in another.
    """
    keys = _keys(name, address, realm)
    with database.write() as connection:
        _store.forget_guesses(connection, before_ms=now_ms - _FORGET_MS)
        wait_ms = max(_wait_ms(connection, key, now_ms) for key, _ in keys)
        if wait_ms <= 0:
            for key, free in keys:
                failures = _store.failures(connection, key)[0] + 1
                _store.set_guess(connection, key, failures, now_ms + _delay_ms(failures - free), now_ms)
            return
    raise _too_soon(wait_ms)


def refuse_waiting(database: Database, name: str, address: str, now_ms: int, *, realm: str = "") -> None:
    """`TooManyRequests` where the next guess would be too soon; counts nothing."""
    with database.read() as connection:
        wait_ms = max(_wait_ms(connection, key, now_ms) for key, _ in _keys(name, address, realm))
    if wait_ms > 0:
        raise _too_soon(wait_ms)


def succeed(connection: Connection, name: str, address: str, *, realm: str = "") -> None:
    """Forget the guesses of this name; of the network only this one, which was right: the others fade by themselves."""
    (of_name, _), (of_network, _) = _keys(name, address, realm)
    _store.delete_guess(connection, of_name)
    _store.take_back_guess(connection, of_network)


def _too_soon(wait_ms: int) -> TooManyRequests:
    seconds = -(-wait_ms // 1000)
    return TooManyRequests("Too many wrong attempts.", hint=f"Try again in {seconds} seconds.", retry_after_s=seconds)


def _keys(name: str, address: str, realm: str) -> tuple[tuple[str, int], tuple[str, int]]:
    network = network_of(address)
    return (digest(f"{realm}name\0{name}\0{network}"), FREE_FAILURES), (
        digest(f"{realm}network\0{network}"),
        FREE_FAILURES_OF_NETWORK,
    )


def _wait_ms(connection: Connection, key: str, now_ms: int) -> int:
    return _store.failures(connection, key)[1] - now_ms


def _delay_ms(beyond: int) -> int:
    return 0 if beyond < 0 else min(LONGEST_WAIT_MS, 1000 << min(beyond, 20))
