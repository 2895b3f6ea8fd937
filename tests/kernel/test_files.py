"""Files below a root and no others, with and without `openat2`; names of any bytes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medley.kernel import files
from medley.kernel.errors import Forbidden, InvalidInput, MedleyError, NotFound, Unavailable
from medley.kernel.files import Root, from_text, to_text


@pytest.fixture(params=["openat2", "walk"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Root:
    if request.param == "walk":
        monkeypatch.setattr(files, "_openat2", None)
    elif files._openat2 is None:
        pytest.skip("this kernel has no openat2")
    (tmp_path / "secret").write_text("secret")
    base = tmp_path / "root"
    (base / "a" / "b").mkdir(parents=True)
    (base / "a" / "b" / "film.mkv").write_text("film")
    return Root(base)


def test_reads_what_is_below(root: Root) -> None:
    with root.open("a/b/film.mkv") as file:
        assert file.read() == b"film"
        assert file.name == os.path.join(root.path, "a/b/film.mkv")
    with root.open("./a//b/./film.mkv") as file:
        assert file.read() == b"film"
    assert root.stat("a/b/film.mkv").st_size == 4


def test_real_paths_have_no_links(root: Root) -> None:
    Path(root.path, "inside").symlink_to("a/b")
    assert root.real_path("inside/film.mkv") == os.path.join(os.path.realpath(root.path), "a/b/film.mkv")
    with pytest.raises(NotFound):
        root.real_path("inside")


@pytest.mark.parametrize("path", ["../secret", "a/../../secret", "/etc/passwd", "a/..", "a\0b", "..", b"../secret"])
def test_refuses_paths_that_lead_out(root: Root, path: str | bytes) -> None:
    for act in (root.open, root.stat, lambda each: list(root.scan(each))):
        with pytest.raises(InvalidInput):
            act(path)


@pytest.mark.parametrize("path", ["..%2fsecret", "%2e%2e/secret", "..\\secret", "a/b/film.mkv/x", "nothing", "x" * 300])
def test_other_names_are_just_not_there(root: Root, path: str) -> None:
    with pytest.raises(NotFound):
        root.open(path)


def test_a_folder_is_not_a_file(root: Root) -> None:
    with pytest.raises(NotFound):
        root.open("a")
    with pytest.raises(NotFound):
        root.open("")


def test_a_pipe_neither_opens_nor_blocks(root: Root) -> None:
    os.mkfifo(os.path.join(root.path, "pipe.mkv"))
    with pytest.raises(NotFound):
        root.open("pipe.mkv")


@pytest.mark.parametrize("target", ["../secret", "../../../../../../../../etc/passwd", "/etc/passwd", "{tmp}/secret"])
def test_links_out_are_refused(root: Root, tmp_path: Path, target: str) -> None:
    Path(root.path, "link").symlink_to(target.format(tmp=tmp_path))
    with pytest.raises((Forbidden, NotFound)):
        root.open("link")


@pytest.mark.parametrize("target", ["..", "/", "{tmp}"])
def test_folder_links_out_are_refused(root: Root, tmp_path: Path, target: str) -> None:
    Path(root.path, "door").symlink_to(target.format(tmp=tmp_path))
    with pytest.raises(MedleyError):
        root.open("door/secret")
    with pytest.raises(MedleyError):
        list(root.scan("door"))
    assert {each.name: each.kind for each in root.scan()}["door"] == "broken"


@pytest.mark.parametrize("target", ["a/b", "./a/../a/b", "{root}/a/b"])
def test_links_that_stay_inside_are_followed(root: Root, target: str) -> None:
    Path(root.path, "inside").symlink_to(target.format(root=root.path))
    with root.open("inside/film.mkv") as file:
        assert file.read() == b"film"
    assert [each.name for each in root.scan("inside")] == ["film.mkv"]
    entry = next(each for each in root.scan() if each.name == "inside")
    assert (entry.kind, entry.link) == ("folder", True)


def test_a_link_in_a_circle_is_refused(root: Root) -> None:
    Path(root.path, "round").symlink_to("round")
    with pytest.raises(Forbidden):
        root.open("round")


def test_proc_links_are_no_way_out(root: Root) -> None:
    Path(root.path, "magic").symlink_to("/proc/self/root/etc/passwd")
    with pytest.raises(MedleyError):
        root.open("magic")


def outcome(opening: Callable[[], BinaryIO]) -> tuple[object, ...]:
    try:
        with opening() as file:
            return file.name, file.read()
    except MedleyError as error:
        return type(error), error.message


@pytest.mark.parametrize("folder", ["a/b", "", "a", "inside", "outside", "nothing", "a/b/film.mkv"])
def test_an_open_folder_opens_what_the_root_opens(root: Root, folder: str) -> None:
    here = Path(root.path, "a", "b")
    for name, target in {"link": "film.mkv", "up": "..", "out": "../../../secret", "broken": "nowhere"}.items():
        (here / name).symlink_to(target)
    os.mkfifo(here / "pipe")
    Path(root.path, "inside").symlink_to("a/b")
    Path(root.path, "outside").symlink_to("..")
    with root.folder(folder) as opened:
        for name in (
            "film.mkv",
            "link",
            "up",
            "out",
            "broken",
            "pipe",
            "a",
            "b",
            "b/film.mkv",
            "..",
            ".",
            "",
            "secret",
        ):
            path = f"{folder}/{name}" if folder else name
            assert outcome(lambda name=name: opened.open(name)) == outcome(lambda path=path: root.open(path))


def test_an_open_folder_is_closed(root: Root) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with root.folder("a/b") as opened, opened.open("film.mkv"):
        pass
    assert len(os.listdir("/proc/self/fd")) == before


def test_scan_tells_what_stat_tells(root: Root) -> None:
    (entry,) = root.scan("a/b")
    info = Path(root.path, "a/b/film.mkv").stat()
    assert (entry.name, entry.kind, entry.link) == ("film.mkv", "file", False)
    assert (entry.size, entry.modified_ns, entry.inode) == (info.st_size, info.st_mtime_ns, info.st_ino)


def test_a_root_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        Root(tmp_path / "unplugged").open("film.mkv")


def test_a_name_of_any_bytes_is_found_again(root: Root) -> None:
    raw = b"caf\xe9 \xff.mkv"
    Path(os.fsdecode(os.fsencode(root.path) + b"/a/" + raw)).write_bytes(b"x")
    name = next(each.name for each in root.scan("a") if each.kind == "file")
    name.encode("utf-8")  # a database can hold it
    assert from_text(name) == raw
    with root.open("a/" + name) as file:
        assert file.read() == b"x"


def test_a_root_of_any_bytes(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xff\xfe"
    Path(os.fsdecode(raw)).mkdir()
    Path(os.fsdecode(raw + b"/f")).write_bytes(b"x")
    assert Root(to_text(raw)).stat("f").st_size == 1


@given(st.binary(max_size=40))
@example("\U0010fe80".encode())
@example(b"\xf4\x8f\xba\x80\xff")
@example(b"\xed\xb2\x80")
def test_every_name_has_one_text(raw: bytes) -> None:
    text = to_text(raw)
    text.encode("utf-8")
    assert from_text(text) == raw
    assert to_text(os.fsdecode(raw)) == text


@given(st.text(max_size=30))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    if not any(0x10FE80 <= ord(letter) < 0x10FF00 for letter in text):
        assert to_text(text.encode()) == text
