"""The OpenSubsonic API below `/rest`. See README.md in this folder."""

from medley.protocols.subsonic._app import build

__all__ = ["build"]
