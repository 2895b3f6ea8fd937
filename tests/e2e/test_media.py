"""Playing, reading and looking over HTTP, with nothing but what the answers say."""

import io
from urllib.parse import urljoin

import av
import httpx
import pytest
from PIL import Image
from tests.support.server import Server, everything

BROWSER = {"containers": ["mp4", "webm", "mp3", "flac"], "video": ["h264", "vp9"], "audio": ["aac", "opus", "mp3"]}


@pytest.fixture
def owner(house: Server):
    with house.client() as client:
        yield client


@pytest.fixture
def guest_of_addresses(house: Server):
    """A client without any session: signed addresses must be enough, as for a <video> element on another device."""
    with httpx.Client(base_url=house.url, timeout=60) as client:
        yield client


def detail(client: httpx.Client, kind: str, level: str, title: str) -> dict:
    cards = [each for each in everything(client, "/items", kind=kind, level=level) if each["title"] == title]
    assert len(cards) == 1, [each["title"] for each in everything(client, "/items", kind=kind, level=level)]
    return client.get(f"/items/{cards[0]['id']}").raise_for_status().json()


def first_file(item: dict) -> dict:
    return item["editions"][0]["files"][0]


def play(client: httpx.Client, item: dict, **more: object) -> dict:
    body = {"capabilities": {**BROWSER, "hls": True}, **more}
    return client.post(f"/items/{item['id']}/play", json=body).raise_for_status().json()


def test_a_film_plays_directly_in_ranges(owner: httpx.Client, guest_of_addresses: httpx.Client) -> None:
    film = detail(owner, "film", "film", "Northbound")
    assert len(film["editions"]) == 2
    decided = play(owner, film)
    assert decided["method"] == "direct", decided["reasons"]
    size = next(
        file["size"] for edition in film["editions"] for file in edition["files"] if file["id"] == decided["file_id"]
    )
    url = decided["url"]
    whole = guest_of_addresses.get(url)
    assert whole.status_code == 200
    assert len(whole.content) == size
    assert whole.headers["accept-ranges"] == "bytes"
    part = guest_of_addresses.get(url, headers={"range": "bytes=100-299"})
    assert part.status_code == 206
    assert part.headers["content-range"] == f"bytes 100-299/{size}"
    assert part.content == whole.content[100:300]
    tail = guest_of_addresses.get(url, headers={"range": "bytes=-50"})
    assert tail.content == whole.content[-50:]
    beyond = guest_of_addresses.get(url, headers={"range": f"bytes={size}-"})
    assert beyond.status_code == 416
    same = {"range": "bytes=0-9", "if-range": whole.headers["etag"]}
    assert guest_of_addresses.get(url, headers=same).status_code == 206
    assert guest_of_addresses.get(url.replace("key=", "key=x")).status_code in (401, 403)


def test_a_film_that_browsers_cannot_play_comes_as_hls(owner: httpx.Client, guest_of_addresses: httpx.Client) -> None:
    film = detail(owner, "film", "film", "Greenwood Hour")
    decided = play(owner, film)
    assert decided["method"] == "transcode", decided
    assert decided["reasons"]
    pictures, seconds = decode_hls(guest_of_addresses, decided["url"])
    assert pictures > 10
    assert seconds == pytest.approx(decided["duration_ms"] / 1000, abs=0.6)


def test_a_matroska_film_is_remuxed(owner: httpx.Client, guest_of_addresses: httpx.Client) -> None:
    film = detail(owner, "film", "film", "The Lamplighter of Saltmarsh")
    decided = play(owner, film)
    assert decided["method"] == "remux", decided
    assert len(decided["audio_streams"]) == 2
    pictures, seconds = decode_hls(guest_of_addresses, decided["url"])
    assert pictures > 10
    assert seconds == pytest.approx(decided["duration_ms"] / 1000, abs=0.6)


def decode_hls(client: httpx.Client, master: str) -> tuple[int, float]:
    """(pictures, seconds) of what the playlists lead to, every segment decoded."""
    lines = client.get(master).raise_for_status().text.splitlines()
    assert lines[0] == "#EXTM3U"
    media_url = urljoin(str(client.base_url.join(master)), next(line for line in lines if line[:1] not in "#"))
    media = client.get(media_url).raise_for_status().text
    assert "#EXT-X-ENDLIST" in media
    head = next(line.split('URI="')[1].split('"')[0] for line in media.splitlines() if "#EXT-X-MAP" in line)
    body = client.get(urljoin(media_url, head)).raise_for_status().content
    for line in media.splitlines():
        if line and not line.startswith("#"):
            segment = client.get(urljoin(media_url, line)).raise_for_status()
            assert segment.content[4:8] in (b"styp", b"moof", b"sidx"), segment.content[:16]
            body += segment.content
    with av.open(io.BytesIO(body)) as opened:
        times = [frame.time for frame in opened.decode(video=0)]
    assert times == sorted(times)
    return len(times), times[-1] - times[0]


@pytest.mark.parametrize(("wanted", "codec"), [("opus", "opus"), ("aac", "aac"), ("mp3", "mp3float")])
def test_a_track_is_transcoded_from_an_offset(owner: httpx.Client, wanted: str, codec: str) -> None:
    track = detail(owner, "music", "track", "Salt on the Window")
    file = first_file(track)
    seconds = file["duration_ms"] / 1000
    answer = owner.get(f"/files/{file['id']}/audio", params={"format": wanted, "start_ms": 2000}).raise_for_status()
    with av.open(io.BytesIO(answer.content)) as opened:
        assert opened.streams.audio[0].codec_context.name in (wanted, codec)
        length = sum(frame.samples / frame.sample_rate for frame in opened.decode(audio=0))
    assert length == pytest.approx(seconds - 2, abs=0.3)


def test_subtitles_come_as_webvtt(owner: httpx.Client, guest_of_addresses: httpx.Client) -> None:
    film = detail(owner, "film", "film", "The Lamplighter of Saltmarsh")
    offered = play(owner, film)["subtitles"]
    assert len(offered) == 4  # three inside, one beside it
    for each in offered:
        captions = guest_of_addresses.get(each["url"]).raise_for_status()
        assert captions.headers["content-type"].startswith("text/vtt")
        assert captions.text.startswith("WEBVTT")
        assert "-->" in captions.text


def test_lyrics_follow_the_music(owner: httpx.Client) -> None:
    track = detail(owner, "music", "track", "Paper Harbours")
    lyrics = owner.get(f"/lyrics/{track['id']}").raise_for_status().json()
    assert lyrics["synced"] is True
    times = [line["start_ms"] for line in lyrics["lines"]]
    assert times == sorted(times)
    assert len(times) > 2


def test_a_book_is_read_in_a_sandbox(owner: httpx.Client, guest_of_addresses: httpx.Client) -> None:
    book = detail(owner, "book", "book", "The Moss Almanac")
    found = owner.get(f"/files/{first_file(book)['id']}/book").raise_for_status().json()
    assert found["spine"]
    assert found["sections"]
    page = guest_of_addresses.get(found["base"] + found["spine"][0]["href"]).raise_for_status()
    policy = page.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "html" in page.headers["content-type"]
    assert guest_of_addresses.get(found["base"] + "../../../etc/passwd").status_code in (400, 401, 403, 404)


def test_a_comic_reads_from_right_to_left(owner: httpx.Client) -> None:
    issue = next(everything(owner, "/items", kind="comic", level="issue"))
    file = first_file(owner.get(f"/items/{issue['id']}").json())
    found = owner.get(f"/files/{file['id']}/pages").raise_for_status().json()
    assert found["direction"] == "rtl"
    assert any(page["double"] for page in found["pages"])
    for page in found["pages"]:
        picture = owner.get(f"/files/{file['id']}/pages/{page['n']}", params={"width": 640}).raise_for_status()
        assert Image.open(io.BytesIO(picture.content)).width <= 1280
    missing = owner.get(f"/files/{file['id']}/pages/{len(found['pages']) + 5}")
    assert missing.status_code == 404


def test_a_pdf_shows_its_pages(owner: httpx.Client) -> None:
    book = detail(owner, "book", "book", "A Field Guide to Imaginary Weather")
    file = first_file(book)
    found = owner.get(f"/files/{file['id']}/pages").raise_for_status().json()
    assert len(found["pages"]) >= 2
    first = found["pages"][0]["n"]
    picture = owner.get(f"/files/{file['id']}/pages/{first}", params={"width": 640}).raise_for_status()
    assert Image.open(io.BytesIO(picture.content)).size[0] > 200


def test_a_heic_photo_is_shown_as_webp(owner: httpx.Client) -> None:
    photos = everything(owner, "/items", kind="photo", level="photo")
    details = (owner.get(f"/items/{each['id']}").json() for each in photos)
    file = next(first_file(each) for each in details if first_file(each)["name"].endswith(".heic"))
    picture = owner.get(f"/files/{file['id']}/picture", params={"width": 640}).raise_for_status()
    assert picture.headers["content-type"] == "image/webp"
    shown = Image.open(io.BytesIO(picture.content)).convert("RGB")
    assert shown.width <= 1280
    assert len(shown.getcolors(1 << 24) or ()) > 50  # a picture, not a plain colour


def test_a_download_has_the_name_of_the_file(owner: httpx.Client) -> None:
    file = first_file(detail(owner, "music", "track", "Salt on the Window"))
    answer = owner.get(f"/files/{file['id']}/download").raise_for_status()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "Salt%20on%20the%20Window" in answer.headers["content-disposition"] or "Salt on" in str(answer.headers)
    assert len(answer.content) == file["size"]
