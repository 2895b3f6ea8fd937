"""The end of a scan: what is gone for good is marked as missing, unless it is suspiciously much."""

from dataclasses import dataclass

from sqlalchemy import Connection

from medley.core.library._scan.shelve_files import Gone
from medley.core.library._store import files as store
from medley.core.library._store import presence, sources, trash
from medley.core.library._store.queries import chunks
from medley.core.library.events import ItemsChanged, ItemsRemoved
from medley.kernel.events import record

_LOSS_SHARE, _LOSS_LEAST = 0.2, 10  # more than this gone at once is taken for a fault of the disk
_EVENT_SIZE = 500


@dataclass(slots=True)
class Ending:
    """`present`: how many files were there before; `paths`: folder id → path."""

    source_id: str
    gone: Gone
    present: int
    paths: dict[str, str]

    def too_much(self) -> str:
        """Why nothing should be marked as missing; "" when the losses are ordinary."""
        many = len(self._newly_gone())
        if many <= max(_LOSS_LEAST, _LOSS_SHARE * self.present):
            return ""
        return (
            f"{many} of {self.present} files are gone at once, so nothing was marked as missing. "
            "Mount the disk and scan again, or accept the losses if you removed them."
        )

    def settle(self, connection: Connection, lost: list[str], late: dict[str, bytes], now_ms: int) -> int:
        """Mark what is gone, forget folders that hold nothing any more, sign those that waited for it."""
        gone = self._newly_gone()
        ids = [file.id for file in gone]
        store.mark_missing(connection, ids, now_ms)
        items = presence.items_of(connection, ids)
        changed = presence.update_presence(connection, items, now_ms)
        buried = trash.bury(connection, items, now_ms)
        store.drop_idle(connection, ids)
        store.drop_folders(connection, lost)
        # Those that still hold missing files are looked at anew when they come back, even if just as they were.
        store.sign_folders(connection, dict.fromkeys(lost))
        store.sign_paths(connection, self.source_id, late)
        sources.clear_notices(connection, self.source_id, [self._path(file) for file in gone])
        for event, told in ((ItemsChanged, [id_ for id_ in changed if id_ not in buried]), (ItemsRemoved, buried)):
            for chunk in chunks(told, _EVENT_SIZE):
                record(connection, event(source_id=self.source_id, item_ids=chunk))
        return len(gone)

    def _newly_gone(self) -> list[store.KnownFile]:
        return [file for file in self.gone.by_id.values() if not file.missing_since_ms]

    def _path(self, file: store.KnownFile) -> str:
        folder = self.paths.get(file.folder_id, "")
        return f"{folder}/{file.name}" if folder else file.name
