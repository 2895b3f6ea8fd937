"""Short films of a test picture, made once and kept below build/bench."""

import json
import os
import subprocess
from pathlib import Path

from bench._ground import CACHE
from bench._medley import Client, Medley

_SECONDS, _RATE = 12, 30
_VIDEO = {
    "h264": ("-c:v", "libx264", "-preset", "veryfast", "-b:v", "6M"),
    "hevc": ("-c:v", "libx265", "-preset", "ultrafast", "-b:v", "4M", "-x265-params", "log-level=error"),
}
_VOID = b"\xec"  # EBML's element for bytes that mean nothing, RFC 8794, section 11.3.2


def ffmpeg() -> str:
    """The ffmpeg that Medley uses too."""
    import imageio_ffmpeg

    return imageio_ffmpeg.get_ffmpeg_exe()


def film(codec: str) -> Path:
    """Twelve seconds of 1080p with AAC in Matroska, a keyframe every two seconds."""
    path = CACHE / "films" / f"{codec}.mkv"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        making = path.with_suffix(".making.mkv")
        command = [ffmpeg(), "-y", "-v", "error", "-f", "lavfi", "-i", f"testsrc2=s=1920x1080:r={_RATE}"]
        command += ["-f", "lavfi", "-i", "sine=220:r=48000", "-t", str(_SECONDS), *_VIDEO[codec], "-pix_fmt", "yuv420p"]
        subprocess.run([*command, "-g", str(2 * _RATE), "-c:a", "aac", "-ac", "2", making], check=True, timeout=300)
        making.rename(path)
    return path


def long_film(codec: str) -> Path:
    """The same ten times over: two minutes."""
    path = CACHE / "films" / f"{codec}-long.mkv"
    if not path.exists():
        making = path.with_suffix(".making.mkv")
        command = [ffmpeg(), "-y", "-v", "error", "-stream_loop", "9", "-i", film(codec), "-c", "copy", making]
        subprocess.run(command, check=True, timeout=300)
        making.rename(path)
    return path


def padded(path: Path, size: int) -> None:
    """A film of `size` bytes at `path`, most of which mean nothing to a demuxer."""
    data = film("h264").read_bytes()
    void = size - len(data) - 9
    path.write_bytes(data + _VOID + (void | 1 << 56).to_bytes(8, "big") + os.urandom(1 << 20) * (void >> 20))
    os.truncate(path, size)


def linked(folder: Path, path: Path, many: int) -> None:
    """A film under `many` names: as many items, each with a file of its own as far as Medley knows."""
    folder.mkdir(parents=True)
    for number in range(many):
        os.link(path, folder / f"Film {number} ({1950 + number}).mkv")


def items_of(server: Medley, client: Client, folder: Path) -> list[str]:
    """The ids of the films in `folder`, once they are scanned."""
    server.wait(server.scan(server.add(folder, "film")))
    found = json.loads(client.get("/api/v1/items", kind="film", limit=500)[0])["items"]
    if not found:
        raise RuntimeError("The scan found no film.")
    return [item["id"] for item in found]


def file_of(client: Client, item_id: str) -> str:
    """The id of a film's file."""
    return json.loads(client.get(f"/api/v1/items/{item_id}")[0])["editions"][0]["files"][0]["id"]
