"""Media retrieval: subtitles of videos as WebVTT or SubRip."""

import re
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from medley.core.identity import Asker
from medley.core.library import ItemDetail
from medley.core.playback import TEXT_SUBTITLES
from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.files import Root
from medley.protocols.plumbing.media import media_file
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts

_TYPES = {"vtt": "text/vtt; charset=utf-8", "srt": "application/x-subrip; charset=utf-8"}
_CUE = re.compile(
    r"((?:\d+:)?\d\d:\d\d\.\d{3}) +--> +((?:\d+:)?\d\d:\d\d\.\d{3})[^\n]*\n(.*?)(?:\n\n|\n?\Z)", re.DOTALL
)


async def get_captions(house: Parts, who: Asker, ask: Ask) -> Response:
    """The subtitles of a video: those beside it, else the first in it that are text."""
    form = ask.text("format", "vtt")
    if form not in _TYPES:
        raise InvalidInput("“format” is srt or vtt.")
    item = await run_in_threadpool(house.library.items.get, who, ask.ref("id").of("so"))
    text = await _beside(house, who, item) or await _inside(house, who, item)
    return Response(text if form == "vtt" else to_srt(text.decode()).encode(), media_type=_TYPES[form])


async def _beside(house: Parts, who: Asker, item: ItemDetail) -> bytes:
    for each in item.companions:
        if each.role == "subtitle":
            handle = await run_in_threadpool(house.library.items.file, who, each.id)
            path = await run_in_threadpool(Root(handle.root).real_path, handle.path)
            return await house.playback.companion_vtt(Path(path), handle.name)
    return b""


async def _inside(house: Parts, who: Asker, item: ItemDetail) -> bytes:
    for file in (file for edition in item.editions for file in edition.files if not file.missing):
        for stream in file.streams:
            if stream.type == "subtitle" and stream.codec in TEXT_SUBTITLES:
                media = await run_in_threadpool(media_file, house, who, file.id)
                return b"".join([data async for data in house.playback.subtitle_vtt(media, stream.index)])
    raise NotFound(f"“{item.title}” has no subtitles that are text.")


def to_srt(vtt: str) -> str:
    """WebVTT as SubRip: numbered cues, a comma before the milliseconds, hours always."""
    cues = _CUE.findall(vtt.replace("\r\n", "\n"))
    return "\n".join(f"{n}\n{_clock(a)} --> {_clock(b)}\n{text.strip()}\n" for n, (a, b, text) in enumerate(cues, 1))


def _clock(time: str) -> str:
    whole = time if time.count(":") == 2 else f"00:{time}"
    return whole.replace(".", ",")
