"""FictionBook and the Kindle family."""

from typing import BinaryIO

from medley.adapters.media._fb2 import fb2_contents, fb2_cover, fb2_root, fb2_tags
from medley.adapters.media._image_size import image_type
from medley.adapters.media._mobi import cover_bytes, read_mobi
from medley.core.kinds import Facts, Picture

FICTION = ("fb2", "fbz", "fb2.zip")


class EbookReader:
    """Reads FB2, FB2 in a ZIP, MOBI and AZW3.

    The text of Kindle books is not unpacked: what they are is known, and they can be handed out whole.
    """

    extensions = frozenset({*FICTION, "mobi", "azw", "azw3", "prc"})

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts; InvalidInput for what is neither."""
        return _fiction(file, name) if name.lower().endswith(FICTION) else _kindle(file, name)


def _fiction(file: BinaryIO, name: str) -> Facts:
    root = fb2_root(file, name)
    facts = Facts(media="book", format="fb2", tags=fb2_tags(root), sections=fb2_contents(root))
    if cover := fb2_cover(root):
        facts.pictures = [Picture(0, mime=cover[1], size=len(cover[0]))]
    return facts


def _kindle(file: BinaryIO, name: str) -> Facts:
    mobi = read_mobi(file, name)
    facts = Facts(media="book", format="azw3" if mobi.version >= 8 else "mobi", tags=mobi.tags)
    if mobi.cover[1]:
        facts.pictures = [Picture(0, mime=image_type(cover_bytes(file, mobi)[:32]), size=mobi.cover[1])]
    if mobi.encrypted:
        facts.warnings.append("The book is protected (DRM); only its metadata can be shown.")
    return facts


READER = EbookReader()
