"""How versions of one work are told apart, and which files are the pieces of one version."""

from collections import Counter

from medley.core.kinds._names import fold
from medley.core.kinds._video_names.files import Video
from medley.core.kinds._video_names.release import Release, parse_release, split_part

_HDR = frozenset({"smpte2084", "arib-std-b67"})
_STEPS = ((4320, 7680), (2160, 3840), (1440, 2560), (1080, 1920), (720, 1280), (576, 1024), (480, 854), (360, 640))
_STACKABLE = frozenset({"cd", "dvd", "disc", "disk"})


def resolution(width: int, height: int) -> str:
    """`1080p` for 1920x800, too: a wide picture is named after the frame that it fills."""
    for lines, across in _STEPS:
        if height > lines * 0.9 or width > across * 0.9:
            return f"{lines}p"
    return f"{height}p" if height else ""


def stacks(videos: list[Video]) -> dict[str, tuple[Release, int]]:
    """Per stem its release and its part: 0 for a whole file.

    `cd1` and `disc 2` always mark a part. `Part 1` often belongs to a title (Dune: Part Two), so it marks one only
    where a sibling carries another number behind the same words.
    """
    siblings = Counter(fold(split_part(video.stem)[0]) for video in videos if split_part(video.stem)[1])
    found = {}
    for video in videos:
        release = parse_release(video.stem)
        stacked = release.part and (release.part_word in _STACKABLE or siblings[fold(release.base)] > 1)
        if release.part and not stacked:
            # A space behind it hides the marker: it belongs to the title.
            release = parse_release(f"{video.stem} ")
        found[video.stem] = (release, release.part if stacked else 0)
    return found


def version_label(release: Release, around: Release, video: Video) -> str:
    """The label that names of file and folder give, plus what nobody may miss: 2160p and HDR from the picture itself.

    The latter keeps "Films/Dune (2021)" and "Films 4K/Dune (2021)" apart although their names are equal.
    """
    edition = release.edition or around.edition or release.label
    quality = release.quality or around.quality or _seen(video)
    return " ".join(filter(None, (edition, quality)))


def distinct(labels: dict[str, str], videos: dict[str, Video]) -> dict[str, str]:
    """Labels per key (one key per version), made different where they were equal: by resolution, format, number."""
    result = dict(labels)
    for more in (_lines, _format):
        counted = Counter(result.values())
        for key, label in labels.items():
            addition = more(videos[key]) if counted[result[key]] > 1 else ""
            if addition and addition not in label.split():
                result[key] = f"{result[key]} {addition}".strip()
    used: Counter[str] = Counter()
    for key, label in result.items():
        used[label] += 1
        if used[label] > 1:
            result[key] = f"{label} {used[label]}".strip() if label else f"Version {used[label]}"
    return result


def _seen(video: Video) -> str:
    label = resolution(video.facts.width, video.facts.height)
    high = label if label in ("2160p", "4320p") else ""
    hdr = any(stream.color_transfer in _HDR for stream in video.facts.streams)
    return " ".join(filter(None, (high, "HDR" if hdr else "")))


def _lines(video: Video) -> str:
    return resolution(video.facts.width, video.facts.height)


def _format(video: Video) -> str:
    return video.entry.name.rpartition(".")[2].upper()
