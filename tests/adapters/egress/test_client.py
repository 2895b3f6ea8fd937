"""The way out, against servers that do what they should not."""

import gzip
import itertools
import re
import socket
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.hosts import Asked, answer, host

from medley.adapters.egress import Client
from medley.adapters.egress._addresses import networks, permitted
from medley.adapters.egress._target import parse
from medley.kernel.egress import Limits, Refused, Request
from medley.kernel.errors import InvalidInput, MedleyError, TooLarge, Unavailable

HERE = ("127.0.0.1/32",)
QUICK = Limits(max_bytes=100_000, seconds=1.5)


@pytest.fixture
def client() -> Client:
    return Client(HERE)


def test_an_answer_comes_whole_with_its_headers(client: Client):
    with host(answer(200, b"hello", etag='"1"')) as there:
        got = client.fetch(Request(f"{there.url}/feed.xml?a=b c"))
    assert (got.status, got.body, got.headers["etag"], got.moved_to) == (200, b"hello", '"1"', "")
    assert there.asked[0].path == "/feed.xml?a=b%20c"
    assert there.asked[0].headers["user-agent"].startswith("Medley/")
    assert there.asked[0].headers["host"] == f"127.0.0.1:{there.port}"


def test_a_body_is_sent_and_a_failure_status_is_an_answer(client: Client):
    with host(answer(503, b"busy", retry_after="5")) as there:
        got = client.fetch(Request(there.url, "POST", {"content-type": "application/json"}, b'{"a":1}'))
    assert (got.status, got.headers["retry-after"]) == (503, "5")
    assert (there.asked[0].method, there.asked[0].body) == ("POST", b'{"a":1}')


@pytest.mark.parametrize(
    "address",
    (
        "127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 224.0.0.1 "
        "240.0.0.1 255.255.255.255 198.18.0.1 192.0.0.1 168.63.129.16 "
        ":: ::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:a00:1 ::127.0.0.1 "
        "2002:7f00:1:: 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::808:808 2001:0:7f00:1::"
    ).split(),
)
def test_addresses_inside_are_not_connected_to(address: str):
    assert not permitted(address, ())


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses_are_connected_to(address: str):
    assert permitted(address, ())


def test_an_allowed_network_is_open_however_it_is_written():
    allowed = networks(["192.168.1.7/24"])
    assert permitted("192.168.1.200", allowed)
    assert permitted("::ffff:192.168.1.200", allowed)
    assert not permitted("192.168.2.1", allowed)
    with pytest.raises(InvalidInput, match=r"egress\.allow"):
        networks(["home"])


@settings(deadline=None)
@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_no_wrapping_makes_a_private_address_public(inside):
    number = int(inside)
    wrapped = [f"::ffff:{inside}", f"64:ff9b::{inside}", f"::{inside}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1"]
    assert not any(permitted(each, ()) for each in wrapped)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_loopback_is_refused_by_every_name(name: str):
    with host(answer(200, b"secret")) as there, pytest.raises((Refused, Unavailable)):
        Client().fetch(Request(f"http://{name}:{there.port}/"))
    assert not there.asked


@pytest.mark.parametrize(
    "url",
    ["", "feed", "file:///etc/passwd", "ftp://example.org/", "gopher://x/", "http://", "http://a:b:c/", "http://[::1/",
     "http://exa mple.org/", "http://a\r\nb/", "http://a\\@b/", "//example.org/", "http://x:99999/", "http://\udcff/",
     "http://x/\udcff", "http://x/?\udcff"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(client: Client, url: str):
    with pytest.raises((Refused, Unavailable)):
        client.fetch(Request(url))


@settings(deadline=None)
@given(st.text())
def test_any_text_is_an_address_or_refused(text: str):
    try:
        target = parse(f"http://{text}")
    except Refused:
        return
    assert parse(target.url).url == target.url
    assert re.fullmatch(r"[a-z0-9_.:-]+", target.host)
    assert target.path.isascii()


def test_redirects_are_followed_and_a_lasting_move_is_told(client: Client):
    with host(
        {
            "/old": answer(301, location="/new"),
            "/new": answer(302, location="now?x=1"),
            "/now": answer(200, b"here"),
        }
    ) as there:
        got = client.fetch(Request(f"{there.url}/old"))
    assert (got.body, got.url, got.moved_to) == (b"here", f"{there.url}/now?x=1", f"{there.url}/new")


def test_the_second_hop_may_not_lead_inside(client: Client):
    hops = {"/1": answer(302, location="/2")}
    with host(answer(200, b"secret"), "127.0.0.2") as inside, host(hops) as outside:
        hops["/2"] = answer(302, location=f"{inside.url}/admin")
        with pytest.raises(Refused, match="does not connect"):
            client.fetch(Request(f"{outside.url}/1"))
    assert len(outside.asked) == 2
    assert not inside.asked


@pytest.mark.parametrize("location", ["file:///etc/passwd", "javascript:alert(1)", "http://[", "ftp://127.0.0.1/"])
def test_a_redirect_leads_to_the_web_only(client: Client, location: str):
    with host(answer(302, location=location)) as there, pytest.raises(Refused):
        client.fetch(Request(there.url))


def test_circles_end(client: Client):
    with host(answer(302, location="/again")) as there, pytest.raises(Unavailable, match="circles"):
        client.fetch(Request(there.url, limits=Limits(redirects=4)))
    assert len(there.asked) == 5


def test_secrets_stay_with_the_host_that_they_are_for():
    client = Client(["127.0.0.0/8"])
    hops = {"/a": answer(302, location="/b")}
    with host(answer(200, b"other"), "127.0.0.3") as other, host(hops) as first:
        hops["/b"] = answer(302, location=other.url)
        address = first.url.replace("//", "//ann:s%40fe@")
        client.fetch(Request(f"{address}/a", headers={"Cookie": "id=1", "X-Plain": "yes"}))
    assert [each.headers.get("authorization") for each in first.asked] == ["Basic YW5uOnNAZmU="] * 2
    assert first.asked[1].headers["cookie"] == "id=1"
    assert "authorization" not in other.asked[0].headers
    assert "cookie" not in other.asked[0].headers
    assert other.asked[0].headers["x-plain"] == "yes"


def test_secrets_do_not_come_back_with_a_redirect():
    client = Client(["127.0.0.0/8"])
    hops, elsewhere = {"/back": answer(200, b"")}, {"/": answer(404)}
    with host(hops) as first, host(elsewhere, "127.0.0.3") as other:
        hops["/go"], elsewhere["/"] = answer(302, location=other.url), answer(302, location=f"{first.url}/back")
        client.fetch(Request(f"{first.url}/go", credentials=("ann", "secret")))
    assert "authorization" in first.asked[0].headers
    assert "authorization" not in first.asked[1].headers


def test_errors_do_not_name_the_secret_part_of_an_address(client: Client):
    with pytest.raises(MedleyError) as failed:
        client.fetch(Request("http://ann:hunter2@127.0.0.9/rss?auth=t0ken"))
    told = f"{failed.value.message} {failed.value.hint}"
    assert "127.0.0.9" in told
    assert not any(secret in told for secret in ("hunter2", "t0ken", "ann:"))


def test_a_large_answer_is_not_read_to_its_end(client: Client):
    sent = []

    def endless(_asked: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in itertools.count():
            connection.sendall(b"x" * 65536)
            sent.append(1)

    with host(endless) as there, pytest.raises(TooLarge):
        client.fetch(Request(there.url, limits=Limits(max_bytes=200_000)))
    assert len(sent) < 1000


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_does_not_go_off(client: Client, pack):
    encoding = "gzip" if pack is gzip.compress else "deflate"
    with host(answer(200, pack(bytes(300 << 20)), content_encoding=encoding)) as there, pytest.raises(TooLarge):
        client.fetch(Request(there.url, limits=Limits(max_bytes=1 << 20)))


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"<rss/>")),
        ("deflate", zlib.compress(b"<rss/>")),
        ("deflate", zlib.compress(b"<rss/>")[2:-4]),
        ("identity", b"<rss/>"),
    ],
    ids=["gzip", "zlib", "raw deflate", "not at all"],  # by themselves they would hold the time of packing
)
def test_packed_answers_are_unpacked(client: Client, encoding: str, packed: bytes):
    with host(answer(200, packed, content_encoding=encoding)) as there:
        assert client.fetch(Request(there.url)).body == b"<rss/>"


def test_a_damaged_or_unknown_packing_is_told(client: Client):
    with (
        host(answer(200, b"\x1f\x8b\x08garbage-garbage", content_encoding="gzip")) as there,
        pytest.raises(Unavailable),
    ):
        client.fetch(Request(there.url))
    with host(answer(200, b"?", content_encoding="br")) as there, pytest.raises(MedleyError, match="not asked for"):
        client.fetch(Request(there.url))


def test_a_length_that_promises_too_much_is_a_broken_answer(client: Client):
    with host(answer(200, b"short", says=5000)) as there, pytest.raises(Unavailable, match="broke off"):
        client.fetch(Request(there.url))


def test_a_length_that_promises_too_little_is_kept(client: Client):
    with host(answer(200, b"x" * 50_000, says=10)) as there:
        assert client.fetch(Request(there.url)).body == b"x" * 10


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_dribbles_is_left(client: Client, part: str):
    over = threading.Event()

    def dribble(_asked: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nx: " + (b"\r\n\r\n" if part == "body" else b""))
        while not over.wait(0.05):
            connection.sendall(b"y")

    with host(dribble) as there, pytest.raises(Unavailable, match="in time"):
        client.fetch(Request(there.url, limits=QUICK))
    over.set()


def test_headers_without_end_are_not_read_on(client: Client):
    def boast(_asked: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"x-y: " + b"z" * 4096 + b"\r\n")

    with host(boast) as there, pytest.raises(Unavailable):
        client.fetch(Request(there.url))


def test_what_is_not_http_is_no_answer(client: Client):
    ssh = host(lambda _asked, connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n"))
    with ssh as there, pytest.raises(Unavailable):
        client.fetch(Request(there.url))


def test_nobody_there(client: Client):
    with pytest.raises(Unavailable, match="cannot be reached"):
        client.fetch(Request("http://127.0.0.1:9/"))
    with pytest.raises(Unavailable, match="no host"):
        client.fetch(Request("http://nowhere.invalid/"))


def test_a_part_is_read_as_a_stream(client: Client):
    with host(answer(206, b"cdef", content_range="bytes 2-5/10")) as there:
        request = Request(f"{there.url}/a.mp3", headers={"Range": "bytes=2-5"})
        with client.open(request) as stream:
            assert (stream.status, b"".join(stream)) == (206, b"cdef")
            assert stream.headers["content-range"] == "bytes 2-5/10"
    assert there.asked[0].headers["range"] == "bytes=2-5"
    assert there.asked[0].headers["accept-encoding"] == "identity"


def test_a_stream_has_its_limits_too(client: Client):
    with (
        host(answer(200, b"x" * 500_000)) as there,
        client.open(Request(there.url, limits=QUICK)) as stream,
        pytest.raises(TooLarge),
    ):
        list(stream)


def test_the_name_that_was_judged_is_the_one_that_is_connected_to(client: Client, monkeypatch: pytest.MonkeyPatch):
    """A name server that gives a good address first and one inside the second time."""
    real, asked = socket.getaddrinfo, itertools.count()

    def rebinding(name: str, *arguments, **options):
        if name == "rebind.test":
            name = "127.0.0.1" if next(asked) == 0 else "127.0.0.2"
        return real(name, *arguments, **options)

    with host(answer(200, b"outside")) as there, host(answer(200, b"inside"), "127.0.0.2", there.port) as inside:
        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        got = client.fetch(Request(f"http://rebind.test:{there.port}/"))
        with pytest.raises(Refused):
            client.fetch(Request(f"http://rebind.test:{there.port}/"))
    assert got.body == b"outside"
    assert there.asked[0].headers["host"] == f"rebind.test:{there.port}"
    assert not inside.asked


def test_proxies_of_the_environment_are_not_used(client: Client, monkeypatch: pytest.MonkeyPatch):
    with host(answer(200, b"proxy")) as proxy, host(answer(200, b"direct")) as there:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert client.fetch(Request(there.url)).body == b"direct"
    assert not proxy.asked


def test_one_host_is_not_overrun():
    client = Client(HERE, total=16, per_host=3)
    hold, here, most = threading.Barrier(3), [], []

    def slowly(asked: Asked, connection: socket.socket) -> None:
        here.append(asked)
        most.append(len(here))
        hold.wait(60)  # goes on only when three are here at once
        here.pop()
        hold.wait(60)
        answer(200, b"ok")(asked, connection)

    with host(slowly) as there, ThreadPoolExecutor(12) as pool:
        got = list(pool.map(lambda _: client.fetch(Request(there.url)).body, range(12)))
    assert got == [b"ok"] * 12
    assert max(most) == 3


def test_a_full_house_is_told_when_the_time_is_over():
    client = Client(HERE, total=1)
    with (
        host(answer(200, b"ok")) as there,
        client.open(Request(there.url)),
        pytest.raises(Unavailable, match="Too many"),
    ):
        client.fetch(Request(there.url, limits=Limits(seconds=0.1)))


def test_tls_proves_the_name():
    """A server that speaks TLS with a certificate of its own making is not believed."""
    with host(lambda _asked, _connection: None) as there, pytest.raises(Unavailable):
        Client(HERE).fetch(Request(f"https://127.0.0.1:{there.port}/", limits=QUICK))
