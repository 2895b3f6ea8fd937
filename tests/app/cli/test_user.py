import pytest
from tests.app.conftest import Medley


def test_accounts_are_added_listed_changed_and_removed(medley: Medley):
    made = medley("user", "add", "Änne", "--role", "admin", "--password-stdin", "--json", given="a long password\n")
    assert (made.code, made.json()["role"]) == (0, "admin")
    assert [each["name"] for each in medley("user", "list", "--json").json()] == ["Änne"]
    medley("user", "add", "Bo", "--password-stdin", given="another password\n")
    assert sorted(medley("user", "list").out.splitlines()) == ["Bo  user", "Änne  admin"]
    assert medley("user", "password", "bo", "--password-stdin", given="a third password\n").code == 0
    assert medley("user", "remove", "bo").code == 0
    assert "Bo" not in medley("user", "list").out


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        (["add", "bo", "--password-stdin"], "x\n", "assword"),
        (["add", "bo", "--role", "king", "--password-stdin"], "a long password\n", "king"),
        (["add", "bo"], "", "--password-stdin"),
        (["remove", "nobody"], "", "There is nobody called “nobody”."),
    ],
)
def test_mistakes_are_told(medley: Medley, arguments: list[str], given: str, message: str):
    said = medley("user", *arguments, given=given)
    assert said.code == 2
    assert message in said.err
    assert "Traceback" not in said.err


def test_a_name_is_taken_once(medley: Medley):
    medley("user", "add", "bo", "--password-stdin", given="a long password\n")
    said = medley("user", "add", "Bo", "--password-stdin", given="a long password\n")
    assert (said.code, "Traceback" in said.err) == (2, False)
