"""Collections and playlists."""

from tests.support.audiobookshelf import Phone

from medley.kernel.ids import new_id


def test_a_playlist_of_books_and_episodes(own: Phone, phone: Phone) -> None:
    book, (podcast, episode) = own.item("audiobook", "Alpha"), own.episode()
    entries = [{"libraryItemId": book}, {"libraryItemId": podcast, "episodeId": episode}]
    made = own.post("/api/playlists", name="Tonight", libraryId=own.library("audiobook"), items=entries).json()
    path = f"/api/playlists/{made['id']}"
    assert [(each["libraryItemId"], each.get("episodeId")) for each in made["items"]] == [
        (book, None),
        (podcast, episode),
    ]
    assert made["items"][1]["episode"]["id"] == episode
    assert own.patch(path, {"name": "Later", "items": []}).json()["name"] == "Later"
    assert [each["id"] for each in own.json("/api/playlists")["playlists"]] == [made["id"]]
    assert own.json(f"/api/libraries/{own.library('audiobook')}/playlists")["total"] == 1
    turned = own.patch(path, {"items": entries[::-1]}).json()
    assert [each["libraryItemId"] for each in turned["items"]] == [podcast, book]
    assert len(own.post(f"{path}/item", libraryItemId=own.item("audiobook", "Beta")).json()["items"]) == 3
    assert len(own.call("DELETE", f"{path}/item/{podcast}/{episode}").json()["items"]) == 2
    assert len(own.post(f"{path}/batch/remove", items=[{"libraryItemId": book}]).json()["items"]) == 1
    assert len(own.post(f"{path}/batch/add", items=entries).json()["items"]) == 3
    assert own.call("DELETE", f"{path}/item/{new_id()}").status_code == 404
    for other in (phone.call("GET", path), phone.patch(path, {"name": "Mine"}), phone.call("DELETE", path)):
        assert other.status_code == 404
    assert own.call("DELETE", path).status_code == 200
    assert own.json("/api/playlists") == {"playlists": []}


def test_a_collection_is_the_houses(own: Phone, phone: Phone, limited: Phone) -> None:
    alpha, beta = own.item("audiobook", "Alpha"), own.item("audiobook", "Beta")
    made = own.post("/api/collections", name="Best", libraryId=own.library("audiobook"), books=[alpha]).json()
    path = f"/api/collections/{made['id']}"
    assert [each["id"] for each in own.post(f"{path}/book", id=beta).json()["books"]] == [alpha, beta]
    assert [each["id"] for each in own.patch(path, {"books": [beta, alpha]}).json()["books"]] == [beta, alpha]
    assert phone.json(path)["name"] == "Best"
    assert own.patch(path, {"name": "Better"}).json()["name"] == "Better"
    assert own.json(f"/api/libraries/{own.library('audiobook')}/collections")["results"][0]["id"] == made["id"]
    assert limited.json("/api/collections") == {"collections": []}
    assert limited.post("/api/collections", name="x").status_code == 403
    assert len(own.call("DELETE", f"{path}/book/{beta}").json()["books"]) == 1
    assert len(own.post(f"{path}/batch/add", books=[beta]).json()["books"]) == 2
    assert own.post(f"{path}/batch/remove", books=[beta, alpha]).json()["books"] == []
    own.post(f"{path}/book", id=alpha)
    copied = own.post(f"/api/playlists/collection/{made['id']}").json()
    assert (copied["name"], len(copied["items"])) == ("Better", 1)
    assert own.call("DELETE", f"/api/playlists/{copied['id']}").status_code == 200
    assert own.call("DELETE", path).status_code == 200
    assert phone.call("GET", path).status_code == 404


def test_what_cannot_go_into_a_list(own: Phone) -> None:
    for items in ([{"libraryItemId": new_id()}], [{"libraryItemId": "x"}], [{}]):
        assert own.post("/api/playlists", name="x", items=items).status_code == 404
    for body in ({"name": ""}, {"name": "x" * 300}, {"items": 1}, {"name": None}):
        assert own.post("/api/playlists", **body).status_code == 400
    assert own.json("/api/playlists") == {"playlists": []}
