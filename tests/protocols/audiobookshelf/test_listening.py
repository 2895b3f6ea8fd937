"""One's sessions and what they come to."""

import time

from tests.support.audiobookshelf import Phone

from medley.kernel.ids import new_id


def tell(phone: Phone, item: str, day: str, heard: float, **more) -> None:
    session = {"id": new_id(), "libraryItemId": item, "date": day, "timeListening": heard, "currentTime": 1,
               "updatedAt": int(time.time() * 1000), **more}  # fmt: skip
    phone.post("/api/session/local", **session).raise_for_status()


def test_sessions_and_statistics(own: Phone, phone: Phone) -> None:
    book, (podcast, episode) = own.item("audiobook", "A Long Book"), own.episode()
    tell(own, book, "2024-03-04", 100)  # a Monday
    tell(own, book, "2024-03-11", 50)
    tell(own, podcast, "2023-03-05", 25, episodeId=episode)
    told = own.json("/api/me/listening-stats")
    assert told["totalTime"] == 175
    assert told["days"] == {"2023-03-05": 25, "2024-03-04": 100, "2024-03-11": 50}
    assert (told["dayOfWeek"]["Monday"], told["dayOfWeek"]["Sunday"]) == (150, 25)
    assert told["items"][book]["timeListening"] == 150
    assert told["items"][book]["mediaMetadata"]["title"] == "A Long Book"
    assert len(told["recentSessions"]) == 3
    page = own.json("/api/me/listening-sessions", itemsPerPage=2, page=1)
    assert (page["total"], page["numPages"], len(page["sessions"])) == (3, 2, 1)
    assert own.json(f"/api/me/item/listening-sessions/{book}")["total"] == 2
    assert own.json(f"/api/me/item/listening-sessions/{podcast}/{episode}")["total"] == 1
    year = own.json("/api/me/stats/year/2024")
    assert (year["totalListeningTime"], year["totalBookListeningTime"], year["totalListeningSessions"]) == (150, 150, 2)
    assert year["topAuthors"] == [{"name": "Jane Writer", "time": 150}]
    assert year["mostListenedMonth"] == {"month": 2, "time": 150}
    assert own.json("/api/me/stats/year/2023")["totalPodcastListeningTime"] == 25
    for wrong in ("x", "99999", "-1"):
        assert own.call("GET", f"/api/me/stats/year/{wrong}").status_code == 400
    assert book not in phone.json("/api/me/listening-stats")["items"]


def test_who_heard_nothing(own: Phone) -> None:
    told = own.json("/api/me/listening-stats")
    assert (told["totalTime"], told["today"], told["days"], told["recentSessions"]) == (0, 0, {}, [])
    assert own.json("/api/me/listening-sessions")["total"] == 0
    assert own.json("/api/me/stats/year/2024")["totalListeningTime"] == 0
