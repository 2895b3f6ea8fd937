"""mpv as the `Speaker` of playback (https://mpv.io/manual/stable/#json-ipc)."""

import asyncio
import json
import shutil
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from medley.core.playback import SpeakerState, SpeakerTrack
from medley.kernel.errors import Unavailable

_PATIENCE_S = 10.0
_LINE = 1 << 20  # bytes; answers that hold a playlist are long
_OPTIONS = (
    "--idle=yes", "--no-config", "--no-terminal", "--load-scripts=no", "--ytdl=no", "--autoload-files=no",
    "--vid=no", "--sid=no", "--audio-display=no", "--gapless-audio=yes", "--replaygain=track", "--pause",
    "--keep-open=yes",
)  # fmt: skip


class Mpv:
    """One mpv, started when it is first needed and again after it died; then its queue is empty."""

    def __init__(self, program: str = "", device: str = "") -> None:
        """`program`: a path, or a name on PATH; `device` as mpv's `--audio-device`, or `null` for no sound at all."""
        self._program, self._device = program or "mpv", device
        self._process: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._listening: asyncio.Task[None] | None = None
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._loaded = asyncio.Event()
        self._serial = 0

    @property
    def pid(self) -> int | None:
        """The process, while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def append(self, tracks: Sequence[SpeakerTrack]) -> None:
        """Put tracks behind the others."""
        for track in tracks:
            is_first = await self._get("idle-active", True)
            self._loaded.clear()
            await self._do("loadfile", _address(track), "append-play")  # paused, so that nothing is heard yet
            if is_first:
                await self._settle()

    async def remove(self, index: int) -> None:
        """Take one out; if it was playing, the next one plays."""
        await self._do("playlist-remove", index)

    async def move(self, index: int, place: int) -> None:
        """Put one where it is number `place` then."""
        await self._do("playlist-move", index, place + (place > index))  # it goes before the one that has the number

    async def clear(self, keep_current: bool = False) -> None:
        """Take all out, or all but the one that plays."""
        if keep_current:
            await self._do("playlist-clear")
            return
        await self._do("set_property", "pause", True)
        await self._do("stop")

    async def play(self, index: int, offset_s: float = 0) -> None:
        """Go to a track, and there to `offset_s`."""
        self._loaded.clear()
        await self._do("playlist-play-index", index)
        await self._settle()
        if offset_s:
            await self._do("seek", offset_s, "absolute+exact")

    async def pause(self, paused: bool) -> None:
        """Hold on, or go on; at the end of the queue, from its beginning."""
        if not paused and await self._get("eof-reached", False):
            await self.play(0)
        await self._do("set_property", "pause", paused)

    async def set_gain(self, gain: float) -> None:
        """Loudness from 0 to 1."""
        await self._do("set_property", "volume", round(gain * 100, 1))

    async def state(self) -> SpeakerState:
        """What it does now; a speaker that was never used stands still."""
        if self.pid is None:
            return SpeakerState()
        index = await self._get("playlist-pos", -1)
        paused, idle = await self._get("pause", True), await self._get("idle-active", True)
        return SpeakerState(
            index=int(index),
            playing=not paused and not idle,
            position_s=max(0.0, float(await self._get("time-pos", 0.0))),
            gain=float(await self._get("volume", 100.0)) / 100,
            count=int(await self._get("playlist-count", 0)),
        )

    async def close(self) -> None:
        """End it."""
        if self._writer is not None:
            self._writer.close()
        if self._process is not None:
            try:
                await asyncio.wait_for(self._process.wait(), _PATIENCE_S)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        if self._listening is not None:
            await asyncio.wait([self._listening])
        self._process = self._writer = self._listening = None

    async def _settle(self) -> None:
        """Wait until it has opened the track: what it is told to play meanwhile, it forgets."""
        try:
            await asyncio.wait_for(self._loaded.wait(), _PATIENCE_S)
        except TimeoutError:
            raise Unavailable("mpv could not open this track.", hint="The file may be damaged.") from None

    async def _get(self, name: str, default: Any) -> Any:
        """A property; those of a track are not there between two tracks."""
        answer = await self._ask("get_property", name)
        return answer.get("data", default) if answer.get("error") == "success" else default

    async def _do(self, *command: Any) -> None:
        answer = await self._ask(*command)
        if answer.get("error") != "success":
            raise Unavailable(f"mpv refuses: {answer.get('error')}.", hint="Look at the server's log.")

    async def _ask(self, *command: Any) -> dict[str, Any]:
        if self.pid is None:
            await self._start()
        assert self._writer is not None
        self._serial += 1
        answer = self._answers[self._serial] = asyncio.get_running_loop().create_future()
        try:
            line = json.dumps({"command": command, "request_id": self._serial}, ensure_ascii=False)
            self._writer.write(line.encode("utf-8", "surrogateescape") + b"\n")
            return await asyncio.wait_for(answer, _PATIENCE_S)
        except (TimeoutError, ConnectionError):
            raise Unavailable("mpv does not answer.", hint="Is there a sound card, and may Medley use it?") from None
        finally:
            self._answers.pop(self._serial, None)

    async def _start(self) -> None:
        program = shutil.which(self._program)
        if program is None:
            raise Unavailable("mpv is not installed.", hint="Install mpv, or name one in the setting playback.mpv.")
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                *(program, *_OPTIONS, *_output(self._device), f"--input-ipc-client=fd://{theirs.fileno()}"),
                pass_fds=[theirs.fileno()],
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                cwd="/",
            )
        reader, self._writer = await asyncio.open_unix_connection(sock=ours, limit=_LINE)
        self._listening = asyncio.create_task(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        try:
            while line := await reader.readline():
                told = json.loads(line)
                waiting = self._answers.get(told.get("request_id", 0))
                if told.get("event") == "file-loaded" or told.get("reason") == "error":
                    self._loaded.set()
                elif "error" in told and waiting is not None and not waiting.done():
                    waiting.set_result(told)
        except (ConnectionError, ValueError):
            pass  # it died; whoever waits is told below
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError())


def _output(device: str) -> tuple[str, ...]:
    return ("--ao=null",) if device == "null" else (f"--audio-device={device}",) if device else ()


def _address(track: SpeakerTrack) -> str:
    path = _text(track.path)
    if not track.start_ms and not track.end_ms:
        return path
    length = f",{(track.end_ms - track.start_ms) / 1000}" if track.end_ms else ""
    return f"edl://%{len(bytes(track.path))}%{path},{track.start_ms / 1000}{length}"


def _text(path: Path) -> str:
    if not path.is_absolute():
        raise Unavailable("Only a file with an absolute path can be played.")
    return str(path)
