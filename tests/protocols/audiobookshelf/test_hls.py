"""A whole book as one stream."""

import av
from tests.support.audiobookshelf import DOOR, Phone
from tests.support.house import House

from medley.kernel.ids import new_id


def test_a_book_of_two_files_is_one_stream(house: House, own: Phone) -> None:
    book = own.item("audiobook", "Alpha")
    session = own.post(f"/api/items/{book}/play", supportedMimeTypes=["audio/x-none"]).json()
    (track,) = session["audioTracks"]
    assert (session["playMethod"], track["mimeType"]) == (2, "application/vnd.apple.mpegurl")
    assert abs(track["duration"] - session["duration"]) < 0.01
    playlist = own.call("GET", track["contentUrl"]).text
    assert playlist.count("#EXT-X-MAP") == 2
    assert playlist.count("#EXT-X-DISCONTINUITY") == 1
    address = f"{house.url}{DOOR}{track['contentUrl']}"
    for index in (0, 1):
        base = address.removesuffix("output.m3u8") + f"{index}/"
        names = [line for line in playlist.splitlines() if line.startswith(f"{index}/")]
        sound = own.call("GET", base.removeprefix(f"{house.url}{DOOR}") + "init.mp4").content
        sound += b"".join(own.call("GET", f"/hls/{session['id']}/{name}").content for name in names)
        assert decoded(sound) > 10_000


def decoded(data: bytes) -> int:
    import io

    with av.open(io.BytesIO(data)) as sound:
        return sum(frame.samples for frame in sound.decode(audio=0))


def test_what_is_not_there(own: Phone) -> None:
    session = own.post(f"/api/items/{own.item('audiobook', 'Beta')}/play", forceTranscode=True).json()["id"]
    for name in ("9/0.m4s", "x/0.m4s", "0/x.m4s", "0/999999.m4s", "0/0.txt", f"0/{'9' * 40}.m4s"):
        assert own.call("GET", f"/hls/{session}/{name}").status_code == 404, name
    for other in (new_id(), "x"):
        assert own.call("GET", f"/hls/{other}/output.m3u8").status_code == 404
