"""Tenants: who there is, and that they never meet."""

from pathlib import Path
from typing import Any

import pytest
from blackkonnect_emulator import Clock, ManualClock
from blackkonnect_emulator.agenda import Agenda
from blackkonnect_emulator.fault_rules import FaultRule
from blackkonnect_emulator.ids import Ids
from blackkonnect_emulator.outcome_rules import OutcomeRule
from blackkonnect_emulator.tenants import Tenant, Tenants, hashed

pytestmark = pytest.mark.anyio

CLOCK = ManualClock()


def tenant(name: str, secret: str | None, number: int = 1) -> Tenant:
    return Tenant(name, number, CLOCK, Ids(CLOCK), Agenda(list), None if secret is None else hashed(secret))


def test_secrets() -> None:
    tenants = Tenants()
    tenants.put(tenant("acme", "right"))
    tenants.put(tenant("", None, 2))
    assert tenants.knows("acme", "right")
    for name, secret in [("acme", "wrong"), ("acme", ""), ("", ""), ("nobody", ""), ("nobody", "right")]:
        assert not tenants.knows(name, secret)
    assert not tenants.knows("acme", "\ud800")


def test_nothing_secret_is_shown() -> None:
    shown = repr(tenant("acme", "right"))
    assert "secret" not in shown
    assert "callback" not in shown
    assert hashed("right").hex() not in shown


def test_finding() -> None:
    tenants = Tenants()
    for number, name in enumerate(["", "acme", "other"], 1):
        tenants.put(tenant(name, "x", number))
    assert [known.name for known in tenants] == ["", "acme", "other"]
    found = tenants.of_number(3)
    assert found is not None
    assert found is tenants.get("other")
    assert tenants.anonymous.name == ""
    tenants.remove("other")
    assert tenants.get("other") is None
    assert tenants.of_number(3) is None


async def token_of(gateway: Any, name: str, secret: str) -> str:
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
    async with gateway.client() as client:
        answer = await client.post(gateway.TOKEN, data=form)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


async def test_a_tenant_that_is_made_sends_and_is_forgotten(gateway: Any) -> None:
    inside = gateway.inside
    made, secret = await inside.make_tenant("made")
    token = await token_of(gateway, "made", secret)
    inside.faults.add(FaultRule("latency", tenant="made", seconds=0))
    inside.outcomes.add(OutcomeRule("*", "failed", tenant="made"))
    async with gateway.client(token) as client:
        sent = await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))
        assert sent.status_code == 200
        assert [message.outcome for message in await gateway.ledger("made")] == ["failed"]
        assert inside.journal.latest("made")
        await inside.remove_tenant(made)
        assert (await client.get(gateway.STATUS.format("m"))).status_code == 401
    assert inside.tenants.get("made") is None
    assert not inside.journal.latest("made")
    assert not inside.faults.rules()
    assert not inside.outcomes.rules()
    form = {"grant_type": "client_credentials", "client_id": "made", "client_secret": secret}
    async with gateway.client() as client:
        assert (await client.post(gateway.TOKEN, data=form)).status_code == 401
    again, other_secret = await inside.make_tenant("made")
    assert secret != other_secret
    # What comes late for the first of that name is not the second's.
    assert again.number != made.number
    assert await gateway.ledger("made") == []


async def test_resetting_one_leaves_others_alone(start: Any) -> None:
    gateway = start(messages_per_second=1)
    example = gateway.example("oneTimePassword")
    async with gateway.signed_in() as client, gateway.signed_in("other") as other:
        for _ in range(2):
            for asker in (client, other):
                assert (await asker.post(gateway.SINGLE, json={**example})).status_code == 200
            assert (await client.post(gateway.SINGLE, json={**example})).status_code == 409
            await gateway.inside.reset(gateway.inside.tenants.get("acme"))
            assert await gateway.status(client, example["messageId"]) is None
            assert await gateway.status(other, example["messageId"]) == "QUEUED"
            example["messageId"] += "x"
        assert len(await gateway.ledger("other")) == 2
        # Nor does anybody wait for turns of messages that are forgotten.
        await client.post(gateway.SINGLE, json=example)
        gateway.clock.advance(0.3)
        assert await gateway.status(client, example["messageId"]) == "SENT"


async def test_a_tenant_with_a_clock_of_its_own(gateway: Any) -> None:
    made, secret = await gateway.inside.make_tenant("made", clock=ManualClock(0))
    token = await token_of(gateway, "made", secret)
    async with gateway.client(token) as client, gateway.signed_in() as shared:
        sent = (await client.post(gateway.SINGLE, json=gateway.example("leastMessage"))).json()
        theirs = (await shared.post(gateway.SINGLE, json=gateway.example("leastMessage"))).json()
        assert await gateway.inside.time.advance(400, made) == 400
        status = (await client.get(gateway.STATUS.format(sent["correlationId"]))).json()
        assert (status["deliveryStatus"], status["deliveryTimestamp"]) == ("SENT", "1970-01-01T00:00:00.300Z")
        assert await gateway.status(shared, theirs["correlationId"]) == "QUEUED"
        # Its tokens go by its clock, too.
        await gateway.inside.time.advance(3_600_000, made)
        assert (await client.get(gateway.STATUS.format("m"))).status_code == 401
        assert (await shared.get(gateway.STATUS.format("m"))).status_code == 404


async def test_tenants_and_their_clocks_outlive_a_restart(start: Any, tmp_path: Path) -> None:
    before = start(database=tmp_path / "gateway.db")
    made, secret = await before.inside.make_tenant("made", clock=Clock(0, start=10**12))
    await before.inside.make_tenant("shared", secret="x", callback="http://127.0.0.1:1/")
    await before.inside.time.advance(5, made)
    token = await token_of(before, "made", secret)
    before.inside.close()

    after = start(database=tmp_path / "gateway.db", clock=before.clock)
    again = after.inside.tenants.get("made")
    assert (again.number, again.own_clock, again.clock.now()) == (made.number, True, 10**12 + 5)
    shared = after.inside.tenants.get("shared")
    assert (shared.own_clock, shared.callback) == (False, "http://127.0.0.1:1/")
    assert shared.clock is after.inside.clock
    async with after.client(token) as client:
        assert (await client.get(after.STATUS.format("m"))).status_code == 404
    assert await token_of(after, "shared", "x")
