"""Links without an account: what they show, to whom they stop showing it, and whose they are."""

import pytest
from tests.support.library_room import Room, person
from tests.support.tiny_media import retag, track

from medley.core.identity.events import UserRemoved
from medley.core.library import Share
from medley.kernel.clock import FixedClock
from medley.kernel.errors import Forbidden, InvalidInput, NotFound
from medley.kernel.events import record
from medley.kernel.ids import new_id
from medley.kernel.postman import Postman

TAGS = {"artist": "The Band", "albumartist": "The Band", "genre": "Rock"}


@pytest.fixture
def source(room: Room) -> str:
    """Two albums of three tracks."""
    source = room.source("music")
    for album in ("First", "Second"):
        for number in range(1, 4):
            path = room.media / "music" / "The Band" / album / f"0{number} Song.flac"
            tone = number + 3 * (album == "Second")
            track(path, tone, title=f"{album} {number}", tracknumber=str(number), album=album, **TAGS)
    room.scan(source)
    return source


def titles(room: Room, share: Share) -> list[str]:
    found = room.library.shares.item_ids(room.me, room.library.shares.find(share.token))
    return [card.title for card in room.library.items.cards(room.me, found)]


def test_a_link_shows_what_lies_below_its_items_and_nothing_else(room: Room, source: str) -> None:
    shares, me = room.library.shares, room.me
    album, single = room.card("First", "music", "album"), room.card("Second 2", "music", "track")
    made = shares.create(me, [single.id, album.id], description="For you\0")
    assert (made.description, made.visits, len(made.token) >= 24) == ("For you", 0, True)
    assert titles(room, made) == ["Second 2", "First 1", "First 2", "First 3"]
    inside, outside = room.card("First 3", "music", "track").id, room.card("Second 1", "music", "track").id
    assert shares.holds(me, made, inside)
    assert shares.holds(me, made, single.id)
    assert not shares.holds(me, made, outside)
    assert not shares.holds(me, made, album.parent_id or "")
    assert not shares.holds(person("bob"), made, inside)


def test_a_playlist_is_shared_with_whatever_it_holds(room: Room, source: str) -> None:
    shares, me, lists = room.library.shares, room.me, room.library.playlists
    ids = [card.id for card in room.cards("music", "track", sort="title")]
    mine = lists.create(me, "Mix", ids[:2])
    made = shares.create(me, playlist_id=mine.id)
    assert titles(room, made) == ["First 1", "First 2"]
    lists.add(me, mine.id, [ids[5]])
    assert titles(room, made) == ["First 1", "First 2", "Second 3"]
    assert shares.holds(me, made, ids[5])
    assert not shares.holds(me, made, ids[4])
    with pytest.raises(NotFound):
        shares.create(person("bob", role="user"), playlist_id=mine.id)
    lists.remove(me, mine.id)
    with pytest.raises(NotFound):
        shares.find(made.token)


def test_visits_are_counted_and_a_link_ends_with_its_date(room: Room, source: str, clock: FixedClock) -> None:
    shares, me = room.library.shares, room.me
    album = room.card("First", "music", "album").id
    made = shares.create(me, [album], expires_at_ms=clock.now_ms() + 1_000)
    shares.find(made.token, visit=True)
    clock.advance(10)
    shares.find(made.token, visit=True)
    shares.find(made.token)
    (now,) = shares.all(me)
    assert (now.visits, now.visited_at_ms) == (2, clock.now_ms())
    clock.advance(1_000)
    for token in (made.token, "nonsense", "", "ü\0", "\ud800"):
        with pytest.raises(NotFound):
            shares.find(token)
    assert shares.change(me, made.id, expires_at_ms=0).expires_at_ms == 0
    assert shares.find(made.token).id == made.id
    assert shares.change(me, made.id, description="new").description == "new"
    shares.revoke(me, made.id)
    with pytest.raises(NotFound):
        shares.find(made.token)
    assert shares.all(me) == []


def test_a_link_shows_no_more_than_its_owner_may_see_now(room: Room, source: str) -> None:
    shares, album = room.library.shares, room.card("First", "music", "album").id
    owner = person("ann", sources=[source], role="user")
    made = shares.create(owner, [album])
    first = shares.item_ids(owner, made)[0]
    for now in (person("ann", sources=[], role="user"), person("ann", role="guest")):
        assert shares.item_ids(now, made) == []
        assert not shares.holds(now, made, first)
    room.library.trash.put(room.me, first)
    assert first not in shares.item_ids(owner, made)
    assert not shares.holds(owner, made, first)


def test_shares_are_their_owners_and_go_with_them(room: Room, source: str) -> None:
    shares, bob, album = room.library.shares, person("bob", role="user"), room.card("First", "music", "album").id
    made = shares.create(bob, [album])
    assert shares.all(room.me) == []
    for refused in (lambda: shares.change(room.me, made.id, description="x"), lambda: shares.revoke(room.me, made.id)):
        with pytest.raises(NotFound):
            refused()
    with pytest.raises(Forbidden):
        shares.create(person("gus", role="guest"), [album])
    with pytest.raises(NotFound):
        shares.create(person("eve", sources=[], role="user"), [album])
    for wrong in ([], [new_id()] * 1_001):
        with pytest.raises(InvalidInput):
            shares.create(bob, wrong)
    with pytest.raises(InvalidInput):
        shares.create(bob, [album], expires_at_ms=-1)
    with room.database.write() as connection:
        record(connection, UserRemoved(user_id="bob"))
    Postman(room.database, room.library.reactions(), room.clock).deliver()
    with pytest.raises(NotFound):
        shares.find(made.token)


def test_an_item_that_became_another_stays_shared(room: Room, source: str) -> None:
    shares, last = room.library.shares, room.card("First 3", "music", "track")
    made = shares.create(room.me, [last.id])
    retag(room.media / "music" / "The Band" / "First" / "03 Song.flac", title="First 2", tracknumber="2")
    room.scan(source)
    assert titles(room, made) == ["First 2"]
