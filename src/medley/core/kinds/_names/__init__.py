"""What several kinds need to know about names: pure functions of text, shared inside `core.kinds` only."""

from medley.core.kinds._names.folding import fold, identity
from medley.core.kinds._names.numbers import (
    date_in_name,
    disc_folder,
    disc_folder_title,
    iso_date,
    leading_number,
    track_name,
    without_disc,
    year_of,
)
from medley.core.kinds._names.people import (
    VARIOUS,
    VARIOUS_MBID,
    guests_in_title,
    is_various,
    split_artists,
    split_authors,
    split_roles,
    split_values,
)
from medley.core.kinds._names.sorting import natural_key, sort_key

__all__ = [
    "VARIOUS",
    "VARIOUS_MBID",
    "date_in_name",
    "disc_folder",
    "disc_folder_title",
    "fold",
    "guests_in_title",
    "identity",
    "is_various",
    "iso_date",
    "leading_number",
    "natural_key",
    "sort_key",
    "split_artists",
    "split_authors",
    "split_roles",
    "split_values",
    "track_name",
    "without_disc",
    "year_of",
]
