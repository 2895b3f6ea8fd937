"""Podcast feeds and OPML, read safely. See README.md in this folder."""

from medley.adapters.feeds.reader import Reader

__all__ = ["Reader"]
