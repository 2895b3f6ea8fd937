"""Three albums of photographs, with the dates, cameras, places and odd orientations that real ones have."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from medley.app.demo import views
from medley.app.demo.posters import sized
from medley.app.demo.workshop import Piece, Workshop

# Orientation tag → the turn that the camera left undone (Exif 2.32, 4.6.4 A).
STORED = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
CAMERAS = {
    "kestrel": ("Kestrel Optics", "Kestrel K2", "K2 35mm F1.8", 35.0),
    "orrery": ("Orrery", "Orrery Night 7", "Night 20mm F1.4", 20.0),
    "pocket": ("Tern", "Tern Pocket", "Tern Pocket 26mm", 26.0),
}


@dataclass(frozen=True)
class Photo:
    """A photograph and what its camera wrote down; `place` is latitude, longitude (degrees), altitude (metres)."""

    name: str
    view: views.View
    taken: str
    camera: str = "kestrel"
    place: tuple[float, float, float] | None = None
    exposure: tuple[float, Fraction, int] = (8.0, Fraction(1, 250), 100)  # f-number, seconds, ISO
    orientation: int = 1
    upright: bool = False
    about: str = ""


ALBUMS: dict[str, list[Photo]] = {
    "2023-10 Highland Light": [
        Photo(
            "K2_0412.jpg", views.loch, "2023:10:14 07:41:09", place=(57.3245, -5.5121, 22), about="Loch at first light"
        ),
        Photo(
            "K2_0418.jpg", views.glen, "2023:10:14 10:05:52", place=(57.2711, -5.4203, 310), orientation=6, upright=True
        ),
        Photo("K2_0431.jpg", views.moor, "2023:10:14 18:12:30", place=(56.6512, -4.8421, 290)),
        Photo(
            "K2_0455.jpg",
            views.snow,
            "2023:10:15 11:20:01",
            place=(57.0704, -3.6699, 1080),
            exposure=(11.0, Fraction(1, 500), 100),
        ),
        Photo(
            "K2_0460.jpg",
            views.bothy,
            "2023:10:15 21:48:40",
            place=(57.0312, -3.7201, 640),
            exposure=(1.8, Fraction(8), 1600),
            orientation=3,
        ),
    ],
    "2024-02 Night Skies": [
        Photo(
            "N7_1001.jpg",
            views.aurora,
            "2024:02:09 23:15:22",
            "orrery",
            (68.2342, 14.5683, 5),
            (1.4, Fraction(6), 3200),
            about="Northern lights over the bay",
        ),
        Photo(
            "N7_1004.jpg",
            views.milky_way,
            "2024:02:10 02:31:07",
            "orrery",
            (68.1503, 13.9801, 40),
            (1.4, Fraction(15), 6400),
            8,
            True,
        ),
        Photo(
            "N7_1010.jpg",
            views.crescent,
            "2024:02:11 19:02:45",
            "orrery",
            (68.1412, 14.2100, 12),
            (4.0, Fraction(1, 4), 800),
        ),
        Photo("N7_1022.png", views.harbour_lights, "2024:02:12 20:44:10", "orrery"),
    ],
    "2024-07 Coast Road": [
        Photo("IMG_2207.jpg", views.headland, "2024:07:03 21:18:33", "pocket", (38.7812, -9.4989, 60)),
        Photo(
            "IMG_2211.heic", views.sail, "2024:07:04 20:55:02", "pocket", (38.6979, -9.4215, 3), about="Last boat home"
        ),
        Photo(
            "IMG_2230.jpg",
            views.swell,
            "2024:07:06 09:12:48",
            "pocket",
            (39.6012, -9.0701, 8),
            orientation=6,
            upright=True,
        ),
        Photo("IMG_2241.jpg", views.dunes, "2024:07:07 18:30:00", "pocket", (37.1028, -8.6731, 15)),
        Photo("IMG_2250.jpg", views.beach_hut, "2024:07:08 08:05:19", "pocket", (37.0179, -7.9351, 4)),
    ],
}


def pieces() -> list[Piece]:
    """The albums."""
    return [Piece(f"Photos: {album}", lambda shop, album=album: _album(shop, album)) for album in ALBUMS]


def _album(shop: Workshop, album: str) -> None:
    for photo in ALBUMS[album]:
        shop.make(f"Photos/{album}/{photo.name}", lambda place, photo=photo: _take(shop, photo, place))


def _take(shop: Workshop, photo: Photo, place: Path) -> None:
    # The one HEIC is smaller: its codec is as slow as it is thrifty.
    wide, tall = sized(shop, (1200, 800) if place.suffix == ".heic" else (1620, 1080))
    picture = photo.view((tall, wide) if photo.upright else (wide, tall))
    turn = STORED[photo.orientation]
    if turn is not None:
        picture = picture.transpose(turn)
    exif = _exif(photo)
    if place.suffix == ".heic":
        import pillow_heif

        pillow_heif.from_pillow(picture).save(place, quality=70, exif=exif.tobytes())
    elif place.suffix == ".png":
        picture.save(place, "PNG", exif=exif, compress_level=3)
    else:
        picture.save(place, "JPEG", quality=88, exif=exif)


def _exif(photo: Photo) -> Image.Exif:
    """The tags by their numbers in Exif 2.32 and TIFF 6.0."""
    make, model, lens, focal = CAMERAS[photo.camera]
    aperture, exposure, iso = photo.exposure
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = make, model, photo.orientation
    exif[0x0132], exif[0x013B] = photo.taken, "June Abara"
    if photo.about:
        exif[0x010E] = photo.about
    shot: dict[int, Any] = {0x9003: photo.taken, 0x9004: photo.taken, 0xA434: lens, 0x9011: "+01:00"}
    shot |= {
        0x829A: IFDRational(exposure.numerator, exposure.denominator),
        0x829D: IFDRational(round(aperture * 10), 10),
    }
    shot |= {0x8827: iso, 0x920A: IFDRational(round(focal * 10), 10)}
    exif.get_ifd(0x8769).update(shot)
    if photo.place:
        latitude, longitude, altitude = photo.place
        where: dict[int, Any] = {0: b"\x02\x03\x00\x00", 1: "N" if latitude >= 0 else "S", 2: _degrees(latitude)}
        where |= {
            3: "E" if longitude >= 0 else "W",
            4: _degrees(longitude),
            5: b"\x00",
            6: IFDRational(round(altitude * 10), 10),
        }
        exif.get_ifd(0x8825).update(where)
    return exif


def _degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    minutes, seconds = divmod(round(abs(value) * 360_000), 6_000)
    degrees, minutes = divmod(minutes, 60)
    return IFDRational(degrees, 1), IFDRational(minutes, 1), IFDRational(seconds, 100)
