"""Pictures beside videos, by the names that Jellyfin, Kodi and Plex give them."""

from collections.abc import Iterable, Mapping

from medley.core.kinds._video_names.files import Video
from medley.core.kinds._video_names.view import View
from medley.core.kinds.guess import Art

# Role → names, the most telling first.
_ROLES: dict[str, tuple[str, ...]] = {
    "poster": ("poster", "cover", "folder", "movie", "show", "default"),
    "backdrop": ("fanart", "backdrop", "background", "art", "landscape"),
    "logo": ("logo", "clearlogo"),
    "thumb": ("thumb",),
}


def beside(pictures: Mapping[str, str], prefixes: Iterable[str] = ("",)) -> list[Art]:
    """At most one picture per role among `pictures` (lower-case stem → path).

    `prefixes` are put before the role's word: "" for the folder's own poster.jpg, "film-" for film-poster.jpg; earlier
    ones win. Numbered backdrops (fanart1.jpg) are left out.
    """
    starts = [prefix.lower() for prefix in prefixes]
    found = []
    for role, words in _ROLES.items():
        wanted = (f"{start}{word}" for start in starts for word in words)
        path = next((pictures[stem] for stem in wanted if stem in pictures), "")
        if path:
            found.append(Art(role, "beside", path))
    return found


def named(pictures: Mapping[str, str], stem: str, role: str) -> list[Art]:
    """The picture called exactly `stem`, as a list of none or one."""
    path = pictures.get(stem.lower(), "")
    return [Art(role, "beside", path)] if path else []


def of_video(view: View, video: Video, role: str, *, own_folder: bool) -> list[Art]:
    """The pictures of one video: beside it, else in it, else a frame of it."""
    pictures = view.pictures_at(0)
    own = (f"{video.stem}-", f"{video.stem}.")
    art = beside(pictures, (*own, "") if own_folder else own)
    if not any(each.role == role for each in art):
        art = [*(named(pictures, video.stem, role) or _inside(view, video, role)), *art]
    return art


def _inside(view: View, video: Video, role: str) -> list[Art]:
    path = view.folder.path(video.entry.name)
    covers = [picture for picture in video.facts.pictures if picture.role == "cover"] or video.facts.pictures
    return [Art(role, "embedded", path, covers[0].index) if covers else Art(role, "frame", path)]
