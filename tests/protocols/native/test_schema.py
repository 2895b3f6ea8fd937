"""What generated requests find, as each role and as nobody: no failure of ours, no answer that the document does not
promise, nothing beyond the role."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.support.house import ROLES, House, open_house

from medley.core.identity import ROLES as PERMISSIONS_OF
from medley.protocols.native._route import PUBLIC, SIGNED_IN

EVERYBODY = (*ROLES, "limited", "nobody")
_MAY: dict[str, frozenset[str]] = {**PERMISSIONS_OF, "limited": PERMISSIONS_OF["user"]}
_CHECKS = (status_code_conformance, content_type_conformance, response_schema_conformance)
_ASK_OTHERS = ("preview_podcast", "follow_podcast")  # generated addresses lead to somebody's server
# The one ends the session that the test goes on with, the other never ends.
_LEFT_OUT_WHERE_ALLOWED = {"sign_out", "stream_events", *_ASK_OTHERS}
# What would take away what the next request asks for: whoever may do it gets made-up ids.
_ON_NOTHING_REAL = {
    *("end_session", "remove_user", "change_user", "remove_source", "change_source", "dismiss_notice", "trash_item"),
    *("remove_playlist", "take_out_playlist", "remove_collection", "take_out_collection"),
}


@dataclass(frozen=True)
class Known:
    """Ids of things that exist, by the names of path parameters; which of them `limited` must never be told."""

    ids: dict[str, list[str]]
    hidden: frozenset[str]
    secrets: list[str] = field(default_factory=list)  # what only administrators may read


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> Iterator[House]:
    """A house of its own: an administrator's lucky guess changes it."""
    with open_house(tmp_path_factory.mktemp("attacked")) as opened:
        yield opened


@pytest.fixture(scope="module")
def schema(attacked: House) -> Any:
    load_all_checks()
    return schemathesis.openapi.from_dict(attacked.clients["nobody"].get("/openapi.json").json())


@pytest.fixture(scope="module")
def known(attacked: House) -> Known:
    admin = attacked.clients["admin"]
    cards = admin.get("/items", params={"limit": 500}).json()["items"]
    assert {each["kind"] for each in cards} == set(attacked.sources), "there is data of every kind"
    details = {each["id"]: admin.get(f"/items/{each['id']}").json() for each in cards}
    lists = _make_lists(attacked, list(details))
    ids = {
        "item_id": list(details),
        "file_id": [each for item in details.values() for each in files_of(item)],
        "artwork_id": [item["artwork"]["id"] for item in details.values() if item["artwork"]],
        "person_id": [each["id"] for item in details.values() for each in item["people"]],
        "source_id": list(attacked.sources.values()),
        "job_id": [each["id"] for each in admin.get("/jobs").json()["items"]],
        "user_id": [each["id"] for each in admin.get("/users").json()],
        "app_password_id": _make_app_passwords(attacked),
        "session_id": [each["id"] for each in admin.get("/sessions").json()],
        "list_id": [each for each, _ in lists],
        "entry_id": [entry for _, entries in lists for entry in entries],
        "name": ["seen"],
    }
    others = [item for item in details.values() if item["kind"] != "film"]
    hidden = {each for item in others for each in (item["id"], *files_of(item))}
    hidden |= {source for kind, source in attacked.sources.items() if kind != "film"}
    return Known(ids, frozenset(hidden), [str(attacked.media)])


def files_of(item: dict[str, Any]) -> list[str]:
    return [file["id"] for edition in item["editions"] for file in edition["files"]]


def _make_lists(house: House, items: list[str]) -> list[tuple[str, list[str]]]:
    """A shared playlist, a private one of the administrator, a collection: each with everything."""
    made: list[tuple[str, list[str]]] = []
    admin = house.clients["admin"]
    for path, shared in (("/playlists", True), ("/playlists", False), ("/collections", False)):
        body = {"name": f"all {shared}", "item_ids": items, "shared": shared}
        list_id = admin.post(path, json=body).raise_for_status().json()["id"]
        found = admin.get(f"{path}/{list_id}/items", params={"limit": 500}).json()["items"]
        made.append((list_id, [each["entry_id"] for each in found]))
    return made


def _make_app_passwords(house: House) -> list[str]:
    made = [client.post("/me/app-passwords", json={"name": "Phone"}) for client in _signed_in(house)]
    return [each.raise_for_status().json()["id"] for each in made]


def _signed_in(house: House) -> list[httpx.Client]:
    return [client for name, client in house.clients.items() if name != "nobody"]


def may(role: str, permission: str) -> bool:
    if permission == PUBLIC or role == "nobody":
        return permission == PUBLIC
    return permission == SIGNED_IN or permission in _MAY[role]


def attack(house: House, schema: Any, known: Known, role: str, examples: int) -> None:
    """Generated requests to every operation, with ids that exist among the generated ones."""
    for operation in (each.ok() for each in schema.get_all_operations()):
        raw = operation.definition.raw
        allowed = may(role, raw["x-medley-permission"])
        if not (allowed and raw["operationId"] in _LEFT_OUT_WHERE_ALLOWED):
            ids = {} if allowed and raw["operationId"] in _ON_NOTHING_REAL else known.ids
            _probe(house, operation, known, ids, role, allowed, examples)


def _probe(
    house: House, operation: Any, known: Known, ids: dict[str, list[str]], role: str, allowed: bool, examples: int
) -> None:
    headers = {"authorization": f"Bearer {house.tokens[role]}"} if role != "nobody" else {}
    strategy = operation.as_strategy()
    if not allowed:
        examples = 1 + examples // 10  # they get as far as the guard

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType]
    )  # fmt: skip
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        case = data.draw(strategy)
        for name in case.path_parameters or {}:
            if name in ids and data.draw(st.integers(0, 3)):
                case.path_parameters[name] = data.draw(st.sampled_from(ids[name]))
        answer = case.call(base_url=house.url, headers=headers, timeout=30)
        told = f"{role}: {case.as_curl_command()}\n{answer.status_code} {answer.content[:2000]!r}"
        assert answer.status_code < 500, told
        case.validate_response(answer, checks=_CHECKS)
        _nothing_beyond_the_role(answer, known, role, allowed, told)

    run()


def _nothing_beyond_the_role(answer: Any, known: Known, role: str, allowed: bool, told: str) -> None:
    if not allowed:
        assert answer.status_code == (401 if role == "nobody" else 403), told
        assert set(answer.json()) == {"type", "title", "status", "detail", "hint"}, told
    if role != "admin":
        assert not [secret for secret in known.secrets if secret.encode() in answer.content], told
    if role == "limited" and answer.status_code < 300:
        assert not [each for each in known.hidden if each.encode() in answer.content], told


@pytest.mark.parametrize("role", EVERYBODY)
def test_generated_requests(attacked: House, schema: Any, known: Known, role: str) -> None:
    attack(attacked, schema, known, role, examples=3)


@pytest.mark.long
@pytest.mark.parametrize("role", EVERYBODY)
def test_many_generated_requests(attacked: House, schema: Any, known: Known, role: str) -> None:
    attack(attacked, schema, known, role, examples=50)
