"""The library: what there is, where it lies, what people did with it. See README.md in this folder."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medley.core.library._artwork import WIDTHS
    from medley.core.library._library import Library
    from medley.core.library._listening import Heard, ListeningSession
    from medley.core.library._model import (
        Artwork,
        ChapterMark,
        Companion,
        Counted,
        Credited,
        Crumb,
        Edition,
        Extra,
        FileHandle,
        HomeRow,
        Indexable,
        ItemCard,
        ItemDetail,
        ItemFile,
        ItemList,
        ItemQuery,
        ItemSheet,
        Letter,
        ListCount,
        ListEntry,
        ListPlace,
        Mine,
        Named,
        NamedItem,
        Neighbours,
        Notice,
        Person,
        PlayedFile,
        PlaylistImport,
        ProgressEntry,
        ProgressReport,
        ProgressView,
        RadioStation,
        Share,
        SharedFile,
        SheetFile,
        SheetMine,
        Source,
        WordCount,
    )
    from medley.core.library._work import (
        Depth,
        Group,
        Work,
        WorkFile,
        WorkList,
        WorkMine,
        WorkNames,
        WorkPage,
        WorkQuery,
        WorkTotals,
    )

__all__ = [
    "WIDTHS",
    "Artwork",
    "ChapterMark",
    "Companion",
    "Counted",
    "Credited",
    "Crumb",
    "Depth",
    "Edition",
    "Extra",
    "FileHandle",
    "Group",
    "Heard",
    "HomeRow",
    "Indexable",
    "ItemCard",
    "ItemDetail",
    "ItemFile",
    "ItemList",
    "ItemQuery",
    "ItemSheet",
    "Letter",
    "Library",
    "ListCount",
    "ListEntry",
    "ListPlace",
    "ListeningSession",
    "Mine",
    "Named",
    "NamedItem",
    "Neighbours",
    "Notice",
    "Person",
    "PlayedFile",
    "PlaylistImport",
    "ProgressEntry",
    "ProgressReport",
    "ProgressView",
    "RadioStation",
    "Share",
    "SharedFile",
    "SheetFile",
    "SheetMine",
    "Source",
    "WordCount",
    "Work",
    "WorkFile",
    "WorkList",
    "WorkMine",
    "WorkNames",
    "WorkPage",
    "WorkQuery",
    "WorkTotals",
]

_HOME = {
    "Library": "_library",
    "WIDTHS": "_artwork",
    **dict.fromkeys(("Heard", "ListeningSession"), "_listening"),
    **dict.fromkeys(
        (
            "Depth",
            "Group",
            "Work",
            "WorkFile",
            "WorkList",
            "WorkMine",
            "WorkNames",
            "WorkPage",
            "WorkQuery",
            "WorkTotals",
        ),
        "_work",
    ),
}


def __getattr__(name: str) -> Any:
    # Names load when they are first asked for: the children that read files import this package too, on the way to
    # their own modules, and must not pay for a database in time and memory.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME.get(name, '_model')}"), name)
