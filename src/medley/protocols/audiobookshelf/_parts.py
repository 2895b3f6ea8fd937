"""What this door needs of the house."""

from typing import Protocol

from medley.core.identity import Identity
from medley.core.library import Library
from medley.core.playback import Playback
from medley.core.players import Players
from medley.core.search import Search
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.postman import Postman


class Parts(Protocol):
    """The rooms, as the hall puts them together."""

    @property
    def clock(self) -> Clock: ...
    @property
    def database(self) -> Database: ...
    @property
    def identity(self) -> Identity: ...
    @property
    def library(self) -> Library: ...
    @property
    def playback(self) -> Playback: ...
    @property
    def players(self) -> Players: ...
    @property
    def postman(self) -> Postman: ...
    @property
    def search(self) -> Search: ...
