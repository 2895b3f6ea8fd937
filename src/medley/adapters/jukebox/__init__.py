"""The sound card of this machine. See README.md in this folder."""

from medley.adapters.jukebox.mpv import Mpv

__all__ = ["Mpv"]
