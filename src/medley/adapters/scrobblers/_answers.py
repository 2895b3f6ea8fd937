"""What services answer, sorted into what is to be done about it."""

from typing import Any

import msgspec

from medley.kernel.egress import Answer, Egress, Limits, Request
from medley.kernel.errors import InvalidInput, TooManyRequests, Unauthenticated, Unavailable

_LIMITS = Limits(max_bytes=1 << 20, seconds=20, redirects=0)
_LONGEST_WAIT_S = 24 * 3600
_SHOWN = 200


def ask(egress: Egress, url: str, *, method: str = "POST", body: bytes = b"", **headers: str) -> Answer:
    """One request; `Unavailable` where nothing came back. `content_type="…"` becomes the header of that name."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return egress.fetch(Request(url, method, named, body, limits=_LIMITS))


def said(answer: Answer) -> dict[str, Any]:
    """The object in the body; an empty one where it is none."""
    try:
        value = msgspec.json.decode(answer.body)
    except msgspec.DecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def refuse(service: str, answer: Answer, reason: object = "", *, unless: bool = True) -> None:
    """Raise what an answer means that is not 2xx, or not what the service says when it has understood (`unless`).

    A page of some proxy in between, sent with 200, is no proof that anything was written.
    """
    told = f"{service} says: {str(reason)[:_SHOWN]}" if reason else f"{service} answered {answer.status}."
    if answer.status in (401, 403):
        raise signed_out(service, told)
    if answer.status == 429 or answer.status >= 500:
        raise later(service, answer, told)
    if not 200 <= answer.status < 300:
        raise InvalidInput(told)
    if not unless:
        raise later(service, answer, f"What answers is not {service}.")


def signed_out(service: str, told: str = "") -> Unauthenticated:
    """The secret is no good."""
    return Unauthenticated(told or f"{service} does not know this token.", hint="Connect it again.")


def later(service: str, answer: Answer, told: str = "") -> TooManyRequests | Unavailable:
    """The service wants to be left alone for a while, or is ill."""
    wait = _seconds(answer)
    if answer.status == 429:
        return TooManyRequests(told or f"{service} was asked too often.", retry_after_s=wait)
    return Unavailable(told or f"{service} is not well.", hint="It is tried again.", retry_after_s=wait)


def _seconds(answer: Answer) -> int:
    """RFC 9110 section 10.2.3 in its form of seconds, and what ListenBrainz has instead."""
    for name in ("retry-after", "x-ratelimit-reset-in"):
        text = answer.headers.get(name, "").strip()
        if text.isascii() and text.isdecimal():
            return min(int(text[:9]), _LONGEST_WAIT_S)
    return 0
