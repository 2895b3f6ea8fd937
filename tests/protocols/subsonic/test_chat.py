"""Chat."""

from tests.support.subsonic import App


def test_everybody_hears_what_is_said(app: App, other: App):
    before = app.ask("getChatMessages")["chatMessages"]["chatMessage"]
    since = before[-1]["time"] if before else 0
    app.ask("addChatMessage", message="Hello <all>")
    other.ask("addChatMessage", message="Hello 東京")
    heard = other.ask("getChatMessages", since=since)["chatMessages"]["chatMessage"]
    assert [(each["username"], each["message"]) for each in heard] == [("admin", "Hello <all>"), ("user", "Hello 東京")]
    assert other.ask("getChatMessages", since=heard[0]["time"])["chatMessages"]["chatMessage"] == heard[1:]
    assert app.fail("addChatMessage")["code"] == 10
    assert app.fail("addChatMessage", message=" ")["code"] == 0
    assert app.post("addChatMessage", message="x" * 3_000).json()["subsonic-response"]["error"]["code"] == 0
