"""mpv as a speaker, on a sound card that makes no sound."""

import asyncio
import shutil
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import imageio_ffmpeg
import psutil
import pytest

from medley.adapters.jukebox import Mpv
from medley.core.playback import Jukebox, JukeboxTrack, SpeakerState, SpeakerTrack
from medley.kernel.errors import InvalidInput, TooLarge, Unavailable

needs_mpv = pytest.mark.skipif(shutil.which("mpv") is None, reason="mpv is not installed")


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> list[JukeboxTrack]:
    """Three songs of a minute, one with an awkward name."""
    folder = tmp_path_factory.mktemp("songs")
    made = []
    for number, name in enumerate(("-o,%x\n.flac", "http: b.flac", "c.flac")):
        tone = ["-f", "lavfi", "-i", f"sine=f={440 + number}:d=60", f"file:{folder / name}"]
        subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *tone], check=True)
        made.append(JukeboxTrack(f"song-{number}", SpeakerTrack(folder / name)))
    return made


def with_jukebox(use: Callable[[Jukebox, Mpv], Awaitable[None]]) -> None:
    async def run() -> None:
        speaker = Mpv(device="null")
        jukebox = Jukebox(speaker)
        try:
            await asyncio.wait_for(use(jukebox, speaker), 60)
        finally:
            pid = speaker.pid
            await jukebox.close()
            assert pid is None or not psutil.pid_exists(pid)

    asyncio.run(run())


async def until(jukebox: Jukebox, wanted: Callable[[SpeakerState], bool]) -> SpeakerState:
    while not wanted(state := await jukebox.status()):
        await asyncio.sleep(0.02)
    return state


@needs_mpv
def test_it_plays_and_holds_and_goes_on(songs: list[JukeboxTrack]) -> None:
    async def use(jukebox: Jukebox, _: Mpv) -> None:
        assert await jukebox.status() == SpeakerState()
        assert (await jukebox.add(songs)).playing is False
        assert (await jukebox.start()).index == 0
        await until(jukebox, lambda state: state.playing and state.position_s > 0.2)
        held = await jukebox.stop()
        assert held.playing is False
        await asyncio.sleep(0.3)
        assert (await jukebox.status()).position_s == pytest.approx(held.position_s, abs=0.25)
        await jukebox.start()
        await until(jukebox, lambda state: state.position_s > held.position_s + 0.3)
        assert (await jukebox.queue())[1] == ("song-0", "song-1", "song-2")

    with_jukebox(use)


@needs_mpv
def test_it_skips_to_a_place_and_follows_its_queue(songs: list[JukeboxTrack]) -> None:
    async def use(jukebox: Jukebox, _: Mpv) -> None:
        await jukebox.add(songs)
        state = await jukebox.skip(1, 59)
        assert state.index == 1
        assert (await until(jukebox, lambda state: state.index == 2)).playing
        await jukebox.skip(0, 30)
        assert (await until(jukebox, lambda state: state.position_s > 30)).index == 0
        await jukebox.remove(0)
        assert (await jukebox.queue())[1] == ("song-1", "song-2")
        with pytest.raises(InvalidInput):
            await jukebox.skip(2)
        with pytest.raises(InvalidInput):
            await jukebox.remove(-1)

    with_jukebox(use)


@needs_mpv
def test_a_new_queue_a_mixed_one_and_none(songs: list[JukeboxTrack]) -> None:
    async def use(jukebox: Jukebox, _: Mpv) -> None:
        await jukebox.add(songs)
        await jukebox.skip(1, 10)
        await until(jukebox, lambda state: state.position_s > 10)
        state = await jukebox.shuffle()
        assert state.index == 0
        assert (await until(jukebox, lambda state: state.position_s > 10)).playing
        queue = (await jukebox.queue())[1]
        assert queue[0] == "song-1"
        assert sorted(queue) == ["song-0", "song-1", "song-2"]
        await jukebox.set([songs[0], songs[2], songs[1], songs[0]])
        assert (await until(jukebox, lambda state: state.position_s > 10)).index == 2
        assert (await jukebox.queue())[1] == ("song-0", "song-2", "song-1", "song-0")
        await jukebox.skip(1)
        assert (await jukebox.status()).index == 1
        await jukebox.set([songs[2]])
        assert (await jukebox.queue())[1] == ("song-2",)
        assert (await jukebox.clear()) == await jukebox.status()
        assert (await jukebox.queue())[1] == ()
        assert (await jukebox.start()).playing is False
        with pytest.raises(TooLarge):
            await jukebox.add(songs * 2000)

    with_jukebox(use)


@needs_mpv
def test_a_part_of_a_file_ends_where_it_should(songs: list[JukeboxTrack]) -> None:
    async def use(jukebox: Jukebox, _: Mpv) -> None:
        path = songs[0].track.path
        await jukebox.add([JukeboxTrack("part", SpeakerTrack(path, 10_000, 11_000)), songs[1]])
        await jukebox.start()
        await until(jukebox, lambda state: state.index == 0 and 0 < state.position_s < 1)
        await until(jukebox, lambda state: state.index == 1)

    with_jukebox(use)


@needs_mpv
def test_loudness(songs: list[JukeboxTrack]) -> None:
    async def use(jukebox: Jukebox, _: Mpv) -> None:
        assert (await jukebox.set_gain(0.4)).gain == pytest.approx(0.4)
        assert (await jukebox.set_gain(7)).gain == 1

    with_jukebox(use)


@needs_mpv
def test_one_that_died_begins_anew(songs: list[JukeboxTrack]) -> None:
    async def use(jukebox: Jukebox, speaker: Mpv) -> None:
        await jukebox.add(songs)
        assert speaker.pid is not None
        psutil.Process(speaker.pid).kill()
        while speaker.pid is not None:
            await asyncio.sleep(0.02)
        assert (await jukebox.queue()) == (SpeakerState(), ())
        await jukebox.add(songs[:1])
        assert (await jukebox.start()).index == 0

    with_jukebox(use)


@needs_mpv
def test_it_dies_with_a_server_that_is_killed(songs: list[JukeboxTrack]) -> None:
    text = (
        "import asyncio\nfrom pathlib import Path\n"
        "from medley.adapters.jukebox import Mpv\nfrom medley.core.playback import SpeakerTrack\n"
        "async def main():\n"
        "    speaker = Mpv(device='null')\n"
        f"    await speaker.append([SpeakerTrack(Path({str(songs[2].track.path)!r}))])\n"
        "    await speaker.play(0)\n    print(speaker.pid, flush=True)\n    await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        mpv = psutil.Process(int(server.stdout.readline()))
        server.send_signal(signal.SIGKILL)
        server.wait(30)
        psutil.wait_procs([mpv], timeout=30)
        assert not mpv.is_running()


def test_without_mpv_it_says_so(tmp_path: Path) -> None:
    async def use() -> None:
        speaker = Mpv(str(tmp_path / "gone"))
        assert await speaker.state() == SpeakerState()
        with pytest.raises(Unavailable, match="not installed"):
            await speaker.append([SpeakerTrack(tmp_path / "a.flac")])
        await speaker.close()

    asyncio.run(use())
