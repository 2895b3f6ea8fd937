"""Videos that are neither films nor shows: archived channels and home videos. See README.md."""

from medley.core.kinds.video.shape import KIND

__all__ = ["KIND"]
