"""Subtitle files beside a video, and what their names tell: `Film.pt-BR.forced.srt`.

Conventions: https://jellyfin.org/docs/general/server/media/external-files,
https://support.plex.tv/articles/200471133-adding-local-subtitles-to-your-media. Languages are given as BCP 47 tags.
"""

import re

from medley.core.kinds._video_names.languages import language_tag
from medley.core.kinds.guess import Companion

SUBTITLES = frozenset(("srt", "ass", "ssa", "vtt", "sub", "idx", "sup", "smi", "sami", "ttml", "dfxp", "sbv", "mks"))
_FORCED = frozenset({"forced", "foreign", "signs"})
_HEARING = frozenset({"sdh", "cc", "hoh"})


def subtitle(path: str, suffix: str) -> Companion:
    """The companion at `path`; `suffix` is what its name has more than the video's, without the extension."""
    words = [word for word in re.split(r"[.\s\[\]()]+|(?<=\w)_(?=\w{3,})|\s-\s", suffix) if word.strip("-_")]
    flags = {word.lower() for word in words}
    language, named = "", ""
    for word in words:
        # "hi" is Hindi unless a language is named already: then it says "hearing impaired".
        if not language or language == "hi":
            tag = language_tag(word)
            language, named = (tag, word) if tag else (language, named)
    hearing = bool(flags & _HEARING) or ("hi" in flags and language != "hi")
    known = _FORCED | _HEARING | {"default", "hi"}
    title = " ".join(word for word in words if word != named and word.lower() not in known)
    return Companion(
        path=path,
        role="subtitle",
        language=language,
        title=title.strip(" -_"),
        forced=bool(flags & _FORCED),
        hearing_impaired=hearing,
        default="default" in flags,
    )
