"""Pictures and pages made of untrusted files: asked of children that may be killed."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager

from medley.core.library._model import FileHandle
from medley.core.library.ports import (
    DeskAnswer,
    DeskOrder,
    Document,
    Drawing,
    Refusal,
    ShowPage,
    ShowPicture,
    ShowResource,
    ShowSpine,
    Spine,
    Wish,
    decode_answer,
    encode,
)
from medley.kernel import errors
from medley.kernel.children import Children, Limits

_WAIT_S = 30.0
_BY_CODE = {
    error.code: error
    for error in (errors.InvalidInput, errors.NotFound, errors.TooLarge, errors.Unsupported, errors.Unavailable)
}


class Documents:
    """A few desks, each a child process of its own. Safe to call from many threads: callers wait for a free one."""

    def __init__(self, target: str, desks: int = 2, limits: Limits | None = None) -> None:
        """`target`: the child's function, see `ports.Desk`; children start with the first call."""
        self._free: queue.LifoQueue[Children] = queue.LifoQueue()
        self._all = [Children(target, 1, limits or Limits(seconds=20.0)) for _ in range(desks)]
        for desk in self._all:
            self._free.put(desk)

    def page(self, file: FileHandle, number: int, width: int = 0) -> Document:
        """A page of a comic or PDF, by its 0-based number; `width` 0 is the original."""
        return self._document(file, ShowPage(number, width))

    def picture(self, file: FileHandle, width: int) -> Document:
        """A photo as every browser can show it."""
        return self._document(file, ShowPicture(width))

    def resource(self, file: FileHandle, path: str) -> Document:
        """A file inside a book."""
        return self._document(file, ShowResource(path))

    def spine(self, file: FileHandle) -> Spine:
        """The order of a book's chapters."""
        answer = self.ask(file.root, file.path, ShowSpine())
        assert isinstance(answer, Spine)
        return answer

    def draw(self, root: str, path: str, wish: Wish) -> Drawing:
        """An item's picture in several widths."""
        answer = self.ask(root, path, wish)
        assert isinstance(answer, Drawing)
        return answer

    def ask(self, root: str, path: str, wish: Wish) -> DeskAnswer:
        """One order; what the desk refuses, or dies of, is raised as one of our errors."""
        with self._desk() as desk:
            desk.submit(encode(DeskOrder(root, path, wish)))
            outcome = desk.next()
        if outcome.failure:
            took = "takes too long" if outcome.failure == "time" else "crashes the program that shows it"
            raise errors.Unsupported(f"The file {took}.", hint="It is probably damaged; other files are not affected.")
        answer = decode_answer(outcome.answer)
        if isinstance(answer, Refusal):
            raise _BY_CODE.get(answer.code, errors.Unsupported)(answer.message, hint=answer.hint)
        return answer

    def close(self) -> None:
        """End all children."""
        for desk in self._all:
            desk.close()

    def _document(self, file: FileHandle, wish: Wish) -> Document:
        answer = self.ask(file.root, file.path, wish)
        assert isinstance(answer, Document)
        return answer

    @contextmanager
    def _desk(self) -> Iterator[Children]:
        try:
            desk = self._free.get(timeout=_WAIT_S)
        except queue.Empty:
            raise errors.Unavailable("Too many pages are being made at once.", hint="Try again in a moment.") from None
        try:
            yield desk
        except BaseException:
            desk.close()  # an answer that nobody waited for must not be the next caller's
            raise
        finally:
            self._free.put(desk)
