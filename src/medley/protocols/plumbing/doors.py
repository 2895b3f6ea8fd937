"""Several doors behind one listener, told apart by the beginning of the path."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from medley.protocols.plumbing.finish import Finish
from medley.protocols.plumbing.guards import MAX_BODY, BodyLimit, SecurityHeaders


class Doors:
    """Hands a request to the door with the longest prefix that fits whole names of its path.

    The path is compared as the server routed it (`scope["path"]`), never a re-assembled URL: the `Host` header must
    not be able to change what a request is (CVE-2026-48710).
    """

    def __init__(self, doors: Mapping[str, ASGIApp], otherwise: ASGIApp) -> None:
        self._doors = sorted(doors.items(), key=lambda each: len(each[0]), reverse=True)
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        for prefix, door in self._doors:
            if path == prefix or path.startswith(prefix.rstrip("/") + "/"):
                await door(scope, receive, send)
                return
        await self._otherwise(scope, receive, send)


def protected(app: ASGIApp, *, max_body: int = MAX_BODY) -> ASGIApp:
    """`app` with what every door shares: security headers, validators and compression, a limit on bodies."""
    return SecurityHeaders(Finish(BodyLimit(app, max_body)))
