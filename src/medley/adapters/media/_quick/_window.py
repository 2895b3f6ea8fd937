"""A file seen through a window that moves forward: few system calls, and no picture is read only to be passed over."""

import os

_SPAN = 8 << 10  # bytes; the tags of most files without their pictures


class Window:
    """Bytes of the file `fd` by their place. `size` is the file's."""

    __slots__ = ("_data", "_fd", "_start", "size")

    def __init__(self, fd: int) -> None:
        self._fd, self._start = fd, 0
        self._data = os.pread(fd, _SPAN, 0)
        self.size = os.fstat(fd).st_size

    def at(self, place: int, length: int) -> bytes:
        """`length` bytes from `place` on; fewer at the end of the file."""
        begin = place - self._start
        if begin < 0 or begin + length > len(self._data):
            self._data, self._start, begin = os.pread(self._fd, max(length, _SPAN), place), place, 0
        return self._data[begin : begin + length]

    def end(self, length: int) -> bytes:
        """The last `length` bytes, or the whole file."""
        return os.pread(self._fd, length, max(0, self.size - length))
