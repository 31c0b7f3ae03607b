"""The workflows of the document, executed by a runner that knows nothing of this project."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import requests
import yaml
from arazzo_runner import ArazzoRunner  # type: ignore[import-untyped]
from arazzo_runner.models import WorkflowExecutionStatus  # type: ignore[import-untyped]
from arazzo_runner.utils import load_source_descriptions  # type: ignore[import-untyped]
from blackkonnect_contract.document import document, editions
from blackkonnect_emulator.control_client import EmulatorControl
from mutants.everything import MUTANTS
from mutants.faults import LATEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from blackkonnect_contract.target import Target

FILE = Path(__file__).parents[1] / "openapi/workflows.arazzo.yaml"
DESCRIPTION: dict[str, Any] = yaml.safe_load(FILE.read_text())
(SOURCE,) = load_source_descriptions(DESCRIPTION, str(FILE), "", None)
AWAITED = "DELIVERED"
TEN_MINUTES = 600.0
SECONDS = 10.0


class _Session(requests.Session):
    """A session that neither waits for ever nor heeds the environment's proxies."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def request(self, *args: Any, **options: Any) -> requests.Response:
        return super().request(*args, **{"timeout": SECONDS, **options})


@dataclass
class Ran:
    """What the runner did.

    The runner goes on behind a step that it could not execute or is to try again, and ends as
    if all went well: so each step has to be looked at.
    """

    steps: dict[str, bool] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    ended: WorkflowExecutionStatus | None = None

    @property
    def failed_at(self) -> str:
        """The first step that failed; empty where none did."""
        return next((name for name, well in self.steps.items() if not well), "")


def workflow(name: str) -> dict[str, Any]:
    return next(one for one in DESCRIPTION["workflows"] if one["workflowId"] == name)


def run(target: Target, name: str, inputs: dict[str, Any]) -> Ran:
    # A runner has no other way to be told of another server.
    source = {**document(target.edition).content, "servers": [{"url": target.base_url}]}
    ran = Ran()
    with _Session() as session:
        runner = ArazzoRunner(DESCRIPTION, {SOURCE: source}, http_client=session)

        def begin(*, step_id: str, **_: object) -> None:
            # In place of the pause before the next try, which the runner does not make.
            if "onFailure" in next(one for one in workflow(name)["steps"] if one["stepId"] == step_id):
                with EmulatorControl(target.base_url) as control:
                    control.advance(TEN_MINUTES)

        def end(*, step_id: str, success: bool, **_: object) -> None:
            ran.steps[step_id] = success

        runner.register_callback("step_start", begin)
        runner.register_callback("step_complete", end)
        credentials = {"clientId": target.client_id, "clientSecret": target.client_secret}
        result = runner.execute_workflow(name, {**credentials, **inputs})
    ran.ended, ran.outputs = result.status, result.outputs
    return ran


def one_message() -> dict[str, Any]:
    return {
        "messageId": str(uuid4()),
        "destination": "+233200000001",
        "text": "Your code is 482913.",
        "awaitedStatus": AWAITED,
    }


def three_messages() -> dict[str, Any]:
    first, second, third = sorted(str(uuid4()) for _ in range(3))
    return {
        "bulkId": str(uuid4()),
        "text": "We open at 9 tomorrow.",
        "firstMessageId": first,
        "firstDestination": "+233200000003",
        "secondMessageId": second,
        "secondDestination": "+233200000001",
        "thirdMessageId": third,
        "thirdDestination": "+233200000002",
    }


INPUTS: dict[str, Callable[[], dict[str, Any]]] = {
    "sendAndFollow": one_message,
    "sendBulkAndPage": three_messages,
}


def test_the_workflows_name_operations_of_the_document_alone() -> None:
    known = {operation.name for operation in document(LATEST).operations.values()}
    steps = [step for one in DESCRIPTION["workflows"] for step in one["steps"]]
    assert {step["operationId"] for step in steps} == known
    assert DESCRIPTION["sourceDescriptions"][0]["url"].endswith(f"/{LATEST}.json")
    assert load_source_descriptions(DESCRIPTION, str(FILE), "", None) == {SOURCE: document(LATEST).content}


@pytest.mark.parametrize("name", INPUTS)
def test_the_inputs_are_those_that_are_asked_for(name: str) -> None:
    declared = workflow(name)["inputs"]
    assert set(declared["required"]) == set(declared["properties"])
    assert set(declared["required"]) == {"clientId", "clientSecret", *INPUTS[name]()}


@pytest.mark.parametrize("edition", editions())
def test_a_message_is_sent_and_followed(
    serve: Callable[..., AbstractContextManager[Target]], edition: str
) -> None:
    inputs = one_message()
    with serve(edition) as target:
        ran = run(target, "sendAndFollow", inputs)
    assert ran.ended == WorkflowExecutionStatus.WORKFLOW_COMPLETE
    assert ran.steps == {"token": True, "send": True, "find": True, "follow": True}
    assert ran.outputs["messageId"] == inputs["messageId"]
    assert ran.outputs["correlationId"]
    final = document(edition).at("/components/schemas/DeliveryStatus/x-final-statuses")
    assert ran.outputs["firstStatus"] not in final
    assert ran.outputs["lastStatus"] == AWAITED
    assert AWAITED in final


def test_a_bulk_is_sent_and_read_page_by_page(
    serve: Callable[..., AbstractContextManager[Target]],
) -> None:
    inputs = three_messages()
    with serve(LATEST) as target:
        ran = run(target, "sendBulkAndPage", inputs)
    assert ran.ended == WorkflowExecutionStatus.WORKFLOW_COMPLETE
    assert ran.steps == dict.fromkeys(("token", "sendBulk", "fullPage", "restPage", "emptyPage"), True)
    pages = [ran.outputs[name] for name in ("fullPage", "restPage", "emptyPage")]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert [(status["messageId"], status["destination"]) for page in pages for status in page] == [
        (inputs[f"{place}MessageId"], inputs[f"{place}Destination"]) for place in ("first", "second", "third")
    ]


@pytest.mark.parametrize(
    ("fault", "name", "step"),
    [
        ("token-under-another-name", "sendAndFollow", "token"),
        ("text-left-out-of-data", "sendAndFollow", "send"),
        ("successful-as-a-word", "sendAndFollow", "send"),
        ("created-instead-of-ok", "sendAndFollow", "send"),
        ("status-as-a-list", "sendAndFollow", "find"),
        ("another-number", "sendAndFollow", "find"),
        ("no-correlation-id", "sendAndFollow", "follow"),
        ("never-final", "sendAndFollow", "follow"),
        ("another-bulk-id", "sendBulkAndPage", "sendBulk"),
        ("fates-in-another-order", "sendBulkAndPage", "sendBulk"),
        ("last-fate-is-missing", "sendBulkAndPage", "sendBulk"),
        ("page-as-an-object", "sendBulkAndPage", "fullPage"),
        ("pages-overlap", "sendBulkAndPage", "restPage"),
        ("second-page-lacks-one", "sendBulkAndPage", "restPage"),
    ],
)
def test_a_faulty_gateway_fails_the_step_that_meets_the_fault(
    serve: Callable[..., AbstractContextManager[Target]], fault: str, name: str, step: str
) -> None:
    with serve(LATEST, MUTANTS[fault].wrap) as target:
        ran = run(target, name, INPUTS[name]())
    assert ran.failed_at == step


def test_a_page_too_many_is_seen_in_what_comes_out(
    serve: Callable[..., AbstractContextManager[Target]],
) -> None:
    with serve(LATEST, MUTANTS["third-page-repeats-the-second"].wrap) as target:
        ran = run(target, "sendBulkAndPage", three_messages())
    assert ran.outputs["emptyPage"] == ran.outputs["restPage"] != []
