"""The ffmpeg that runs: found, limited, its last words kept."""

import asyncio
import os
import resource
from fractions import Fraction
from pathlib import Path

import psutil
import pytest

from medley.adapters.media.ffmpeg import Ffmpeg, locate
from medley.core.playback.ports import H264, AudioJob, AudioTrack, SegmentJob, SubtitleJob, VideoTrack
from medley.kernel.errors import InvalidInput, Unavailable


def test_our_own_ffmpeg_is_found_and_has_what_we_need() -> None:
    ffmpeg = Ffmpeg(locate())
    encoders = asyncio.run(ffmpeg.encoders())
    assert {"libx264", "aac", "libopus", "libmp3lame", "webvtt"} <= encoders
    assert asyncio.run(ffmpeg.version())


def test_a_setting_names_another(tmp_path: Path) -> None:
    mine = tmp_path / "ffmpeg"
    mine.write_text("#!/bin/sh\n")
    mine.chmod(0o755)
    assert locate(str(mine)) == mine
    with pytest.raises(Unavailable, match="no program"):
        locate(str(tmp_path / "gone"))


def test_a_program_that_cannot_start_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="could not be started"):
        asyncio.run(Ffmpeg(tmp_path / "gone").start(SubtitleJob(Path("/x"), 0)))


@pytest.mark.parametrize("path", ["-i", "relative.mkv", "http://example.org/x", "concat:a|b"])
def test_only_absolute_paths_are_played(path: str) -> None:
    with pytest.raises(InvalidInput):
        asyncio.run(Ffmpeg(locate()).start(AudioJob(Path(path), 0, "mp3", 96_000, 44_100, 2)))


def script(tmp_path: Path, text: str) -> Ffmpeg:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)
    return Ffmpeg(program)


def command_line(tmp_path: Path, job: SegmentJob | AudioJob | SubtitleJob) -> list[str]:
    async def run() -> bytes:
        process = await script(tmp_path, r'printf "%s\0" "$@"').start(job)
        got = b""
        while data := await process.read():
            got += data
        await process.close()
        return got

    return [os.fsdecode(part) for part in asyncio.run(run()).split(b"\0")[:-1]]


def test_the_path_is_the_only_word_from_outside(tmp_path: Path) -> None:
    wish = H264(640, 360, Fraction(25), 1_000_000, 31, (0, 1000))
    named = Path("/media/-y\n'; rm\udcff.mkv")
    for job in (
        SegmentJob(named, 0, VideoTrack(0, wish), AudioTrack(1, "aac")),
        AudioJob(named, 0, "opus", 96_000, 48_000, 2),
        SubtitleJob(named, 2),
    ):
        words = command_line(tmp_path, job)
        mine = [place for place, word in enumerate(words) if "rm" in word and "media" in word]
        assert [words[place - 1] for place in mine] == ["-i"]
        assert words[mine[0]] == f"file:{named}"
        assert words[words.index("-protocol_whitelist") + 1] == "file,pipe,fd"
        assert words.index("-protocol_whitelist") < mine[0]
        assert words[-1] == "pipe:1"
        assert "-nostdin" in words


def test_it_runs_limited_and_cannot_write_files(tmp_path: Path) -> None:
    async def look() -> None:
        process = await script(tmp_path, f"sleep 0.3; echo x > {tmp_path}/written; exec sleep 30").start(
            SubtitleJob(Path("/x"), 0)
        )
        seen = psutil.Process(process.pid)
        assert seen.nice() > 0
        assert seen.rlimit(resource.RLIMIT_FSIZE) == (0, 0)
        assert seen.rlimit(resource.RLIMIT_CORE) == (0, 0)
        assert seen.rlimit(resource.RLIMIT_AS)[1] > 0
        assert seen.environ().keys() <= {"PATH", "LC_ALL", "PWD", "OLDPWD", "SHLVL", "_"}
        outcome = await asyncio.wait_for(_to_the_end(process), 10)
        assert outcome != 0
        assert not (tmp_path / "written").exists() or not (tmp_path / "written").read_text()

    asyncio.run(look())


async def _to_the_end(process) -> int:
    while await process.read():
        pass
    return (await process.close()).code


def test_the_last_lines_are_kept_however_much_it_says(tmp_path: Path) -> None:
    async def run():
        text = 'i=0; while [ $i -lt 3000 ]; do echo "line $i, long enough to fill a pipe" >&2; i=$((i+1)); done; exit 7'
        process = await script(tmp_path, text).start(SubtitleJob(Path("/x"), 0))
        assert await process.read() == b""
        return await process.close()

    outcome = asyncio.run(run())
    assert outcome.code == 7
    assert outcome.lines[-1].startswith("line 2999,")
    assert len(outcome.lines) == 20


def test_closing_ends_it_at_once_and_twice(tmp_path: Path) -> None:
    async def run() -> None:
        process = await script(tmp_path, "exec sleep 60").start(SubtitleJob(Path("/x"), 0))
        assert (await process.close()).code == -9
        assert (await process.close()).code == -9
        assert not psutil.pid_exists(process.pid)

    asyncio.run(asyncio.wait_for(run(), 5))
