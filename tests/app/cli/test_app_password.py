import pytest
from tests.app.conftest import Medley


@pytest.fixture
def ann(medley: Medley) -> Medley:
    medley("user", "add", "Ann", "--password-stdin", given="a long password\n")
    return medley


def test_an_app_is_let_in_listed_and_put_out(ann: Medley):
    made = ann("user", "app-password", "add", "ann", "Symfonium on the phone", "--json").json()
    assert set(made) == {"id", "name", "secret"}
    assert (ann.data / "app-passwords.key").stat().st_mode & 0o777 == 0o600
    said = ann("user", "app-password", "add", "ann", "Tablet")
    assert len(said.out.splitlines()[0]) == len(made["secret"])
    (tablet, phone) = ann("user", "app-password", "list", "ann", "--json").json()
    assert (phone["id"], phone["name"], phone["used_at_ms"]) == (made["id"], "Symfonium on the phone", None)
    listed = ann("user", "app-password", "list", "ann")
    assert "not used yet" in listed.out
    assert made["secret"] not in listed.out
    assert ann("user", "app-password", "revoke", "ann", "symfonium ON the phone").code == 0
    assert ann("user", "app-password", "revoke", "ann", tablet["id"]).code == 0
    assert ann("user", "app-password", "list", "ann", "--json").json() == []


def test_mistakes_are_told(ann: Medley):
    ann("user", "app-password", "add", "ann", "Phone")
    for arguments, message in (
        (["add", "nobody", "Phone"], "There is nobody called “nobody”."),
        (["add", "ann", "phone"], "already"),
        (["revoke", "ann", "Tablet"], "app-password list ann"),
    ):
        said = ann("user", "app-password", *arguments)
        assert said.code == 2
        assert message in said.err
        assert "Traceback" not in said.err


def test_the_help_teaches(medley: Medley):
    assert "Subsonic" in medley("user", "app-password", "--help").out
    assert "Symfonium on the phone" in medley("user", "app-password", "add", "--help").out
