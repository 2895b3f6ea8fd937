"""One artist under several names is one artist, by his id elsewhere."""

import pytest
from tests.support.library_room import Room
from tests.support.tiny_media import retag, track

ONE, TWO = "89ad4ac3-39f7-470e-963a-56509c546377", "0b6b4ba0-d36f-47bd-b4ea-6a5b91842d29"


class Shop:
    """A music library in which artists have MusicBrainz ids."""

    def __init__(self, room: Room) -> None:
        self.room, self.source, self.root = room, room.source("music"), room.media / "music"

    def album(self, artist: str, mbid: str, album: str) -> None:
        for number in (1, 2):
            track(
                self.root / album / f"{number}.mp3",
                sum(map(ord, album)) % 90 + number,
                **self.tags(artist, mbid),
                album=album,
                title=f"{album} {number}",
                tracknumber=str(number),
            )

    def rename(self, album: str, artist: str, mbid: str) -> None:
        for path in (self.root / album).iterdir():
            retag(path, **self.tags(artist, mbid))

    @staticmethod
    def tags(artist: str, mbid: str) -> dict[str, str]:
        names = {"artist": artist, "albumartist": artist}
        return names | ({"musicbrainz_artistid": mbid, "musicbrainz_albumartistid": mbid} if mbid else {})

    def scan(self) -> None:
        self.room.scan(self.source)

    def artists(self) -> dict[str, int]:
        """name → how many albums."""
        return {card.title: card.child_count for card in self.room.cards("music", "artist")}

    def people(self) -> list[str]:
        return sorted({person.name for person in self.room.library.words.people(self.room.me, role="artist").items})


@pytest.fixture
def shop(room: Room) -> Shop:
    return Shop(room)


@pytest.mark.parametrize("scans", [1, 2])
def test_several_names_and_one_id_are_one_artist(shop: Shop, scans: int) -> None:
    shop.album("Prince", ONE, "A 1999")
    if scans == 2:
        shop.scan()
    shop.album("The Artist", ONE, "B Emancipation")
    shop.album("Sheila", TWO, "C Glamorous")
    shop.scan()
    assert shop.artists() == {"Prince": 2, "Sheila": 1}
    assert shop.people() == ["Prince", "Sheila"]
    assert shop.room.card("A 1999", "music", "album").parent_title == "Prince"
    shop.scan()
    assert shop.artists() == {"Prince": 2, "Sheila": 1}


def test_one_name_is_one_artist_whether_its_id_is_known_or_not(shop: Shop) -> None:
    shop.album("Prince", "", "A 1999")
    shop.album("Prince", ONE, "B Purple")
    shop.album("PRINCE", TWO, "C Mistagged")
    shop.scan()
    assert len(shop.artists()) == 1


def test_a_name_that_nobody_writes_any_more_gives_way(shop: Shop) -> None:
    for album in ("A", "B"):
        shop.album("Prinec", ONE, album)
    shop.scan()
    artist = shop.room.card("Prinec", "music", "artist")
    shop.room.library.progress.think(shop.room.me, artist.id, {"favourite": True})
    shop.rename("A", "Prince", ONE)
    shop.scan()
    assert shop.artists() == {"Prinec": 2}
    shop.rename("B", "Prince", ONE)
    shop.scan()
    assert shop.artists() == {"Prince": 2}
    assert shop.people() == ["Prince"]
    now = shop.room.card("Prince", "music", "artist")
    assert (now.id, now.mine.favourite) == (artist.id, True)
