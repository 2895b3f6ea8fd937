"""Pictures: every format comes out upright, small, in sRGB, with a placeholder."""

import io
import subprocess
import time
from pathlib import Path

import imageio_ffmpeg
import pillow_heif
import pillow_jxl  # noqa: F401
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from medley.adapters.media import _thumbhash
from medley.adapters.media.pictures import PICTURES, frame, render_bytes
from medley.kernel.errors import InvalidInput, MedleyError, TooLarge

pillow_heif.register_heif_opener()
RED, BLUE = (200, 30, 30), (20, 40, 190)


def two_halves(width: int = 400, height: int = 200) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def as_bytes(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def rendered(data: bytes, widths: tuple[int, ...] = (100,), name: str = "x"):
    made: dict[int, bytes] = {}
    told = render_bytes(data, name, widths, made.__setitem__)
    return told, {width: Image.open(io.BytesIO(webp)) for width, webp in made.items()}


def near(pixel: object, wanted: tuple[int, int, int], by: int = 30) -> bool:
    return all(abs(a - b) <= by for a, b in zip(pixel, wanted, strict=False))  # type: ignore[call-overload]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "HEIF", "JXL", "BMP"])
def test_every_format_in_every_width(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "picture"
    path.write_bytes(as_bytes(two_halves(), kind))
    made: dict[int, bytes] = {}
    with path.open("rb") as file:
        told = PICTURES.render(file, "picture", (50, 100, 1000), made.__setitem__)
    assert (told.width, told.height) == (400, 200)
    pictures = {width: Image.open(io.BytesIO(webp)) for width, webp in made.items()}
    assert {w: p.size for w, p in pictures.items()} == {50: (50, 25), 100: (100, 50), 1000: (400, 200)}
    assert all(picture.format == "WEBP" for picture in pictures.values())
    shown = pictures[100].convert("RGB")
    assert near(shown.getpixel((20, 25)), RED)
    assert near(shown.getpixel((80, 25)), BLUE)
    assert 5 < len(told.placeholder) <= 25


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "WEBP", "PNG"])
def test_orientation_is_applied(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right to show
    told, pictures = rendered(as_bytes(two_halves(), kind, exif=exif))
    assert (told.width, told.height) == (200, 400)
    shown = pictures[100].convert("RGB")
    assert near(shown.getpixel((50, 40)), RED)
    assert near(shown.getpixel((50, 160)), BLUE)


def test_other_colours_become_srgb() -> None:
    profile = ImageCms.createProfile("LAB")
    lab = ImageCms.profileToProfile(two_halves(), ImageCms.createProfile("sRGB"), profile, outputMode="LAB")
    for data in (as_bytes(lab, "TIFF"), as_bytes(two_halves().convert("CMYK"), "JPEG")):
        _, pictures = rendered(data)
        assert near(pictures[100].convert("RGB").getpixel((20, 25)), RED, 60)


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "JXL", "TIFF"])
def test_a_colour_profile_is_used_and_dropped(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    _, pictures = rendered(as_bytes(two_halves(), kind, icc_profile=profile))
    assert near(pictures[100].convert("RGB").getpixel((20, 25)), RED)
    assert "icc_profile" not in pictures[100].info


def test_transparency_and_grey_and_animation() -> None:
    _, pictures = rendered(as_bytes(Image.new("RGBA", (60, 60), (0, 0, 0, 0)), "PNG"))
    assert pictures[100].mode == "RGBA"
    told, _ = rendered(as_bytes(Image.new("L", (60, 90), 128), "PNG"))
    assert (told.width, told.height) == (60, 90)
    frames = [Image.new("RGB", (80, 40), RED), Image.new("RGB", (80, 40), BLUE)]
    told, pictures = rendered(as_bytes(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert (told.width, told.height) == (80, 40)
    assert near(pictures[100].convert("RGB").getpixel((40, 20)), RED)


def test_sixteen_bits_and_very_tall_pages() -> None:
    _, pictures = rendered(as_bytes(Image.new("I;16", (100, 100), 65535), "PNG"))
    assert near(pictures[100].convert("RGB").getpixel((50, 50)), (255, 255, 255))
    _, pictures = rendered(as_bytes(Image.new("RGB", (200, 40_000), RED), "PNG"), (200,))
    assert pictures[200].height <= 16383


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = bytearray(as_bytes(Image.new("1", (8, 8)), "PNG"))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    bomb[29:33] = __import__("zlib").crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    start = time.monotonic()
    with pytest.raises(TooLarge, match="pixels"):
        rendered(bytes(bomb))
    assert time.monotonic() - start < 1


def test_what_is_no_picture_is_said_to_be_none() -> None:
    for data in (b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        with pytest.raises(MedleyError):
            rendered(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF", "TIFF"])
@settings(max_examples=25, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=4),
    keep=st.floats(0.05, 1),
)
def test_damage_is_told_or_survived(kind: str, flips: list[tuple[float, int]], keep: float) -> None:
    data = bytearray(as_bytes(two_halves(64, 48), kind))
    for place, bits in flips:
        data[int(place * len(data))] ^= bits
    try:
        rendered(bytes(data[: int(keep * len(data))]))
    except MedleyError:
        pass


def test_thumbhash_round_trip() -> None:
    image = two_halves(100, 50).convert("RGBA")
    width, height, pixels = _thumbhash.decode(_thumbhash.encode(100, 50, image.tobytes()))
    assert (width, height) == (32, 18)  # the hash keeps the ratio 7 to 4 of its coefficients
    shown = Image.frombytes("RGBA", (width, height), pixels)
    assert near(shown.getpixel((3, 9)), RED, 60)
    assert near(shown.getpixel((28, 9)), BLUE, 60)


@given(
    size=st.tuples(st.integers(8, 40), st.integers(8, 40)),
    colour=st.tuples(*[st.integers(0, 255)] * 4),
)
@settings(max_examples=40, deadline=None)
def test_thumbhash_of_one_colour(size: tuple[int, int], colour: tuple[int, int, int, int]) -> None:
    data = _thumbhash.encode(*size, bytes(colour) * (size[0] * size[1]))
    assert 5 <= len(data) <= 25
    _, _, pixels = _thumbhash.decode(data)
    assert abs(pixels[3] - colour[3]) <= 17
    if colour[3] == 255:
        assert near(pixels[:3], colour[:3], 16)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds: black for three, then a test picture; anamorphic, a keyframe every second."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", "color=black:s=160x96:d=3:r=10"]
    command += ["-f", "lavfi", "-i", "testsrc=s=160x96:d=17:r=10", "-filter_complex", "concat=n=2,setsar=2"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True)
    return path


def test_a_frame_that_is_not_black_is_chosen(film: Path) -> None:
    made: dict[int, bytes] = {}
    told = frame(str(film), -1, (320,), made.__setitem__)
    assert (told.width, told.height) == (320, 96)
    low, high = Image.open(io.BytesIO(made[320])).convert("L").getextrema()
    assert high - low > 100  # type: ignore[operator]
    with film.open("rb") as file:
        frame(file, 1000, (64,), made.__setitem__)
    assert Image.open(io.BytesIO(made[64])).convert("L").getextrema()[1] < 40  # type: ignore[operator]


def test_a_film_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"nothing" * 100)
    with pytest.raises(InvalidInput):
        frame(str(path), -1, (64,), lambda width, data: None)


def test_a_raw_file_that_nobody_knows_shows_its_largest_preview() -> None:
    preview = as_bytes(two_halves(1200, 600), "JPEG")
    told, pictures = rendered(b"RAWFILE!" * 100 + as_bytes(two_halves(80, 40), "JPEG") + preview, (300,), "x.nef")
    assert (told.width, told.height) == (1200, 600)
    assert pictures[300].size == (300, 150)
    with pytest.raises(MedleyError):
        rendered(b"RAWFILE!" * 100, (300,), "x.nef")
