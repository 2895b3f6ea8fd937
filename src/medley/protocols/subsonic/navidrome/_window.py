"""Which part of a list is asked for, and in which order: `_start`, `_end`, `_sort`, `_order`."""

from dataclasses import dataclass

from medley.protocols.subsonic._ask import Ask

MOST = 5_000  # where no end is named, or one further away


@dataclass(frozen=True, slots=True)
class Window:
    """`size` entries from `start` on; `sort` in small letters and without `_`, as they write `playCount` both ways."""

    start: int
    size: int
    sort: str
    descending: bool

    @property
    def order(self) -> str:
        return "desc" if self.descending else "asc"

    def of(self, entries: list) -> list:
        """This part of a list that is there as a whole."""
        return entries[self.start : self.start + self.size]


def window(ask: Ask) -> Window:
    """The part that a request asks for; an end before the start, as apps send for “all”, is none."""
    start = ask.number("_start", 0)
    end = ask.number("_end", 0, least=-(1 << 53))
    size = end - start if end > start else MOST
    sort = ask.text("_sort", "").replace("_", "").lower()
    return Window(start, min(size, MOST), sort, ask.text("_order", "").upper() == "DESC")
