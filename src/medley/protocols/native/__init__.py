"""Our own API below `/api/v1`. See README.md in this folder."""

from medley.protocols.native._app import build

__all__ = ["build"]
