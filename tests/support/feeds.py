"""Feeds in the shapes of the great hosts, made of a few facts."""

# ruff: noqa: E501 - they are as wide as the ones in the wild

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

START = datetime(2024, 1, 31, 6, 0, tzinfo=UTC)
_NAMESPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:podcast="https://podcastindex.org/namespace/1.0" '
    'xmlns:psc="http://podlove.org/simple-chapters" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0"'
)


@dataclass(frozen=True)
class Told:
    """One episode: what a test wants to change of it."""

    number: int
    title: str = ""
    guid: str = ""
    media: str = ""
    extra: str = ""

    @property
    def name(self) -> str:
        return self.title or f"Part {self.number}"

    @property
    def when(self) -> datetime:
        return START + timedelta(days=7 * self.number)


def episodes(*numbers: int, **changes: str) -> list[Told]:
    """Episodes by their numbers, the newest first as feeds have them."""
    return [Told(number, **changes) for number in sorted(numbers, reverse=True)]


def megaphone(base: str, told: Sequence[Told], title: str = "Plain Talk", extra: str = "") -> bytes:
    """As Megaphone sends it: CDATA everywhere, guids that are UUIDs, sound behind a chain of counters."""
    items = "".join(
        f"""<item>
      <title>{each.name}</title><itunes:title><![CDATA[{each.name}]]></itunes:title>
      <link>{base}/e/{each.number}</link>
      <description><![CDATA[<p>About part {each.number}.</p><script>alert(1)</script>
        <p>Learn more about your ad choices. Visit <a href="https://megaphone.example/adchoices">megaphone.example</a></p>]]></description>
      <pubDate>{format_datetime(each.when)}</pubDate>
      <itunes:episodeType>full</itunes:episodeType><itunes:episode>{each.number}</itunes:episode>
      <itunes:season>2</itunes:season><itunes:duration>{60 * each.number}</itunes:duration>
      <itunes:explicit>no</itunes:explicit>
      <guid isPermaLink="false"><![CDATA[{each.guid or f"7b1f0c7e-0000-11ee-8c1b-{each.number:012}"}]]></guid>
      <enclosure url="{each.media or f"{base}/count/traffic/{each.number}.mp3?updated=17"}" length="0" type="audio/mpeg"/>
      {each.extra}</item>"""
        for each in told
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss {_NAMESPACES} version="2.0"><channel>
  <atom:link href="{base}/feed.xml" rel="self" type="application/rss+xml"/>
  <title>{title}</title><link>{base}/</link><language>en</language><copyright>Us</copyright>
  <description><![CDATA[<p>Talk, plainly.</p>]]></description>
  <image><url>{base}/small.png</url><title>{title}</title></image>
  <itunes:explicit>no</itunes:explicit><itunes:type>episodic</itunes:type>
  <itunes:author>Ann &amp; Bob</itunes:author><itunes:owner><itunes:name>Us</itunes:name></itunes:owner>
  <itunes:image href="{base}/cover.png"/>
  <itunes:category text="Society &amp; Culture"><itunes:category text="Documentary"/></itunes:category>
  {extra}{items}</channel></rss>""".encode()


def libsyn(base: str, told: Sequence[Told]) -> bytes:
    """As Libsyn: latin-1, entities of HTML, permalinks as guids, durations with colons."""
    items = "".join(
        f"""<item><title>{each.name}: caf\xe9&nbsp;&ndash; fin</title>
        <pubDate>{format_datetime(each.when)}</pubDate><guid isPermaLink="false"><![CDATA[{each.number:032x}]]></guid>
        <link><![CDATA[{base}/{each.number}]]></link><description><![CDATA[Plain text.

        Second paragraph & more.]]></description>
        <enclosure length="21000000" type="audio/mpeg" url="{base}/{each.number}.mp3?dest-id=99" />
        <itunes:duration>01:02:{each.number:02}</itunes:duration><itunes:keywords>a,b</itunes:keywords></item>"""
        for each in told
    )
    return f"""<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0" {_NAMESPACES}><channel>
    <title>Caf\xe9</title><link>{base}</link><itunes:summary>Sum</itunes:summary>{items}</channel></rss>""".encode(
        "latin-1"
    )


def buzzsprout(base: str, told: Sequence[Told]) -> bytes:
    """As Buzzsprout: Podcasting 2.0 with transcripts, chapters, persons, soundbites, funding."""
    items = "".join(
        f"""<item><itunes:title>{each.name}</itunes:title><title>{each.name}</title>
        <description><![CDATA[<h1>Hi</h1><ul><li>One</li></ul>]]></description><itunes:author>Cy</itunes:author>
        <enclosure url="{base}/{each.number}.mp3" length="1234567" type="audio/mpeg" />
        <guid isPermaLink="false">Buzzsprout-{each.number}</guid><pubDate>{format_datetime(each.when)}</pubDate>
        <podcast:soundbite startTime="73.0" duration="60.5">The best</podcast:soundbite>
        <podcast:transcript url="{base}/{each.number}/transcript.srt" type="application/x-subrip" language="en" rel="captions"/>
        <podcast:transcript url="{base}/{each.number}/transcript" type="text/html" />
        <podcast:chapters url="{base}/{each.number}/chapters.json" type="application/json" />
        <podcast:person role="guest" href="https://dee.example/" img="{base}/dee.jpg">Dee Guest</podcast:person>
        <itunes:duration>1800</itunes:duration><itunes:explicit>true</itunes:explicit></item>"""
        for each in told
    )
    return f"""<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0" {_NAMESPACES}><channel>
    <title>Buzz</title><podcast:locked>yes</podcast:locked><podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
    <podcast:funding url="https://fund.example/us">Support us</podcast:funding>
    <podcast:person>Ann Host</podcast:person>
    <podcast:value type="lightning" method="keysend"><podcast:valueRecipient name="Ann" type="node" address="03ae" split="90"/></podcast:value>
    <itunes:explicit>true</itunes:explicit>{items}</channel></rss>""".encode()


def podlove(base: str, told: Sequence[Told]) -> bytes:
    """As Podlove Publisher: chapters in the feed, m4a, ISO dates in guids, German names of months."""
    items = "".join(
        f"""<item><title>PL{each.number:03} {each.name}</title><link>{base}/pl{each.number}</link>
        <pubDate>{format_datetime(each.when)}</pubDate>
        <guid isPermaLink="false">podlove-2024-01-0{each.number}t10:00:00+00:00-abc</guid>
        <itunes:duration>00:42:00</itunes:duration>
        <enclosure url="{base}/podlove/file/{each.number}/s/feed/c/m4a/pl.m4a" length="30000000" type="audio/mp4"/>
        <psc:chapters version="1.2"><psc:chapter start="00:00:00.000" title="Intro"/>
        <psc:chapter start="00:01:30.500" title="Thema" href="https://example.org/thema"/></psc:chapters>
        <content:encoded><![CDATA[<p>Shownotes <img src="https://track.example/p.gif"></p>]]></content:encoded></item>"""
        for each in told
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_NAMESPACES}><channel>
    <title>Fünf &#38; Zwanzig</title><itunes:type>serial</itunes:type>{items}</channel></rss>""".encode()


def patreon(base: str, told: Sequence[Told]) -> bytes:
    """As Patreon's private feeds: every address carries a secret, and the path of all sound is the same."""
    items = "".join(
        f"""<item><title>{each.name}</title><link>https://patreon.example/posts/{each.number}</link>
        <pubDate>{each.when.strftime("%a, %d %b %Y %H:%M:%S GMT")}</pubDate><guid isPermaLink="false">{9000 + each.number}</guid>
        <enclosure url="{base}/media?token=s3cret&amp;id={each.number}&amp;token-time={each.number}" length="9999999" type="audio/mpeg"/></item>"""
        for each in told
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_NAMESPACES}><channel><title>For Patrons</title>
    <itunes:block>Yes</itunes:block>{items}</channel></rss>""".encode()


def atom(base: str, told: Sequence[Told]) -> bytes:
    """Atom, with the enclosure as a link."""
    items = "".join(
        f"""<entry><title>{each.name}</title><id>urn:{each.number}</id><published>{each.when.isoformat()}</published>
        <link rel="alternate" href="/a{each.number}"/><link rel="enclosure" type="audio/ogg" href="/{each.number}.ogg"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rich <b>text</b></p></div></content></entry>"""
        for each in told
    )
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>At</title><author><name>Om</name></author>
    <subtitle>Sub</subtitle><link href="{base}/"/>{items}</feed>""".encode()


SHAPES = {
    "megaphone": megaphone, "libsyn": libsyn, "buzzsprout": buzzsprout, "podlove": podlove, "patreon": patreon, "atom": atom,
}  # fmt: skip
