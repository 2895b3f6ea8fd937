"""The kind of photos."""

from medley.core.kinds.photo.shape import KIND

__all__ = ["KIND"]
