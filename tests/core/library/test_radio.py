"""Internet radio stations: everybody lists them, administrators keep them, and only web addresses are taken."""

import pytest
from tests.support.library_room import Room, person

from medley.kernel.errors import Forbidden, InvalidInput, NotFound
from medley.kernel.ids import new_id


def test_stations_are_listed_by_name_and_changed(room: Room) -> None:
    radio, me = room.library.radio, room.me
    second = radio.add(me, " Zebra  FM ", "http://zebra.example/live.mp3")
    first = radio.add(me, "alpha", "https://alpha.example:8443/", "https://alpha.example/")
    assert [each.name for each in radio.all()] == ["alpha", "Zebra FM"]
    changed = radio.change(me, first.id, name="Zulu", home_url="")
    assert (changed.name, changed.stream_url, changed.home_url) == ("Zulu", first.stream_url, "")
    assert radio.all() == [second, changed]
    radio.remove(me, second.id)
    assert radio.all() == [changed]
    for refused in (lambda: radio.remove(me, second.id), lambda: radio.change(me, new_id(), name="x")):
        with pytest.raises(NotFound):
            refused()


def test_only_administrators_write(room: Room) -> None:
    radio, bob = room.library.radio, person("bob", role="power_user")
    station = radio.add(room.me, "One", "http://one.example/")
    for refused in (
        lambda: radio.add(bob, "Two", "http://two.example/"),
        lambda: radio.change(bob, station.id, name="Mine"),
        lambda: radio.remove(bob, station.id),
    ):
        with pytest.raises(Forbidden):
            refused()
    assert radio.all() == [station]


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "http://", "http://[", "http://a b/", "//x"],
)
def test_other_addresses_are_refused(lite_room: Room, address: str) -> None:
    radio, me = lite_room.library.radio, lite_room.me
    with pytest.raises(InvalidInput):
        radio.add(me, "One", address)
    station = radio.add(me, "One", "http://one.example/")
    with pytest.raises(InvalidInput):
        radio.change(me, station.id, stream_url=address)
    with pytest.raises(InvalidInput):
        radio.add(me, " ", "http://one.example/")
