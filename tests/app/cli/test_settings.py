from tests.app.conftest import Medley


def test_each_is_shown_with_value_and_origin(medley: Medley):
    medley.data.mkdir()
    (medley.data / "medley.toml").write_text("[scan]\nchildren = 3\n")
    shown = {each["name"]: each for each in medley("settings", "--json", MEDLEY_SERVER_PORT="9000").json()}
    assert (shown["server.port"]["value"], shown["server.port"]["origin"]) == (9000, "environment")
    assert (shown["scan.children"]["value"], shown["scan.children"]["default"]) == (3, 2)
    assert shown["scan.children"]["origin"].endswith("medley.toml")
    assert all(each["doc"] and each["variable"].startswith("MEDLEY_") for each in shown.values())


def test_a_beginning_chooses_some(medley: Medley):
    assert {each["name"].partition(".")[0] for each in medley("settings", "server", "--json").json()} == {"server"}


def test_it_prints_a_table(medley: Medley):
    said = medley("settings", "server.port")
    assert said.code == 0
    assert "8096" in said.out
    assert "default" in said.out


def test_an_unknown_one_is_told(medley: Medley):
    said = medley("settings", "serveur")
    assert (said.code, "There is no setting" in said.err) == (2, True)
