"""Photos: what belongs together, when it was taken, and what is no photo."""

from medley.core.kinds import Entry, Facts, Folder, Guess
from medley.core.kinds.photo import KIND


def photo(name: str, **tags: str) -> Entry:
    return Entry(
        name, facts=Facts(media="image", format="jpeg", width=40, height=30, tags={t: [v] for t, v in tags.items()})
    )


def sidecar(name: str, format: str, **tags: str) -> Entry:  # noqa: A002
    return Entry(name, facts=Facts(media="sidecar", format=format, tags={t: [v] for t, v in tags.items()}))


def film(name: str, duration_ms: int = 2500, **tags: str) -> Entry:
    return Entry(
        name, facts=Facts(media="video", format="mp4", duration_ms=duration_ms, tags={t: [v] for t, v in tags.items()})
    )


def guesses(*files: Entry | str, parts=("Photos", "Trip"), source="", above=()) -> dict[str, Guess]:
    entries = tuple(Entry(file) if isinstance(file, str) else file for file in files)
    found = KIND.recognise(Folder(parts=parts, source_name=source, files=entries, above=above))
    return {guess.path.rpartition("/")[2]: guess for guess in found}


def test_raw_and_edited_are_editions_and_live_films_companions() -> None:
    taken = {"datetaken": "2020-01-02T03:04:05", "camera_model": "X"}
    found = guesses(
        photo("IMG_1.JPG", **taken), photo("IMG_1.DNG", **taken), photo("IMG_1-edited.jpg"), film("IMG_1.MOV"),
        photo("IMG_2.HEIC", contentid="c-1"), film("clip.mov", contentid="c-1"),
    )  # fmt: skip
    assert {name: guess.edition for name, guess in found.items()} == {
        "IMG_1.JPG": "", "IMG_1.DNG": "RAW", "IMG_1-edited.jpg": "Edited", "IMG_2.HEIC": "",
    }  # fmt: skip
    first = [found[name] for name in ("IMG_1.JPG", "IMG_1.DNG", "IMG_1-edited.jpg")]
    assert len({guess.ladder[1].identity for guess in first}) == 1
    assert [(c.path, c.role) for c in found["IMG_1.JPG"].companions] == [("Photos/Trip/IMG_1.MOV", "motion")]
    assert found["IMG_2.HEIC"].companions[0].path == "Photos/Trip/clip.mov"


def test_names_of_phones() -> None:
    found = guesses(
        "PXL_20230101_101112345.RAW-01.COVER.jpg", "PXL_20230101_101112345.RAW-02.ORIGINAL.dng",
        "IMG_0007.HEIC", "IMG_E0007.HEIC", "00001IMG_00001_BURST20200101120000_COVER.jpg",
    )  # fmt: skip
    assert found["PXL_20230101_101112345.RAW-02.ORIGINAL.dng"].edition == "RAW"
    assert len({guess.ladder[1].identity for guess in found.values()}) == 3
    assert found["IMG_E0007.HEIC"].edition == "Edited"
    assert found["00001IMG_00001_BURST20200101120000_COVER.jpg"].ladder[1].fields["burst"]
    assert found["PXL_20230101_101112345.RAW-01.COVER.jpg"].ladder[1].fields["taken"] == "2023-01-01T10:11:12"


def test_who_says_when() -> None:
    exif = photo("a.jpg", datetaken="2020-01-01T00:00:00", offset="+02:00")
    rung = guesses(exif, sidecar("a.jpg.xmp", "xmp", datetaken="1999-05-05T05:05:05"))["a.jpg"].ladder[1]
    assert (rung.fields["taken"], rung.fields["taken_by"]) == ("1999-05-05T05:05:05", "sidecar")
    assert "offset" not in rung.fields
    takeout = sidecar("a.jpg.supplemental-metad.json", "takeout-json", datetaken="2001-01-01T01:01:01", latitude="5")
    rung = guesses(exif, takeout)["a.jpg"].ladder[1]
    assert (rung.fields["taken"], rung.fields["latitude"]) == ("2020-01-01T00:00:00", 5.0)
    rung = guesses(photo("a.jpg"), takeout)["a.jpg"].ladder[1]
    assert rung.fields["taken"] == "2001-01-01T01:01:01"
    rung = guesses("IMG-20190713-WA0001.jpg")["IMG-20190713-WA0001.jpg"].ladder[1]
    assert (rung.date, rung.fields["taken_by"]) == ("2019-07-13", "name")
    rung = guesses(Entry("x.jpg", mtime_ms=86_400_000))["x.jpg"].ladder[1]
    assert (rung.date, rung.fields["taken_by"]) == ("1970-01-02", "modified")


def test_odd_names_of_takeout() -> None:
    said = {"datetaken": "2001-01-01T01:01:01"}
    files = (photo("IMG(1).jpg"), photo("IMG.jpg"), sidecar("IMG.jpg(1).json", "takeout-json", **said))
    found = guesses(*files)
    assert found["IMG(1).jpg"].ladder[1].fields.get("taken") == said["datetaken"]
    assert "taken" not in found["IMG.jpg"].ladder[1].fields


def test_a_moved_photo_is_the_same_and_a_scan_is_its_albums() -> None:
    taken = photo("IMG_1.jpg", datetaken="2020-01-01T00:00:00", camera_model="X")
    here, there = (guesses(taken, parts=parts)["IMG_1.jpg"].ladder[1] for parts in (("Photos", "A"), ("B", "C")))
    assert here.identity == there.identity
    here, there = (guesses("scan 1.jpg", parts=("Photos", name))["scan 1.jpg"].ladder[1] for name in "AB")
    assert here.identity != there.identity


def test_albums() -> None:
    def album(*parts: str):
        return guesses("x.jpg", parts=parts)["x.jpg"].ladder[0]

    assert album("Photos", "2019", "Summer").identity != album("Photos", "2020", "Summer").identity
    assert album("Photos", "Summer", "RAW").identity == album("Photos", "Summer").identity
    assert (album("2019-07-13 Rome").date, album("2019-07-13 Rome").year) == ("2019-07-13", 2019)
    assert guesses("x.jpg", parts=(), source="Family")["x.jpg"].ladder[0].title == "Family"


def test_an_album_stands_where_its_first_photo_was_taken() -> None:
    shots = [photo(f"{n}.jpg", datetaken=f"2024-07-{n:02}T10:00:00", camera_model="X") for n in (9, 3)]
    album = guesses(*shots, parts=("2024-07 Coast Road",))["9.jpg"].ladder[0]
    assert (album.date, album.year) == ("2024-07-03", 2024)
    assert guesses("x.jpg", parts=("Summer 2019",))["x.jpg"].ladder[0].date == "2019"


def test_artwork_is_no_photo() -> None:
    for name in ("cover.jpg", "folder.png", "poster.jpg", "fanart1.jpg", "Film (1999)-poster.jpg", ".hidden.jpg"):
        assert guesses(name, parts=("x",)) == {}, name


def test_pictures_of_other_media_are_no_photos() -> None:
    for other in ("01 Song.flac", "Book.epub", "Saga 1.cbz", "movie.nfo", "Film (1999).mkv"):
        assert guesses("scan.jpg", other, parts=("x",)) == {}, other
        assert guesses("scan.jpg", parts=("x", "Scans"), above=((other,), ())) == {}, other
    assert guesses("scan.jpg", "01 Song.flac", parts=("Photos", "x"))["scan.jpg"].confidence == 0.95
    own = photo("IMG_1.jpg", camera_model="X")
    assert guesses(own, "01 Song.flac", parts=("x",))["IMG_1.jpg"].confidence == 0.8


def test_clips_among_photos() -> None:
    found = guesses(photo("IMG_1.JPG", camera_model="X"), film("IMG_0002.MOV", 60_000), parts=("x",))
    assert found["IMG_0002.MOV"].confidence == 0.8
    assert found["IMG_0002.MOV"].ladder[1].fields["media"] == "video"
    assert found["IMG_0002.MOV"].companions == []
    assert guesses(film("Something.mp4", 60_000), parts=("x",))["Something.mp4"].confidence < 0.2
    assert "Film (1999).mp4" not in guesses(film("Film (1999).mp4", 60_000), parts=("x",))


def test_a_longer_film_of_the_same_name_is_not_its_motion() -> None:
    found = guesses(photo("IMG_1.JPG"), film("IMG_1.MOV", 90_000))
    assert found["IMG_1.JPG"].companions == []
    assert "IMG_1.MOV" in found
