import base64
import struct
from pathlib import Path

import pytest
from mutagen import asf
from mutagen.apev2 import APEBinaryValue
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, ID3
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from mutagen.wavpack import WavPack
from tests.adapters.media.audio_files import read, sound_file

from medley.adapters.media.tags import embedded_picture
from medley.kernel.errors import NotFound

FRONT, BACK = b"\x89PNG front" * 200, b"\xff\xd8 back" * 300


def block(kind: int, mime: str, data: bytes) -> Picture:
    picture = Picture()
    picture.type, picture.mime, picture.desc, picture.data = kind, mime, "däsc", data
    return picture


def write_mp3(path: Path) -> None:
    tags = ID3()
    tags.add(APIC(3, "image/jpeg", 4, "back", BACK))
    tags.add(APIC(3, "image/png", 3, "front", FRONT))
    tags.save(path)


def write_flac(path: Path) -> None:
    audio = FLAC(path)
    audio.add_picture(block(4, "image/jpeg", BACK))
    audio.add_picture(block(3, "image/png", FRONT))
    audio.save()


def write_opus(path: Path) -> None:
    audio = OggOpus(path)
    blocks = (block(4, "image/jpeg", BACK), block(3, "image/png", FRONT))
    audio["metadata_block_picture"] = [base64.b64encode(each.write()).decode() for each in blocks]
    audio.save()


def write_wavpack(path: Path) -> None:
    audio = WavPack(path)
    audio["Cover Art (Back)"] = APEBinaryValue(b"back.jpg\0" + BACK)
    audio["Cover Art (Front)"] = APEBinaryValue(b"front.png\0" + FRONT)
    audio.save()


def write_asf(path: Path) -> None:
    audio = asf.ASF(path)

    def value(kind: int, mime: str, data: bytes) -> object:
        words = f"{mime}\0desc\0".encode("utf-16-le")
        return asf.ASFValue(struct.pack("<BI", kind, len(data)) + words + data, asf.BYTEARRAY)  # pyright: ignore

    audio["WM/Picture"] = [value(4, "image/jpeg", BACK), value(3, "image/png", FRONT)]
    audio.save()


@pytest.mark.parametrize(
    ("kind", "write"),
    [("mp3", write_mp3), ("flac", write_flac), ("opus", write_opus), ("wv", write_wavpack), ("wma", write_asf)],
)
def test_pictures_are_described_and_found_again(tmp_path: Path, kind: str, write):
    path = sound_file(tmp_path, kind)
    write(path)
    facts = read(path)
    assert sorted((each.role, each.mime, each.size) for each in facts.pictures) == [
        ("back", "image/jpeg", len(BACK)),
        ("cover", "image/png", len(FRONT)),
    ]
    with path.open("rb") as file:
        for picture in facts.pictures:
            file.seek(0)
            assert embedded_picture(file, path.name, picture.index) == (FRONT if picture.role == "cover" else BACK)


def test_pictures_of_mp4(tmp_path: Path):
    path = sound_file(tmp_path, "m4a")
    audio = MP4(path)
    audio["covr"] = [MP4Cover(FRONT, MP4Cover.FORMAT_PNG), MP4Cover(BACK, MP4Cover.FORMAT_JPEG)]
    audio.save()
    assert [(each.role, each.mime, each.size) for each in read(path).pictures] == [
        ("cover", "image/png", len(FRONT)),
        ("other", "image/jpeg", len(BACK)),
    ]
    with path.open("rb") as file:
        assert embedded_picture(file, path.name, 1) == BACK


def test_a_picture_that_is_not_there(tmp_path: Path):
    path = sound_file(tmp_path, "flac")
    with path.open("rb") as file, pytest.raises(NotFound):
        embedded_picture(file, path.name, 0)
