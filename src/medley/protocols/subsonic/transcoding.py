"""Transcoding: the app says what it can play, and is told what it will get.

https://opensubsonic.netlify.app/docs/extensions/transcoding/
"""

from collections.abc import Iterable

import msgspec
from msgspec import UNSET
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from medley.core.identity import Asker
from medley.core.playback import (
    AudioAsk,
    AudioClient,
    AudioDecision,
    AudioDetails,
    AudioProfile,
    DirectProfile,
    Limitation,
    TranscodeProfile,
)
from medley.kernel.errors import InvalidInput, MedleyError
from medley.protocols.plumbing import problem_of
from medley.protocols.plumbing.media import media_file
from medley.protocols.subsonic._ask import Ask, missing
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._playable import playable, playable_facts
from medley.protocols.subsonic._wire import transcoding as wire
from medley.protocols.subsonic.streaming import made, with_offset

_MEDIA = ("song", "podcast")
_HTTP = frozenset({"http", "*", ""})
_QUALITIES = {
    "audioChannels": "channels",
    "audioBitrate": "bitrate",
    "audioProfile": "profile",
    "audioSamplerate": "sample_rate",
    "audioBitdepth": "bit_depth",
}
_COMPARISONS = {
    "Equals": "equals",
    "NotEquals": "not_equals",
    "LessThanEqual": "at_most",
    "GreaterThanEqual": "at_least",
}
_client = msgspec.json.Decoder(wire.ClientInfo, strict=False)


def get_transcode_decision(house: Parts, who: Asker, ask: Ask) -> wire.TranscodeDecision:
    """Whether this app plays a song as it is, what else is made for it, and why."""
    found, facts = playable_facts(house, who, _media_ref(ask))
    decision = house.playback.decide_audio(facts, AudioAsk(_client_of(ask), None, found.start_ms, found.end_ms))
    profile = decision.profile
    return wire.TranscodeDecision(
        can_direct_play=decision.method == "direct",
        can_transcode=profile is not None,
        transcode_reason=[_pascal(each.code) for each in decision.reasons],
        error_reason=decision.reasons[0].text if decision.method == "impossible" else "",
        transcode_params=profile.text if profile else UNSET,
        source_stream=_details(decision.source),
        transcode_stream=_target(decision),
    )


async def get_transcode_stream(house: Parts, who: Asker, ask: Ask) -> Response:
    """What a decision promised. Failures have a status of HTTP here, as the extension says."""
    try:
        ref, profile = _media_ref(ask), AudioProfile.parse(ask.text("transcodeParams"))
        found = await run_in_threadpool(playable, house, who, ref)
        offset_ms = ask.number("offset", 0, most=1_000_000) * 1000
        media = await run_in_threadpool(media_file, house, who, found.handle.id)
        return await made(house, ask, media, with_offset(profile, found, offset_ms))
    except MedleyError as error:
        status = 400 if isinstance(error, InvalidInput) else problem_of(error).status_code
        return PlainTextResponse(f"{error.message} {error.hint}".strip(), status)


def _media_ref(ask: Ask):
    if ask.text("mediaType") not in _MEDIA:
        raise InvalidInput("“mediaType” is song or podcast.")
    return ask.ref("mediaId")


def _client_of(ask: Ask) -> AudioClient:
    if not ask.body:
        raise missing("the body, which tells what the app can play")
    try:
        told = _client.decode(ask.body)
    except msgspec.MsgspecError as error:
        raise InvalidInput(f"What the app says of itself cannot be read: {error}.") from error
    return AudioClient(
        direct=tuple(_direct(each) for each in told.direct_play_profiles or () if _is_http(each)),
        transcode=tuple(
            TranscodeProfile(each.container, each.audio_codec, max(0, each.max_audio_channels or 0))
            for each in told.transcoding_profiles or ()
            if each.protocol in _HTTP
        ),
        limitations=tuple((each.name, tuple(map(_limitation, each.limitations))) for each in told.codec_profiles or ()),
        max_bitrate=max(0, told.max_audio_bitrate or 0),
        max_transcoding_bitrate=max(0, told.max_transcoding_audio_bitrate or 0),
    )


def _is_http(profile: wire.DirectPlayProfile) -> bool:
    named = _words(profile.protocols, profile.protocol)
    return not named or bool(named & _HTTP)


def _direct(profile: wire.DirectPlayProfile) -> DirectProfile:
    return DirectProfile(
        _words(profile.containers, profile.container) - {"*"},
        _words(profile.audio_codecs, profile.audio_codec) - {"*"},
        max(0, profile.max_audio_channels or 0),
    )


def _words(*given: list[str] | str) -> frozenset[str]:
    texts: Iterable[str] = (each for one in given for each in (one.split(",") if isinstance(one, str) else one))
    return frozenset(text.strip() for text in texts if text.strip())


def _limitation(bound: wire.Limitation) -> Limitation:
    quality, comparison = _QUALITIES.get(bound.name), _COMPARISONS.get(bound.comparison)
    if quality is None or comparison is None:
        raise InvalidInput(f"There is no limitation {bound.name[:40]!r} {bound.comparison[:40]!r}.")
    values = (*bound.values, *(() if bound.value is None else (bound.value,)))
    return Limitation(quality, comparison, tuple(map(str, values)), bound.required)  # pyright: ignore[reportArgumentType]


def _target(decision: AudioDecision) -> wire.StreamDetails | msgspec.UnsetType:
    return _details(decision.target) if decision.target else UNSET


def _details(it: AudioDetails) -> wire.StreamDetails:
    return wire.StreamDetails(
        protocol="http",
        container=it.container,
        codec=it.codec,
        audio_channels=it.channels or UNSET,
        audio_bitrate=it.bitrate or UNSET,
        audio_profile=it.profile,
        audio_samplerate=it.sample_rate or UNSET,
        audio_bitdepth=it.bit_depth or UNSET,
    )


def _pascal(code: str) -> str:
    return "".join(word.capitalize() for word in code.split("-"))
