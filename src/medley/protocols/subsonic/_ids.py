"""Ids as this protocol's apps see them: ours, with what they are of in front.

Apps guess from an id what it is of (DSub asks for the cover of `pl-<playlist>`), so each carries its kind; and some
take an id from one method to another that means something else by it, so a bare id of ours is understood too.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, get_args

from medley.core.library import Source
from medley.kernel.errors import NotFound
from medley.kernel.ids import is_id

Sort = Literal["ar", "al", "so", "pl", "pe", "fo", "mf", "po", "ep", "ir", "sh", "us", ""]
"""Artist, album, song, playlist, person who has no page as an artist, folder, music folder, podcast, episode, internet
radio station, share, user; "" where only the id was given.
"""

_SORTS: tuple[str, ...] = get_args(Sort)
_ALSO = {"tr": "so", "mv": "so"}  # as other servers call them


class Ref(NamedTuple):
    """What an id of theirs stands for: an id of ours, and what it is of ("" where it does not say)."""

    sort: str
    id: str

    def of(self, *sorts: Sort) -> str:
        """The id of ours, if it is of one of `sorts`, or does not say; else `NotFound`."""
        if self.sort and self.sort not in sorts:
            raise NotFound("There is nothing with this id.", hint="It is the id of something else.")
        return self.id


def ref_of(text: str) -> Ref:
    """What `text` stands for. An id that nobody made is `NotFound`."""
    sort, dash, own = text.rpartition("-")
    sort = sort.rpartition("-")[2]  # some put `ar-` before what has it already
    sort = _ALSO.get(sort, sort)
    if dash and sort == "mf" and own.isascii() and own.isdecimal() and len(own) <= 10:
        return Ref(sort, own)
    if (not dash or sort in _SORTS) and is_id(own):
        return Ref(sort, own)
    if text.isascii() and text.isdecimal() and len(text) <= 10:
        return Ref("mf", text)
    raise NotFound("There is nothing with this id.", hint="It may have been removed; synchronise again.")


def to_id(sort: Sort, own: str) -> str:
    """`own`, an id of ours, as apps get it."""
    return f"{sort}-{own}"


_LEVELS: dict[str, Sort] = {"artist": "ar", "album": "al", "track": "so"}


def item_id(level: str, own: str) -> str:
    """The id of an item of some level."""
    return to_id(_LEVELS.get(level, "so"), own)


def music_folder_id(source_id: str) -> int:
    """The whole number that stands for a source, as the protocol wants one; the same for ever."""
    return int.from_bytes(hashlib.blake2b(source_id.encode(), digest_size=4).digest(), "big") >> 1 or 1


def source_of(number: str, sources: Iterable[Source]) -> Source:
    """The source that a music folder's number stands for."""
    for each in sources:
        if str(music_folder_id(each.id)) == number:
            return each
    raise NotFound("There is no such music folder.", hint="List the music folders again.")


def owns(refs: Sequence[Ref], *sorts: Sort) -> list[str]:
    """Our ids of what `refs` stand for, as `Ref.of`."""
    return [each.of(*sorts) for each in refs]
