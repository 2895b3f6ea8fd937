"""The kind of comics, manga and graphic novels."""

from medley.core.kinds.comic.shape import KIND

__all__ = ["KIND"]
