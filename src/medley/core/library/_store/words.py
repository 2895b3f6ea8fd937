"""Genres, tags, series and people: the names that many items share."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, delete, select

from medley.core.kinds import Credit, broader_genres, fold, sort_key
from medley.core.library._store.queries import execute_all, insert_rows, rows_in
from medley.core.library._store.tables import credit, item_word, person, person_key, word, word_above
from medley.kernel.database import upsert
from medley.kernel.ids import new_id

# A name longer than this is a broken tag; the row would not fit a PostgreSQL index page.
_LONGEST = 500


@dataclass(slots=True)
class Names:
    """Ids of words and people that were already looked up; holds for one scan, as nobody else makes new ones."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)


def put_words(connection: Connection, names: Names, wanted: Iterable[tuple[str, str]]) -> None:
    """Make sure `names.words` knows every (type, name), and of a genre the broader ones."""
    new: dict[tuple[str, str], str] = {}
    for type_, name in wanted:
        key = (type_, fold(name))
        if key not in names.words and key[1]:
            new.setdefault(key, name)
    for name in [name for (type_, _), name in new.items() if type_ == "genre"]:
        for broader in broader_genres(name):
            if ("genre", fold(broader)) not in names.words:
                new.setdefault(("genre", fold(broader)), broader)
    upsert(
        connection,
        word,
        [
            {"id": new_id(), "type": type_, "name": name, "sort": sort_key(name), "folded": folded}
            for (type_, folded), name in new.items()
        ],
        ("type", "folded"),
    )
    by_type: dict[str, list[str]] = {}
    for type_, folded in new:
        by_type.setdefault(type_, []).append(folded)
    for type_, folded_names in by_type.items():
        query = select(word.c.id, word.c.folded).where(word.c.type == type_)
        for row in rows_in(connection, query, word.c.folded, folded_names):
            names.words[type_, row.folded] = row.id
    _put_above(connection, names, {name: broader_genres(name) for (type_, _), name in new.items() if type_ == "genre"})


def _put_above(connection: Connection, names: Names, above: dict[str, list[str]]) -> None:
    pairs = {
        (names.words["genre", fold(broader)], names.words["genre", fold(name)])
        for name, broaders in above.items()
        for broader in (name, *broaders)
    }
    rows = [{"above_id": broader, "word_id": narrower} for broader, narrower in sorted(pairs)]
    upsert(connection, word_above, rows, ("above_id", "word_id"))


def put_people(connection: Connection, names: Names, wanted: Iterable[Credit]) -> None:
    """Make sure `names.people` knows everybody."""
    new: dict[str, Credit] = {}
    for each in wanted:
        key = fold(each.name)
        if key and key not in names.people:
            new.setdefault(key, each)
    upsert(
        connection,
        person,
        [
            {"id": new_id(), "name": each.name, "sort": sort_key(each.sort or each.name), "folded": folded}
            for folded, each in new.items()
        ],
        ("folded",),
    )
    query = select(person.c.id, person.c.folded)
    for row in rows_in(connection, query, person.c.folded, list(new)):
        names.people[row.folded] = row.id


def put_person_keys(connection: Connection, names: Names, known: Iterable[tuple[str, str]]) -> None:
    """Remember (key, name) of people; who has a key already keeps it."""
    people = ((key, names.people.get(fold(name))) for key, name in known)
    rows = [{"key": key, "person_id": person_id} for key, person_id in people if person_id]
    upsert(connection, person_key, rows, ("key",))


def people_by_key(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """key → name of those people who are known."""
    query = select(person_key.c.key, person.c.name).join(person, person.c.id == person_key.c.person_id)
    return {row.key: row.name for row in rows_in(connection, query, person_key.c.key, keys)}


_forget_credits = delete(credit).where(credit.c.item_id == bindparam("of_item"))
_forget_words = delete(item_word).where(item_word.c.item_id == bindparam("of_item"), item_word.c.by_hand.is_(False))


def forget_names(connection: Connection, item_ids: Iterable[str]) -> None:
    """Take away what an earlier scan said of these items; tags given by hand stay."""
    rows = [{"of_item": id_} for id_ in item_ids]
    execute_all(connection, _forget_credits, rows)
    execute_all(connection, _forget_words, rows)


def link_words(connection: Connection, names: Names, links: Iterable[tuple[str, str, str, str]]) -> None:
    """Tie words to items: (item id, type, name, number)."""
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for item_id, type_, name, number in links:
        word_id = names.words.get((type_, fold(name)))
        if word_id:
            rows.setdefault((word_id, item_id), {"word_id": word_id, "item_id": item_id, "number": number[:40]})
    insert_rows(connection, item_word, rows.values(), unless=("word_id", "item_id"))


def link_people(connection: Connection, names: Names, links: Iterable[tuple[str, int, Credit]]) -> None:
    """Tie people to items: (item id, position, credit)."""
    rows: dict[tuple[str, str, str], dict[str, object]] = {}
    for item_id, position, each in links:
        person_id = names.people.get(fold(each.name))
        if person_id:
            key = (person_id, item_id, each.role)
            rows.setdefault(
                key,
                {
                    "person_id": person_id,
                    "item_id": item_id,
                    "role": each.role,
                    "character": each.character[:_LONGEST],
                    "named": each.named[:_LONGEST],
                    "position": position,
                },
            )
    insert_rows(connection, credit, rows.values())
