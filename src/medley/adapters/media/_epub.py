"""The inside of an EPUB (OCF 3.3): where things are, what may be read, and what is protected."""

import hashlib
import posixpath
import re
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from medley.adapters.media._opf import Package, Resource, read_package
from medley.adapters.media._xml import attribute, every, parse, text
from medley.adapters.media.archives import Archive, open_archive
from medley.kernel.errors import InvalidInput, MedleyError, NotFound, Unsupported

DOCUMENT = 16 * 1024 * 1024
IDPF = "http://www.idpf.org/2008/embedding"
ADOBE = "http://ns.adobe.com/pdf/enc#RC"


@dataclass(slots=True)
class Book:
    """An opened EPUB."""

    archive: Archive
    package: Package
    folder: str  # of the package document
    unique_id: str = ""
    scrambled: dict[str, str] = field(default_factory=dict)  # path → algorithm of EPUB's font obfuscation
    protected: set[str] = field(default_factory=set)  # paths that are encrypted: DRM

    def path(self, href: str, base: str = "") -> str:
        """The archive's name for `href`, relative to `base` (default: the package document); empty if it leads out."""
        folder = posixpath.dirname(base) if base else self.folder
        joined = posixpath.normpath(posixpath.join(folder, unquote(urlsplit(href).path)))
        return "" if joined.startswith(("..", "/")) or joined == "." else joined

    def resource(self, path: str) -> Resource | None:
        """The manifest's line for a path in the archive."""
        return next((r for r in self.package.manifest.values() if self.path(r.href) == path), None)

    def read(self, path: str, limit: int = DOCUMENT) -> bytes:
        """The bytes at `path`, fonts made readable; Unsupported where DRM protects them."""
        if path in self.protected:
            raise Unsupported("The book is protected (DRM).", hint="Medley cannot open protected books.")
        data = self.archive.read(path if path in self.archive else _any_case(self.archive, path), limit)
        return _unscrambled(data, self.scrambled[path], self.unique_id) if path in self.scrambled else data


def open_book(file: BinaryIO, name: str) -> Book:
    """The EPUB in `file`; raises InvalidInput when it has no package document."""
    archive = open_archive(file, name)
    root = _root_file(archive)
    data = archive.read(root, DOCUMENT)
    book = Book(archive, read_package(data), posixpath.dirname(root), _unique_id(data))
    _encryption(book)
    return book


def _root_file(archive: Archive) -> str:
    """What container.xml names, or the only package document when container.xml is missing or wrong."""
    names = archive.names()
    try:
        container = parse(archive.read(_any_case(archive, "META-INF/container.xml"), DOCUMENT), "container.xml")
        paths = [unquote(attribute(found, "full-path")) for found in every(container, "rootfile")]
    except MedleyError:
        paths = []
    found = next((path for path in paths if path in names), "") or next((n for n in names if n.endswith(".opf")), "")
    if not found:
        raise InvalidInput("The EPUB has no package document, so it is not a book.")
    return found


def _any_case(archive: Archive, path: str) -> str:
    """Books made on Windows and macOS refer to their files in any case."""
    found = next((name for name in archive.names() if name.lower() == path.lower()), "")
    if not found:
        raise NotFound(f"There is no “{path}” in the book.")
    return found


def _unique_id(data: bytes) -> str:
    root = parse(data, "package document")
    wanted = attribute(root, "unique-identifier")
    return next((text(found) for found in every(root, "identifier") if attribute(found, "id") == wanted), "")


def _encryption(book: Book) -> None:
    """encryption.xml lists obfuscated fonts, which are free, and encrypted content, which is not."""
    names = set(book.archive.names())
    if "META-INF/encryption.xml" not in names:
        return
    try:
        root = parse(book.archive.read("META-INF/encryption.xml", DOCUMENT), "encryption.xml")
    except MedleyError:
        return
    for data in every(root, "EncryptedData"):
        method = next((attribute(found, "Algorithm") for found in every(data, "EncryptionMethod")), "")
        for reference in every(data, "CipherReference"):
            path = unquote(attribute(reference, "URI"))
            if method in (IDPF, ADOBE):
                book.scrambled[path] = method
            else:
                book.protected.add(path)


def _unscrambled(data: bytes, method: str, identifier: str) -> bytes:
    """Undo font obfuscation: EPUB 3.3 section 4.4 (first 1040 bytes), or Adobe's (first 1024, keyed by the UUID)."""
    if method == IDPF:
        key = hashlib.sha1(re.sub(r"[\x20\x09\x0d\x0a]", "", identifier).encode(), usedforsecurity=False).digest()
        count = 1040
    else:
        digits = re.sub(r"[^0-9a-fA-F]", "", identifier.rpartition(":")[2])
        key, count = bytes.fromhex(digits[: len(digits) // 2 * 2]), 1024
    if not key:
        return data
    return bytes(byte ^ key[at % len(key)] for at, byte in enumerate(data[:count])) + data[count:]
