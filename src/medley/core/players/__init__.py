"""What players tell of themselves: now playing, queues, bookmarks, listens. See README.md in this folder."""

from medley.core.players._marks import Mark
from medley.core.players._model import Bookmark, Heard, NowPlaying, PlayQueue, PlayReport, ScrobbleService
from medley.core.players._players import Players

__all__ = ["Bookmark", "Heard", "Mark", "NowPlaying", "PlayQueue", "PlayReport", "Players", "ScrobbleService"]
