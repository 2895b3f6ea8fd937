"""Folders of sound files, as the recognisers are given them."""

from typing import Any

from medley.core.kinds import Entry, Facts, Folder, Guess, Picture, Rung, Stream


def sound(
    name: str, *, minutes: Any = 4, codec: Any = "mp3", pictures: Any = 0, chapters: Any = (), **tags: Any
) -> Entry:
    """A sound file that was read; a tag's value is text or a list of texts."""
    facts = Facts(
        "audio",
        codec,
        round(minutes * 60_000),
        streams=[Stream(0, "audio", codec)],
        pictures=[Picture(index) for index in range(pictures)],
        chapters=list(chapters),
        tags={name: value if isinstance(value, list) else [str(value)] for name, value in tags.items()},
    )
    return Entry(name, facts=facts)


def sidecar(name: str, form: str, **tags: str) -> Entry:
    """A sidecar that was read."""
    return Entry(name, facts=Facts("sidecar", form, tags={name: [value] for name, value in tags.items()}))


def folder(path: str, *files: Entry | str, source: str = "", above: tuple[tuple[str, ...], ...] = ()) -> Folder:
    """A folder; plain names are files that nobody read."""
    entries = tuple(Entry(file) if isinstance(file, str) else file for file in files)
    return Folder(tuple(filter(None, path.split("/"))), source, entries, (), above)


def leaf(guess: Guess) -> Rung:
    return guess.ladder[-1]


def titles(guess: Guess) -> list[str]:
    return [rung.title for rung in guess.ladder]


def credited(rung: Rung, role: str) -> list[str]:
    return [credit.name for credit in rung.credits if credit.role == role]
