"""Archives: what is read, and what is refused."""

import bz2
import io
import lzma
import tarfile
import zipfile
import zlib
from pathlib import Path

import py7zr
import pytest
import rarfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medley.adapters.media._archive_rar import can_unpack
from medley.adapters.media.archives import open_archive
from medley.kernel.errors import InvalidInput, MedleyError, NotFound, TooLarge, Unsupported

FILES = {"b/2.txt": b"two" * 100, "a.txt": b"one", "b/10.txt": b"ten"}


def make_zip(path: Path, files: dict[str, bytes] = FILES, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def make_tar(path: Path, mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in FILES.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def make_7z(path: Path) -> Path:
    with py7zr.SevenZipFile(path, "w") as archive:
        for name, data in FILES.items():
            archive.writestr(data, name)
    return path


def make_rar(path: Path, files: dict[str, bytes] = FILES, method: int = 0) -> Path:
    """RAR 5, stored entries unless a method is claimed (RAR 5.0 archive format, "General archive block format")."""
    out = io.BytesIO(b"")
    out.write(b"Rar!\x1a\x07\x01\x00")
    out.write(_block(vint(1) + vint(0) + vint(0)))
    for name, data in files.items():
        encoded = name.encode()
        header = vint(2) + vint(2) + vint(len(data)) + vint(4) + vint(len(data)) + vint(0o100644)
        header += _crc(data) + vint(method << 7) + vint(1) + vint(len(encoded)) + encoded
        out.write(_block(header) + data)
    out.write(_block(vint(5) + vint(0) + vint(0)))
    path.write_bytes(out.getvalue())
    return path


def vint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _crc(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "little")


def _block(header: bytes) -> bytes:
    sized = vint(len(header)) + header
    return _crc(sized) + sized


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        ("zip", make_zip),
        ("tar", make_tar),
        ("tar.gz", lambda path: make_tar(path, "w:gz")),
        ("tar.bz2", lambda path: make_tar(path, "w:bz2")),
        ("tar.xz", lambda path: make_tar(path, "w:xz")),
        ("7z", make_7z),
        ("rar", make_rar),
    ],
)
def test_every_kind_of_archive_reads_alike(tmp_path: Path, suffix: str, make) -> None:
    path = make(tmp_path / f"x.{suffix}")
    with path.open("rb") as file, open_archive(file, "misleading.name") as archive:
        assert sorted(archive.names()) == sorted(FILES)
        for name, data in FILES.items():
            assert archive.size(name) == len(data)
            assert archive.read(name) == data
        assert dict(archive.heads(list(FILES), 2)) == {name: data[:2] for name, data in FILES.items()}
        with pytest.raises(NotFound):
            archive.read("nothing")
        with pytest.raises(TooLarge):
            archive.read("b/2.txt", 10)


def test_names_that_lead_out_and_links_are_not_there(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", {"../evil": b"1", "/abs": b"2", "C:/x": b"3", "a\\..\\b": b"4", "ok": b"5"})
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with path.open("rb") as file:
        assert open_archive(file, "x").names() == ["ok"]


def test_tar_links_and_devices_are_not_there(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    with tarfile.open(path, "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"n{kind!r}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    with path.open("rb") as file:
        assert open_archive(file, "x").names() == []


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", {"bomb": b"\0" * (64 * 1024 * 1024)})
    with path.open("rb") as file, pytest.raises(TooLarge, match="bomb"):
        open_archive(file, "x").read("bomb")


@pytest.mark.parametrize("compress", [lambda d: bz2.compress(d), lambda d: lzma.compress(d, preset=0)])
def test_a_compressed_tar_bomb_is_refused_while_listing(tmp_path: Path, compress) -> None:
    info = tarfile.TarInfo("bomb")
    info.size = 48 * 1024 * 1024
    path = tmp_path / "x.tar.z"
    path.write_bytes(compress(info.tobuf() + b"\0" * info.size + tarfile.TarInfo("end").tobuf()))
    with path.open("rb") as file, pytest.raises(TooLarge):
        open_archive(file, "x").read("bomb")


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    path.write_bytes(tarfile.TarInfo("x").tobuf() * 100_001)
    with path.open("rb") as file, pytest.raises(TooLarge, match="100,000"):
        open_archive(file, "x")


def test_utf8_names_without_the_flag(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", {"Ä/é.txt": b"1"})
    path.write_bytes(_clear_utf8_flags(path.read_bytes()))
    with path.open("rb") as file:
        assert open_archive(file, "x").names() == ["Ä/é.txt"]


def _clear_utf8_flags(data: bytes) -> bytes:
    out = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = data.find(magic)
        out[at + offset] &= ~0x08
    return bytes(out)


def test_a_password_is_named(tmp_path: Path) -> None:
    data = bytearray(make_zip(tmp_path / "x.zip", {"a": b"1"}).read_bytes())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(data)
    with (tmp_path / "x.zip").open("rb") as file, pytest.raises(Unsupported, match="password"):
        open_archive(file, "x").read("a")


def test_what_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    with (tmp_path / "x").open("rb") as file, pytest.raises(Unsupported):
        open_archive(file, "x")


DAMAGE = st.tuples(st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=4), st.floats(0.1, 1))


@pytest.mark.parametrize("make", [make_zip, make_tar, make_7z, make_rar])
@settings(max_examples=40, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=DAMAGE)
def test_damage_is_told_or_survived(tmp_path: Path, make, damage: tuple[list[tuple[float, int]], float]) -> None:
    whole = bytearray(make(tmp_path / "whole").read_bytes())
    for place, bits in damage[0]:
        whole[int(place * len(whole))] ^= bits
    path = tmp_path / "damaged"
    path.write_bytes(whole[: int(damage[1] * len(whole))])
    with path.open("rb") as file:
        try:
            with open_archive(file, "x") as archive:
                for name in archive.names():
                    assert ".." not in name.split("/")
                    archive.read(name, 10_000)
        except MedleyError:
            pass


def test_truncated_archives_are_invalid(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip")
    path.write_bytes(path.read_bytes()[:-30])
    with path.open("rb") as file, pytest.raises(InvalidInput, match="damaged"):
        open_archive(file, "x")


def test_a_compressed_rar_without_a_program_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_rar(tmp_path / "x.rar", {"a.txt": b"compressed"}, method=3)
    with path.open("rb") as file, open_archive(file, "x") as archive:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(rarfile, "SEVENZIP2_TOOL", "7zz")
        monkeypatch.setattr(rarfile, "CURRENT_SETUP", None)
        assert archive.names() == ["a.txt"]
        with pytest.raises(Unsupported, match="no program") as told:
            archive.read("a.txt")
        assert "7zz" in told.value.hint
        assert list(archive.heads(["a.txt"], 10)) == []


@pytest.mark.skipif(not can_unpack(), reason="no program unpacks RAR here")
def test_damage_in_a_compressed_rar_is_told(tmp_path: Path) -> None:
    path = make_rar(tmp_path / "x.rar", {"a.txt": b"no such stream"}, method=3)
    with path.open("rb") as file, open_archive(file, "x") as archive, pytest.raises(InvalidInput):
        archive.read("a.txt")
