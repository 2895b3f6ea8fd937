"""How an item is played: the decision, and the addresses of what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from medley.core.identity import Asker
from medley.core.kinds import Facts
from medley.core.library import ChapterMark, Companion, Edition, FileHandle, ItemDetail
from medley.core.playback import TEXT_SUBTITLES, Ask, Capabilities, Decision
from medley.kernel.errors import NotFound
from medley.protocols.native._parts import House, Parts, Who
from medley.protocols.native._wire.answers import PlayAnswer, PlayPart, ReasonView, SubtitleTrack
from medley.protocols.native._wire.asks import ItemId, Play
from medley.protocols.plumbing.media import facts_of, media_type_of

BASE = "/api/v1"
HLS_TYPE = "application/vnd.apple.mpegurl"
_KEY_LIFE_MS = 24 * 3_600_000
_WORST = ("direct", "remux", "transcode")


@dataclass(frozen=True, slots=True)
class _Plan:
    """One file of an edition or an extra, and what was decided for it."""

    file: FileHandle
    length_ms: int
    facts: Facts
    decision: Decision
    key: str

    @property
    def url(self) -> str:
        if self.decision.variant is None:
            return f"{BASE}/files/{self.file.id}/bytes?key={self.key}"
        return f"{BASE}/hls/{self.key}/{self.file.id}/{self.decision.variant.text}/master.m3u8"

    @property
    def mime(self) -> str:
        return HLS_TYPE if self.decision.variant is not None else media_type_of(self.file.name)


def sign_file(house: Parts, asker: Asker, file_id: str) -> str:
    """A key that opens one file for one person, good for at least a day; the same for an hour, so that caches work."""
    hours = house.clock.now_ms() // 3_600_000
    return house.identity.signer().sign(f"files/{file_id}", asker.user_id, (hours + 1) * 3_600_000 + _KEY_LIFE_MS)


def play_item(house: House, who: Who, item_id: ItemId, ask: Play) -> PlayAnswer:
    """Decide how this client plays an item or one of its extras, and say where it gets it."""
    item = house.library.items.get(who, item_id)
    if ask.extra_id:
        return _answer(item, [_plan(house, who, _extra(item, ask.extra_id), ask)])
    edition = _edition(item, ask.edition_id)
    plans = [_plan(house, who, file.id, ask, file.end_ms - file.start_ms) for file in edition.files if not file.missing]
    answer = _answer(item, plans)
    return replace(
        answer,
        duration_ms=edition.duration_ms or answer.duration_ms,
        edition_id=edition.id,
        subtitles=[*answer.subtitles, *_beside(house, who, item.companions)],
        resume_ms=0 if item.mine.finished else item.mine.position_ms,
    )


def _answer(item: ItemDetail, plans: Sequence[_Plan]) -> PlayAnswer:
    """What the files themselves say, from the beginning on."""
    there = [plan for plan in plans if not plan.file.missing]
    if not there:
        raise NotFound(f"No file of “{item.title}” is there now.", hint="Its disk may be away; scan the source again.")
    first = there[0]
    return PlayAnswer(
        method=max((plan.decision.method for plan in there), key=_WORST.index),
        reasons=[ReasonView(each.code, each.text) for each in first.decision.reasons],
        url=first.url,
        mime=first.mime,
        duration_ms=sum(plan.facts.duration_ms for plan in there),
        edition_id="",
        file_id=first.file.id,
        parts=_parts(there),
        audio_streams=[stream for stream in first.facts.streams if stream.type == "audio"],
        subtitles=_embedded(first),
        chapters=_chapters(there),
        resume_ms=0,
    )


def _extra(item: ItemDetail, extra_id: str) -> str:
    if any(each.id == extra_id for each in item.extras):
        return extra_id
    raise NotFound(f"“{item.title}” has no such extra to play.", hint="Load the item again; it lists its extras.")


def _edition(item: ItemDetail, edition_id: str | None) -> Edition:
    for edition in item.editions:
        if edition_id is None or edition.id == edition_id:
            return edition
    raise NotFound(f"“{item.title}” has no such edition to play.", hint="Open what is inside of it.")


def _plan(house: Parts, who: Asker, file_id: str, ask: Play, length_ms: int = 0) -> _Plan:
    file = house.library.items.file(who, file_id)
    facts = facts_of(house, file)
    said, usual = ask.capabilities, Capabilities()
    capabilities = Capabilities(
        containers=usual.containers if said.containers is None else frozenset(said.containers),
        video=usual.video if said.video is None else frozenset(said.video),
        audio=usual.audio if said.audio is None else frozenset(said.audio),
        hls=said.hls,
    )
    wanted = Ask(capabilities, said.max_bitrate, ask.audio_stream, ask.subtitle_stream, ask.start_ms)
    decision = house.playback.decide(facts, wanted)
    return _Plan(file, length_ms or facts.duration_ms, facts, decision, sign_file(house, who, file_id))


def _parts(plans: Sequence[_Plan]) -> list[PlayPart]:
    parts: list[PlayPart] = []
    at = 0
    for plan in plans:
        parts.append(PlayPart(plan.file.id, plan.url, at, plan.length_ms))
        at += plan.length_ms
    return parts


def _chapters(plans: Sequence[_Plan]) -> list[ChapterMark]:
    chapters: list[ChapterMark] = []
    at = 0
    for plan in plans:
        chapters += [ChapterMark(at + each.start_ms, at + each.end_ms, each.title) for each in plan.facts.chapters]
        at += plan.facts.duration_ms
    return chapters


def _embedded(plan: _Plan) -> list[SubtitleTrack]:
    return [
        SubtitleTrack(
            id=str(stream.index),
            url=f"{BASE}/files/{plan.file.id}/subtitles/{stream.index}.vtt?key={plan.key}",
            language=stream.language,
            title=stream.title,
            forced=stream.forced,
            default=stream.default,
        )
        for stream in plan.facts.streams
        if stream.type == "subtitle" and stream.codec in TEXT_SUBTITLES
    ]


def _beside(house: Parts, who: Asker, companions: Sequence[Companion]) -> list[SubtitleTrack]:
    return [
        SubtitleTrack(
            id=each.id,
            url=f"{BASE}/companions/{each.id}.vtt?key={sign_file(house, who, each.id)}",
            language=each.language,
            title=each.title or each.name,
            forced=each.forced,
            default=each.default,
        )
        for each in companions
        if each.role == "subtitle"
    ]
