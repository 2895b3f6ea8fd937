"""Sound that is made: what comes out is decoded again and compared with what went in; one encode for all listeners."""

import asyncio
import io
import sys
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import psutil
import pytest

from medley.adapters.media.ffmpeg import Ffmpeg
from medley.adapters.media.tags import READER
from medley.core.kinds import Facts, Stream
from medley.core.playback import AudioAsk, AudioFormat, AudioProfile, Limits, MediaFile, Playback, plain_client
from medley.kernel.errors import InvalidInput, NotFound, Unavailable

from .conftest import ffmpeg

_FORMATS: tuple[AudioFormat, ...] = ("mp3", "opus", "aac", "vorbis", "flac", "wav")
_GAPLESS = {"mp3", "opus", "vorbis", "flac", "wav"}
# A tone that rises all the time sounds different at each moment.
_RISING = "aevalsrc='0.4*sin(2*PI*(300*t+20*t*t))':d=20:s=44100"
_LONG = ("-f", "lavfi", "-i", "anoisesrc=d=1800:r=44100:c=pink")


@pytest.fixture(scope="session")
def rising(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], MediaFile]:
    """The same 20 seconds in a file of each ending."""
    folder = tmp_path_factory.mktemp("rising")
    coding = {"mp3": ("-c:a", "libmp3lame", "-q:a", "4"), "opus": ("-c:a", "libopus", "-b:a", "96k")}
    tags = ("-metadata", "title=Grün", "-metadata", "artist=A=B;C", "-metadata", "album=-y")
    gain = ("-metadata", "REPLAYGAIN_TRACK_GAIN=-6.50 dB", "-metadata", "REPLAYGAIN_TRACK_PEAK=0.98")

    def make(ending: str) -> MediaFile:
        path = folder / f"rising.{ending}"
        if not path.exists():
            ffmpeg("-f", "lavfi", "-i", _RISING, *tags, *gain, *coding.get(ending, ()), f"file:{path}")
        return song_of(path)

    return make


@pytest.fixture(scope="session")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> MediaFile:
    """Half an hour that takes an encoder longer than any test looks at it."""
    path = tmp_path_factory.mktemp("long") / "long.flac"
    ffmpeg(*_LONG, "-compression_level", "0", f"file:{path}")
    return song_of(path)


def song_of(path: Path) -> MediaFile:
    """The file as the library would hand it over."""
    with path.open("rb") as file:
        facts = READER.read(file, path.name)
    state = path.stat()
    return MediaFile("01TESTFILE", path, state.st_size, state.st_mtime_ns // 1_000_000, facts)


def profile_of(media: MediaFile, wanted: AudioFormat, bitrate: int = 0, start_ms: int = 0, end_ms: int = 0):
    ask = AudioAsk(plain_client(wanted, bitrate), None, start_ms, end_ms)
    profile = Playback(Path("/nowhere"), None).decide_audio(media.facts, ask).profile  # type: ignore[arg-type]
    assert profile is not None
    return profile


def hear(folder: Path, transcoder: Ffmpeg, media: MediaFile, profile: AudioProfile) -> tuple[bytes, bytes]:
    """What a listener gets while it is made, and what is kept."""

    async def listen() -> tuple[bytes, bytes]:
        playback = Playback(folder, transcoder)
        live = b"".join([data async for data in playback.audio(media, profile)])
        return live, (await playback.whole_audio(media, profile)).read_bytes()

    return asyncio.run(listen())


def decoded(data: bytes) -> tuple[np.ndarray, int]:
    """The first channel, and its rate."""
    with av.open(io.BytesIO(data), "r") as container:
        rate = container.streams.audio[0].rate
        resampler = av.AudioResampler("fltp", "mono", rate)
        frames = [each for frame in container.decode(audio=0) for each in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames]), rate


def moment_of(sound: np.ndarray, rate: int) -> float:
    """Where in the rising tone the first second of `sound` lies, in seconds, as near as it can be told."""
    t = np.arange(20 * rate) / rate
    whole = 0.4 * np.sin(2 * np.pi * (300 * t + 20 * t * t))
    piece = sound[rate // 2 : rate + rate // 2]
    size = 1 << (len(whole) + len(piece)).bit_length()
    match = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(piece, size)), size)
    return (int(np.argmax(match[: len(whole)])) - rate // 2) / rate


@pytest.mark.parametrize("wanted", _FORMATS)
def test_a_whole_track_keeps_its_length_its_tags_and_its_gain(
    wanted: AudioFormat, rising: Callable[[str], MediaFile], transcoder: Ffmpeg, tmp_path: Path
) -> None:
    media = rising("flac")
    live, kept = hear(tmp_path, transcoder, media, profile_of(media, wanted))
    assert len(live) == len(kept)
    for data in (live, kept):
        sound, rate = decoded(data)
        assert len(sound) / rate == pytest.approx(20, abs=2400 / rate)
        assert abs(moment_of(sound, rate)) < 2112 / rate
    sound, rate = decoded(kept)
    if wanted in _GAPLESS:
        assert len(sound) == 20 * rate
        assert abs(moment_of(sound, rate)) <= 2 / rate
    path = tmp_path / f"kept.{profile_of(media, wanted).output.suffix}"
    path.write_bytes(kept)
    if wanted not in ("wav", "aac"):  # our reader looks for tags where taggers put them
        with path.open("rb") as file:
            tags = READER.read(file, path.name).tags
        assert (tags["title"], tags["album"]) == (["Grün"], ["-y"])
        assert tags["artist"] == ["A=B;C"]
        assert float(tags["replaygain_track_gain"][0].split()[0]) == pytest.approx(-6.5, abs=0.01)


@pytest.mark.parametrize("wanted", ["mp3", "opus", "flac"])
@pytest.mark.parametrize("ending", ["flac", "mp3", "opus", "m4a"])
def test_a_start_in_the_middle_is_the_right_one(
    ending: str, wanted: AudioFormat, rising: Callable[[str], MediaFile], transcoder: Ffmpeg, tmp_path: Path
) -> None:
    media = rising(ending)
    _, kept = hear(tmp_path, transcoder, media, profile_of(media, wanted, start_ms=7_300))
    sound, rate = decoded(kept)
    assert moment_of(sound, rate) == pytest.approx(7.3, abs=0.03)
    assert len(sound) / rate == pytest.approx(12.7, abs=0.08)


def test_a_part_of_a_file_ends_where_it_should(
    rising: Callable[[str], MediaFile], transcoder: Ffmpeg, tmp_path: Path
) -> None:
    media = rising("flac")
    _, kept = hear(tmp_path, transcoder, media, profile_of(media, "flac", start_ms=5_000, end_ms=9_000))
    sound, rate = decoded(kept)
    assert len(sound) == 4 * rate
    assert moment_of(sound, rate) == pytest.approx(5, abs=1 / rate)
    with av.open(io.BytesIO(kept)) as container:
        assert "title" not in container.metadata  # which would be the whole file's
        assert container.duration == 4_000_000


@pytest.mark.parametrize(
    ("wanted", "bitrate"), [(form, bits) for form in ("mp3", "opus", "aac") for bits in (32_000, 96_000, 320_000)]
)
def test_it_fits_into_the_length_that_is_foretold(
    wanted: AudioFormat, bitrate: int, transcoder: Ffmpeg, tmp_path: Path
) -> None:
    """On noise, which is as hard to encode as sound can be."""
    path = tmp_path / "noise.flac"
    ffmpeg("-f", "lavfi", "-i", "anoisesrc=d=30:r=44100:c=white", "-ac", "2", f"file:{path}")
    profile = profile_of(song_of(path), wanted, bitrate)
    _, kept = hear(tmp_path / "cache", transcoder, song_of(path), profile)
    foretold = profile.most_bytes(30_000)
    assert foretold is not None
    assert len(kept) <= foretold
    assert wanted == "aac" or foretold < len(kept) * 1.25  # AAC spends less than it may


def test_two_listeners_share_one_process_and_the_third_gets_the_file(transcoder: Ffmpeg, tmp_path: Path) -> None:
    path = tmp_path / "noise.flac"
    ffmpeg("-f", "lavfi", "-i", "anoisesrc=d=120:r=44100:c=pink", f"file:{path}")
    media = song_of(path)
    profile = profile_of(media, "mp3")

    async def listen() -> None:
        playback = Playback(tmp_path / "cache", transcoder)
        assert playback.audio_file(media, profile) is None
        first, second = playback.audio(media, profile), playback.audio(media, profile)
        begun = [await anext(first), await anext(second)]
        assert len(processes()) <= 1
        rest = await asyncio.gather(rest_of(first), rest_of(second))
        whole = await playback.whole_audio(media, profile)
        assert begun[0] + rest[0] == begun[1] + rest[1]
        assert len(begun[0] + rest[0]) == whole.stat().st_size
        path.unlink()  # what is kept needs the file no more
        again = b"".join([data async for data in playback.audio(media, profile)])
        assert again == whole.read_bytes()
        assert Playback(tmp_path / "cache", transcoder).audio_file(media, profile) == whole

    asyncio.run(listen())


def processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "ffmpeg" in child.name()]


async def rest_of(stream: AsyncGenerator[bytes, None]) -> bytes:
    return b"".join([data async for data in stream])


def test_a_listener_who_leaves_something_long_leaves_nothing(
    long_file: MediaFile, transcoder: Ffmpeg, tmp_path: Path
) -> None:
    media = long_file
    profile = profile_of(media, "opus")

    async def leave() -> None:
        playback = Playback(tmp_path / "cache", transcoder, Limits(audio_linger_s=0))
        stream = playback.audio(media, profile)
        assert (await anext(stream)).startswith(b"OggS")
        assert processes()
        await stream.aclose()
        while processes() or [each for each in (tmp_path / "cache").rglob("*") if each.is_file()]:
            await asyncio.sleep(0.02)  # until the test's own limit
        assert playback.audio_file(media, profile) is None

    asyncio.run(asyncio.wait_for(leave(), 60))


def test_a_listener_who_leaves_something_short_leaves_it_finished(
    rising: Callable[[str], MediaFile], transcoder: Ffmpeg, tmp_path: Path
) -> None:
    media = rising("flac")
    profile = profile_of(media, "mp3")

    async def leave() -> None:
        playback = Playback(tmp_path / "cache", transcoder, Limits(audio_linger_s=60))
        stream = playback.audio(media, profile)
        await anext(stream)
        await stream.aclose()
        while playback.audio_file(media, profile) is None:
            await asyncio.sleep(0.02)
        await playback.stop()

    asyncio.run(asyncio.wait_for(leave(), 60))


def test_it_stands_still_far_ahead_of_everybody(long_file: MediaFile, transcoder: Ffmpeg, tmp_path: Path) -> None:
    media = long_file

    async def wait() -> None:
        limits = Limits(audio_ahead_bytes=1 << 20, audio_linger_s=0)
        playback = Playback(tmp_path / "cache", transcoder, limits)
        stream = playback.audio(media, profile_of(media, "mp3"))
        got = len(await anext(stream))
        made = largest(tmp_path / "cache")
        while (now := largest(tmp_path / "cache")) != made or now < 1 << 20:
            made = now
            await asyncio.sleep(0.5)
        assert made < 2 << 20
        while got < 3 << 20:  # it goes on with its listener
            got += len(await anext(stream))
        await stream.aclose()
        await playback.stop()
        assert not processes()

    asyncio.run(asyncio.wait_for(wait(), 60))


def largest(folder: Path) -> int:
    return max((each.stat().st_size for each in folder.rglob("*") if each.is_file()), default=0)


def test_stopping_ends_everything_and_tells_listeners(long_file: MediaFile, transcoder: Ffmpeg, tmp_path: Path) -> None:
    media = long_file

    async def stop() -> None:
        playback = Playback(tmp_path / "cache", transcoder)
        stream = playback.audio(media, profile_of(media, "flac"))
        await anext(stream)
        await playback.stop()
        assert not processes()
        with pytest.raises(Unavailable, match="stopped"):
            await rest_of(stream)
        assert not [each for each in (tmp_path / "cache").rglob("*") if each.is_file()]

    asyncio.run(asyncio.wait_for(stop(), 60))


def test_a_killed_server_leaves_no_process_and_no_half_file(long_file: MediaFile, tmp_path: Path) -> None:
    media = long_file
    text = (
        "import asyncio,sys\n"
        "from pathlib import Path\n"
        "from medley.adapters.media.ffmpeg import Ffmpeg, locate\n"
        "from medley.core.kinds import Facts, Stream\n"
        "from medley.core.playback import AudioProfile, MediaFile, Playback\n"
        "async def main():\n"
        f"    playback = Playback(Path({str(tmp_path / 'cache')!r}), Ffmpeg(locate()))\n"
        "    facts = Facts('audio', 'flac', 1_800_000, streams=[Stream(0, 'audio', 'flac')])\n"
        f"    media = MediaFile('x', Path({str(media.path)!r}), 1, 1, facts)\n"
        f"    stream = playback.audio(media, AudioProfile.parse({profile_of(media, 'opus').text!r}))\n"
        "    await anext(stream)\n"
        "    print('begun', flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )

    async def kill() -> None:
        program = await asyncio.create_subprocess_exec(sys.executable, "-c", text, stdout=asyncio.subprocess.PIPE)
        assert program.stdout is not None
        assert await program.stdout.readline() == b"begun\n"
        children = psutil.Process(program.pid).children()
        assert children
        program.kill()
        await program.wait()
        while any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children):
            await asyncio.sleep(0.05)
        playback = Playback(tmp_path / "cache", Ffmpeg(Path("/nowhere")))
        assert playback.audio_file(media, profile_of(media, "opus")) is None
        with pytest.raises(Unavailable):
            await rest_of(playback.audio(media, profile_of(media, "opus")))
        assert not [each for each in (tmp_path / "cache").rglob("*") if each.is_file()]

    asyncio.run(asyncio.wait_for(kill(), 60))


def test_what_cannot_be_heard(film: Callable[[str], MediaFile], transcoder: Ffmpeg, tmp_path: Path) -> None:
    media = film("sound.mka")
    with pytest.raises(InvalidInput, match="outside"):
        profile_of(media, "mp3", start_ms=13_000)
    with pytest.raises(NotFound):
        profile_of(film("silent.mp4"), "mp3")
    with pytest.raises(NotFound):
        hear(tmp_path, transcoder, film("silent.mp4"), profile_of(media, "mp3"))
    broken = tmp_path / "broken.flac"
    broken.write_bytes(b"fLaC" + bytes(1000))
    with pytest.raises(Unavailable, match="ffmpeg stopped"):
        hear(tmp_path / "cache", transcoder, replace(media, path=broken), profile_of(media, "mp3"))
    assert not [each for each in (tmp_path / "cache").rglob("*") if each.is_file()]


def test_a_full_house_says_so(long_file: MediaFile, transcoder: Ffmpeg, tmp_path: Path) -> None:
    media = long_file

    async def ask() -> None:
        playback = Playback(tmp_path / "cache", transcoder, Limits(audio=1))
        stream = playback.audio(media, profile_of(media, "opus"))
        await anext(stream)
        with pytest.raises(Unavailable, match="made already"):
            await anext(playback.audio(media, profile_of(media, "mp3")))
        await stream.aclose()
        await playback.stop()

    asyncio.run(asyncio.wait_for(ask(), 60))


def test_a_profile_is_read_as_it_is_written() -> None:
    for profile in (
        AudioProfile("mp3", 192_000, 44_100, 2, 0),
        AudioProfile("flac", 0, 96_000, 2, 1, 24),
        AudioProfile("opus", 128_000, 48_000, 6, 0, 0, 60_000),
        AudioProfile("wav", 0, 44_100, 2, 0, 16, 1, 2_000),
    ):
        assert AudioProfile.parse(profile.text) == profile
    for text in (
        *("mp3-193k-r44100-c2-a0", "mp3-192k-r44100-c6-a0", "mp3-192k-r1-c2-a0", "mp4-192k-r44100-c2-a0", "x", "../x"),
        *("mp3-192k-r44100-c2-a00", "mp3-192k-r44100-c2-b16-a0", "flac-320k-r44100-c2-b16-a0"),
    ):
        with pytest.raises(InvalidInput):
            AudioProfile.parse(text)


def test_many_formats_of_what_readers_do_not_know(transcoder: Ffmpeg, tmp_path: Path) -> None:
    """A file whose reader told neither rate nor channels is made all the same."""
    path = tmp_path / "plain.wav"
    ffmpeg("-f", "lavfi", "-i", "sine=f=440:d=2:r=22050", f"file:{path}")
    media = MediaFile("x", path, 1, 1, Facts("audio", "wav", 2_000, streams=[Stream(0, "audio", "pcm_s16le")]))
    sound, rate = decoded(hear(tmp_path / "cache", transcoder, media, profile_of(media, "mp3"))[1])
    assert len(sound) == 2 * rate
