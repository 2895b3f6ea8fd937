"""Internet radio stations."""

from tests.support.subsonic import App


def test_administrators_keep_stations_and_everybody_lists_them(app: App, other: App):
    app.ask(
        "createInternetRadioStation", name="One", streamUrl="http://one.example/live", homepageUrl="http://one.example/"
    )
    (made,) = other.ask("getInternetRadioStations")["internetRadioStations"]["internetRadioStation"]
    assert (made["name"], made["streamUrl"], made["homePageUrl"]) == (
        "One",
        "http://one.example/live",
        "http://one.example/",
    )
    assert other.fail("deleteInternetRadioStation", id=made["id"])["code"] == 50
    assert other.fail("createInternetRadioStation", name="Two", streamUrl="http://two.example/")["code"] == 50
    app.ask("updateInternetRadioStation", id=made["id"], name="Uno", streamUrl="https://one.example/live")
    (changed,) = app.ask("getInternetRadioStations")["internetRadioStations"]["internetRadioStation"]
    assert (changed["name"], changed["homePageUrl"]) == ("Uno", "http://one.example/")
    assert app.fail("updateInternetRadioStation", id=made["id"], name="x", streamUrl="file:///etc")["code"] == 0
    assert app.fail("createInternetRadioStation", name="x")["code"] == 10
    app.ask("deleteInternetRadioStation", id=made["id"])
    assert app.ask("getInternetRadioStations")["internetRadioStations"]["internetRadioStation"] == []
