"""Chat: a few words to everybody on this server, kept as long as it runs."""

import threading
from collections import deque

from medley.core.identity import Asker
from medley.kernel.errors import InvalidInput
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.people import ChatMessage, ChatMessages

_MOST, _LONGEST = 500, 2_000


class Room:
    """What was said last; each message has a time of its own. Safe between threads."""

    def __init__(self) -> None:
        self._said: deque[ChatMessage] = deque(maxlen=_MOST)
        self._turn = threading.Lock()

    def say(self, name: str, text: str, now_ms: int) -> None:
        with self._turn:
            after = self._said[-1].time + 1 if self._said else 0
            self._said.append(ChatMessage(username=name, time=max(now_ms, after), message=text))

    def since(self, time_ms: int) -> list[ChatMessage]:
        with self._turn:
            return [each for each in self._said if each.time > time_ms]


ROOM = Room()


def get_chat_messages(_house: Parts, _who: Asker, ask: Ask) -> ChatMessages:
    """What was said after `since`."""
    return ChatMessages(chat_message=ROOM.since(ask.number("since", 0)))


def add_chat_message(house: Parts, who: Asker, ask: Ask) -> None:
    """Say something."""
    text = ask.text("message").strip()
    if not 1 <= len(text) <= _LONGEST:
        raise InvalidInput(f"A message has 1 to {_LONGEST} characters.")
    ROOM.say(who.name, text, house.clock.now_ms())
