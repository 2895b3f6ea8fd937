"""One way to read ZIP, RAR, 7z and tar, told apart by content and not by name."""

from typing import BinaryIO

from medley.adapters.media._archive_base import Archive
from medley.kernel.errors import Unsupported


def open_archive(file: BinaryIO, name: str) -> Archive:
    """The archive in `file`, an open regular file called `name` for people.

    Raises Unsupported (not an archive, a password, no program for RAR), InvalidInput (damaged) and TooLarge (more than
    100,000 entries, 512 MiB in one entry, or 200 times its packed size after the first 10 MiB).
    """
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK")):
        from medley.adapters.media._archive_zip import ZipArchive

        return ZipArchive(file)
    if head.startswith(b"Rar!\x1a\x07"):
        from medley.adapters.media._archive_rar import RarArchive

        return RarArchive(file)
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        from medley.adapters.media._archive_seven import SevenArchive

        return SevenArchive(file)
    if head[257:262] == b"ustar" or head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ")) or _old_tar(head):
        from medley.adapters.media._archive_tar import TarArchive

        return TarArchive(file)
    raise Unsupported(f"“{name}” is neither ZIP, RAR, 7z nor tar.")


def _old_tar(head: bytes) -> bool:
    """A header from before POSIX has no magic, but a checksum of itself (in octal, at 148, counted as spaces)."""
    if len(head) < 512 or not head[0]:
        return False
    try:
        claimed = int(head[148:156].strip(b"\0 ") or b"x", 8)
    except ValueError:
        return False
    return claimed == sum(head[:148]) + 8 * 32 + sum(head[156:])


__all__ = ["Archive", "open_archive"]
