"""Noticing changes below folders as they happen."""

from medley.adapters.watching.inotify import watch

__all__ = ["watch"]
