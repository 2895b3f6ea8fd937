"""A whole Medley in this process: every room and door, a small real library, people of every role."""

import io
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import imageio_ffmpeg
from tests.support.serving import running
from tests.support.tiny_media import film, picture, track

from medley.app.parts import Parts, build, prepare
from medley.app.settings import EgressSettings, ScrobblingSettings, Settings
from medley.app.web import doors
from medley.app.worker import stand_in

PASSWORD = "correct horse battery"
ROLES = ("admin", "power_user", "user", "guest")

_SUBTITLES = "1\n00:00:00,100 --> 00:00:00,900\nHello\n"
_LYRICS = "[ti:Song]\n[00:00.10]First line\n[00:00.30]Second line\n"


@dataclass
class House:
    """A running server; `clients` by role, and `limited`, a user who may see the films alone, and `nobody`."""

    url: str
    parts: Parts
    clients: dict[str, httpx.Client]
    tokens: dict[str, str]
    sources: dict[str, str]
    media: Path

    def item(self, **filters: Any) -> dict[str, Any]:
        """The details of the first item that fits."""
        found = self.clients["admin"].get("/items", params=filters).raise_for_status().json()["items"]
        assert found, f"no item fits {filters}"
        return self.clients["admin"].get(f"/items/{found[0]['id']}").json()

    def file_id(self, **filters: Any) -> str:
        """The first file of the first item that fits."""
        return self.item(**filters)["editions"][0]["files"][0]["id"]


@contextmanager
def open_house(folder: Path, add: Callable[[Path], object] = lambda _: None) -> Iterator[House]:
    """Scan a few files of every sort, and what `add` puts into the folders of their kinds; add people, and serve."""
    media = folder / "media"
    kinds = _make_media(media)
    add(media)
    outside = {"egress": EgressSettings(allow=["127.0.0.0/8"]), "scrobbling": ScrobblingSettings(listenbrainz="")}
    parts = build(Settings(data=str(folder / "data"), **outside))
    try:
        prepare(parts, [])
        sources = {kind: parts.library.sources.ensure(kind, str(media / kind)).id for kind in kinds}
        with stand_in(parts):
            jobs = [parts.library.sources.scan(source) for source in sources.values()]
            assert all(parts.jobs.wait(job, 60).state == "done" for job in jobs)
            assert parts.jobs.wait(parts.library.artworks.request(), 60).state == "done"
        for role in ROLES:
            parts.identity.add_user(role, PASSWORD, role)
        parts.identity.add_user("limited", PASSWORD, "user", all_sources=False, source_ids=[sources["film"]])
        with running(doors(parts)) as url:
            tokens = {name: _token(parts, name) for name in (*ROLES, "limited")}
            clients = {name: _client(url, token) for name, token in {**tokens, "nobody": ""}.items()}
            yield House(url, parts, clients, tokens, sources, media)
            for client in clients.values():
                client.close()
    finally:
        parts.close()


def _token(parts: Parts, name: str) -> str:
    return parts.identity.sign_in(name, PASSWORD, "test")[1]


def _client(url: str, token: str) -> httpx.Client:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=30)


def _make_media(media: Path) -> tuple[str, ...]:
    movie = film(media / "film" / "First Light (2001)" / "First Light (2001).mkv", 1)
    movie.with_suffix(".en.srt").write_text(_SUBTITLES)
    second = film(media / "film" / "Second Wind (2010)" / "Second Wind (2010).mp4", 2)
    film(second.with_name("Second Wind (2010)-trailer.mkv"), 7)
    tags = {"artist": "The Band", "albumartist": "The Band", "album": "The Album", "date": "1999", "genre": "Rock"}
    for number in range(1, 4):
        path = media / "music" / "The Band" / "The Album" / f"0{number} Song {number}.flac"
        track(path, number, title=f"Song {number}", tracknumber=str(number), **tags)
    (media / "music" / "The Band" / "The Album" / "01 Song 1.lrc").write_text(_LYRICS)
    picture(media / "photo" / "2020" / "beach.jpg", size=(640, 480))
    _long_sound(media / "audiobook" / "Jane Writer" / "A Long Book" / "A Long Book.mp3")
    _comic(media / "comic" / "Hero" / "Hero 001.cbz")
    _book(media / "book" / "Jane Writer" / "A Book" / "A Book.epub")
    film(media / "show" / "Tale" / "Season 1" / "Tale S01E01.mkv", 3)
    track(media / "podcast" / "Small Talk" / "2021-01-31 - Hello.mp3", 4)
    film(media / "video" / "Some Channel" / "20200501 - A Kite [dQw4w9WgXcQ].mp4", 5)
    film(media / "course" / "Chess" / "01 - Openings" / "01 Pawns.mp4", 6)
    return tuple(sorted(each.name for each in media.iterdir()))


def _long_sound(path: Path) -> None:
    path.parent.mkdir(parents=True)
    sound = ["-f", "lavfi", "-i", "sine=440:duration=900", "-b:a", "32k", "-ac", "1", "-ar", "16000"]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *sound, str(path)], check=True, timeout=60)


def _comic(path: Path) -> None:
    from PIL import Image

    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as archive:
        for number, size in enumerate(((200, 300), (400, 300), (200, 300))):
            page = io.BytesIO()
            Image.new("RGB", size, (number * 60, 90, 120)).save(page, "PNG")
            archive.writestr(f"page{number}.png", page.getvalue())


_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
_PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier>
<dc:title>A Book</dc:title><dc:creator>Jane Writer</dc:creator><dc:language>en</dc:language></metadata>
<manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/></spine></package>"""
_CHAPTER = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head>
<body><h1>One</h1><script>alert(1)</script></body></html>"""
_NAV = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Nav</title></head><body>
<nav epub:type="toc"><ol><li><a href="one.xhtml">One</a></li></ol></nav></body></html>"""


def _book(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("OEBPS/book.opf", _PACKAGE)
        archive.writestr("OEBPS/one.xhtml", _CHAPTER)
        archive.writestr("OEBPS/nav.xhtml", _NAV)
