"""What generated requests find, as each role: no failure of ours, no answer that the document does not promise."""

from typing import Any

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
from tests.support.house import House

# Ending the session would end the test, a stream never ends; accounts and sources are tested by hand, because a lucky
# guess would change the house under everybody's feet.
_LEFT_OUT = {"sign_out", "end_session", "stream_events", "sign_in", "set_up", "change_me", "scan_source"}
_LEFT_OUT |= {
    "tell_changed",
    "add_user",
    "change_user",
    "remove_user",
    "add_source",
    "change_source",
    "remove_source",
    "retry_job",
}
_ON_NOTHING_REAL = {"trash_item", "dismiss_notice", "cancel_job"}


@pytest.fixture(scope="session")
def schema(house: House) -> Any:
    load_all_checks()
    told = house.clients["nobody"].get("/openapi.json").json()
    return schemathesis.openapi.from_dict(told)


@pytest.fixture(scope="session")
def real(house: House) -> dict[str, list[str]]:
    """Ids of things that exist, by the names of path parameters."""
    admin = house.clients["admin"]
    items = [each["id"] for each in admin.get("/items").json()["items"]]
    details = [admin.get(f"/items/{each}").json() for each in items]
    return {
        "item_id": items,
        "file_id": [file["id"] for it in details for edition in it["editions"] for file in edition["files"]],
        "artwork_id": [it["artwork"]["id"] for it in details if it["artwork"]],
        "person_id": [it["people"][0]["id"] for it in details if it["people"]],
        "source_id": list(house.sources.values()),
        "job_id": [admin.get("/jobs").json()["items"][0]["id"]],
    }


def operations(schema: Any) -> list[Any]:
    found = [each.ok() for each in schema.get_all_operations()]
    return [each for each in found if each.definition.raw["operationId"] not in _LEFT_OUT]


def attack(house: House, schema: Any, real: dict[str, list[str]], role: str, examples: int) -> None:
    for operation in operations(schema):
        usable = {} if operation.definition.raw["operationId"] in _ON_NOTHING_REAL else real
        probe(house, operation, usable, role, examples)


def probe(house: House, operation: Any, real: dict[str, list[str]], role: str, examples: int) -> None:
    headers = {"authorization": f"Bearer {house.tokens[role]}"}
    checks = (status_code_conformance, content_type_conformance, response_schema_conformance)
    strategy = operation.as_strategy()

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType]
    )  # fmt: skip
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        case = data.draw(strategy)
        for name in case.path_parameters or {}:
            if (ids := real.get(name)) and data.draw(st.booleans()):
                case.path_parameters[name] = data.draw(st.sampled_from(ids))
        answer = case.call(base_url=house.url, headers=headers, timeout=30)
        assert answer.status_code < 500 or answer.status_code == 503, (case.as_curl_command(), answer.text)
        case.validate_response(answer, checks=checks)

    run()


@pytest.mark.parametrize("role", ["admin", "guest"])
def test_generated_requests(house: House, schema: Any, real: dict[str, list[str]], role: str) -> None:
    attack(house, schema, real, role, examples=3)


@pytest.mark.long
@pytest.mark.parametrize("role", ["admin", "power_user", "user", "guest", "limited"])
def test_many_generated_requests(house: House, schema: Any, real: dict[str, list[str]], role: str) -> None:
    attack(house, schema, real, role, examples=40)
