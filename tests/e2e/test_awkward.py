"""A library as bad as disks hold them, in a whole server: what is a file is listed and sent, the rest is told."""

import os
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.support.processes import forgo_roots_powers, until
from tests.support.server import Server, everything
from tests.support.tiny_media import film, picture

_LONGEST = 255  # bytes of a name on Linux
_LONG = 32 << 20  # bytes: more than any buffer on the way
_NAMES = (
    "Fünf Äpfel", "Тихий Дон", "東京物語", "كتاب", "ספר", "हिन्दी", "ภาษาไทย", "한국어", "Ελληνικά", "Հայերեն",
    "ქართული", "አማርኛ", "বাংলা", "😀 party 🎉", "a\u200db", unicodedata.normalize("NFD", "Crème brûlée"),
    "Ze\u0300\u0301\u0302bra", "Mixed Case", "mixed case", "MIXED CASE", "quote ' \" `", "back\\slash", "new\nline",
    "%2e%2e", "a+b & c#d?e=f;g", "x" * (_LONGEST - 4), "я" * ((_LONGEST - 4) // 2), "-rf", "CON",
)  # fmt: skip


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("media") / "film"
    for number, name in enumerate(_NAMES):
        film(root / f"{name}.mkv", number)
    raw = os.fsencode(root) + b"/caf\xe9 \xff\xfe.mkv"  # no text in any encoding that we know of
    os.link(root / "CON.mkv", raw)
    film(root / "Shouted.MKV", 50)
    film(root.joinpath(*["deep"] * 40) / "Deep.mkv", 51)
    with film(root / "Long.mkv", 55).open("ab") as file:
        file.truncate(_LONG)
    _damage(root)
    _loops(root)
    shut = root / "shut"
    film(shut / "Unseen.mkv", 53)
    shut.chmod(0o000)
    yield root
    shut.chmod(0o755)


def _damage(root: Path) -> None:
    (root / "Empty.mkv").touch()
    whole = film(root / "whole" / "Cut.mkv", 52)
    whole.write_bytes(whole.read_bytes()[:200])
    (root / "Text.mkv").write_text("This is no film.")
    picture(root / "Painting.jpg").rename(root / "Painting.mkv")
    film(root / "Really.mkv", 54).rename(root / "Really.mp4")  # a film of another sort than it says


def _loops(root: Path) -> None:
    (root / "round").mkdir()
    (root / "round" / "again").symlink_to(root / "round")
    (root / "up").symlink_to("..")
    (root / "self.mkv").symlink_to("self.mkv")
    (root / "one.mkv").symlink_to("other.mkv")
    (root / "other.mkv").symlink_to("one.mkv")


@pytest.fixture(scope="module")
def server(media: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if subprocess.run(["true"], preexec_fn=_allowed, check=False).returncode:
        pytest.skip("Root may not give up its powers here, so nothing is without permission.")
    server = Server(tmp_path_factory.mktemp("awkward"), [("film", media)])
    server.bound_by_permissions = True
    with server:
        server.set_up().close()
        server.wait_for_scans()
        yield server


def _allowed() -> None:
    try:
        forgo_roots_powers()
    except OSError:
        os._exit(1)


@pytest.fixture
def owner(server: Server) -> Iterator[httpx.Client]:
    with server.client() as client:
        yield client


def files(client: httpx.Client) -> list[dict[str, Any]]:
    details = [client.get(f"/items/{each['id']}").json() for each in everything(client, "/items", kind="film")]
    return [file for each in details for edition in each["editions"] for file in edition["files"]]


def test_every_file_is_listed_and_sent(owner: httpx.Client, media: Path) -> None:
    on_disk = sorted(
        path.read_bytes()
        for path in (*media.glob("*.[mM][kKpP][vV4]"), *media.glob("deep/**/*.mkv"), *media.glob("whole/*.mkv"))
        if not path.is_symlink()
    )
    listed = files(owner)
    assert len(listed) == len(on_disk) > len(_NAMES)
    assert sorted(owner.get(f"/files/{each['id']}/bytes").raise_for_status().content for each in listed) == on_disk
    for each in listed:
        saved = owner.head(f"/files/{each['id']}/download").raise_for_status()
        assert saved.headers["content-disposition"].startswith("attachment; filename=")


def test_names_stay_what_they_are(owner: httpx.Client) -> None:
    names = {each["name"] for each in files(owner)}
    assert {f"{name}.mkv" for name in _NAMES} <= names
    assert any(name.startswith("caf") for name in names)


def test_each_sort_of_trouble_is_one_notice(owner: httpx.Client, media: Path) -> None:
    told = {each["path"]: each for each in everything(owner, "/notices")}
    assert sorted(each["path"] for each in everything(owner, "/notices")) == [
        "Empty.mkv", "Painting.mkv", "Text.mkv", "shut", "whole/Cut.mkv",
    ]  # fmt: skip
    assert "Permission denied" in told["shut"]["message"]
    assert all(each["hint"] and str(media) not in each["message"] for each in told.values())
    assert owner.get("/sources").json()[0]["state"] == "ready"


def test_a_folder_that_opens_is_read_and_one_that_shuts_keeps_what_is_in_it(owner: httpx.Client, media: Path) -> None:
    def titles() -> dict[str, bool]:
        return {each["title"]: each["missing"] for each in everything(owner, "/items", kind="film")}

    def scanned() -> bool:
        job = owner.post(f"/sources/{owner.get('/sources').json()[0]['id']}/scan").json()["job_id"]
        until(lambda: owner.get(f"/jobs/{job}").json()["state"] not in ("queued", "running"), 60, what="the scan")
        return owner.get(f"/jobs/{job}").json()["state"] == "done"

    assert "Unseen" not in titles()
    (media / "shut").chmod(0o755)
    assert scanned()
    assert titles()["Unseen"] is False
    assert "shut" not in [each["path"] for each in everything(owner, "/notices")]
    (media / "shut").chmod(0o000)
    assert scanned()
    assert titles()["Unseen"] is False
    assert "shut" in [each["path"] for each in everything(owner, "/notices")]
    (unseen,) = (each["id"] for each in files(owner) if each["name"] == "Unseen.mkv")
    answer = owner.get(f"/files/{unseen}/bytes")
    assert answer.status_code == 403, answer.text
    assert "permission" in answer.json()["hint"]


def test_a_file_that_shrinks_or_grows_while_it_is_sent(server: Server, owner: httpx.Client, media: Path) -> None:
    path = media / "Long.mkv"
    address = next(f"/files/{each['id']}/bytes" for each in files(owner) if each["name"] == path.name)
    with owner.stream("GET", address) as answer:
        pieces = answer.iter_raw(1 << 16)
        next(pieces)
        os.truncate(path, _LONG + (1 << 20))
        assert (1 << 16) + sum(map(len, pieces)) == _LONG
    with owner.stream("GET", address) as answer:
        pieces = answer.iter_raw(1 << 16)
        next(pieces)
        os.truncate(path, 1 << 20)
        with pytest.raises(httpx.RemoteProtocolError):
            sum(map(len, pieces))
    assert len(owner.get(address).raise_for_status().content) == 1 << 20
    path.unlink()
    assert owner.get(address).status_code == 404
    assert server.child("web").is_running()
