"""What happens in the library. Lists of ids are batches of one transaction, at most a few hundred."""

from medley.kernel.events import Event


class ItemsAdded(Event, frozen=True, kw_only=True):
    """New works stand on the shelves, with what their files tell."""

    source_id: str
    item_ids: list[str]


class ItemsChanged(Event, frozen=True, kw_only=True):
    """Something that a page shows of these items is different: facts, files, artwork, tags, missing or back."""

    source_id: str
    item_ids: list[str]


class ItemsRemoved(Event, frozen=True, kw_only=True):
    """These items went to the trash or were deleted, or became part of another item."""

    source_id: str
    item_ids: list[str]


class SourceChanged(Event, frozen=True, kw_only=True):
    """A source was added, edited, scanned, paused, or removed."""

    source_id: str


class NoticeRaised(Event, frozen=True, kw_only=True):
    """Something about a source needs a person's eye."""

    source_id: str
    notice_id: str


class ProgressChanged(Event, frozen=True, kw_only=True):
    """Somebody got somewhere in an item, or changed what they think of it."""

    user_id: str
    item_id: str
