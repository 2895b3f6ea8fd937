"""Work behind the requests: listed, looked at, stopped, asked for again; by administrators."""

import pytest
from tests.support.asking import costs_the_same, is_paged, refused, unchanged, walk
from tests.support.house import House

from medley.kernel.ids import new_id


def test_jobs_are_paged_by_keys_the_newest_first(house: House) -> None:
    admin = house.clients["admin"]
    assert is_paged(admin, "/jobs", state="done")
    made = [each["created_at_ms"] for each in walk(admin, "/jobs", 4)]
    assert made == sorted(made, reverse=True)
    assert costs_the_same(admin, "/jobs")
    assert unchanged(admin, "/jobs?state=done")


def test_a_scan_is_stopped_and_asked_for_again(house: House) -> None:
    admin = house.clients["admin"]
    asked = admin.post(f"/sources/{house.sources['film']}/scan")
    assert asked.status_code == 202
    path = f"/jobs/{asked.json()['job_id']}"
    assert admin.get(path).json()["state"] == "queued"
    refused(admin.post(f"{path}/retry"), 409)
    assert admin.post(f"{path}/cancel").json()["state"] == "cancelled"
    assert admin.post(f"{path}/cancel").json()["state"] == "cancelled"
    assert admin.post(f"{path}/retry").json()["state"] == "queued"
    assert admin.post(f"{path}/cancel").json()["state"] == "cancelled"
    assert path.endswith(admin.get("/jobs", params={"state": "cancelled"}).json()["items"][0]["id"])


def test_what_makes_no_sense_is_told(house: House) -> None:
    admin = house.clients["admin"]
    refused(admin.get("/jobs", params={"state": "sleeping"}), 422)
    refused(admin.get("/jobs/nonsense"), 422)
    for method, path in (("GET", ""), ("POST", "/cancel"), ("POST", "/retry")):
        assert refused(admin.request(method, f"/jobs/{new_id()}{path}"), 404)["hint"]
    (done,) = admin.get("/jobs", params={"state": "done", "limit": 1}).json()["items"]
    assert refused(admin.post(f"/jobs/{done['id']}/retry"), 409)["hint"]


@pytest.mark.parametrize("role", ["power_user", "limited"])
def test_others_are_refused(house: House, role: str) -> None:
    (job,) = house.clients["admin"].get("/jobs", params={"limit": 1}).json()["items"]
    for method, path in (("GET", "/jobs"), ("GET", f"/jobs/{job['id']}"), ("POST", f"/jobs/{job['id']}/cancel")):
        refused(house.clients[role].request(method, path), 403)
