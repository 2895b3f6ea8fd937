"""The embedded index: tantivy, in a folder that one process writes and any number read."""

import shutil
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query

from medley.adapters.searches._documents import FACETS, SCHEMA, VERSION, document
from medley.adapters.searches._queries import found, ranked
from medley.core.search.ports import Entry, Found, Hit, Wanted
from medley.kernel.errors import Unavailable

_HEAP = 64_000_000  # bytes of the writer, only while it writes
_MOST_VALUES = 50
# Finding mistyped words costs far more than reading what was found: so few results are counted one by one.
_FEW = 500


class TantivyIndex:
    """The port `Index`. The writer is opened with the first write and closed by `commit`: idle it takes no memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / VERSION
        self._index = self._opened()
        self._writer: tantivy.IndexWriter | None = None
        self._writing = threading.Lock()

    def put(self, entries: list[Entry]) -> None:
        with self._writing:
            writer = self._open_writer()
            for entry in entries:
                writer.delete_documents_by_term("id", entry.id)
                writer.add_document(document(entry))

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
        query = found(wanted, sources)
        if query is None:
            return Found([], 0, {name: {} for name in FACETS})
        self._index.reload()
        searcher = self._index.searcher()
        end = wanted.offset + wanted.limit
        best = ranked(query, wanted.text)
        result: Any = searcher.search(best, limit=max(end, _FEW), weight_by_field="weight")
        page, many = result.hits[wanted.offset : end], int(result.count)
        hits = [Hit(str(searcher.doc(address).get_first("id")), float(score)) for score, address in page]
        if many > _FEW:
            return Found(hits, many, _aggregated(searcher, query))
        return Found(hits, many, _counted([searcher.doc(address) for _, address in result.hits]))

    def _opened(self) -> tantivy.Index:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            index = tantivy.Index(SCHEMA, str(self._folder))
        except ValueError:
            # Another shape, or half of one: it can be made anew from the database at any time.
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            index = tantivy.Index(SCHEMA, str(self._folder))
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


def _aggregated(searcher: tantivy.Searcher, query: Query) -> dict[str, dict[str, int]]:
    """The facets of everything that the query finds."""
    asked = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in FACETS}
    answer = searcher.aggregate(query, asked)
    facets = {name: {str(each["key"]): int(each["doc_count"]) for each in answer[name]["buckets"]} for name in asked}
    facets["year"] = {str(int(float(year))): many for year, many in facets["year"].items() if float(year)}
    return facets


def _counted(documents: list[tantivy.Document]) -> dict[str, dict[str, int]]:
    """The facets of these documents, which are all that was found."""
    facets: dict[str, dict[str, int]] = {}
    for name in FACETS:
        values = Counter(str(value) for document_ in documents for value in document_.get_all(name) if value)
        facets[name] = dict(values.most_common(_MOST_VALUES))
    return facets
