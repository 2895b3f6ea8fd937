"""From files on a disk to guesses: readers and kinds together, and which kind is surest in an `auto` source."""

import io
import zipfile
from pathlib import Path

from PIL import Image

from medley.adapters.media import comics, ebooks, photos
from medley.core.kinds import Entry, Folder, Guess
from medley.core.kinds.book import KIND as BOOK
from medley.core.kinds.comic import KIND as COMIC
from medley.core.kinds.photo import KIND as PHOTO

READERS = (photos.READER, comics.READER, ebooks.READER)
FB2 = """<FictionBook><description><title-info>
<author><first-name>Ann</first-name><last-name>Author</last-name></author>
<book-title>It</book-title></title-info></description><body><p>x</p></body></FictionBook>"""


def picture(taken: str = "") -> bytes:
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
        exif[0x0110] = "Camera"
    out = io.BytesIO()
    Image.new("RGB", (30, 20)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def surest(root: Path, *parts: str) -> dict[str, Guess]:
    entries = []
    for path in sorted(root.joinpath(*parts).iterdir()):
        reader = next((r for r in READERS if path.suffix[1:].lower() in r.extensions), None)
        with path.open("rb") as file:
            facts = reader.read(file, path.name) if reader else None
        entries.append(Entry(path.name, path.stat().st_size, facts=facts))
    folder = Folder(parts=parts, files=tuple(entries))
    found: dict[str, Guess] = {}
    for guess in (guess for kind in (PHOTO, BOOK, COMIC) for guess in kind.recognise(folder)):
        if guess.path not in found or guess.confidence > found[guess.path].confidence:
            found[guess.path] = guess
    return found


def test_an_auto_source(tmp_path: Path) -> None:
    for name in ("trip", "shelf"):
        (tmp_path / name).mkdir()
    (tmp_path / "trip" / "IMG_0001.jpg").write_bytes(picture("2019:07:13 10:11:12"))
    (tmp_path / "trip" / "folder.jpg").write_bytes(picture())
    (tmp_path / "shelf" / "It.fb2").write_text(FB2)
    (tmp_path / "shelf" / "It.jpg").write_bytes(picture())
    with zipfile.ZipFile(tmp_path / "shelf" / "Saga 003.cbz", "w") as archive:
        archive.writestr("1.jpg", picture())
    trip = surest(tmp_path, "trip")
    assert {path: guess.kind for path, guess in trip.items()} == {"trip/IMG_0001.jpg": "photo"}
    assert trip["trip/IMG_0001.jpg"].ladder[1].fields["taken"] == "2019-07-13T10:11:12"
    assert trip["trip/IMG_0001.jpg"].ladder[0].art[0].path == "trip/folder.jpg"
    shelf = surest(tmp_path, "shelf")
    assert {path: guess.kind for path, guess in shelf.items()} == {
        "shelf/It.fb2": "book",
        "shelf/Saga 003.cbz": "comic",
    }
    book, comic = shelf["shelf/It.fb2"].ladder[0], shelf["shelf/Saga 003.cbz"].ladder
    assert (book.title, [c.name for c in book.credits], book.art[0].path) == ("It", ["Ann Author"], "shelf/It.jpg")
    assert (comic[0].title, comic[1].number, comic[1].fields["pages"]) == ("Saga", 3.0, 1)


def test_a_moved_folder_keeps_its_items(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "IMG_0001.jpg").write_bytes(picture("2019:07:13 10:11:12"))
        (tmp_path / name / "It.fb2").write_text(FB2)
    here, there = (
        {path.rpartition("/")[2]: guess.ladder[-1].identity for path, guess in surest(tmp_path, name).items()}
        for name in ("a", "b")
    )
    assert here == there
