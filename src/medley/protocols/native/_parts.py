"""What this door needs of the house, and how handlers get it."""

from typing import Annotated, Protocol

from fastapi import Depends, Request

from medley.core.acquire import Podcasts
from medley.core.identity import Asker, Identity
from medley.core.library import Library
from medley.core.playback import Playback
from medley.core.players import Players
from medley.core.search import Search
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.jobs import Jobs
from medley.kernel.postman import Postman


class Parts(Protocol):
    """The rooms, as the hall puts them together."""

    @property
    def database(self) -> Database: ...
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
    @property
    def postman(self) -> Postman: ...


ASKER = "medley.asker"  # where the guard leaves it in the ASGI scope


async def _house(request: Request) -> Parts:
    return request.app.state.parts


async def _asker(request: Request) -> Asker:
    return request.scope[ASKER]


House = Annotated[Parts, Depends(_house)]
Who = Annotated[Asker, Depends(_asker)]
