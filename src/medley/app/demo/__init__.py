"""The demo library: a few original items of every kind, generated on the spot."""

from medley.app.demo.generate import SOURCES, generate

__all__ = ["SOURCES", "generate"]
