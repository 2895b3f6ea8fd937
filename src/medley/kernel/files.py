"""Opening files below a root, and nothing else; names of any bytes as text that every database can hold.

The kernel's `openat2` with RESOLVE_BENEATH (Linux 5.6) refuses `..`, absolute paths and links that lead out, with no
moment between check and use. Where it is missing, each folder is opened in turn from its parent's descriptor without
following links. A link is followed only when its end lies below the root as well.
"""

import contextlib
import ctypes
import errno
import os
import platform
import stat as stat_module
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from medley.kernel.errors import Forbidden, InvalidInput, NotFound, Unavailable

# Undecodable byte 0xNN ↔ U+10FENN, in a plane for private use. A name that really contains such a character is
# written as its four UTF-8 bytes, each of them escaped, so that the mapping stays one to one.
_ESCAPE = 0x10FE00
_SURROGATE = 0xDC00
_TO_TEXT = {_SURROGATE + byte: _ESCAPE + byte for byte in range(0x80, 0x100)}
_ESCAPES = range(_ESCAPE + 0x80, _ESCAPE + 0x100)

_NR_OPENAT2 = 437  # the same on every architecture that got it
_RESOLVE_NO_MAGICLINKS = 0x02
_RESOLVE_NO_SYMLINKS = 0x04
_RESOLVE_BENEATH = 0x08

_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY
# A pipe without a writer would block the opening for ever; regular files do not care.
_READ_FILE = _READ | os.O_NONBLOCK
_READ_FOLDER = _READ | os.O_DIRECTORY
_BUFFER = 8192  # bytes; with a number, Python need not ask whether the file is a terminal


def to_text(name: bytes | str) -> str:
    """A file name or path as valid Unicode; `from_text` gives back exactly its bytes."""
    text = os.fsdecode(name) if isinstance(name, bytes) else name
    if text.isascii():
        return text
    if any(ord(letter) in _ESCAPES for letter in text):
        text = "".join(_spelled_out(letter) if ord(letter) in _ESCAPES else letter for letter in text)
    return text.translate(_TO_TEXT)


def from_text(text: str) -> bytes:
    """The bytes of a name that `to_text` made."""
    if text.isascii():
        return text.encode()
    return b"".join(
        bytes([ord(letter) - _ESCAPE]) if ord(letter) in _ESCAPES else letter.encode("utf-8", "surrogateescape")
        for letter in text
    )


def _spelled_out(letter: str) -> str:
    return "".join(chr(_ESCAPE + byte) for byte in letter.encode())


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a folder. `kind` is that of what a link leads to: file, folder, other, or broken."""

    name: str  # as `to_text` writes it
    kind: str
    link: bool
    size: int
    modified_ns: int
    inode: int


class Root:
    """A folder below which files may be read. Paths are text of `to_text` (or bytes), with `/` between names."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = str(Path(os.fsdecode(from_text(os.fspath(path)))).absolute())

    def open(self, relative: str | bytes) -> BinaryIO:
        """The regular file at `relative`, open for reading; its `name` is the absolute path."""
        target = _below(relative)
        return self._file(self._opened(target, _READ_FILE), target)

    def folder(self, relative: str | bytes) -> "OpenFolder":
        """The folder at `relative`, for opening many of its files; it is closed with the context it opens."""
        return OpenFolder(self, relative)

    def real_path(self, relative: str | bytes) -> str:
        """The absolute path of the file at `relative` with all links resolved, for programs that open it themselves."""
        with self.open(relative) as file:
            try:
                return os.readlink(f"/proc/self/fd/{file.fileno()}")  # noqa: PTH115 - pathlib would need a detour
            except OSError:
                return os.path.realpath(file.name)

    def stat(self, relative: str | bytes = "") -> os.stat_result:
        """What the file system knows of the file or folder at `relative`, links followed."""
        descriptor = self._opened(_below(relative), getattr(os, "O_PATH", os.O_NONBLOCK) | os.O_CLOEXEC)
        try:
            return os.fstat(descriptor)
        finally:
            os.close(descriptor)

    def scan(self, relative: str | bytes = "") -> Iterator[Entry]:
        """The names in the folder at `relative`, in no order; a link that leads out is `broken`."""
        target = _below(relative)
        descriptor = self._opened(target, _READ_FOLDER)
        try:
            with os.scandir(descriptor) as found:
                for each in found:
                    yield self._entry(target, each)
        finally:
            os.close(descriptor)

    def _entry(self, folder: bytes, each: os.DirEntry[str]) -> Entry:
        link = each.is_symlink()
        info = each.stat(follow_symlinks=False)
        kind = _kind(info)
        if link:
            try:
                info = self.stat(os.path.join(folder, os.fsencode(each.name)))
                kind = _kind(info)
            except (NotFound, Forbidden, Unavailable):
                kind = "broken"
        return Entry(to_text(each.name), kind, link, info.st_size, info.st_mtime_ns, info.st_ino)

    def _file(self, descriptor: int, target: bytes) -> BinaryIO:
        if not stat_module.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise NotFound(f"“{to_text(target)}” is not a file.", hint="It is a folder or a device.")
        path = f"{self.path}/{os.fsdecode(target)}"
        return open(path, "rb", _BUFFER, opener=lambda _path, _flags: descriptor)

    def _opened(self, target: bytes, flags: int) -> int:
        try:
            root = os.open(self.path, _READ_FOLDER)
        except OSError as error:
            raise Unavailable(
                f"The folder {self.path!r} cannot be read.", hint="Is the disk there, and may Medley read it?"
            ) from error
        try:
            return _beneath(root, os.fsencode(self.path), target, flags)
        except OSError as error:
            raise _explained(error, target) from error
        finally:
            os.close(root)


class OpenFolder:
    """A folder below a `Root` whose files are opened by their names alone: half the work of `Root.open` for each."""

    def __init__(self, root: Root, relative: str | bytes) -> None:
        self._root, self._target = root, _below(relative)
        self._descriptor: int | None = None

    def __enter__(self) -> "OpenFolder":
        with contextlib.suppress(NotFound, Forbidden, Unavailable):  # whoever opens a file is told
            self._descriptor = self._root._opened(self._target, _READ_FOLDER)
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def open(self, name: str) -> BinaryIO:
        """As `Root.open` of the file called `name`."""
        raw = from_text(name)
        target = b"%b/%b" % (self._target, raw) if self._target else raw
        if self._descriptor is None or b"/" in raw or raw in (b"", b".", b".."):
            return self._root.open(target)
        try:
            descriptor = os.open(raw, _READ_FILE | os.O_NOFOLLOW, dir_fd=self._descriptor)
        except (OSError, ValueError):  # a link, perhaps: Root.open follows it or says what is wrong
            return self._root.open(target)
        return self._root._file(descriptor, target)


def _below(relative: str | bytes) -> bytes:
    """`relative` without empty and `.` names; refuses what could never name something below the root."""
    raw = from_text(relative) if isinstance(relative, str) else relative
    names = [name for name in raw.split(b"/") if name not in (b"", b".")]
    if b"\0" in raw or raw.startswith(b"/") or b".." in names:
        raise InvalidInput(
            "This path leads out of its folder.", hint="Name a file below the source, without “..” or a leading slash."
        )
    return b"/".join(names)


def _beneath(root: int, root_path: bytes, target: bytes, flags: int) -> int:
    try:
        return _open_confined(root, target, flags, links=True)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.ELOOP):
            raise
    # A link by absolute path: resolve it by name, then open the result without following anything at all, so that
    # nothing that changes in between can lead elsewhere.
    real_root = os.path.realpath(root_path)
    real = os.path.realpath(os.path.join(root_path, target))
    if real != real_root and not real.startswith(real_root + b"/"):
        raise OSError(errno.EXDEV, "leads out of the root")
    return _open_confined(root, os.path.relpath(real, real_root), flags, links=False)


def _open_confined(root: int, target: bytes, flags: int, *, links: bool) -> int:
    if _openat2 is None:
        return _walk(root, target, flags)
    resolve = _RESOLVE_BENEATH | _RESOLVE_NO_MAGICLINKS | (0 if links else _RESOLVE_NO_SYMLINKS)
    for _ in range(8):
        try:
            return _openat2(root, target or b".", flags, resolve)
        except BlockingIOError:  # a rename elsewhere made the kernel unsure: it asks to be asked again
            continue
    return _openat2(root, target or b".", flags, resolve | _RESOLVE_NO_SYMLINKS)


def _walk(root: int, target: bytes, flags: int) -> int:
    """Open `target` name by name from `root`, following no link (ELOOP, or ENOTDIR in the middle)."""
    names = [name for name in target.split(b"/") if name not in (b"", b".")]
    here = os.dup(root)
    try:
        for name in names[:-1]:
            here, above = _child(name, here, _READ_FOLDER), here
            os.close(above)
        return _child(names[-1] if names else b".", here, flags)
    finally:
        os.close(here)


def _child(name: bytes, folder: int, flags: int) -> int:
    try:
        descriptor = os.open(name, flags | os.O_NOFOLLOW, dir_fd=folder)
    except NotADirectoryError:
        if stat_module.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            raise OSError(errno.ELOOP, "a link") from None
        raise
    if stat_module.S_ISLNK(os.fstat(descriptor).st_mode):  # O_PATH opens the link itself
        os.close(descriptor)
        raise OSError(errno.ELOOP, "a link")
    return descriptor


class _How(ctypes.Structure):
    """`struct open_how` of linux/openat2.h."""

    _fields_ = (("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64))


def _find_openat2() -> Callable[[int, bytes, int, int], int] | None:
    if sys.platform != "linux" or platform.machine() == "alpha":
        return None
    syscall = ctypes.CDLL(None, use_errno=True).syscall
    syscall.restype = ctypes.c_long

    def call(folder: int, name: bytes, flags: int, resolve: int) -> int:
        how = _How(flags, 0, resolve)
        size = ctypes.c_size_t(ctypes.sizeof(how))
        opened = syscall(ctypes.c_long(_NR_OPENAT2), ctypes.c_int(folder), name, ctypes.byref(how), size)
        if opened < 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return opened

    # Old kernels answer ENOSYS, some container profiles EPERM.
    with contextlib.suppress(OSError):
        root = os.open("/", _READ_FOLDER)
        try:
            os.close(call(root, b".", _READ_FOLDER, _RESOLVE_BENEATH))
            return call
        finally:
            os.close(root)
    return None


_openat2 = _find_openat2()


def _kind(info: os.stat_result) -> str:
    if stat_module.S_ISREG(info.st_mode):
        return "file"
    return "folder" if stat_module.S_ISDIR(info.st_mode) else "other"


def _explained(error: OSError, target: bytes) -> NotFound | Forbidden | Unavailable:
    name = to_text(target)
    if error.errno in (errno.EXDEV, errno.ELOOP):
        return Forbidden(
            f"“{name}” is a link that leads out of its folder, or nowhere.", hint="Copy the file into the source."
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ENXIO):
        return NotFound(f"“{name}” is not there any more.", hint="Scan the source again.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Forbidden(f"Medley may not read “{name}”.", hint="Give its user permission to read the file.")
    return Unavailable(f"“{name}” cannot be read: {error.strerror}.", hint="Is the disk well?")
