"""Viewers share what is made; heads start, stand still, end; failures are told and overcome."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import av
import psutil
import pytest

from medley.adapters.media.ffmpeg import Ffmpeg
from medley.core.playback import AudioProfile, Limits, MediaFile, Playback, Variant
from medley.core.playback.ports import Job, Run
from medley.kernel.errors import InvalidInput, NotFound, Unavailable, Unsupported

Film = Callable[[str], MediaFile]

COPY, ENCODED = Variant.parse("copy-a1"), Variant.parse("h264-240-a1-aac")


class Counting:
    """The real transcoder, remembering what it was asked for."""

    def __init__(self, inner: Ffmpeg) -> None:
        self.inner = inner
        self.jobs: list[Job] = []
        self.runs: list[Run] = []

    async def start(self, job: Job) -> Run:
        self.jobs.append(job)
        self.runs.append(await self.inner.start(job))
        return self.runs[-1]

    async def encoders(self) -> frozenset[str]:
        return await self.inner.encoders()


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if "ffmpeg" in child.name()]


async def soon(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        await asyncio.sleep(0.01)
    return condition()


def test_two_viewers_share_one_process(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        counting = Counting(transcoder)
        playback = Playback(tmp_path, counting)
        media = film("film.mkv")
        one, other = await asyncio.gather(playback.segment(media, ENCODED, 0), playback.segment(media, ENCODED, 0))
        assert one == other
        await playback.segment(media, ENCODED, 1)
        await playback.init(media, ENCODED)
        assert len(counting.jobs) == 1
        await playback.stop()

    asyncio.run(view())


def test_a_seek_back_is_quick_and_starts_nothing(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        counting = Counting(transcoder)
        playback = Playback(tmp_path, counting)
        media = film("film.mkv")
        for number in range(4):
            await playback.segment(media, COPY, number)
        assert await soon(lambda: not children())
        await playback.segment(media, COPY, 0)
        assert len(counting.jobs) == 1
        await playback.stop()

    asyncio.run(view())


def test_segments_outlive_the_process_and_belong_to_one_content(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view(media: MediaFile) -> int:
        counting = Counting(transcoder)
        playback = Playback(tmp_path, counting)
        await playback.segment(media, COPY, 0)
        await playback.stop()
        return len(counting.jobs)

    media = film("film.mkv")
    changed = MediaFile(media.id, media.path, media.size, media.mtime_ms + 1, media.facts)
    assert asyncio.run(view(media)) == 1
    assert asyncio.run(view(media)) == 0
    assert asyncio.run(view(changed)) == 1


def test_a_head_stands_still_when_far_ahead_and_ends_when_idle(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        limits = Limits(ahead_ms=2_000, idle_s=0.5, prefetch_ms=0)
        playback = Playback(tmp_path, transcoder, limits)
        media = film("film.mp4")
        await playback.segment(media, ENCODED, 0)
        made = tmp_path / media.key / ENCODED.text
        await asyncio.sleep(0.3)
        assert not (made / "6.m4s").exists()
        assert len(children()) == 1
        assert await soon(lambda: not children())
        await playback.segment(media, ENCODED, 5)  # and another takes over where it is wanted
        await playback.stop()
        assert not children()

    asyncio.run(view())


class Held:
    """The real transcoder, which does not begin on one file until it may."""

    def __init__(self, inner: Ffmpeg, path: Path) -> None:
        self.inner, self.path, self.may = inner, path, asyncio.Event()

    async def start(self, job: Job) -> Run:
        if job.path == self.path:
            await self.may.wait()
        return await self.inner.start(job)

    async def encoders(self) -> frozenset[str]:
        return await self.inner.encoders()


def test_a_head_keeps_a_small_lead_while_somebody_else_waits(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        media, other = film("film.mp4"), film("film.mkv")
        held = Held(transcoder, other.path)
        playback = Playback(tmp_path, held, Limits(spare_ms=2_000, prefetch_ms=0))
        waiter = asyncio.create_task(playback.segment(other, COPY, 0))
        await asyncio.sleep(0)
        await playback.segment(media, ENCODED, 0)
        made = tmp_path / media.key / ENCODED.text
        assert not await soon((made / "6.m4s").exists, 1.5)
        held.may.set()
        await waiter
        assert await soon((made / "6.m4s").exists)
        await playback.stop()

    asyncio.run(view())


def test_heads_are_few_however_wildly_one_seeks(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        playback = Playback(tmp_path, transcoder, Limits(heads_per_variant=2, reach_ms=0, prefetch_ms=0))
        media = film("film.mkv")
        asked = [asyncio.create_task(playback.segment(media, ENCODED, number)) for number in (5, 1, 3, 6, 0)]
        while not all(task.done() for task in asked):
            assert len(children()) <= 2
            await asyncio.sleep(0.005)
        results = await asyncio.gather(*asked, return_exceptions=True)
        assert isinstance(results[-1], Path)
        assert all(isinstance(result, Path | Unavailable) for result in results)
        await playback.stop()

    asyncio.run(view())


def test_a_full_house_is_refused_and_a_standing_head_gives_way(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        playback = Playback(tmp_path, transcoder, Limits(heads=1, ahead_ms=0, prefetch_ms=0))
        await playback.segment(film("film.mkv"), ENCODED, 0)
        await asyncio.sleep(0.5)
        await playback.segment(film("film.mp4"), ENCODED, 0)
        assert len(children()) <= 1
        await playback.stop()
        playback = Playback(tmp_path / "other", transcoder, Limits(heads=0))
        with pytest.raises(Unavailable, match="already"):
            await playback.segment(film("film.mkv"), COPY, 0)
        await playback.stop()

    asyncio.run(view())


def test_a_killed_ffmpeg_is_told_and_overcome(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        counting = Counting(transcoder)
        playback = Playback(tmp_path, counting)
        media = film("film.mkv")
        waiting = asyncio.create_task(playback.segment(media, ENCODED, 4))
        assert await soon(lambda: bool(counting.runs))
        children()[0].kill()
        with pytest.raises(Unavailable, match="ffmpeg stopped with code -9"):
            await waiting
        assert (await playback.segment(media, ENCODED, 4)).stat().st_size > 0
        await playback.stop()

    asyncio.run(view())


def test_a_file_that_is_no_film_says_what_ffmpeg_says(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        playback = Playback(tmp_path / "cache", transcoder)
        path = tmp_path / "broken.mkv"
        path.write_bytes(b"not a film at all" * 100)
        media = MediaFile("x", path, 1700, 1, film("film.mkv").facts)
        with pytest.raises(Unavailable, match="Invalid data"):
            await playback.segment(media, COPY, 0)
        with pytest.raises(Unavailable, match="No such file"):
            await playback.init(MediaFile("y", tmp_path / "gone.mkv", 1, 1, film("film.mkv").facts), COPY)
        await playback.stop()

    asyncio.run(view())


def test_a_truncated_file_plays_as_far_as_it_goes(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        whole = film("film.ts")
        path = tmp_path / "short.ts"
        path.write_bytes(whole.path.read_bytes()[: whole.size // 20])
        playback = Playback(tmp_path / "cache", transcoder)
        media = MediaFile("x", path, 1, 1, whole.facts)
        await playback.segment(media, ENCODED, 0)
        with pytest.raises(Unavailable, match="ends before its stated length"):
            await playback.segment(media, ENCODED, 6)
        await playback.stop()

    asyncio.run(view())


def test_a_hanging_transcoder_is_given_up(film: Film, tmp_path: Path) -> None:
    sleeper = tmp_path / "sleeper"
    sleeper.write_text("#!/bin/sh\nexec sleep 60\n")
    sleeper.chmod(0o755)

    async def view() -> None:
        playback = Playback(tmp_path / "cache", Ffmpeg(sleeper), Limits(wait_s=0.3))
        with pytest.raises(Unavailable, match="0 seconds"):
            await playback.segment(film("film.mkv"), COPY, 0)
        assert await soon(lambda: not any(child.name() == "sleep" for child in psutil.Process().children()))
        await playback.stop()

    asyncio.run(view())


_VICTIM = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from medley.adapters.media.ffmpeg import Ffmpeg, locate
from medley.core.playback import Limits, MediaFile, Playback, Variant
from medley.core.kinds.facts import decode
async def main():
    facts = decode(Path(sys.argv[2]).read_bytes())
    playback = Playback(Path(sys.argv[3]), Ffmpeg(locate()), Limits(ahead_ms=0))
    await playback.segment(MediaFile("01TESTFILE", Path(sys.argv[1]), 1, 1, facts), Variant.parse("h264-240-a1-aac"), 0)
    print("ready", flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


def test_kill_9_leaves_no_process_and_no_half_segment(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    from medley.core.kinds.facts import encode

    media = film("film.mp4")
    (tmp_path / "facts").write_bytes(encode(media.facts))
    script = _VICTIM.format(tests=str(Path(__file__).parents[3]))
    command = [sys.executable, "-c", script, str(media.path), str(tmp_path / "facts"), str(tmp_path / "cache")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert victim.stdout is not None
    assert victim.stdout.readline() == "ready\n"
    orphans = psutil.Process(victim.pid).children()
    assert orphans
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    gone, alive = psutil.wait_procs(orphans, timeout=10)
    assert gone
    assert not alive
    made = tmp_path / "cache" / MediaFile("01TESTFILE", media.path, 1, 1, media.facts).key / ENCODED.text
    init = (made / "init.mp4").read_bytes()
    for path in made.glob("*.m4s"):
        whole = tmp_path / "whole.mp4"
        whole.write_bytes(init + path.read_bytes())
        with av.open(str(whole)) as container:
            assert sum(1 for _ in container.decode(video=0)) > 10


@pytest.mark.parametrize(
    "name",
    ["-i", "file:", "file:x.mkv", "a\nb", "a'b\"c", "%d", "concat:a|b", "$(id)", "名前", "\udcff\udcfe", "a" * 250],
)
def test_hostile_names_are_just_names(name: str, film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        path = tmp_path / name
        path.write_bytes(film("film.mkv").path.read_bytes())
        playback = Playback(tmp_path / "cache", transcoder)
        media = MediaFile(name, path, path.stat().st_size, 1, film("film.mkv").facts)
        for variant in (COPY, ENCODED):
            assert (await playback.segment(media, variant, 0)).stat().st_size > 1000
        async for data in playback.audio(media, AudioProfile("opus", 96_000, 48_000, 2, 1)):
            assert data.startswith(b"OggS")
            break
        await playback.stop()

    asyncio.run(view())


def test_a_playlist_posing_as_a_film_opens_nothing(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:1/x.ts\n#EXT-X-ENDLIST\n")

    async def view() -> None:
        playback = Playback(tmp_path / "cache", transcoder)
        with pytest.raises(Unavailable) as told:
            await playback.segment(MediaFile("x", path, 1, 1, film("film.mkv").facts), COPY, 0)
        assert "Connection refused" not in told.value.message
        await playback.stop()

    asyncio.run(view())


def test_what_is_not_there(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def view() -> None:
        playback = Playback(tmp_path, transcoder)
        media = film("film.mkv")
        with pytest.raises(NotFound):
            await playback.segment(media, COPY, 999)
        with pytest.raises(NotFound):
            await playback.segment(media, COPY, -1)
        with pytest.raises(NotFound):
            playback.playlist(media, Variant.parse("copy-a7"))
        with pytest.raises(NotFound):
            playback.master(film("sound.mka"), Variant.parse("h264-240-a0"))
        with pytest.raises(Unsupported):
            playback.playlist(MediaFile("x", media.path, 1, 1, _without_keyframes(media)), COPY)
        with pytest.raises(InvalidInput):
            await playback.segment(MediaFile("x", Path("relative.mkv"), 1, 1, media.facts), COPY, 0)

    asyncio.run(view())


def _without_keyframes(media: MediaFile):
    from medley.core.kinds.facts import decode, encode

    facts = decode(encode(media.facts))
    facts.keyframes_ms = []
    return facts
