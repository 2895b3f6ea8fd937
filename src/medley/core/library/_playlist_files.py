"""Playlists as files: M3U in and out.

An entry is matched by where it says that its file is: below a source that one may see, whatever stands before that on
the machine that wrote it. A file name alone is believed where only one file is called so.
"""

import posixpath
import unicodedata
from collections.abc import Iterable, Sequence

from medley.core.identity import Asker
from medley.core.library import _m3u as m3u
from medley.core.library._item_lists import ItemLists
from medley.core.library._items import Items
from medley.core.library._model import ItemSheet, PlaylistImport
from medley.core.library._store import paths as store
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput

_SHOWN = 200  # of what was not found
_LONGEST_NAME = 200


class PlaylistFiles:
    """Reads and writes playlists as M3U."""

    def __init__(self, database: Database, items: Items, playlists: ItemLists) -> None:
        self._database, self._items, self._playlists = database, items, playlists

    def read(self, asker: Asker, data: bytes, *, name: str = "", folder: str = "", into: str = "") -> PlaylistImport:
        """A new playlist of what a file names, or the playlist `into` with that and nothing else.

        `folder` is where the file lies on this machine, for its relative paths; `name` is used where the file says
        none. What is not found is told, and left out.
        """
        told = m3u.parse(m3u.decode(data))
        if not told.lines:
            raise InvalidInput("This file names no files.", hint="It has to be an M3U or M3U8 playlist.")
        found = self._found(asker, told.lines, folder)
        item_ids = [found[line.path] for line in told.lines if line.path in found]
        title = _named(told) or name or "Playlist"
        if into:
            made = self._playlists.change(asker, into, name=name or None, add=item_ids, whole=True)
        else:
            made = self._playlists.create(asker, title, item_ids)
        missing = [line.path for line in told.lines if line.path not in found]
        return PlaylistImport(made, len(item_ids), len(missing), missing[:_SHOWN])

    @staticmethod
    def name_in(data: bytes) -> str:
        """What a file calls itself; empty where it does not."""
        return _named(m3u.parse(m3u.decode(data)))

    def write(self, asker: Asker, list_id: str) -> tuple[str, str]:
        """(name, M3U8 text) of a playlist; paths are relative to the folder of the source."""
        known = self._playlists.get(asker, list_id)
        places = [each.item_id for each in self._playlists.places(asker, list_id)]
        sheets = self._items.sheets(asker, places)
        return known.name, m3u.write(known.name, (_line(each) for each in sheets if each.file))

    def _found(self, asker: Asker, lines: Sequence[m3u.Line], folder: str) -> dict[str, str]:
        """path → item id."""
        wanted = {line.path: _absolute(line.path, folder) for line in lines}
        with self._database.read() as connection:
            roots = store.roots(connection, asker.sources)
            exact = {path: place for path, full in wanted.items() if (place := _below(full, roots))}
            found = store.items_at(connection, exact)
            left = {path for path in wanted if path not in found}
            called = store.files_called(connection, {form for path in left for form in _spellings(path)}, asker.sources)
        by_name: dict[str, list[store.Called]] = {}
        for each in called:
            by_name.setdefault(_folded(posixpath.basename(each.path)), []).append(each)
        for path in left:
            if match := _nearest(wanted[path], by_name.get(_folded(posixpath.basename(path)), [])):
                found[path] = match
        return found


def _named(told: m3u.Playlist) -> str:
    return " ".join(told.name.split())[:_LONGEST_NAME]


def _absolute(path: str, folder: str) -> str:
    return path if path.startswith("/") or not folder else posixpath.normpath(posixpath.join(folder, path))


def _below(full: str, roots: dict[str, str]) -> tuple[str, str, str] | None:
    """(source, folder below it, name) of an absolute path, in the source whose root is the longest."""
    inside = [root for root in roots if full.startswith(f"{root.rstrip('/')}/")]
    if not inside:
        return None
    root = max(inside, key=len)
    folder, _, name = full[len(root.rstrip("/")) + 1 :].rpartition("/")
    return roots[root], folder, name


def _nearest(path: str, called: Iterable[store.Called]) -> str:
    """The file whose path ends most like `path`; empty where several do so equally well."""
    parts = _folded(path).strip("/").split("/")[::-1]
    scored = [(_alike(parts, _folded(each.path).split("/")[::-1]), each.item_id) for each in called]
    best = max((score for score, _ in scored), default=0)
    items = {item_id for score, item_id in scored if score == best}
    return items.pop() if len(items) == 1 else ""


def _alike(one: list[str], other: list[str]) -> int:
    """How many folders agree, from the name on."""
    score = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        score += 1
    return score


def _spellings(path: str) -> set[str]:
    """A file's name as different systems spell it: accents composed, and apart."""
    name = posixpath.basename(path)
    return {name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _line(sheet: ItemSheet) -> m3u.Line:
    artists = ", ".join(each.name for each in sheet.people if each.role == "artist")
    title = " - ".join(filter(None, (str(sheet.fields.get("artist") or artists), sheet.title)))
    return m3u.Line(sheet.file.path if sheet.file else "", title, round(sheet.duration_ms / 1000))
