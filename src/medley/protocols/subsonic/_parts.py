"""What this door needs of the house."""

from typing import Protocol

from medley.core.acquire import Podcasts
from medley.core.identity import Identity
from medley.core.library import Library
from medley.core.playback import Playback
from medley.core.players import Players
from medley.core.search import Search
from medley.kernel.clock import Clock
from medley.kernel.jobs import Jobs


class Parts(Protocol):
    """The rooms, as the hall puts them together."""

    @property
    def clock(self) -> Clock: ...
    @property
    def identity(self) -> Identity: ...
    @property
    def library(self) -> Library: ...
    @property
    def playback(self) -> Playback: ...
    @property
    def players(self) -> Players: ...
    @property
    def podcasts(self) -> Podcasts: ...
    @property
    def search(self) -> Search: ...
    @property
    def jobs(self) -> Jobs: ...
