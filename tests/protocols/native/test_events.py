"""What happens, as it happens: who hears what, from where on, and for how long."""

import contextlib
import json
import threading
from collections.abc import Iterator

import httpx
import pytest
from tests.support.house import PASSWORD, House


def test_events_reach_whom_they_concern(house: House) -> None:
    item = house.item(kind="film", sort="title")
    wanted = {"guest": "event: ProgressChanged", "user": "event: ItemChanged"}
    heard: dict[str, list[str]] = {role: [] for role in wanted}
    ready = threading.Barrier(3)

    def listen(role: str) -> None:
        headers = {"authorization": f"Bearer {house.tokens[role]}"}
        with httpx.stream("GET", f"{house.url}/api/v1/events", headers=headers, timeout=10) as answer:
            lines = answer.iter_lines()
            next(lines)
            ready.wait()
            for line in lines:
                heard[role].append(line)
                if line.startswith("data:") and wanted[role] in heard[role]:
                    break

    threads = [threading.Thread(target=listen, args=(role,), daemon=True) for role in heard]
    for thread in threads:
        thread.start()
    ready.wait(10)
    house.clients["guest"].put(f"/items/{item['id']}/progress", json={"position_ms": 7})
    house.clients["power_user"].put(f"/items/{item['id']}/tags/seen")
    for thread in threads:
        thread.join(12)
    assert "event: ProgressChanged" in heard["guest"]
    assert "event: ProgressChanged" not in heard["user"]
    assert "event: ItemChanged" in heard["user"]
    data = json.loads(heard["user"][heard["user"].index("event: ItemChanged") + 1].removeprefix("data: "))
    assert data["item_ids"] == [item["id"]]


@contextlib.contextmanager
def listening(house: House, token: str, after: str = "") -> Iterator[Iterator[str]]:
    """The lines that somebody hears."""
    headers = {"authorization": f"Bearer {token}", **({"last-event-id": after} if after else {})}
    with httpx.stream("GET", f"{house.url}/api/v1/events", headers=headers, timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        yield answer.iter_lines()


def heard(lines: Iterator[str], event: str) -> tuple[str, str]:
    """The id and data of the next event of that name."""
    last = ""
    for line in lines:
        if line.startswith("id: "):
            last = line.removeprefix("id: ")
        if line == f"event: {event}":
            return last, next(lines).removeprefix("data: ")
    raise AssertionError(f"the stream ended without {event}")


def test_who_was_away_hears_what_was_missed(house: House) -> None:
    user, path = house.clients["user"], f"/items/{house.item(kind='film')['id']}/progress"
    with listening(house, house.tokens["user"]) as lines:
        user.put(path, json={"position_ms": 1}).raise_for_status()
        last, _ = heard(lines, "ProgressChanged")
    user.put(path, json={"position_ms": 2}).raise_for_status()
    with listening(house, house.tokens["user"], after=last) as lines:
        again, data = heard(lines, "ProgressChanged")
    assert int(again) > int(last)
    assert json.loads(data)["item_id"] in path


@pytest.mark.parametrize("after", ["nonsense", "-1", "99999999999999999", "9" * 40, "٣"])
def test_a_made_up_place_is_the_present(house: House, after: str) -> None:
    head = house.parts.postman.head()
    raw = {"authorization": f"Bearer {house.tokens['guest']}", "last-event-id": after.encode()}
    with httpx.stream("GET", f"{house.url}/api/v1/events", headers=raw, timeout=10) as answer:
        lines = answer.iter_lines()
        assert next(lines) == "retry: 3000"
        assert int(next(lines).removeprefix("id: ")) >= head


def test_who_sees_one_source_hears_of_nothing_else(house: House) -> None:
    power = house.clients["power_user"]
    hidden, seen = house.item(kind="book")["id"], house.item(kind="film")["id"]
    with listening(house, house.tokens["limited"]) as lines:
        next(lines)
        for item in (hidden, seen):
            power.put(f"/items/{item}/tags/heard").raise_for_status()
        _, data = heard(lines, "ItemChanged")
        assert json.loads(data)["item_ids"] == [seen]
    for item in (hidden, seen):
        power.delete(f"/items/{item}/tags/heard").raise_for_status()


def test_only_administrators_hear_of_jobs(house: House) -> None:
    with listening(house, house.tokens["admin"]) as admin, listening(house, house.tokens["power_user"]) as power:
        next(admin)
        next(power)
        asked = house.clients["admin"].post(f"/sources/{house.sources['film']}/scan").json()["job_id"]
        house.clients["admin"].post(f"/jobs/{asked}/cancel").raise_for_status()
        _, data = heard(admin, "JobChanged")
        assert asked in data
        house.clients["power_user"].put(f"/items/{house.item(kind='film')['id']}/progress", json={"position_ms": 3})
        before = []
        for line in power:
            before.append(line)
            if line == "event: ProgressChanged":
                break
        assert "event: JobChanged" not in before


def test_a_session_that_ends_hears_no_more(house: House) -> None:
    token = house.parts.identity.sign_in("guest", PASSWORD, "phone")[1]
    with listening(house, token) as lines:
        next(lines)
        httpx.delete(f"{house.url}/api/v1/sessions/current", headers={"authorization": f"Bearer {token}"})
        # The stream looks at its session whenever something happens.
        house.clients["guest"].put(f"/items/{house.item(kind='film')['id']}/progress", json={"position_ms": 4})
        assert len(list(lines)) < 20
