"""ffmpeg as the `Transcoder` of playback."""

import asyncio
from pathlib import Path

from medley.adapters.media.ffmpeg._arguments import arguments
from medley.adapters.media.ffmpeg._run import Process
from medley.core.playback.ports import Job


class Ffmpeg:
    """Runs one ffmpeg program; `program` as `locate` finds it."""

    def __init__(self, program: Path) -> None:
        self.program = program
        self._encoders: frozenset[str] | None = None

    async def start(self, job: Job) -> Process:
        """Start a job. Raises `Unavailable`."""
        return await Process.start(self.program, arguments(job))

    async def encoders(self) -> frozenset[str]:
        """What it can encode, by ffmpeg's names; asked once."""
        if self._encoders is None:
            self._encoders = _names(await self._said("-encoders"))
        return self._encoders

    async def version(self) -> str:
        """Its version, as it calls it."""
        first = (await self._said("-version")).split("\n", 1)[0]
        return first.removeprefix("ffmpeg version ").split(" ", 1)[0]

    async def _said(self, option: str) -> str:
        run = await Process.start(self.program, ["-hide_banner", option])
        try:
            async with asyncio.timeout(10):
                said = b""
                while data := await run.read():
                    said += data
        finally:
            await run.close()
        return said.decode("utf-8", "replace")


def _names(listing: str) -> frozenset[str]:
    """Lines such as ` V....D libx264  libx264 H.264 …`, after a line of dashes."""
    _, _, rows = listing.partition("------")
    return frozenset(words[1] for line in rows.splitlines() if len(words := line.split(None, 2)) > 1)
