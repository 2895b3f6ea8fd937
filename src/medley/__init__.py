"""Medley: one server for every kind of media."""

__version__ = "0.1.0"
