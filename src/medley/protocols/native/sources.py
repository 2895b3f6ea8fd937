"""Folders of media, their scans, and what went wrong in them."""

from typing import Annotated

import msgspec
from fastapi import Query

from medley.core.identity import Asker
from medley.core.library import Notice, Source
from medley.kernel.pages import Page
from medley.protocols.native._parts import House, Who
from medley.protocols.native._wire.answers import JobAsked
from medley.protocols.native._wire.asks import ChangedPath, ChangeSource, ItemId, NewSource, PageOf


def list_sources(house: House, who: Who) -> list[Source]:
    """The sources that one may see; their paths only for administrators."""
    return [_shown(source, who) for source in house.library.sources.all(who)]


def get_source(house: House, who: Who, source_id: ItemId) -> Source:
    """One source."""
    return _shown(house.library.sources.get(source_id, who), who)


def add_source(house: House, ask: NewSource) -> Source:
    """Add a folder of media and scan it."""
    added = house.library.sources.add(ask.name, ask.kind, ask.path, writable=ask.writable)
    house.library.sources.scan(added.id)
    return added


def change_source(house: House, source_id: ItemId, ask: ChangeSource) -> Source:
    """Rename a source, correct its path, or change its kind."""
    return house.library.sources.change(source_id, ask.model_dump(exclude_none=True))


def remove_source(house: House, source_id: ItemId) -> None:
    """Take a source out of the library; files stay on the disk."""
    house.library.sources.remove(source_id)


def scan_source(house: House, who: Who, source_id: ItemId, accept_losses: bool = False, anew: bool = False) -> JobAsked:
    """Look through a source now. `accept_losses` goes on although much of it is gone, `anew` reads all files again."""
    scan = house.library.sources.scan
    return JobAsked(scan(source_id, accept_losses=accept_losses, anew=anew, requested_by=who.user_id))


def tell_changed(house: House, who: Who, source_id: ItemId, ask: ChangedPath) -> JobAsked:
    """One path of a source changed: look at it now. `anew` reads files again that seem to be as they were."""
    return JobAsked(house.library.sources.changed(source_id, ask.path, requested_by=who.user_id, anew=ask.anew))


def list_notices(house: House, who: Who, page: Annotated[PageOf, Query()]) -> Page[Notice]:
    """What needs a person's eye, the newest first."""
    return house.library.sources.notices(who, page.cursor, page.limit)


def dismiss_notice(house: House, notice_id: ItemId) -> None:
    """A notice has been seen."""
    house.library.sources.dismiss(notice_id)


def _shown(source: Source, who: Asker) -> Source:
    return source if "system.configure" in who.permissions else msgspec.structs.replace(source, path="")
