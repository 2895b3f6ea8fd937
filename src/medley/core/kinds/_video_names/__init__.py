"""Names of video files and folders, read the way Jellyfin and Plex read them. Shared by film, show, video and course.

Pure: names and facts in, words out. See README.md.
"""

from medley.core.kinds._video_names.artwork import beside, named, of_video
from medley.core.kinds._video_names.companions import subtitle
from medley.core.kinds._video_names.details import credits_of, enrich, episodes_of, first, iso_date, whole
from medley.core.kinds._video_names.episodes import (
    EpisodeName,
    date_in,
    parse_bare_number,
    parse_episode,
    replace_style,
)
from medley.core.kinds._video_names.files import VIDEO, Video, is_video_name, split_name
from medley.core.kinds._video_names.folders import (
    DISC,
    SAMPLES,
    SUBTITLES,
    extra_folder,
    extra_suffix,
    is_hidden,
    is_place,
    is_sample,
    season_of,
)
from medley.core.kinds._video_names.languages import language_tag
from medley.core.kinds._video_names.release import Release, clean, parse_release
from medley.core.kinds._video_names.versions import distinct, resolution, stacks, version_label
from medley.core.kinds._video_names.view import View

__all__ = [
    "DISC",
    "SAMPLES",
    "SUBTITLES",
    "VIDEO",
    "EpisodeName",
    "Release",
    "Video",
    "View",
    "beside",
    "clean",
    "credits_of",
    "date_in",
    "distinct",
    "enrich",
    "episodes_of",
    "extra_folder",
    "extra_suffix",
    "first",
    "is_hidden",
    "is_place",
    "is_sample",
    "is_video_name",
    "iso_date",
    "language_tag",
    "named",
    "of_video",
    "parse_bare_number",
    "parse_episode",
    "parse_release",
    "replace_style",
    "resolution",
    "season_of",
    "split_name",
    "stacks",
    "subtitle",
    "version_label",
    "whole",
]
