"""Media retrieval: originals to keep, one or many."""

import re
from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from medley.core.identity import Asker
from medley.core.library import ItemQuery, ItemSheet
from medley.kernel.errors import MedleyError, NotFound
from medley.protocols.plumbing import FileRange, disposition
from medley.protocols.plumbing.media import media_type_of, open_file
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._playable import playable
from medley.protocols.subsonic._zip import Member, zipped

_PAGE = 200
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]|[\ud800-\udfff]')
_LONGEST = 120  # letters of a name


def download(house: Parts, who: Asker, ask: Ask) -> Response:
    """A file as it is; an album, an artist or a playlist as one ZIP, made while it is sent."""
    ref = ask.ref("id")
    if ref.sort == "pl":
        listed = house.library.playlists.get(who, ref.id)
        return _archive(listed.name, _of_playlist(house, who, ref.id))
    card = next(iter(house.library.items.cards(who, [ref.id])), None) if ref.sort != "fo" else None
    if card is not None and card.child_count:
        return _archive(card.title, _below(house, who, card.id, ""))
    found = playable(house, who, ref)
    return FileRange(
        open_file(found.handle), media_type_of(found.handle.name), attachment=found.handle.name, repeatable=True
    )


def _archive(name: str, members: Iterator[Member]) -> Response:
    first = next(members, None)
    if first is None:
        raise NotFound(f"There is no file in “{name}” now.", hint="Its disk may be away; scan the source again.")
    headers = {"content-disposition": disposition(f"{clean(name)}.zip"), "cache-control": "private, no-store"}
    return StreamingResponse(zipped(_again(first, members)), media_type="application/zip", headers=headers)


def _again(first: Member, rest: Iterator[Member]) -> Iterator[Member]:
    yield first
    yield from rest


def _of_playlist(house: Parts, who: Asker, list_id: str) -> Iterator[Member]:
    place, cursor = 0, ""
    while True:
        page = house.library.playlists.entries(who, list_id, cursor, _PAGE)
        for sheet in house.library.items.sheets(who, [each.item.id for each in page.items]):
            place += 1
            yield from _member(house, who, sheet, f"{place:03d} ")
        cursor = page.next or ""
        if not cursor:
            return


def _below(house: Parts, who: Asker, item_id: str, folder: str) -> Iterator[Member]:
    """Everything below an item; each level that holds others is a folder."""
    cursor = ""
    while True:
        page = house.library.items.page(who, ItemQuery(parent=item_id, cursor=cursor, limit=_PAGE))
        playable_ids = [each.id for each in page.items if not each.child_count]
        for sheet in house.library.items.sheets(who, playable_ids):
            yield from _member(house, who, sheet, folder)
        for card in page.items:
            if card.child_count:
                yield from _below(house, who, card.id, f"{folder}{clean(card.title)}/")
        cursor = page.next or ""
        if not cursor:
            return


def _member(house: Parts, who: Asker, sheet: ItemSheet, before: str) -> Iterator[Member]:
    if sheet.file is None:
        return
    try:
        handle = house.library.items.file(who, sheet.file.id)
    except MedleyError:
        return
    if not handle.missing:
        yield Member(f"{before}{clean(handle.name)}", handle.mtime_ms, lambda: open_file(handle))


def clean(name: str) -> str:
    """A name that every system can keep: no way out of its folder, no device, no end that gets lost."""
    text = _FORBIDDEN.sub("_", name).strip(" .")
    stem, dot, ending = text.rpartition(".")
    if dot and len(ending) <= 5:
        return f"{stem[: _LONGEST - 6].strip() or '_'}.{ending}"
    return text[:_LONGEST].strip(" .") or "_"
