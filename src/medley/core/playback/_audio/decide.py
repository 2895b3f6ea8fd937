"""Whether a client gets a file's sound as it is, or what is made for it. Pure: the same question, the same answer."""

from collections.abc import Iterator
from dataclasses import replace

from medley.core.kinds import Facts, Stream
from medley.core.playback._audio.ask import (
    AudioAsk,
    AudioClient,
    AudioDecision,
    AudioDetails,
    DirectProfile,
    Limitation,
    TranscodeProfile,
)
from medley.core.playback._audio.formats import (
    LADDER,
    OutputFormat,
    codec_name,
    container_name,
    format_of,
    is_lossless,
    rung,
    sample_rate_for,
)
from medley.core.playback._audio.profile import AudioProfile
from medley.core.playback._decide import Reason
from medley.core.playback._media import picture_of, sound_of
from medley.kernel.errors import InvalidInput, NotFound

_WORDS = {
    "channels": "number of channels",
    "bitrate": "bitrate",
    "profile": "profile",
    "sample_rate": "sample rate",
    "bit_depth": "bit depth",
}
_LOSSLESS_SHARE = 0.7  # what FLAC usually leaves of PCM


def decide_audio(facts: Facts, ask: AudioAsk) -> AudioDecision:
    """The file itself where the client can play it, else the first of its profiles that can be met.

    Raises `NotFound` for a file without sound, `InvalidInput` for a part or a stream that the file does not have.
    """
    sound = sound_of(facts, ask.stream)
    if sound is None:
        raise NotFound("This file has no such sound.", hint="Choose one of the audio streams that it lists.")
    if ask.start_ms < 0 or 0 < facts.duration_ms <= ask.start_ms or 0 < ask.end_ms <= ask.start_ms:
        raise InvalidInput("This begins outside of the file.", hint="Begin between its start and its end.")
    source = details_of(facts, sound)
    reasons = tuple(_against_the_file(facts, ask, sound, source))
    profile = _made_for(ask, sound, source)
    method = "direct" if not reasons else "transcode" if profile else "impossible"
    if method == "impossible":
        reasons = (*reasons, Reason("no-profile-fits", "Nothing that the client asks for can be made of this file."))
    target = details_of_profile(profile, source) if profile else None
    return AudioDecision(method, reasons, source, profile, target)


def details_of(facts: Facts, sound: Stream) -> AudioDetails:
    """What a file's stream is, in the names of `formats`."""
    alone = sum(1 for each in facts.streams if each.type == "audio") == 1 and picture_of(facts) is None
    return AudioDetails(
        container=container_name(facts.format),
        codec=codec_name(sound.codec),
        channels=sound.channels,
        bitrate=sound.bitrate or (facts.bitrate if alone else 0),
        profile=sound.profile,
        sample_rate=sound.sample_rate,
        bit_depth=sound.bit_depth,
    )


def details_of_profile(profile: AudioProfile, source: AudioDetails) -> AudioDetails:
    """What a profile makes of a stream."""
    output = profile.output
    bitrate = profile.bitrate or _lossless_bitrate(output, profile.sample_rate, profile.channels, profile.bit_depth)
    kind = "LC" if output.codec == "aac" else ""
    return replace(
        source,
        container=output.container,
        codec=output.codec,
        channels=profile.channels,
        bitrate=bitrate,
        profile=kind,
        sample_rate=profile.sample_rate,
        bit_depth=profile.bit_depth,
    )


def _against_the_file(facts: Facts, ask: AudioAsk, sound: Stream, source: AudioDetails) -> Iterator[Reason]:
    yield from _against_the_form(ask.client, source)
    if 0 < ask.client.max_bitrate < source.bitrate:
        limit = f"{ask.client.max_bitrate // 1000} kbit/s"
        yield Reason("bitrate-exceeds-limit", f"{source.bitrate // 1000} kbit/s is more than the limit of {limit}.")
    for bound in _bounds(ask.client, source.codec):
        if not _keeps(source, bound):
            code = f"{bound.quality.replace('_', '-')}-not-supported"
            yield Reason(code, f"The player cannot take the {_WORDS[bound.quality]} of this {source.codec} stream.")
    if ask.start_ms or 0 < ask.end_ms < facts.duration_ms:
        yield Reason("part-of-a-file", "Only a part of the file is wanted.")
    if sound != sound_of(facts):
        yield Reason("audio-track-chosen", "Players cannot choose among the audio tracks of a whole file.")


def _against_the_form(client: AudioClient, source: AudioDetails) -> Iterator[Reason]:
    """The complaint of the profile that comes nearest."""
    complaints = [_complaint(profile, source) for profile in client.direct]
    if None in complaints:
        return
    near = ("channels-not-supported", "audio-codec-not-supported", "container-not-supported")
    known = [each for each in complaints if each is not None]
    yield min(known, key=lambda each: near.index(each.code), default=_no_direct())


def _complaint(profile: DirectProfile, source: AudioDetails) -> Reason | None:
    if profile.containers and source.container not in {container_name(each) for each in profile.containers}:
        return Reason("container-not-supported", f"The player cannot open {source.container} files.")
    if profile.codecs and source.codec not in {codec_name(each) for each in profile.codecs}:
        return Reason("audio-codec-not-supported", f"The player cannot decode {source.codec}.")
    if 0 < profile.max_channels < source.channels:
        return Reason("channels-not-supported", f"The player cannot take {source.channels} channels.")
    return None


def _no_direct() -> Reason:
    return Reason("container-not-supported", "The player says of no file that it can open it.")


def _made_for(ask: AudioAsk, sound: Stream, source: AudioDetails) -> AudioProfile | None:
    made = (_meet(each, ask, sound, source) for each in ask.client.transcode)
    return next((each for each in made if each is not None), None)


def _meet(wish: TranscodeProfile, ask: AudioAsk, sound: Stream, source: AudioDetails) -> AudioProfile | None:
    """The best of what `wish` allows, inside of the limitations of its codec; None where that cannot be."""
    output = format_of(wish.container, wish.codec)
    if output is None:
        return None
    bounds = tuple(_bounds(ask.client, output.codec))
    most = [wish.max_channels, output.channels, _highest(bounds, "channels")]
    channels = min([source.channels or 2, *(each for each in most if each)])
    rate = sample_rate_for(output.sample_rates, source.sample_rate or 44_100, _highest(bounds, "sample_rate"))
    deep = source.bit_depth > 16 or source.codec == "dsd"
    depth = 0 if output.usual else 24 if deep and _highest(bounds, "bit_depth") not in range(1, 24) else 16
    bitrate = _bitrate(output, ask.client, bounds, sound, source) if output.usual else 0
    profile = AudioProfile(output.name, bitrate, rate, channels, sound.index, depth, ask.start_ms, ask.end_ms)
    if not rate or not _keeps_all(profile, ask.client, bounds, source):
        return None
    return profile


def _bitrate(
    output: OutputFormat, client: AudioClient, bounds: tuple[Limitation, ...], sound: Stream, source: AudioDetails
) -> int:
    """What is allowed, where something is; else what is usual. Never more than a lossy source has to give."""
    limits = [client.max_transcoding_bitrate or client.max_bitrate, _highest(bounds, "bitrate")]
    wanted = min((each for each in limits if each), default=output.usual)
    if source.bitrate and not is_lossless(sound):
        wanted = min(wanted, next((each for each in LADDER if each >= source.bitrate), LADDER[-1]))
    return rung(wanted)


def _lossless_bitrate(output: OutputFormat, rate: int, channels: int, depth: int) -> int:
    return int(rate * channels * depth * (1 if output.codec == "pcm" else _LOSSLESS_SHARE))


def _keeps_all(
    profile: AudioProfile, client: AudioClient, bounds: tuple[Limitation, ...], source: AudioDetails
) -> bool:
    target = details_of_profile(profile, source)
    limit = client.max_transcoding_bitrate or client.max_bitrate
    too_fat = not profile.bitrate and 0 < limit < target.bitrate
    return not too_fat and all(_keeps(target, bound) for bound in bounds)


def _bounds(client: AudioClient, codec: str) -> Iterator[Limitation]:
    for name, bounds in client.limitations:
        if name.strip() in ("", "*") or codec_name(name) == codec:
            yield from bounds


def _highest(bounds: tuple[Limitation, ...], quality: str) -> int:
    """The greatest value that every bound on `quality` allows; 0 where there is none."""
    most = [
        max((int(value) for value in bound.values if value.isdecimal()), default=0)
        for bound in bounds
        if bound.quality == quality and bound.comparison in ("at_most", "equals")
    ]
    return min((each for each in most if each), default=0)


def _keeps(it: AudioDetails, bound: Limitation) -> bool:
    is_at: str | int = getattr(it, bound.quality)
    if not is_at:
        return not bound.required
    if isinstance(is_at, str):
        named = is_at.lower() in {value.lower() for value in bound.values}
        return named == (bound.comparison == "equals")
    numbers = [int(value) for value in bound.values if value.isdecimal()]
    if not numbers:
        return True  # a bound that is none
    match bound.comparison:
        case "equals":
            return is_at in numbers
        case "not_equals":
            return is_at not in numbers
        case "at_most":
            return is_at <= numbers[0]
        case "at_least":
            return is_at >= numbers[0]
