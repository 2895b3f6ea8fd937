"""What this part of the door needs of the house."""

from typing import Protocol

from medley.core.players import Players
from medley.protocols.subsonic import _parts


class Parts(_parts.Parts, Protocol):
    """The rooms, as the hall puts them together."""

    @property
    def players(self) -> Players: ...
