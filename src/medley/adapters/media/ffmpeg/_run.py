"""One ffmpeg process: its output read in pieces, its last words kept, and never left behind."""

import asyncio
import contextlib
import os
import re
import resource
from asyncio.subprocess import SubprocessStreamProtocol
from collections import deque
from pathlib import Path

from medley.core.playback.ports import Outcome
from medley.kernel.errors import Unavailable

_PIECE = 256 << 10
_KEPT_LINES = 20
_LINE_LENGTH = 500
_LEVEL = re.compile(r"\[(panic|fatal|error|warning|info|verbose)\] ?")
_TALK = ("info", "verbose")
_SAMPLES = re.compile(r"Output stream .* frames encoded \(([0-9]+) samples\)")
_NICENESS = 10  # a page must stay quick while a film is encoded, and a film come before a scan
_ADDRESS_SPACE = 12 << 30  # bytes; a frame of 8K in floating point takes 400 MB, and encoders hold dozens
_FILES = 256
_PATIENCE_S = 5.0


class Process:
    """A started ffmpeg. Implements the `Run` of playback.

    It cannot outlive us: it writes to our pipe, and a pipe that nobody reads any more ends its writer. It can write
    no file at all (RLIMIT_FSIZE), so a hostile input that finds a hole in it still changes nothing.
    """

    def __init__(self, process: asyncio.subprocess.Process, transport: asyncio.SubprocessTransport) -> None:
        self._process, self._transport = process, transport
        self._lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._samples: int | None = None
        self._listening = asyncio.create_task(self._listen())
        _limit(process.pid)

    @classmethod
    async def start(cls, program: Path, arguments: list[str]) -> "Process":
        """Start it. Raises `Unavailable` where it cannot be started."""
        loop = asyncio.get_running_loop()
        try:
            transport, protocol = await loop.subprocess_exec(
                lambda: SubprocessStreamProtocol(limit=_PIECE, loop=loop),
                program,
                *arguments,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            )
        except OSError as error:
            hint = "Look at the ffmpeg setting; `medley check` tells more."
            raise Unavailable(f"ffmpeg could not be started: {error.strerror}.", hint=hint) from error
        return cls(asyncio.subprocess.Process(transport, protocol, loop), transport)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    async def read(self) -> bytes:
        """Up to 256 KiB of its output; nothing at the end."""
        assert self._process.stdout is not None
        return await self._process.stdout.read(_PIECE)

    async def close(self) -> Outcome:
        """Kill it if it still has something to say, and wait; not for ever, as a dead disk holds it against SIGKILL."""
        assert self._process.stdout is not None
        if not self._process.stdout.at_eof():
            self._kill()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._process.wait()
                await asyncio.shield(self._listening)
        except TimeoutError:
            self._kill()
        finally:
            self._transport.close()
        code = self._process.returncode
        return Outcome(-9 if code is None else code, tuple(self._lines), self._samples)

    def _kill(self) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def _listen(self) -> None:
        """Keep the last complaints; reading on matters as much, because a full pipe would stop it."""
        assert self._process.stderr is not None
        rest = b""
        while data := await self._process.stderr.read(_PIECE):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._hear(_readable(line))
            rest = rest[-_LINE_LENGTH:]
        self._hear(_readable(rest))

    def _hear(self, line: str) -> None:
        level = _LEVEL.search(line)
        if line and (level is None or level[1] not in _TALK):
            self._lines.append(_LEVEL.sub("", line, count=1))
        elif said := _SAMPLES.search(line):
            self._samples = int(said[1])


def _readable(line: bytes) -> str:
    return line[:_LINE_LENGTH].decode("utf-8", "replace").strip()


def _limit(pid: int) -> None:
    """From outside and after the start: code between fork and exec is unsafe in a process with threads."""
    with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
        os.setpriority(os.PRIO_PROCESS, pid, _NICENESS)
        for what, most in (
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_AS, _ADDRESS_SPACE),
            (resource.RLIMIT_NOFILE, _FILES),
        ):
            resource.prlimit(pid, what, (most, most))
