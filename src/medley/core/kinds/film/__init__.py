"""Films. See README.md."""

from medley.core.kinds.film.shape import KIND

__all__ = ["KIND"]
