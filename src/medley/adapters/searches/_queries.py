"""What is asked of the embedded index.

Finding mistyped words costs far more than anything else: a dictionary is walked, and a million places are marked. So
each word is looked for once, in `names`. What only ranks is wrapped round that one by one, because tantivy then asks it
only about what was found, while several wishes side by side would be read from end to end.
"""

import tantivy
from tantivy import Occur, Query

from medley.adapters.searches._documents import SCHEMA, SHORT, pairs
from medley.adapters.searches._text import Asked, asked, slips
from medley.core.search.ports import Wanted

# What it is worth that a word stands there, in units of a word that is alike.
_WHOLE, _TITLE, _BEGINS_TITLE, _NAMES, _PAIRS, _OVERVIEW = 20.0, 8.0, 3.0, 3.0, 4.0, 0.5


def found(wanted: Wanted, sources: frozenset[str] | None) -> Query | None:
    """Everything that `wanted` finds for somebody who may see `sources` (None: all); None where nothing is asked."""
    text = asked(wanted.text)
    parts = [_run(run) for run in text.runs]
    parts += [_word(word, last=last) for word, last in _with_last(text)]
    if not parts:
        return None
    return Query.boolean_query([(Occur.Must, part) for part in (*parts, *_filters(wanted, sources))])


def ranked(query: Query, text: str) -> Query:
    """The same results, those first where words stand as they were written, and in titles."""
    text_ = asked(text)
    for word, last in _with_last(text_):
        query = _preferring(query, _term("title", word), _TITLE)
        query = _preferring(query, _term("names", word), _NAMES)
        if last:
            query = _preferring(query, Query.const_score_query(_beginning("title", word), 1.0), _BEGINS_TITLE)
    return _preferring(query, _term("whole", text_.text, "basic"), _WHOLE)


def _with_last(text: Asked) -> list[tuple[str, bool]]:
    return [(word, place == len(text.words) - 1) for place, word in enumerate(text.words)]


def _preferring(query: Query, wish: Query, boost: float) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.Should, Query.boost_query(wish, boost))])


def _word(word: str, *, last: bool) -> Query:
    """Where the word stands: as it is, unfinished when it is the last, or mistyped; an overview is never mistyped."""
    many = slips(word)
    names = _alike("names", word, many, prefix=last) if many else _exact("names", word, prefix=last)
    overview = Query.boost_query(_exact("overview", word, prefix=last and len(word) > SHORT), _OVERVIEW)
    return Query.boolean_query([(Occur.Should, names), (Occur.Should, overview)])


def _exact(field: str, word: str, *, prefix: bool) -> Query:
    return Query.const_score_query(_beginning(field, word), 1.0) if prefix else _term(field, word)


def _beginning(field: str, word: str) -> Query:
    if len(word) <= SHORT:
        return _term(f"{field}_begins", word, "basic")
    return _alike(field, word, 0, prefix=True)


def _alike(field: str, word: str, many: int, *, prefix: bool) -> Query:
    return Query.fuzzy_term_query(SCHEMA, field, word, many, prefix=prefix)


def _term(field: str, word: str, option: str = "freq") -> Query:
    return Query.term_query(SCHEMA, field, word, option)


def _run(run: str) -> Query:
    parts = pairs(run)
    one = len(parts) == 1
    where = _term("pairs", parts[0]) if one else Query.phrase_query(SCHEMA, "pairs", list(parts))
    return Query.boost_query(where, _PAIRS)


def _filters(wanted: Wanted, sources: frozenset[str] | None) -> list[Query]:
    exact = {name: getattr(wanted, name) for name in ("kind", "level", "source", "genre")}
    filters = [_only(name, [value]) for name, value in exact.items() if value]
    if sources is not None:
        filters.append(_only("source", sorted(sources)))
    if wanted.year_from or wanted.year_to:
        filters.append(_years(wanted.year_from or 1, wanted.year_to or 9999))
    return filters


def _only(field: str, values: list[str]) -> Query:
    return Query.const_score_query(Query.term_set_query(SCHEMA, field, values), 0.0)


def _years(first: int, last: int) -> Query:
    years = Query.range_query(SCHEMA, "year", tantivy.FieldType.Unsigned, first, last)
    return Query.const_score_query(years, 0.0)
