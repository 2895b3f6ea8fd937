"""The texts of the demo's books, written for it; they lie in `texts/`, a chapter under each `#`."""

from pathlib import Path

Chapter = tuple[str, list[str]]  # title, paragraphs


def chapters_of(name: str) -> list[Chapter]:
    """The chapters of a text; paragraphs are parted by an empty line."""
    chapters: list[Chapter] = []
    text = (Path(__file__).with_name("texts") / f"{name}.txt").read_text(encoding="utf-8")
    for block in text.split("\n\n"):
        words = " ".join(block.split())
        if words.startswith("# "):
            chapters.append((words[2:], []))
        else:
            chapters[-1][1].append(words)
    return chapters
