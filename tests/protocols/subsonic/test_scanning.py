"""Scans."""

from tests.support.house import House
from tests.support.subsonic import App

from medley.app.worker import stand_in


def test_songs_are_counted_and_scans_told(app: App, other: App, house: House):
    assert app.ask("getScanStatus")["scanStatus"]["count"] == 13
    assert other.fail("startScan")["code"] == 50
    assert app.ask("startScan")["scanStatus"]["scanning"] is True
    jobs = [job for job in house.parts.jobs.list().items if job.kind == "scan" and job.state in ("queued", "running")]
    assert [job.arguments["source_id"] for job in jobs] == [house.sources["music"]]
    with stand_in(house.parts):
        assert house.parts.jobs.wait(jobs[0].id, 60).state == "done"
    told = app.ask("getScanStatus")["scanStatus"]
    assert (told["scanning"], told["count"]) == (False, 13)
