"""Sources: scans are asked for once, and again for what changes while one runs."""

from tests.support.library_room import Room

from medley.kernel.job_ledger import JobLedger


def test_what_changes_during_a_scan_is_scanned_after_it(lite_room: Room) -> None:
    source, jobs = lite_room.source("music"), lite_room.jobs
    (lite_room.media / "music/Blue").mkdir()
    first = lite_room.library.sources.changed(source, "Blue")
    assert lite_room.library.sources.changed(source, "Blue") == first
    JobLedger(lite_room.database, lite_room.clock).start(first)
    second = lite_room.library.sources.changed(source, "Blue")
    assert second != first
    assert jobs.get(second).arguments == jobs.get(first).arguments
    assert lite_room.library.sources.changed(source, "Blue") == second


def test_a_person_who_asks_twice_gets_one_scan(lite_room: Room) -> None:
    source = lite_room.source("music")
    first = lite_room.library.sources.scan(source)
    JobLedger(lite_room.database, lite_room.clock).start(first)
    assert lite_room.library.sources.scan(source) == first
