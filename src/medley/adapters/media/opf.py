"""metadata.opf, which calibre keeps beside the books of a folder."""

from typing import BinaryIO

from medley.adapters.media._opf import read_package
from medley.adapters.media._xml import LIMIT
from medley.core.kinds import Facts
from medley.kernel.errors import InvalidInput


class OpfReader:
    """Reads a package document on its own: a sidecar with the same tags as an EPUB."""

    extensions = frozenset({"opf"})

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts; InvalidInput when it says nothing."""
        tags = read_package(file.read(LIMIT + 1)).tags
        if not tags:
            raise InvalidInput(f"“{name}” holds no metadata of a book.")
        return Facts(media="sidecar", format="opf", tags=tags)


READER = OpfReader()
