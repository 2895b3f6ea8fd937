"""The play queue."""

from tests.support.house import PASSWORD, House
from tests.support.navidrome import Feishin


def test_a_queue_from_save_to_clear(house: House, feishin: Feishin) -> None:
    songs, _ = feishin.list("song", 0, 10, sort="title")
    ids = [each["id"] for each in songs]
    assert feishin.client.post("queue", json={"ids": ids, "current": 1, "position": 2000}).status_code == 204
    kept = feishin.get("queue")
    assert (kept["items"], kept["current"], kept["position"], kept["changedBy"]) == (songs, 1, 2000, "Feishin")
    assert feishin.client.put("queue", json={"current": 2}).status_code == 204
    assert (feishin.get("queue")["current"], len(feishin.get("queue")["items"])) == (2, 3)
    assert Feishin.sign_in(house.url, "user", PASSWORD).get("queue")["items"] == []
    for wrong, status in (({"ids": ids, "current": 9}, 422), ({"ids": ["x"]}, 404), ({"current": "x"}, 422)):
        assert feishin.client.post("queue", json=wrong).status_code == status
    assert feishin.client.delete("queue").status_code == 204
    assert feishin.get("queue")["items"] == []
