"""The subset of Navidrome's own API that apps mix with Subsonic's, below `/navidrome`. See README.md in this folder."""

from medley.protocols.subsonic.navidrome._app import build

__all__ = ["build"]
