"""The kind of books."""

from medley.core.kinds.book.shape import KIND

__all__ = ["KIND"]
