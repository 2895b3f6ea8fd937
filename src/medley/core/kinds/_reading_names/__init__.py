"""What photos, books and comics need to know alike: which files are whose, and which pictures are only artwork."""

from medley.core.kinds._reading_names.files import (
    BOOKS,
    COMICS,
    IMAGES,
    RAW,
    VIDEOS,
    announced,
    below_announcement,
    cover_beside,
    first_tag,
    is_artwork,
    media_files,
)

__all__ = [
    "BOOKS",
    "COMICS",
    "IMAGES",
    "RAW",
    "VIDEOS",
    "announced",
    "below_announcement",
    "cover_beside",
    "first_tag",
    "is_artwork",
    "media_files",
]
