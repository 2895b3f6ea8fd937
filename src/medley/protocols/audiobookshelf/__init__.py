"""The API that Audiobookshelf's apps speak, below `/audiobookshelf`. See README.md in this folder."""

from medley.protocols.audiobookshelf._app import build

__all__ = ["build"]
