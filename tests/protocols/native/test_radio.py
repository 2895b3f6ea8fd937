"""Radio stations over HTTP."""

from tests.support.asking import refused
from tests.support.house import House

from medley.kernel.ids import new_id


def test_administrators_keep_the_list_and_everybody_reads_it(house: House) -> None:
    admin, guest = house.clients["admin"], house.clients["guest"]
    made = admin.post("/radio-stations", json={"name": "One", "stream_url": "http://one.example/live"}).json()
    assert guest.get("/radio-stations").json() == [made]
    path = f"/radio-stations/{made['id']}"
    refused(guest.patch(path, json={"name": "Mine"}), 403)
    refused(guest.post("/radio-stations", json={"name": "Two", "stream_url": "http://two.example/"}), 403)
    refused(admin.patch(path, json={"stream_url": "javascript:alert(1)"}), 422)
    refused(admin.patch(f"/radio-stations/{new_id()}", json={"name": "x"}), 404)
    assert admin.patch(path, json={"home_url": "https://one.example/"}).json()["home_url"] == "https://one.example/"
    assert admin.delete(path).status_code == 204
    assert guest.get("/radio-stations").json() == []
