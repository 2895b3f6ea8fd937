"""Shows. See README.md."""

from medley.core.kinds.show.shape import KIND

__all__ = ["KIND"]
