"""Receipts over restarts and changes of address and plan."""

import asyncio
import json
import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from blackkonnect_emulator import ManualClock
from blackkonnect_emulator.receipts.address import AddressError
from blackkonnect_emulator.trial import send_test

pytestmark = pytest.mark.anyio

MINUTE = 60_000
HOUR = 60 * MINUTE


async def states(gateway: Any, message: int = 1) -> list[tuple[str, str, int]]:
    seen = await gateway.inside.receipts.of(message)
    return [(one.status, one.state, len(one.attempts)) for one in seen]


async def test_a_restart_in_the_middle(start: Any, receiver: Any, send: Any, tmp_path: Path) -> None:
    given = {"database": tmp_path / "kept", "callbacks": {"acme": receiver.address}}
    receiver.answer = lambda _: receiver.status(500)
    first = start(**given)
    await send(first, "m1")
    await first.inside.time.advance(2 * MINUTE)
    assert await states(first) == [("SENT", "waiting", 2), ("DELIVERED", "waiting", 0)]
    before = await first.inside.receipts.of(1)
    await first.inside.receipts.stop()
    first.inside.close()
    receiver.answer = lambda _: receiver.status(200)
    again = start(**given)
    assert await again.inside.receipts.of(1) == before
    await again.inside.time.advance(HOUR)
    assert await states(again) == [("SENT", "delivered", 3), ("DELIVERED", "delivered", 1)]
    after = await again.inside.receipts.of(1)
    assert [one.receipt_id for one in after] == [one.receipt_id for one in before]
    assert after[0].attempts[2].at == before[0].due_at
    assert len({got["receiptId"] for got in receiver.got}) == 2
    await again.inside.receipts.stop()


async def test_a_crash_in_the_middle(start: Any, receiver: Any, send: Any, tmp_path: Path) -> None:
    """What is on the disk while receipts are on their way is what a killed emulator leaves."""
    callbacks = {"acme": receiver.address}
    gateway = start(database=tmp_path / "kept", callbacks=callbacks)
    for number in range(3):
        await send(gateway, f"m{number}")
    receiver.answer = lambda got: None if got["messageId"] == "m1" else receiver.status(200)
    gateway.clock.advance(0.3)
    gateway.inside.receipts.wake()
    await receiver.has(3)
    for name in ("kept", "kept-wal"):
        shutil.copy(tmp_path / name, tmp_path / name.replace("kept", "left"))
    await gateway.inside.receipts.stop()
    gateway.inside.close()
    receiver.answer = lambda _: receiver.status(200)
    again = start(database=tmp_path / "left", callbacks=callbacks)
    await again.inside.time.advance(1000)
    for number in range(3):
        seen = await again.inside.receipts.of(number + 1)
        assert [(one.status, one.state) for one in seen] == [
            ("SENT", "delivered"),
            ("DELIVERED", "delivered"),
        ]
        told = [got for got in receiver.got if got["messageId"] == f"m{number}"]
        assert [got["deliveryStatus"] for got in told] == ["SENT", "SENT", "DELIVERED"]
        assert told[0]["receiptId"] == told[1]["receiptId"]
    await again.inside.receipts.stop()


async def test_a_restart_without_the_address_and_with_it_again(
    start: Any, receiver: Any, send: Any, tmp_path: Path
) -> None:
    given = {"database": tmp_path / "kept"}
    callbacks = {"acme": receiver.address}
    for number, more in enumerate([{"callbacks": callbacks}, {}, {"callbacks": callbacks}]):
        gateway = start(**given, **more)
        if number == 0:
            await send(gateway, "m1", destination="+12025550106")
            await gateway.inside.time.advance(300)
        elif number == 1:
            assert await states(gateway) == [("SENT", "delivered", 1), ("DELIVERED", "dropped", 0)]
        else:
            await gateway.inside.time.advance(HOUR)
            assert await states(gateway) == [
                ("SENT", "delivered", 1), ("DELIVERED", "dropped", 0), ("DELIVERED", "delivered", 1)
            ]  # fmt: skip
            assert receiver.told == [("m1", "SENT"), ("m1", "DELIVERED")]
        await gateway.inside.receipts.stop()
        gateway.inside.close()


async def test_an_address_that_is_set_later(gateway: Any, receiver: Any, send: Any) -> None:
    inside = gateway.inside
    for number in range(3):
        gateway.clock.advance(0.5)
        await send(gateway, f"m{number}")
    # The first is final, the second is SENT, the third is QUEUED.
    await inside.receipts.set_callback(inside.tenants.get("acme"), receiver.address)
    await inside.time.advance(HOUR)
    assert receiver.told == [("m2", "SENT"), ("m1", "DELIVERED"), ("m2", "DELIVERED")]
    await inside.receipts.stop()


async def test_an_address_that_is_removed(sending: Any, receiver: Any, send: Any) -> None:
    inside = sending.inside
    acme = inside.tenants.get("acme")
    await send(sending, "m1")
    await inside.time.advance(300)
    await inside.receipts.set_callback(acme, None)
    await send(sending, "m2")
    await inside.time.advance(HOUR)
    assert receiver.told == [("m1", "SENT")]
    assert await states(sending) == [("SENT", "delivered", 1), ("DELIVERED", "dropped", 0)]
    assert await states(sending, 2) == []
    await inside.receipts.set_callback(acme, receiver.address)
    await inside.time.advance(HOUR)
    assert receiver.told == [("m1", "SENT")]


async def test_an_address_that_changes(sending: Any, receiver: Any, send: Any) -> None:
    inside = sending.inside
    receiver.answer = lambda _: receiver.status(500)
    await send(sending, "m1")
    await inside.time.advance(300)
    receiver.answer = lambda _: receiver.status(200)
    await inside.receipts.set_callback(inside.tenants.get("acme"), f"{receiver.address}/new")
    await inside.time.advance(HOUR)
    paths = [head.split(" ")[1].partition("?")[0] for head in receiver.requests]
    assert paths == ["/hook-9f3a", "/hook-9f3a/new", "/hook-9f3a/new"]
    assert await states(sending) == [("SENT", "delivered", 2), ("DELIVERED", "delivered", 1)]


async def test_an_address_that_may_not_be_called(gateway: Any) -> None:
    inside = gateway.inside
    acme = inside.tenants.get("acme")
    with pytest.raises(AddressError):
        await inside.receipts.set_callback(acme, "http://192.0.2.1/")
    with pytest.raises(AddressError):
        await inside.make_tenant("new", callback="http://192.0.2.1/")
    assert acme.callback is None
    assert inside.tenants.get("new") is None


async def test_a_tenant_that_comes_and_goes(gateway: Any, receiver: Any) -> None:
    inside = gateway.inside
    tenant, _ = await inside.make_tenant("new", clock=ManualClock(), callback=receiver.address)
    number = await send_test(inside, tenant, "+233200000001", None, "x")
    await inside.time.advance(300, tenant)
    assert [got["deliveryStatus"] for got in receiver.got] == ["SENT"]
    await inside.remove_tenant(tenant)
    assert await inside.receipts.of(number) == []
    assert await inside.receipts.next_due([tenant]) is None
    await inside.receipts.stop()


@pytest.mark.parametrize(
    ("at", "told", "wanted"),
    [
        # Before anything was told: the operator's word takes the place of the plan.
        (0, [("FAILED", 0)], [("FAILED", 0)]),
        (0, [("SENT", 100)], [("SENT", 100), ("DELIVERED", 1000)]),
        # SENT is delivered already.
        (300, [("UNDELIVERED", 500)], [("SENT", 300), ("UNDELIVERED", 500)]),
        (300, [("SENT", 400), ("REJECTED", 500), ("DELIVERED", 600)], [("SENT", 300), ("REJECTED", 500)]),
        # All is delivered: a final status is final.
        (1000, [("FAILED", 1100)], [("SENT", 300), ("DELIVERED", 1000)]),
    ],
)
async def test_the_operators_receipts_change_the_customers(  # noqa: PLR0913, PLR0917 - fixtures and cases
    start: Any,
    receiver: Any,
    send: Any,
    at: int,
    told: list[tuple[str, int]],
    wanted: list[tuple[str, int]],
) -> None:
    gateway = start(edition="2025-05-16", callbacks={"acme": receiver.address})
    begin = gateway.clock.now()
    await send(gateway, "m1")
    await gateway.inside.time.advance(at)
    async with gateway.signed_in() as client:
        for status, after in told:
            await gateway.inside.time.move_to(begin + after)
            params = {"messageId": "m1", "deliveryStatus": status}
            assert (await client.get(gateway.RECEIPT, params=params)).status_code == 200
    await gateway.inside.time.advance(HOUR)
    seen = await gateway.inside.receipts.of(1)
    assert [(one.status, one.since - begin) for one in seen] == wanted
    assert [status for _, status in receiver.told] == [status for status, _ in wanted]
    assert all(one.state == "delivered" for one in seen)
    await gateway.inside.receipts.stop()


async def test_one_that_is_tried_still_comes_before_the_operators_word(
    start: Any, receiver: Any, send: Any
) -> None:
    gateway = start(edition="2025-05-16", callbacks={"acme": receiver.address})
    receiver.answer = lambda _: receiver.status(500)
    await send(gateway, "m1")
    await gateway.inside.time.advance(300)
    async with gateway.signed_in() as client:
        params = {"messageId": "m1", "deliveryStatus": "UNDELIVERED"}
        assert (await client.get(gateway.RECEIPT, params=params)).status_code == 200
    assert await states(gateway) == [("SENT", "waiting", 1), ("UNDELIVERED", "waiting", 0)]
    receiver.answer = lambda _: receiver.status(200)
    await gateway.inside.time.advance(HOUR)
    assert [status for _, status in receiver.told] == ["SENT", "SENT", "UNDELIVERED"]
    await gateway.inside.receipts.stop()


async def test_a_reset_forgets_them(sending: Any, receiver: Any, send: Any) -> None:
    await send(sending, "m1")
    await sending.inside.time.advance(300)
    await sending.inside.reset(sending.inside.tenants.get("acme"))
    await sending.inside.time.advance(HOUR)
    assert receiver.told == [("m1", "SENT")]
    assert await sending.inside.receipts.log() == []


async def test_the_log_goes_by_pages(sending: Any, send: Any) -> None:
    for number in range(3):
        await send(sending, f"m{number}")
    receipts = sending.inside.receipts
    whole = await receipts.log()
    assert len(whole) == 6
    first = await receipts.log(limit=4)
    rest = await receipts.log(before=first[-1].number, limit=4)
    assert [*first, *rest] == whole
    assert {one.message_id for one in await receipts.log(message=2)} == {"m1"}


async def test_a_secret_in_the_address_shows_nowhere(
    sending: Any, receiver: Any, send: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receiver.answer = lambda _: b"nonsense"
    await send(sending, "m1")
    await sending.inside.time.advance(HOUR)
    seen = await sending.inside.receipts.of(1)
    assert seen[0].attempts[0].address.startswith(f"{receiver.address.rpartition('/')[0]}/…?messageId=m1&")
    assert "hook-9f3a" not in caplog.text
    assert "hook-9f3a" not in repr(seen)
    assert "hook-9f3a" not in repr(sending.inside.tenants.get("acme"))
    assert "hook-9f3a" not in repr(sending.settings)


async def test_what_hangs_when_it_stops_is_still_due(sending: Any, receiver: Any, send: Any) -> None:
    receiver.answer = lambda got: None if got["messageId"] == "m2" else receiver.status(200)
    await send(sending, "m1")
    await send(sending, "m2")
    inside = sending.inside
    sending.clock.advance(0.3)
    inside.receipts.wake()
    await receiver.has(2)
    await inside.receipts.stop()
    assert await states(sending, 2) == [("SENT", "waiting", 0), ("DELIVERED", "waiting", 0)]
    receiver.answer = lambda _: receiver.status(200)
    await inside.time.advance(1000)
    assert await states(sending, 2) == [("SENT", "delivered", 1), ("DELIVERED", "delivered", 1)]
    assert receiver.told.count(("m2", "SENT")) == 2


def test_one_event_loop_after_the_other(start: Any, idle_receiver: Any) -> None:
    """A gateway is used in several event loops, each of which ends without a word to it."""
    gateway = start()

    async def run(number: int) -> None:
        await idle_receiver.start()
        address = idle_receiver.address
        if number == 0:
            await gateway.inside.receipts.set_callback(gateway.inside.tenants.get("acme"), address)
        async with gateway.signed_in() as client:
            asked = {**gateway.example("leastMessage"), "messageId": f"m{number}"}
            assert (await client.post(gateway.SINGLE, json=asked)).status_code == 200
        await gateway.inside.time.advance(500)
        await idle_receiver.stop()

    for number in range(3):
        asyncio.run(run(number))
    statuses = [("m0", "SENT"), ("m0", "DELIVERED"), ("m1", "SENT"), ("m1", "DELIVERED"), ("m2", "SENT")]
    assert sorted(idle_receiver.told) == sorted(statuses)


async def test_a_move_is_remembered_before_what_happens_on_the_way(
    start: Any, receiver: Any, send: Any, tmp_path: Path
) -> None:
    """A kill while receipts are delivered must not take the time back behind what they told."""
    file = tmp_path / "kept"
    gateway = start(database=file, callbacks={"acme": receiver.address})
    until = gateway.clock.now() + HOUR
    seen: list[int] = []

    def answer(_: dict[str, str]) -> bytes:
        with closing(sqlite3.connect(file)) as opened:
            (kept,) = opened.execute("SELECT value FROM facts WHERE name = 'clock'").fetchone()
        seen.append(json.loads(kept)[1])
        return bytes(receiver.status(200))

    receiver.answer = answer
    await send(gateway, "m1")
    await gateway.inside.time.advance(HOUR)
    assert seen == [until, until]
    await gateway.inside.receipts.stop()
