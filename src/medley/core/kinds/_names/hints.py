"""What tells music, audiobooks and podcasts apart, read the same way by all three so that their confidences compare."""

from functools import lru_cache

from medley.core.kinds._names.folding import fold
from medley.core.kinds.guess import Entry, Folder

EXPLICIT = 0.95
CLEAR = 0.8
PLAUSIBLE = 0.5
LAST_RESORT = 0.2

_AUDIO = """mp3 mp2 flac m4a m4b m4r ogg oga opus spx wma wav wave aif aiff aifc aac ac3 eac3 ape wv mpc mp+ tta tak ofr
ofs dsf dff mka weba caf amr awb dts"""
AUDIO_EXTENSIONS = frozenset(_AUDIO.split())
MUSIC_FOLDERS = frozenset(
    {"music", "musik", "musique", "musica", "muziek", "songs", "albums", "музыка", "音楽", "音乐"}
)
AUDIOBOOK_FOLDERS = frozenset(
    """audiobooks|audiobook|audio books|horbucher|hörbücher|horbuch|hoerbuecher|livres audio|audiolibros|audiolibri|
    luisterboeken|
    audioknigi|аудиокниги|spoken word""".replace("\n    ", "").split("|")
)
PODCAST_FOLDERS = frozenset({"podcasts", "podcast", "подкасты"})
_OF_FOLDER = (
    (MUSIC_FOLDERS, "music"),
    (AUDIOBOOK_FOLDERS, "audiobook"),
    (PODCAST_FOLDERS, "podcast"),
)
_BOOK_GENRES = frozenset(
    """audiobook|audiobooks|audio book|horbuch|hoerbuch|horbucher|speech|spoken word|livre audio|audiolibro|audiolibri|
    luisterboek|spoken|аудиокнига|audio theatre|horspiel|books and spoken""".replace("\n    ", "").split("|")
)


@lru_cache(maxsize=1024)
def announced(top: str, source_name: str) -> str:
    """music, audiobook, podcast, or "": what the top folder, else the source, is called."""
    for name in (fold(top), fold(source_name)):
        for names, kind in _OF_FOLDER:
            if name in names:
                return kind
    return ""


def below_announcement(folder: Folder) -> tuple[str, ...]:
    """The folder's parts without a top folder such as "Audiobooks", which names no work."""
    parts = folder.parts
    return parts[1:] if parts and announced(parts[0], "") else parts


def audio_files(folder: Folder) -> list[Entry]:
    """The sound files of a folder in the order of their names; AppleDouble and hidden files are none."""
    return [
        entry
        for entry in folder.files
        if entry.name[:1] != "."
        and (entry.facts is None or entry.facts.media == "audio")
        and extension(entry.name) in AUDIO_EXTENSIONS
    ]


def extension(name: str) -> str:
    """Lower case, without the dot, trailing spaces ignored; "" without one."""
    stem, dot, ext = name.rpartition(".")
    return ext.strip().lower() if dot and stem else ""


def stem_of(name: str) -> str:
    """The name without its extension."""
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name


def spoken(entry: Entry) -> str:
    """audiobook or podcast when the file itself says so (genre, iTunes media kind, podcast flag, .m4b), else ""."""
    if extension(entry.name) == "m4b":
        return "audiobook"
    tags = entry.facts.tags if entry.facts else {}
    if "mediakind" in tags and tags["mediakind"][0] in ("audiobook", "podcast"):
        return tags["mediakind"][0]
    if "podcast" in tags or "podcasturl" in tags:
        return "podcast"
    for genre in tags.get("genre", ()):
        folded = fold(genre)
        if "podcast" in folded:
            return "podcast"
        if folded in _BOOK_GENRES:
            return "audiobook"
    return ""
