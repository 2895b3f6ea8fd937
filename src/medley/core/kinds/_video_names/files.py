"""The files of a folder, sorted by what they are to a video kind."""

from dataclasses import dataclass

from medley.core.kinds._video_names.folders import is_hidden, is_sample
from medley.core.kinds.facts import Facts
from medley.core.kinds.guess import Entry, Folder

_VIDEO = """
mkv mk3d webm mp4 m4v mov qt avi divx wmv asf ts m2ts mts m2t tp mpg mpeg mpe m2v vob evo ogv ogm flv f4v 3gp 3g2 rm
rmvb dv mxf nut wtv dvr-ms y4m amv
"""
VIDEO = frozenset(_VIDEO.split())


@dataclass(frozen=True, slots=True)
class Video:
    """A video file of a folder: its entry and its name without the extension."""

    entry: Entry
    stem: str

    @property
    def facts(self) -> Facts:
        """What was read from it; empty facts when nothing was."""
        return self.entry.facts or Facts(media="video", format="")


def split_name(name: str) -> tuple[str, str]:
    """`Film.mkv` → ("Film", "mkv"); the extension in lower case, without its dot."""
    stem, dot, extension = name.rpartition(".")
    return (stem, extension.lower()) if dot and stem else (name, "")


def find_videos(folder: Folder) -> list[Video]:
    """The videos among the folder's files: no hidden files, no samples, nothing that turned out to be sound only."""
    found = []
    for entry in folder.files:
        stem, extension = split_name(entry.name)
        if extension not in VIDEO or is_hidden(entry.name) or is_sample(stem, entry.size):
            continue
        if entry.facts is None or entry.facts.media == "video":
            found.append(Video(entry, stem))
    return found


def is_video_name(name: str) -> bool:
    """Whether a file's name is that of a video; for names of parent folders, of which nothing else is known."""
    stem, extension = split_name(name)
    return extension in VIDEO and not is_hidden(name) and not is_sample(stem)
