from pathlib import Path

from tests.app.conftest import Medley
from tests.support.tiny_media import track

from medley.app.parts import build, prepare
from medley.app.settings import Settings


def test_a_playlist_comes_in_and_goes_out(medley: Medley, tmp_path: Path):
    medley("user", "add", "ann", "--password-stdin", given="a long password\n")
    music = tmp_path / "Music"
    for number in (1, 2):
        names = {"artist": "Ann", "album": "One", "title": f"Song {number}", "tracknumber": str(number)}
        track(music / "Ann" / "One" / f"0{number} Song.flac", number, **names)
    parts = build(Settings(data=str(medley.data)))
    prepare(parts, [("music", str(music))])
    parts.close()
    assert medley("scan", "--wait").code == 0
    file = music / "Mix.m3u"
    file.write_text("Ann/One/02 Song.flac\nAnn/One/03 Song.flac\n")
    said = medley("playlist", "import", str(file), "--user", "ann")
    assert (said.code, said.out.splitlines()) == (0, ["Mix: 1 entries found, 1 not.", "  Ann/One/03 Song.flac"])
    file.write_text("Ann/One/01 Song.flac\nAnn/One/02 Song.flac\n")
    again = medley("playlist", "import", str(file), "--user", "ann", "--json").json()
    assert (again["found"], again["missing"], again["playlist"]["count"]) == (2, 0, 2)
    out = medley("playlist", "export", "Mix", "--user", "ann").out
    assert [line for line in out.splitlines() if not line.startswith("#")] == [
        "Ann/One/01 Song.flac",
        "Ann/One/02 Song.flac",
    ]
    assert medley("playlist", "export", "Mix", "--user", "ann", "-o", str(tmp_path / "out.m3u8")).code == 0
    assert (tmp_path / "out.m3u8").read_text() == out
    smart = tmp_path / "Twos.nsp"
    smart.write_text('{"all": [{"is": {"trackNumber": 2}}]}')
    said = medley("playlist", "import", str(smart), "--user", "ann")
    assert (said.code, said.out) == (0, "Twos: 1 tracks for now.\n")


def test_mistakes_are_told(medley: Medley, tmp_path: Path):
    medley("user", "add", "ann", "--password-stdin", given="a long password\n")
    for arguments, message in (
        (["import", str(tmp_path / "none.m3u"), "--user", "ann"], "cannot be read"),
        (["export", "Mix", "--user", "ann"], "no playlist"),
        (["export", "Mix", "--user", "bob"], "nobody called"),
    ):
        said = medley("playlist", *arguments)
        assert (said.code, "Traceback" in said.err) == (2, False)
        assert message in said.err
