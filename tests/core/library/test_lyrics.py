"""Lyrics from a file to whoever shows them: in its tags, and beside it."""

from tests.support.library_room import Room
from tests.support.tiny_media import track

from medley.core.kinds.music.lyrics import Lyrics, lyrics_of

_TTML = """<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="fr"><body><div>
<p begin="1s"><span begin="1s">Bon</span><span begin="1.5s">jour</span></p></div></body></tt>"""


def test_lyrics_beside_a_song_are_read_in_every_form(lite_room: Room) -> None:
    folder, source = lite_room.media / "music", lite_room.source("music")
    track(folder / "a.mp3", 1, title="A", artist="Ann", album="Blue")
    (folder / "a.ttml").write_text(_TTML)
    (folder / "a.de.lrc").write_text("[00:01.00]Guten Tag")
    lite_room.scan(source)
    companions = lite_room.item(lite_room.card("A", "music", "track").id).companions
    found: list[tuple[str, list[Lyrics]]] = []
    for each in companions:
        facts = lite_room.library.items.facts(each.id)
        found.append((each.language, lyrics_of(facts) if facts else []))
    said = {texts[0].language or language: texts[0].lines[0] for language, texts in found}
    assert {language: (line.start_ms, line.text) for language, line in said.items()} == {
        "fr": (1000, "Bonjour"),
        "de": (1000, "Guten Tag"),
    }
    assert [word.text for word in said["fr"].words] == ["Bon", "jour"]
