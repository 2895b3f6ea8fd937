"""Comics: pages with their sizes, read from picture headers only, and ComicInfo.xml."""

from posixpath import basename
from typing import BinaryIO

from medley.adapters.media import _pages
from medley.adapters.media._comicinfo import comic_tags
from medley.adapters.media._image_size import HEAD, image_size
from medley.adapters.media.archives import Archive, open_archive
from medley.core.kinds import Facts, PageFact
from medley.kernel.errors import InvalidInput, MedleyError

FORMATS = {"zip": "cbz", "rar": "cbr", "7z": "cb7", "tar": "cbt"}
INFO_BYTES = 4 * 1024 * 1024
LONG_HEAD = 2 * 1024 * 1024  # a JPEG with a large colour profile and preview before its size


class ComicReader:
    """Reads CBZ, CBR, CB7 and CBT.

    Facts: `pages` in reading order with pixels (0 × 0 where a page is broken); tags of ComicInfo.xml. The tag
    `doublepages` lists 0-based pages that are spreads, by the file's word or because they are wider than high.
    """

    extensions = frozenset({"cbz", "cbr", "cb7", "cbt"})

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts of a comic; InvalidInput when no page is inside."""
        with open_archive(file, name) as archive:
            names = archive.names()
            facts = Facts(media="comic", format=FORMATS[archive.format])
            _info(archive, names, facts)
            facts.pages = _measured(archive, _pages.pages(names), facts)
        if not facts.pages:
            raise InvalidInput(f"“{name}” holds no pictures, so it is not a comic.")
        _spreads(facts)
        return facts


def front_page(file: BinaryIO, name: str) -> int:
    """The 0-based page that is the cover: what ComicInfo.xml calls so, else the first."""
    with open_archive(file, name) as archive:
        facts = Facts(media="comic", format=FORMATS[archive.format])
        names = archive.names()
        _info(archive, names, facts)
        number = int(facts.tags.get("frontcover", ["0"])[0])
        return number if number < len(_pages.pages(names)) else 0


def _info(archive: Archive, names: list[str], facts: Facts) -> None:
    """The ComicInfo.xml nearest to the root; a broken one costs the tags, not the comic."""
    found = sorted((n for n in names if basename(n).lower() == "comicinfo.xml"), key=lambda n: (n.count("/"), n))
    if not found:
        return
    try:
        facts.tags = comic_tags(archive.read(found[0], INFO_BYTES))
    except MedleyError as error:
        facts.warnings.append(f"Its ComicInfo.xml could not be read: {error}")


def _measured(archive: Archive, names: list[str], facts: Facts) -> list[PageFact]:
    sizes = {name: image_size(head) for name, head in archive.heads(names, HEAD)}
    longer = [name for name, size in sizes.items() if size is None]
    sizes |= {name: image_size(head) for name, head in archive.heads(longer, LONG_HEAD)} if longer else {}
    broken = [name for name in names if sizes.get(name) is None]
    if broken and len(broken) == len(names):
        facts.warnings.append("The sizes of its pages are unknown: they are damaged, or cannot be unpacked here.")
    elif broken:
        facts.warnings.append(f"{len(broken)} of its pages cannot be read, the first is “{broken[0]}”.")
    return [PageFact(name, *(sizes.get(name) or (0, 0))) for name in names]


def _spreads(facts: Facts) -> None:
    said = {int(number) for number in facts.tags.get("doublepages", [])}
    wide = {number for number, page in enumerate(facts.pages) if page.width > page.height}
    every = sorted(number for number in said | wide if number < len(facts.pages))
    if every:
        facts.tags["doublepages"] = [str(number) for number in every]
    else:
        facts.tags.pop("doublepages", None)


READER = ComicReader()
