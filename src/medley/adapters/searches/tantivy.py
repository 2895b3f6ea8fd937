"""The embedded index: tantivy, in a folder that one process writes and any number read."""

import re
import shutil
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from medley.core.kinds import fold
from medley.core.search.ports import Entry, Found, Hit, Wanted
from medley.kernel.errors import Unavailable

# Where words may stand, and what a hit there is worth.
_FIELDS = (("title", 8.0), ("people", 4.0), ("context", 2.0), ("words", 2.0), ("overview", 1.0))
_HEAP = 64_000_000  # bytes of the writer, only while it writes
_FACETS = ("kind", "source", "genre")
_MOST_VALUES = 50
# Finding mistyped words costs far more than reading what was found: so few results are counted one by one.
_FEW = 120
# Scripts that put no spaces between words: found by any part, through pairs of characters.
_JOINED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f]+")
_VERSION = "2"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "level", "source", "genre"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True, stored=name in _FACETS)
    for name, _ in _FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("whole", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True, fast=True, stored=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


class TantivyIndex:
    """The port `Index`. The writer is opened with the first write and closed by `commit`: idle it takes no memory."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._schema = folder / _VERSION, _schema()
        self._index = self._opened()
        self._writer: tantivy.IndexWriter | None = None
        self._writing = threading.Lock()

    def put(self, entries: list[Entry]) -> None:
        with self._writing:
            writer = self._open_writer()
            for entry in entries:
                writer.delete_documents_by_term("id", entry.id)
                writer.add_document(_document(entry))

    def remove(self, ids: list[str]) -> None:
        with self._writing:
            writer = self._open_writer()
            for item_id in ids:
                writer.delete_documents_by_term("id", item_id)

    def clear(self) -> None:
        with self._writing:
            self._open_writer().delete_all_documents()

    def commit(self) -> None:
        with self._writing:
            if self._writer is not None:
                self._writer.commit()
                self._writer.wait_merging_threads()
                self._writer = None
        self._index.reload()

    def count(self) -> int:
        self._index.reload()
        return self._index.searcher().num_docs

    def close(self) -> None:
        self._writer = None

    def find(self, wanted: Wanted, sources: frozenset[str] | None) -> Found:
        query = self._query(wanted, sources)
        if query is None:
            return Found([], 0, {})
        self._index.reload()
        searcher = self._index.searcher()
        end = wanted.offset + wanted.limit
        result: Any = searcher.search(query, limit=max(end, _FEW), weight_by_field="weight")
        page, many = result.hits[wanted.offset : end], int(result.count)
        hits = [Hit(str(searcher.doc(address).get_first("id")), float(score), "") for score, address in page]
        if many > _FEW:
            return Found(hits, many, self._facets(searcher, query))
        return Found(hits, many, _counted([searcher.doc(address) for _, address in result.hits]))

    def _facets(self, searcher: tantivy.Searcher, query: Query) -> dict[str, dict[str, int]]:
        asked = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in (*_FACETS, "year")}
        answer = searcher.aggregate(query, asked)
        facets = {
            name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in asked
        }
        facets["year"] = {str(int(float(year))): many for year, many in facets["year"].items() if float(year)}
        return facets

    def _query(self, wanted: Wanted, sources: frozenset[str] | None) -> Query | None:
        words = self._words(wanted.text)
        if words is None:
            return None
        must = [(Occur.Must, words)]
        if sources is not None:
            must.append((Occur.Must, self._only("source", sorted(sources))))
        exact = {name: getattr(wanted, name) for name in ("kind", "level", "source", "genre")}
        must.extend((Occur.Must, self._only(name, [value])) for name, value in exact.items() if value)
        if wanted.year_from or wanted.year_to:
            years = Query.range_query(
                self._schema, "year", tantivy.FieldType.Unsigned, wanted.year_from or 1, wanted.year_to or 9999
            )
            must.append((Occur.Must, Query.const_score_query(years, 0.0)))
        return Query.boolean_query(must)

    def _only(self, field: str, values: list[str]) -> Query:
        return Query.const_score_query(Query.term_set_query(self._schema, field, values), 0.0)

    def _words(self, text: str) -> Query | None:
        folded = fold(text)
        parts = [(Occur.Must, self._joined(run)) for run in _JOINED.findall(folded)]
        words = _JOINED.sub(" ", folded).split()[:12]
        for place, word in enumerate(words):
            parts.append((Occur.Must, self._word(word, last=place == len(words) - 1)))
        if not parts:
            return None
        exactly = Query.boost_query(Query.term_query(self._schema, "whole", folded), 20.0)
        return Query.boolean_query([*parts, (Occur.Should, exactly)])

    def _word(self, word: str, *, last: bool) -> Query:
        """The word in any field: as it is, unfinished when it is the last, or mistyped."""
        slips = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
        ways = []
        for field, boost in _FIELDS:
            ways.append(Query.boost_query(Query.term_query(self._schema, field, word, "freq"), boost))
            if last:
                beginning = Query.fuzzy_term_query(self._schema, field, word, 0, prefix=True)
                ways.append(Query.boost_query(beginning, boost * 0.6))
            if slips and field != "overview":
                alike = Query.fuzzy_term_query(self._schema, field, word, slips, prefix=last)
                ways.append(Query.boost_query(alike, boost * 0.2))
        return Query.disjunction_max_query(ways, 0.1)

    def _joined(self, run: str) -> Query:
        pairs = _pairs(run)
        if len(pairs) == 1:
            return Query.boost_query(Query.term_query(self._schema, "pairs", pairs[0]), 4.0)
        return Query.boost_query(Query.phrase_query(self._schema, "pairs", list(pairs)), 4.0)

    def _opened(self) -> tantivy.Index:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            index = tantivy.Index(self._schema, str(self._folder))
        except ValueError:
            # Another shape, or half of one: it can be made anew from the database at any time.
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            index = tantivy.Index(self._schema, str(self._folder))
        index.config_reader("manual")
        return index

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(_HEAP, 1)
            except ValueError as error:
                raise Unavailable(
                    "Another process is writing the search index.", hint="Stop the second worker on this data folder."
                ) from error
        return self._writer


def _counted(documents: list[tantivy.Document]) -> dict[str, dict[str, int]]:
    """The facets of these documents, which are all that was found."""
    facets: dict[str, dict[str, int]] = {}
    for name in (*_FACETS, "year"):
        values = Counter(str(value) for document in documents for value in document.get_all(name) if value)
        facets[name] = dict(values.most_common(_MOST_VALUES))
    return facets


def _document(entry: Entry) -> tantivy.Document:
    texts = {
        "title": [entry.title],
        "people": entry.people,
        "context": entry.context,
        "words": [*entry.words, *entry.genres],
        "overview": [entry.overview],
    }
    folded = {name: " ".join(fold(text) for text in values if text) for name, values in texts.items()}
    joined = [run for name in ("title", "people", "context", "words") for run in _JOINED.findall(folded[name])]
    fields: dict[str, Any] = {name: _JOINED.sub(" ", text) for name, text in folded.items()}
    fields |= {
        "id": entry.id,
        "kind": entry.kind,
        "level": entry.level,
        "source": entry.source,
        "genre": entry.genres,
        "whole": folded["title"][:200],
        "pairs": " ".join(pair for run in joined for pair in _characters(run)),
        "year": max(entry.year, 0),
        "weight": entry.weight,
    }
    return tantivy.Document.from_dict(fields, _SCHEMA)


def _pairs(run: str) -> list[str]:
    return [run[index : index + 2] for index in range(len(run) - 1)] or [run]


def _characters(run: str) -> list[str]:
    """Single characters first, then pairs in their order: one character finds as well as many."""
    return [*run, *_pairs(run)] if len(run) > 1 else [run]


_SCHEMA = _schema()
