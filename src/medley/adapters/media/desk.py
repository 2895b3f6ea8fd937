"""The desk: pictures and documents of one untrusted file, in a child process (the library's `Desk` port)."""

from typing import BinaryIO

from medley.adapters.media import READERS
from medley.core.library.ports import (
    DeskAnswer,
    DeskOrder,
    Document,
    Draw,
    Drawing,
    Refusal,
    ShowPage,
    ShowPicture,
    ShowResource,
    ShowSpine,
    Spine,
    SpineItem,
    decode_order,
    encode,
)
from medley.kernel.errors import InvalidInput, MedleyError, Unsupported
from medley.kernel.files import Root

DESK = f"{__name__}:work"


def work(message: bytes, _step: object) -> bytes:
    """Answer one `DeskOrder`; whatever goes wrong with the file becomes a `Refusal`."""
    order = decode_order(message)
    try:
        with Root(order.root).open(order.path) as file:
            return encode(_answer(order, file))
    except MedleyError as error:
        return encode(Refusal(error.code, error.message, error.hint))
    except MemoryError:
        return encode(Refusal(Unsupported.code, "Showing the file takes more memory than a file is given."))
    except Exception as error:  # whatever a library makes of a broken file
        name = order.path.rpartition("/")[2]
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        return encode(Refusal(InvalidInput.code, f"“{name}” cannot be shown: {reason}", "It is probably damaged."))


def _answer(order: DeskOrder, file: BinaryIO) -> DeskAnswer:
    name, wish = order.path.rpartition("/")[2], order.wish
    match wish:
        case Draw():
            return _draw(file, name, wish)
        case ShowPage():
            from medley.adapters.media.documents import page

            return Document(*page(file, name, wish.number, wish.width or None))
        case ShowPicture():
            return _picture(file, name, wish.width)
        case ShowResource():
            return _resource(file, name, wish.path)
        case ShowSpine():
            return _spine(file, name)


def _draw(file: BinaryIO, name: str, wish: Draw) -> Drawing:
    from medley.adapters.media import pictures

    drawn: dict[int, bytes] = {}
    if wish.origin in ("beside", "itself"):
        done = pictures.PICTURES.render(file, name, wish.widths, drawn.__setitem__)
    elif wish.origin == "frame":
        done = pictures.frame(file, wish.index, wish.widths, drawn.__setitem__)
    else:
        done = pictures.render_bytes(_inside(file, name, wish), name, wish.widths, drawn.__setitem__)
    return Drawing(drawn, done.width, done.height, done.placeholder)


def _inside(file: BinaryIO, name: str, wish: Draw) -> bytes:
    """A picture that lies in the file: a tag's, a book's cover, a page."""
    from medley.adapters.media import documents
    from medley.adapters.media.tags import READER as TAGS
    from medley.adapters.media.tags import embedded_picture

    extension = name.rpartition(".")[2].lower()
    if extension in TAGS.extensions:
        return embedded_picture(file, name, max(wish.index, 0))
    if READERS.get(extension, "").endswith(".prober:READER"):
        from medley.adapters.media.prober import cover_of

        return cover_of(file, wish.index)
    if wish.origin == "page" and wish.index >= 0:
        return documents.page(file, name, wish.index, max(wish.widths))[0]
    return documents.cover(file, name)[0]


def _picture(file: BinaryIO, name: str, width: int) -> Document:
    from medley.adapters.media.pictures import PICTURES

    drawn: dict[int, bytes] = {}
    PICTURES.render(file, name, (width,), drawn.__setitem__)
    return Document(drawn[width], "image/webp")


def _resource(file: BinaryIO, name: str, path: str) -> Document:
    from medley.adapters.media import documents

    if name.lower().endswith((".fb2", ".fb2.zip", ".fbz")):
        return Document(_fiction(file, path), "text/html; charset=utf-8")
    return Document(*documents.epub_resource(file, path))


def _fiction(file: BinaryIO, path: str) -> bytes:
    from medley.adapters.media import documents

    sections = documents.fb2_html(file)
    number = path.removeprefix("section-").removesuffix(".html")
    if not number.isdigit() or int(number) >= len(sections):
        raise InvalidInput(f"The book has no part “{path}”.")
    chosen = sections[int(number)]
    return f"<!doctype html><meta charset=utf-8><title></title><body>{chosen.html}</body>".encode()


def _spine(file: BinaryIO, name: str) -> Spine:
    from medley.adapters.media import documents

    if name.lower().endswith((".fb2", ".fb2.zip", ".fbz")):
        sections = documents.fb2_html(file)
        return Spine([SpineItem(f"section-{number}.html", "text/html") for number in range(len(sections))])
    return Spine([SpineItem(each.path, each.media_type, each.linear) for each in documents.epub_spine(file)])
