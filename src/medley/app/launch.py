"""How the supervisor hands its settings to the processes it starts."""

from collections.abc import Mapping

import msgspec

from medley.app.settings import Settings


class Launch(msgspec.Struct, frozen=True):
    """What a process is to do: the settings, and sources (kind, path) to add if they are new."""

    settings: Settings
    sources: list[tuple[str, str]] = []

    def accel(self) -> Mapping[str, str] | None:
        """Which folder the proxy serves under which internal location, where one does."""
        return {"/": self.settings.server.accel} if self.settings.server.accel else None

    def to_text(self) -> str:
        """The launch as one argument of a command line."""
        return msgspec.json.encode(self).decode()


def from_text(text: str) -> Launch:
    """The launch that `to_text` wrote."""
    return msgspec.json.decode(text, type=Launch)
