"""Media retrieval: lyrics (https://opensubsonic.netlify.app/docs/extensions/songlyrics/)."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from medley.core.identity import Asker
from medley.core.kinds import fold
from medley.core.kinds.music import lyrics as music
from medley.core.library import ItemSheet
from medley.core.search import Wanted
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.lyrics import Cue, CueLine, Line, Lyrics, LyricsList, StructuredLyrics

_UNKNOWN = "und"  # ISO 639-2
_ENOUGH = 20  # songs of one title that are looked at


def get_lyrics(house: Parts, who: Asker, ask: Ask) -> Lyrics:
    """The lyrics of the song that has this title and artist; an empty element where there are none."""
    artist, title = ask.text("artist", "").strip(), ask.text("title", "").strip()
    if title:
        wanted = Wanted(text=f"{title} {artist}".strip(), kind="music", level="track", limit=_ENOUGH)
        found = house.library.items.sheets(who, [hit.item_id for hit in house.search.find(who, wanted).hits])
        for sheet in found:
            if _is(sheet, artist, title) and (texts := _texts(house, who, sheet.id)):
                plain = "\n".join(line.text for line in texts[0].lines)
                return Lyrics(artist=_artist(sheet), title=sheet.title, value=plain)
    return Lyrics()


def get_lyrics_by_song_id(house: Parts, who: Asker, ask: Ask) -> LyricsList:
    """Every text of a song, by line; with `enhanced` by word, too, where that is known."""
    song_id, enhanced = ask.ref("id").of("so"), ask.flag("enhanced")
    texts = _texts(house, who, song_id)
    sheet = house.library.items.sheets(who, [song_id])[0]
    return LyricsList(structured_lyrics=[_structured(each, sheet, enhanced) for each in texts])


def _is(sheet: ItemSheet, artist: str, title: str) -> bool:
    names = {fold(each.name) for each in (*sheet.people, *sheet.parent_people)}
    names |= {fold(sheet.top.title)} if sheet.top else set()
    return fold(sheet.title) == fold(title) and (not artist or fold(artist) in names)


def _artist(sheet: ItemSheet) -> str:
    named = next((each.name for each in sheet.people if each.role == "artist"), "")
    return named or (sheet.top.title if sheet.top else "")


def _texts(house: Parts, who: Asker, song_id: str) -> list[music.Lyrics]:
    """What lies beside the files, then what is in their tags; each text once."""
    item = house.library.items.get(who, song_id)
    beside = [each.id for each in item.companions if each.role == "lyrics"]
    found: list[music.Lyrics] = []
    for file_id in (*beside, *(file.id for edition in item.editions for file in edition.files)):
        facts = house.library.items.facts(file_id)
        found += [each for each in (music.lyrics_of(facts) if facts else ()) if each not in found]
    return found


def _structured(text: music.Lyrics, sheet: ItemSheet, enhanced: bool) -> StructuredLyrics:
    lines = [Line(value=each.text, start=UNSET if each.start_ms is None else each.start_ms) for each in text.lines]
    cues = list(_cue_lines(text.lines)) if enhanced and text.synced else []
    return StructuredLyrics(
        lang=text.language or _UNKNOWN,
        synced=text.synced,
        display_artist=_artist(sheet) or UNSET,
        display_title=sheet.title,
        kind="main" if enhanced else UNSET,
        line=lines,
        cue_line=cues or UNSET,
    )


def _cue_lines(lines: Sequence[music.Line]) -> Iterator[CueLine]:
    for index, line in enumerate(lines):
        if line.words:
            following = lines[index + 1].start_ms if index + 1 < len(lines) else None
            cues = _cues(line, following)
            yield CueLine(index=index, start=cues[0].start, end=cues[-1].end, value=line.text, cue=cues)


def _cues(line: music.Line, following: int | None) -> list[Cue]:
    """The words; the last one lasts until the next line. Either all of them have an end or none."""
    ends = [following if word.end_ms is None else word.end_ms for word in line.words]
    whole = all(end is not None and end >= word.start_ms for word, end in zip(line.words, ends, strict=True))
    cues: list[Cue] = []
    at = 0
    for word, end in zip(line.words, ends, strict=True):
        size = len(word.text.encode("utf-8", "replace"))
        last = at + size - 1
        end_at = end if whole and end is not None else UNSET
        cues.append(Cue(start=word.start_ms, end=end_at, byte_start=at, byte_end=last, value=word.text))
        at += size
    return cues
