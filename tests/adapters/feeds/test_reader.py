"""Feeds of every host's shape, and those that mean harm."""

import codecs
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.feeds import SHAPES, buzzsprout, episodes, libsyn, megaphone, podlove

from medley.adapters.feeds import Reader
from medley.core.acquire.ports import Feed
from medley.kernel.errors import InvalidInput, MedleyError, TooLarge

BASE = "https://host.example"
READER = Reader()


def read(data: bytes, charset: str = "") -> Feed:
    return READER.feed(data, f"{BASE}/feed.xml", charset)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_host_is_understood(shape: str):
    feed = read(SHAPES[shape](BASE, episodes(1, 2, 3)))
    assert feed.title
    assert len(feed.episodes) == 3
    for each in feed.episodes:
        assert each.title
        assert each.guid
        assert each.published_ms > 1_700_000_000_000
        assert each.media_url.startswith(BASE)
        assert each.media_type.startswith("audio/")


def test_itunes():
    feed = read(megaphone(BASE, episodes(4)))
    assert (feed.author, feed.language, feed.type, feed.explicit) == ("Ann & Bob", "en", "episodic", False)
    assert feed.categories == ["Society & Culture", "Documentary"]
    assert feed.image_url == f"{BASE}/cover.png"
    assert (feed.description, feed.summary) == ("<p>Talk, plainly.</p>", "Talk, plainly.")
    episode = feed.episodes[0]
    assert (episode.season, episode.number, episode.duration_ms, episode.media_bytes) == (2, 4, 240_000, 0)
    assert "alert" not in episode.notes
    assert 'href="https://megaphone.example/adchoices"' in episode.notes
    assert 'rel="noopener noreferrer nofollow"' in episode.notes
    assert episode.summary.startswith("About part 4.\n")


def test_latin_letters_and_entities_of_html():
    feed = read(libsyn(BASE, episodes(7)))
    assert feed.title == "Café"
    assert feed.episodes[0].title == "Part 7: café – fin"
    assert feed.episodes[0].duration_ms == 3_727_000
    assert feed.episodes[0].media_bytes == 21_000_000
    assert feed.episodes[0].notes == "<p>Plain text.</p><p>Second paragraph &amp; more.</p>"


def test_podcasting_2():
    feed = read(buzzsprout(BASE, episodes(1)))
    assert feed.guid == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert feed.explicit
    assert [(each.name, each.role) for each in feed.persons] == [("Ann Host", "host")]
    assert [(each.url, each.title) for each in feed.funding] == [("https://fund.example/us", "Support us")]
    assert [(each.name, each.address, each.split) for each in feed.value] == [("Ann", "03ae", 90)]
    episode = feed.episodes[0]
    assert [(each.name, each.role, each.link) for each in episode.persons] == [
        ("Dee Guest", "guest", "https://dee.example/")
    ]
    assert [(each.start_ms, each.duration_ms, each.title) for each in episode.soundbites] == [
        (73_000, 60_500, "The best")
    ]
    assert [(each.media_type, each.language) for each in episode.transcripts] == [
        ("application/x-subrip", "en"),
        ("text/html", ""),
    ]
    assert episode.chapters_url == f"{BASE}/1/chapters.json"


def test_chapters_in_the_feed():
    feed = read(podlove(BASE, episodes(1)))
    assert (feed.title, feed.type) == ("Fünf & Zwanzig", "serial")
    assert [(each.start_ms, each.title) for each in feed.episodes[0].chapters] == [(0, "Intro"), (90_500, "Thema")]
    assert "img" not in feed.episodes[0].notes


def channel(inside: str, head: str = "", version: str = '<rss version="2.0">') -> bytes:
    return f"{head}{version}<channel><title>T</title>{inside}</channel></rss>".encode()


def item(inside: str) -> bytes:
    return channel(f'<item><title>E</title><enclosure url="{BASE}/1.mp3" type="audio/mpeg"/>{inside}</item>')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 31 Jan 2024 06:00:00 +0000", 1_706_680_800_000),
        ("Wed, 31 Jan 2024 07:00:00 +0100", 1_706_680_800_000),
        ("31 Jan 2024 06:00 GMT", 1_706_680_800_000),
        ("Mittwoch, 31 Jan 2024 06:00:00 GMT", 1_706_680_800_000),
        ("2024-01-31T06:00:00Z", 1_706_680_800_000),
        ("2024-01-31", 1_706_659_200_000),
        ("on 2024-1-31, early", 1_706_659_200_000),
        ("yesterday", 0),
        ("", 0),
        ("Wed, 99 Foo 999999999999 99:99:99", 0),
        ("9999-99-99", 0),
    ],
)
def test_dates_of_every_style(text: str, expected: int):
    assert read(item(f"<pubDate>{text}</pubDate>")).episodes[0].published_ms == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("3723", 3723), ("1:02:03", 3723), ("62:03", 3723), ("3723.5", 3723.5), ("1h 2m 3s", 3723), ("x", 0), ("-5", 0)],
)
def test_durations_of_every_style(text: str, seconds: float):
    data = item(f"<itunes:duration>{text}</itunes:duration>")  # a prefix that nobody declared
    assert read(data).episodes[0].duration_ms == seconds * 1000


def test_encodings_that_are_not_what_they_say():
    cafe = channel("<description>café</description>")
    assert read(codecs.BOM_UTF8 + cafe).summary == "café"
    assert read(cafe.decode().encode("utf-16")).summary == "café"
    assert read(cafe.decode().encode("cp1252")).summary == "café"
    assert read(b'<?xml version="1.0" encoding="klingon"?>' + cafe).summary == "café"
    assert read(cafe.decode().encode("iso-8859-15"), "iso-8859-15").summary == "café"
    assert read(b"\n\n  " + cafe.replace(b"caf", b"c\x00\x0baf")).summary == "café"


def test_items_without_sound_and_with_many():
    feed = read(
        channel(
            f"<item><title>Blog</title></item>"
            f'<item><title>PDF</title><enclosure url="{BASE}/a.pdf" type="application/pdf"/></item>'
            f'<item><title>Both</title><enclosure url="{BASE}/a.pdf" type="application/pdf"/>'
            f'<enclosure url="a.mp3" type=""/></item>'
            f'<item><title>Script</title><enclosure url="javascript:alert(1)" type="audio/mpeg"/></item>'
            f'<item><title>File</title><enclosure url="file:///etc/passwd" type="audio/mpeg"/></item>'
        )
    )
    assert [(each.title, each.media_url) for each in feed.episodes] == [("Both", f"{BASE}/a.mp3")]


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<p style='background:url(javascript:alert(1))' onclick=alert(1)>x</p>",
        "<form action='https://evil.example'><input></form>",
    ],
)
def test_notes_can_do_no_harm(text: str):
    data = item(f"<description><![CDATA[{text}]]></description>")
    for notes in (read(data).episodes[0].notes, read(data).episodes[0].summary):
        lowered = notes.lower()
        harmful = (
            "<img",
            "javascript:",
            "data:",
            "onerror",
            "onclick",
            "<script",
            "<iframe",
            "style=",
            "<form",
            "<svg",
        )
        assert not any(each in lowered for each in harmful)


def test_entities_are_not_expanded():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    data = channel(
        "<description>before &l11; &file; after</description>",
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}<!ENTITY file SYSTEM "file:///etc/passwd">]>',
    )
    tracemalloc.start()
    try:
        feed = read(data)
    except InvalidInput:
        return
    finally:
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        tracemalloc.stop()
    assert "lol" not in feed.summary
    assert "root:" not in feed.summary


def test_depth_and_size_have_an_end():
    deep = channel("<a>" * 100_000)
    with pytest.raises(MedleyError):
        read(b"<" * (33 << 20))
    try:
        assert read(deep).title
    except InvalidInput:
        pass
    many = channel(f'<item><enclosure url="{BASE}/1.mp3" type="audio/mpeg"/></item>' * 30_000)
    assert len(read(many).episodes) == 20_000


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00\xff" * 50, b"<html><body>Sign in</body></html>", b'{"a": 1}'])
def test_what_is_no_feed_is_told(data: bytes):
    with pytest.raises(InvalidInput, match="no feed"):
        read(data)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_stumble(data: bytes):
    for start in (b"", b"<rss><channel><item>", b"<?xml version='1.0' encoding='"):
        try:
            read(start + data)
        except MedleyError:
            pass


def test_lists_of_subscriptions():
    found = READER.outlines(
        b"""<?xml version="1.0"?><opml version="1.0"><body>
        <outline text="Group"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/feed?x=1&amp;y=2"/>
          <outline TYPE="RSS" TEXT="Loud" XMLURL="http://loud.example/"/></outline>
        <outline type="atom" title="No type" xmlUrl="https://c.example/"/><outline text="twice" xmlUrl="https://c.example/"/>
        <outline text="bad" xmlUrl="javascript:alert(1)"/><outline text="empty" xmlUrl=""/></body></opml>"""
    )
    assert [(each.url, each.title) for each in found] == [
        ("https://a.example/feed?x=1&y=2", "A & B"),
        ("http://loud.example/", "Loud"),
        ("https://c.example/", "No type"),
    ]


def test_fifty_thousand_subscriptions():
    lines = "".join(f'<outline text="P{n}" type="rss" xmlUrl="https://h.example/{n}"/>' for n in range(50_000))
    assert len(READER.outlines(f"<opml><body>{lines}</body></opml>".encode())) == 50_000


@pytest.mark.parametrize("data", [b"", b"<rss/>", b"not xml", b"{}"])
def test_what_is_no_list_is_told(data: bytes):
    with pytest.raises(InvalidInput):
        READER.outlines(data)


def test_a_list_beyond_reason_is_refused():
    with pytest.raises(TooLarge):
        READER.outlines(b" " * (33 << 20))
