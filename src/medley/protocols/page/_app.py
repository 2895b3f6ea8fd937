"""Serving a built single-page application."""

import mimetypes
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from medley.kernel.errors import MedleyError
from medley.kernel.files import Root
from medley.protocols.plumbing import FileRange, problem

DIST = Path(__file__).parent / "dist"

_FOREVER = "public, max-age=31536000, immutable"  # the build puts a hash of the content into these names
_TYPES = {
    ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
    ".json": "application/json", ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml",
    ".woff2": "font/woff2", ".ico": "image/x-icon", ".html": "text/html; charset=utf-8",
}  # fmt: skip
_TEXT = (".js", ".mjs", ".css", ".json", ".webmanifest", ".svg", ".html")

# Books and pictures are shown from blobs; subtitles and sound are handed to media elements as blobs, too. Scripts and
# their workers come from here alone.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline' blob:",
        "img-src 'self' data: blob:",
        "font-src 'self' data: blob:",
        "media-src 'self' blob: data:",
        "connect-src 'self' blob: data:",
        "frame-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

_NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Medley</title>
<style>body{font:1rem/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem}</style>
<h1>Medley is running</h1>
<p>Its page has not been built yet. Run <code>make page</code> in the folder of the source, then reload.</p>
<p>The API answers below <code>/api/v1</code>.</p>
</html>"""


def build(dist: Path = DIST) -> Starlette:
    """The page as an ASGI application; `dist` is looked at with every request, so that a rebuilt page is seen."""
    page = _Page(dist)
    methods = ["GET"]  # Starlette adds HEAD
    return Starlette(
        routes=[
            Route("/", page.home, methods=methods),
            Route("/app", lambda _request: RedirectResponse("/app/"), methods=methods),
            Route("/app/{rest:path}", page.home, methods=methods),
            Route("/{name:path}", page.file, methods=methods),
        ]
    )


class _Page:
    def __init__(self, dist: Path) -> None:
        self._dist = dist
        self._root = Root(dist)

    def home(self, _request: Request) -> Response:
        """The one document; which of its views is shown is the browser's business."""
        headers = {"content-security-policy": POLICY, "cache-control": "no-cache"}
        try:
            with self._root.open("index.html") as file:
                return HTMLResponse(file.read(), headers=headers)
        except MedleyError:
            style_only = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
            return HTMLResponse(_NOT_BUILT, 503, {**style_only, "retry-after": "10", "cache-control": "no-store"})

    def file(self, request: Request) -> Response:
        """A file of the build, or 404: only views of the page fall back to its document."""
        name: str = request.path_params["name"]
        try:
            file = self._root.open(name)
        except MedleyError:
            return problem("not-found", "There is nothing at this address.", hint="Medley's page is at “/”.")
        hashed = name.startswith("assets/")
        cache_control = _FOREVER if hashed else "no-cache"
        ending = Path(name).suffix.lower()
        media_type = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        # A worker is bound by the policy that its own file came with.
        headers = {"content-security-policy": POLICY, "cache-control": cache_control}
        if ending not in _TEXT:
            return FileRange(file, media_type, cache_control=cache_control, headers=headers)
        with file:  # in one piece, so that it is compressed
            tag = f'"{Path(file.name).stat().st_mtime_ns:x}"'
            return Response(file.read(), headers={**headers, "etag": tag}, media_type=media_type)
