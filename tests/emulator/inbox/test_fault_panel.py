"""The panel of the faults."""

import pytest
from blackkonnect_emulator.fault_kinds import FAULTS

from .conftest import BASE, Inbox

pytestmark = pytest.mark.anyio


async def test_a_fault_is_added_shown_and_removed(inbox: Inbox) -> None:
    answer = await inbox.post(
        "faults/add",
        kind="rate-limited",
        operation="sendMessage",
        tenant="acme",
        count="2",
        retry_after="7",
        probability="0.5",
        skip="",
    )
    assert answer.status_code == 200
    [held] = inbox.gateway.faults.rules()
    assert held.rule.to_json() == {
        "kind": "rate-limited",
        "operation": "sendMessage",
        "tenant": "acme",
        "probability": 0.5,
        "count": 2,
        "skip": 0,
        "retry_after": 7,
    }
    assert held.rule.to_text() in answer.text
    assert "1 fault" in (await inbox.get(f"{BASE}/bar")).text
    await inbox.post("faults/remove", number=held.number)
    assert inbox.gateway.faults.rules() == []
    assert (await inbox.post("faults/remove", number=held.number)).status_code == 200


@pytest.mark.parametrize("kind", FAULTS)
async def test_every_kind_has_a_form_with_what_it_takes(inbox: Inbox, kind: str) -> None:
    page = (await inbox.get(f"{BASE}/panels/faults", kind=kind)).text
    for name in ("operation", "tenant", "probability", "count", "skip", *FAULTS[kind].takes):
        assert f'name="{name}"' in page
    for name in {"seconds", "retry_after", "taken"} - set(FAULTS[kind].takes):
        assert f'name="{name}"' not in page
    seconds = {"seconds": "0.5"} if "seconds" in FAULTS[kind].needs else {}
    # A field of another kind that is still in the form is passed over.
    extra = {} if "taken" in FAULTS[kind].takes else {"taken": "true"}
    assert (await inbox.post("faults/add", kind=kind, **seconds, **extra)).status_code == 200


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"kind": "latency"}, "seconds"),
        ({"kind": "latency", "seconds": "x"}, "seconds"),
        ({"kind": "closed", "probability": "2"}, "probability"),
        ({"kind": "closed", "count": "0"}, "count"),
        ({"kind": "closed", "operation": "fly"}, "operation"),
        ({"kind": "nonsense"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kind": "closed:count=1"}, "kind"),
        ({"kind": "closed", "count": "1,skip=4"}, "count"),
    ],
)
async def test_errors_stand_at_their_fields(inbox: Inbox, form: dict[str, str], field: str) -> None:
    answer = await inbox.post("faults/add", **form)
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert inbox.gateway.faults.rules() == []
