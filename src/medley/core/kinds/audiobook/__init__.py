"""Audiobooks, and the chapter list of one that comes in several files."""

from medley.core.kinds.audiobook.chapters import book_chapters
from medley.core.kinds.audiobook.shape import KIND

__all__ = ["KIND", "book_chapters"]
