"""How an entry lies in the embedded index."""

from collections.abc import Iterable
from typing import Any

import tantivy

from medley.adapters.searches._text import parted
from medley.core.kinds import fold
from medley.core.search.ports import Entry

VERSION = "3"  # of the schema and of what is written into it
SHORT = 2  # letters: what so many begin is written down, because half a dictionary begins with them
FACETS = ("kind", "source", "genre", "year")
_EXACT = ("kind", "level", "source", "genre")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in _EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True, stored=name in FACETS)
    for name in ("title", "names", "overview"):  # names: titles, people, series, tags …, all that may be mistyped
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("title_begins", "names_begins"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("whole", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True, fast=True, stored=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


SCHEMA = _schema()


def document(entry: Entry) -> tantivy.Document:
    """The entry as the index takes it."""
    whole = fold(entry.title)
    title, in_title = parted(whole)
    others, in_others = parted(
        " ".join(fold(text) for text in (*entry.people, *entry.context, *entry.words, *entry.genres) if text)
    )
    names = f"{title} {others}"
    fields: dict[str, Any] = {name: getattr(entry, name) for name in ("id", *_EXACT, "weight") if name != "genre"}
    fields |= {
        "genre": entry.genres,
        "title": title,
        "names": names,
        "overview": parted(fold(entry.overview))[0],
        "title_begins": " ".join(_beginnings(title)),
        "names_begins": " ".join(_beginnings(names)),
        "whole": whole[:200],
        "pairs": " ".join(part for run in (*in_title, *in_others) for part in _parts(run)),
        "year": max(entry.year, 0),
    }
    return tantivy.Document.from_dict(fields, SCHEMA)


def pairs(run: str) -> list[str]:
    """The pairs of neighbours; a single character stays one."""
    return [run[index : index + 2] for index in range(len(run) - 1)] or [run]


def _parts(run: str) -> Iterable[str]:
    """Single characters first, then pairs in their order: one character finds as well as many."""
    return [*run, *pairs(run)] if len(run) > 1 else [run]


def _beginnings(text: str) -> set[str]:
    return {word[:length] for word in text.split() for length in range(1, SHORT + 1)}
