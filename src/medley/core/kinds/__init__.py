"""Kinds: the descriptions of the media that Medley knows. See README.md in this folder."""

from medley.core.kinds._names import disc_folder, fold, natural_key, sort_key
from medley.core.kinds._names.genres import broader_genres
from medley.core.kinds._registry import kind_specs, load_kind, load_kinds
from medley.core.kinds._video_names.companions import SUBTITLES as SUBTITLE_FILES
from medley.core.kinds._video_names.folders import SUBTITLES as SUBTITLE_FOLDERS
from medley.core.kinds.facts import Chapter, Facts, PageFact, Picture, Section, Stream
from medley.core.kinds.guess import Art, Companion, Credit, Entry, Folder, Guess, Rung, SeriesEntry
from medley.core.kinds.kind import Kind, Level

__all__ = [
    "SUBTITLE_FILES",
    "SUBTITLE_FOLDERS",
    "Art",
    "Chapter",
    "Companion",
    "Credit",
    "Entry",
    "Facts",
    "Folder",
    "Guess",
    "Kind",
    "Level",
    "PageFact",
    "Picture",
    "Rung",
    "Section",
    "SeriesEntry",
    "Stream",
    "broader_genres",
    "disc_folder",
    "fold",
    "kind_specs",
    "load_kind",
    "load_kinds",
    "natural_key",
    "sort_key",
]
