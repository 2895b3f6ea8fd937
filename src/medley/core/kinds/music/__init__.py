"""Music: artists, albums, tracks."""

from medley.core.kinds.music.shape import KIND

__all__ = ["KIND"]
