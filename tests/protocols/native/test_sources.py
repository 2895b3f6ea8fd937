"""Sources and notices: added, changed, scanned and removed by administrators; paths are theirs alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.asking import costs_the_same, is_paged, refused, unchanged, walk
from tests.support.house import House

from medley.app.worker import stand_in
from medley.kernel.ids import new_id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three films that are none: each gets a notice."""
    for number in range(3):
        (tmp_path / f"Noise ({2000 + number}).mkv").write_bytes(b"noise" * (number + 1))
    return tmp_path


@pytest.fixture
def added(house: House, folder: Path) -> Iterator[str]:
    """The address of a source of the test's own, scanned."""
    admin = house.clients["admin"]
    answer = admin.post("/sources", json={"name": "Noise", "kind": "film", "path": str(folder)})
    assert answer.status_code == 201, answer.text
    path = f"/sources/{answer.json()['id']}"
    job = admin.get("/jobs", params={"state": "queued"}).json()["items"][0]
    assert job["title"] == "Scan Noise"
    with stand_in(house.parts):
        assert house.parts.jobs.wait(job["id"], 60).state == "done"
    yield path
    assert admin.delete(path).status_code == 204
    refused(admin.get(path), 404)
    assert folder.is_dir()
    assert len(list(folder.iterdir())) == 3


def test_a_source_from_beginning_to_end(house: House, added: str, folder: Path) -> None:
    admin = house.clients["admin"]
    seen = admin.get(added).json()
    assert (seen["state"], seen["path"], seen["counts"]) == ("ready", str(folder), {"film/film": 3})
    assert admin.patch(added, json={"name": "Static"}).json()["name"] == "Static"
    assert admin.get(added).json()["path"] == str(folder)
    asked = admin.post(f"{added}/changed", json={"path": str(folder / "Noise (2001).mkv")})
    assert asked.status_code == 202
    assert admin.post(f"/jobs/{asked.json()['job_id']}/cancel").json()["state"] == "cancelled"
    assert unchanged(admin, "/sources")
    assert unchanged(admin, added)


def test_notices_are_paged_and_dismissed(house: House, added: str) -> None:
    admin = house.clients["admin"]
    assert is_paged(admin, "/notices")
    assert costs_the_same(admin, "/notices")
    notices = walk(admin, "/notices", 100)
    assert {each["path"] for each in notices} == {f"Noise ({2000 + number}).mkv" for number in range(3)}
    assert all(each["message"] and each["hint"] for each in notices)
    assert admin.delete(f"/notices/{notices[0]['id']}").status_code == 204
    assert walk(admin, "/notices", 100) == notices[1:]
    refused(house.clients["power_user"].get("/notices"), 403)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"path": "/nowhere/at/all"}, 422), ({"path": ""}, 422), ({"kind": "cheese"}, 422), ({"name": " "}, 422),
        ({"path": "~nobody-at-all"}, 422), ({"path": "/" + "x" * 300}, 422), ({"path": "/a\0b"}, 422),
        ({"name": "film"}, 409), ({"colour": "red"}, 422),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_and_changes_nothing(
    house: House, tmp_path: Path, changes: dict[str, str], status: int
) -> None:
    admin = house.clients["admin"]
    before = admin.get("/sources").json()
    refused(admin.post("/sources", json={"name": "New", "kind": "film", "path": str(tmp_path), **changes}), status)
    if changes != {"name": "film"}:
        refused(admin.patch(f"/sources/{house.sources['film']}", json=changes), status)
    assert admin.get("/sources").json() == before


def test_a_folder_is_no_source_twice(house: House) -> None:
    told = {"name": "Again", "kind": "film", "path": str(house.media / "film")}
    assert refused(house.clients["admin"].post("/sources", json=told), 409)["hint"]


@pytest.mark.parametrize("path", ["../../etc", "/etc/passwd", "a/../../b"])
def test_a_change_beside_the_source_is_refused(house: House, path: str) -> None:
    asked = house.clients["admin"].post(f"/sources/{house.sources['film']}/changed", json={"path": path})
    assert refused(asked, 422)["hint"]


def test_what_is_not_there_is_told(house: House) -> None:
    admin, path = house.clients["admin"], f"/sources/{new_id()}"
    for method, below, body in (
        ("GET", "", None), ("PATCH", "", {"name": "x"}), ("DELETE", "", None), ("POST", "/scan", None),
        ("POST", "/changed", {"path": "x"}),
    ):  # fmt: skip
        refused(admin.request(method, path + below, json=body), 404)
    refused(admin.delete(f"/notices/{new_id()}"), 404)


def test_others_see_no_paths_and_change_nothing(house: House) -> None:
    limited, power = house.clients["limited"], house.clients["power_user"]
    assert [each["id"] for each in limited.get("/sources").json()] == [house.sources["film"]]
    refused(limited.get(f"/sources/{house.sources['music']}"), 404)
    assert {each["id"] for each in power.get("/sources").json()} == set(house.sources.values())
    for client, path in ((limited, "/sources"), (power, "/sources"), (power, f"/sources/{house.sources['film']}")):
        assert str(house.media) not in client.get(path).raise_for_status().text
    path = f"/sources/{house.sources['film']}"
    for method, below in (("PATCH", ""), ("DELETE", ""), ("POST", "/scan"), ("POST", "/changed")):
        refused(power.request(method, path + below, json={}), 403)
