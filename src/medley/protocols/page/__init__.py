"""The page itself, as it was built into `dist/`. See README.md in this folder."""

from medley.protocols.page._app import build

__all__ = ["build"]
