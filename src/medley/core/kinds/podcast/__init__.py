"""Podcasts and their episodes."""

from medley.core.kinds.podcast.shape import KIND

__all__ = ["KIND"]
