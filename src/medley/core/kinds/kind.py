"""The description of a medium."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from medley.core.kinds.guess import Folder, Guess


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of a kind: `name` is the word in the data and API, `title`/`plural` the words for people."""

    name: str
    title: str
    plural: str
    playable: bool = False  # its items have files: they can be played, read or looked at
    browsable: bool = True  # the page offers a list of all items of this level


@dataclass(frozen=True, slots=True)
class Kind:
    """What the rest of Medley needs to know about a medium; nothing else may ask `if kind == …`."""

    name: str
    title: str
    plural: str
    levels: tuple[Level, ...]  # broadest first
    media: str  # what its files are read as: audio, video, image, book, comic
    extensions: frozenset[str]  # of its main files, lower case, without the dot
    recognise: Callable[[Folder], Iterable[Guess]]
    sorts: tuple[str, ...] = ("title", "added", "year")  # names of library sorts that make sense, the default first
    opens_with: str = "player"  # player, reader, viewer
    artwork_shape: str = "portrait"  # portrait, square, landscape
    fields: dict[str, str] = field(default_factory=dict)  # Rung.fields that it fills → their meaning
    featured: str = ""  # the level of which the home page shows the newest; "" for the broadest
    serial: bool = False  # its leaves are taken one after the other: after one is finished, the next is offered
    folder_names: frozenset[str] = frozenset()  # names of top folders that announce it, lower case

    @property
    def leaf(self) -> Level:
        """The playable level."""
        return self.levels[-1]
