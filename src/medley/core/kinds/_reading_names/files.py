"""Files by their names."""

import re

from medley.core.kinds._names import fold
from medley.core.kinds._names.hints import extension, stem_of
from medley.core.kinds.guess import Entry, Folder

BOOKS = frozenset("epub kepub pdf fb2 fbz mobi azw azw3 prc".split())
COMICS = frozenset({"cbz", "cbr", "cb7", "cbt"})
RAW = frozenset(
    """3fr ari arw cap cin cr2 cr3 crw dcr dng erf fff iiq k25 kdc mrw nef nrw orf ori pef raf raw rw2 rwl sr2 srf srw
    x3f""".split()
)
IMAGES = frozenset("jpg jpeg jpe png webp gif tif tiff avif heic heif hif jxl bmp".split()) | RAW
VIDEOS = frozenset("mp4 mov m4v avi mkv webm mts m2ts 3gp mpg mpeg wmv".split())

# Pictures that stand for something else; "-poster" and the like after the name of a film count too.
_ARTWORK = re.compile(
    r"(?:.*[-_. ])?(?:cover|folder|poster|fanart|backdrop|background|banner|logo|clearlogo|clearart|disc|cdart"
    r"|landscape|thumb|thumbnail|keyart|albumart(?:small)?|albumart_\{.*|artist|front|back|booklet|inlay|season\d*|specials?)\d*",
    re.IGNORECASE,
)
# Phones call the chosen picture of a burst "…_COVER".
_CAMERA = re.compile(r"(?:IMG|PXL|MVIMG|DSC[NF]?)_?\d{3}|.*BURST\d+", re.IGNORECASE)


def media_files(folder: Folder, extensions: frozenset[str]) -> list[Entry]:
    """The folder's files with one of the extensions; hidden ones and AppleDouble are none."""
    return [entry for entry in folder.files if entry.name[:1] != "." and extension(entry.name) in extensions]


def is_artwork(name: str) -> bool:
    """Whether a picture is called like artwork: cover.jpg, folder.jpg, Film (1999)-poster.jpg."""
    return bool(_ARTWORK.fullmatch(stem_of(name))) and not _CAMERA.match(name)


def cover_beside(folder: Folder, stem: str = "") -> str:
    """The path of the picture that stands for the folder, or for the file called `stem`; empty without one."""
    pictures = {stem_of(entry.name).casefold(): entry.name for entry in media_files(folder, IMAGES - RAW)}
    for name in (stem.casefold(), "cover", "folder", "poster", "front"):
        if name and name in pictures:
            return folder.path(pictures[name])
    return ""


def announced(folder: Folder, names: frozenset[str]) -> bool:
    """Whether the top folder, or else the source, is called by one of `names`."""
    return bool(folder.parts and fold(folder.parts[0]) in names) or fold(folder.source_name) in names


def below_announcement(folder: Folder, names: frozenset[str]) -> tuple[str, ...]:
    """The folder's parts without a top folder that only announces the kind."""
    return folder.parts[1:] if folder.parts and fold(folder.parts[0]) in names else folder.parts


def first_tag(tags: dict[str, list[str]], *names: str) -> str:
    """The first value of the first tag that has one."""
    return next((value for name in names for value in tags.get(name, ()) if value), "")
