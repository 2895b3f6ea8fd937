"""Tags in the dialect of each container, from one neutral description."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Tags:
    """What an audio file says about itself; empty fields are left out."""

    title: str
    artists: list[str]
    album: str
    album_artist: str
    date: str
    genre: str
    track: tuple[int, int] = (0, 0)  # number, of how many
    disc: tuple[int, int] = (0, 0)
    compilation: bool = False
    gain: tuple[float, float, float, float] | None = None  # track gain (dB), track peak, album gain, album peak
    lyrics: str = ""
    composer: str = ""
    comment: str = ""
    more: dict[str, str] = field(default_factory=dict)  # further fields by their Vorbis names
    cover: bytes = b""  # JPEG


def write(place: Path, tags: Tags) -> None:
    """Writes tags and cover into a file, the dialect by its suffix."""
    {".flac": _flac, ".opus": _opus, ".mp3": _id3, ".m4a": _mp4, ".m4b": _mp4}[place.suffix](place, tags)


def _vorbis(tags: Tags) -> dict[str, Any]:
    known: dict[str, Any] = {
        "title": tags.title,
        "artist": tags.artists,
        "album": tags.album,
        "albumartist": tags.album_artist,
        "date": tags.date,
        "genre": tags.genre,
        "composer": tags.composer,
        "comment": tags.comment,
        "lyrics": tags.lyrics,
        "compilation": "1" if tags.compilation else "",
    }
    for name, (number, total) in (("track", tags.track), ("disc", tags.disc)):
        if number:
            known |= {f"{name}number": str(number), f"{name}total": str(total)}
    return {name: value for name, value in (known | _gains(tags) | tags.more).items() if value}


def _gains(tags: Tags) -> dict[str, str]:
    if not tags.gain:
        return {}
    track, peak, album, album_peak = tags.gain
    return {
        "replaygain_track_gain": f"{track:.2f} dB",
        "replaygain_track_peak": f"{peak:.6f}",
        "replaygain_album_gain": f"{album:.2f} dB",
        "replaygain_album_peak": f"{album_peak:.6f}",
    }


def _picture(tags: Tags) -> Any:
    import io

    from mutagen.flac import Picture
    from PIL import Image

    picture = Picture()
    picture.type, picture.mime, picture.data, picture.depth = 3, "image/jpeg", tags.cover, 24
    with Image.open(io.BytesIO(tags.cover)) as image:
        picture.width, picture.height = image.size
    return picture


def _flac(place: Path, tags: Tags) -> None:
    from mutagen.flac import FLAC

    audio: Any = FLAC(place)
    audio.update(_vorbis(tags))
    if tags.cover:
        audio.add_picture(_picture(tags))
    audio.save()


def _opus(place: Path, tags: Tags) -> None:
    import base64

    from mutagen.oggopus import OggOpus

    audio: Any = OggOpus(place)
    audio.update(_vorbis(tags))
    if tags.gain:  # RFC 7845, 5.2.1: whole 1/256 dB against -23 LUFS, which is 5 dB below ReplayGain's level
        audio["r128_track_gain"] = str(round((tags.gain[0] - 5) * 256))
        audio["r128_album_gain"] = str(round((tags.gain[2] - 5) * 256))
    if tags.cover:
        audio["metadata_block_picture"] = base64.b64encode(_picture(tags).write()).decode()
    audio.save()


def _id3(place: Path, tags: Tags) -> None:
    from mutagen import id3

    frames: Any = id3.ID3()
    plain = {
        "TIT2": tags.title,
        "TALB": tags.album,
        "TPE2": tags.album_artist,
        "TDRC": tags.date,
        "TCON": tags.genre,
        "TCOM": tags.composer,
    }
    plain |= {"TCMP": "1" if tags.compilation else ""}
    plain |= {
        name: f"{number}/{total}" for name, (number, total) in (("TRCK", tags.track), ("TPOS", tags.disc)) if number
    }
    for name, text in plain.items():
        if text:
            frames.add(getattr(id3, name)(encoding=3, text=text))
    frames.add(id3.TPE1(encoding=3, text=tags.artists))  # pyright: ignore[reportPrivateImportUsage]
    for name, text in (_gains(tags) | tags.more).items():
        frames.add(id3.TXXX(encoding=3, desc=name.upper(), text=text))  # pyright: ignore[reportPrivateImportUsage]
    if tags.comment:
        frames.add(id3.COMM(encoding=3, lang="eng", desc="", text=tags.comment))  # pyright: ignore[reportPrivateImportUsage]
    if tags.lyrics:
        frames.add(id3.USLT(encoding=3, lang="eng", desc="", text=tags.lyrics))  # pyright: ignore[reportPrivateImportUsage]
    if tags.cover:
        frames.add(id3.APIC(encoding=3, mime="image/jpeg", type=3, desc="", data=tags.cover))  # pyright: ignore[reportPrivateImportUsage]
    frames.save(place)


def _mp4(place: Path, tags: Tags) -> None:
    from mutagen.mp4 import MP4, MP4Cover

    audio: Any = MP4(place)
    plain = {
        "\xa9nam": tags.title,
        "\xa9ART": tags.artists,
        "\xa9alb": tags.album,
        "aART": tags.album_artist,
        "\xa9day": tags.date,
    }
    plain |= {"\xa9gen": tags.genre, "\xa9wrt": tags.composer, "\xa9cmt": tags.comment, "\xa9lyr": tags.lyrics}
    for name, value in plain.items():
        if value:
            audio[name] = value
    for name, pair in (("trkn", tags.track), ("disk", tags.disc)):
        if pair[0]:
            audio[name] = [pair]
    if tags.compilation:
        audio["cpil"] = True
    for name, value in (_gains(tags) | tags.more).items():
        audio[f"----:com.apple.iTunes:{name}"] = value.encode()
    if tags.cover:
        audio["covr"] = [MP4Cover(tags.cover, MP4Cover.FORMAT_JPEG)]
    audio.save()
