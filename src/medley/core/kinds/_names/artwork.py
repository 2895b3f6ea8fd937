"""Which picture files are covers."""

from medley.core.kinds._names.hints import extension, stem_of
from medley.core.kinds._names.sorting import natural_key
from medley.core.kinds.guess import Art, Folder

PICTURES = frozenset(("jpg", "jpeg", "png", "webp", "gif", "avif", "jxl", "heic", "bmp"))
_COVERS = ("cover", "folder", "front", "album", "albumart", "albumartlarge", "poster")


def covers_beside(folder: Folder, levels: int = 0) -> list[Art]:
    """Cover pictures beside the sound, best first.

    `levels`: how many disc folders deep `folder` is; the pictures of the folder above then come first.
    """
    shelves = [(folder.parts, [entry.name for entry in folder.files])]
    if levels and folder.above:
        shelves.insert(0, (folder.parts[:-1], list(folder.above[0])))
    found: list[Art] = []
    for parts, names in shelves:
        ranked = [(rank, name) for name in names if (rank := _cover_rank(name)) is not None]
        ranked.sort(key=lambda pair: (pair[0], natural_key(pair[1])))
        found += [Art("cover", "beside", "/".join((*parts, name))) for _, name in ranked]
    return found


def _cover_rank(name: str) -> int | None:
    if name.startswith(".") or extension(name) not in PICTURES:
        return None
    stem = stem_of(name).lower()
    return _COVERS.index(stem) if stem in _COVERS else None
