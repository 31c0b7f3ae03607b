"""Many sends at once: what is taken is whole, in order, and nobody's id is taken twice."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["memory", "file"])
def fresh(request: pytest.FixtureRequest, start: Any, tmp_path: Path) -> Callable[..., Any]:
    """Make emulators in memory and on a file."""
    database = {} if request.param == "memory" else {"database": tmp_path / "gateway.db"}
    return lambda **given: start(**database, **given)


def single(message_id: str) -> dict[str, Any]:
    return {"text": "x", "destination": "+233200000001", "messageId": message_id}


def bulk(bulk_id: str, *message_ids: str) -> dict[str, Any]:
    destinations = [{"destination": f"+2332{n:08}", "messageId": name} for n, name in enumerate(message_ids)]
    return {"bulkId": bulk_id, "messages": [{"text": "x", "destinations": destinations}]}


async def test_one_used_id_among_many_at_once(fresh: Any) -> None:
    gateway = fresh()
    async with gateway.signed_in() as client:
        assert (await client.post(gateway.SINGLE, json=single("m7"))).status_code == 200
        answers = await asyncio.gather(
            *(client.post(gateway.SINGLE, json=single(f"m{n}")) for n in range(100))
        )
    codes = [answer.status_code for answer in answers]
    assert codes == [409 if n == 7 else 200 for n in range(100)]
    ids = [message.message_id for message in await gateway.ledger()]
    # In the order in which they came, and none is missing.
    assert ids == ["m7", *(f"m{n}" for n in range(100) if n != 7)]


async def test_of_those_who_want_one_id_at_once_one_gets_it(fresh: Any) -> None:
    gateway = fresh()
    async with gateway.signed_in() as client:
        answers = await asyncio.gather(*(client.post(gateway.SINGLE, json=single("m")) for _ in range(40)))
        assert [answer.status_code for answer in answers] == [200] + [409] * 39
        bulks = await asyncio.gather(
            *(client.post(gateway.BULK, json=bulk("b", f"x{n}", f"y{n}")) for n in range(20))
        )
        assert [answer.status_code for answer in bulks] == [200] + [409] * 19
        found = await client.get(gateway.BULK_STATUS.format("b"))
    assert [status["messageId"] for status in found.json()] == ["x0", "y0"]
    assert len(await gateway.ledger()) == 3


@pytest.mark.parametrize("count", [1, 3, 4, 5, 127, 128, 129, 255, 256, 300])
async def test_a_bulk_is_whole_and_in_order(fresh: Any, count: int) -> None:
    gateway = fresh()
    names = [f"m{n}" for n in range(count)]
    async with gateway.signed_in() as client:
        await client.post(gateway.SINGLE, json=single("before"))
        answer = await client.post(gateway.BULK, json=bulk("b", *names))
        assert answer.status_code == 200
        found = await client.get(gateway.BULK_STATUS.format("b"), params={"size": 2000})
    assert [status["messageId"] for status in found.json()] == names
    ledger = await gateway.ledger()
    assert [message.message_id for message in ledger] == ["before", *names]
    assert [message.destination for message in ledger[1:]] == [f"+2332{n:08}" for n in range(count)]
    assert [message.number for message in ledger] == list(range(1, count + 2))
    assert {status["uuid"] for status in found.json()} == {message.uuid for message in ledger[1:]}


async def test_a_bulk_with_used_ids_tells_all_of_them(fresh: Any) -> None:
    gateway = fresh()
    async with gateway.signed_in() as client:
        await client.post(gateway.BULK, json=bulk("first", "a", "b", "c"))
        answer = await client.post(gateway.BULK, json=bulk("first", "x", "c", "y", "a", *"opqrs"))
        assert answer.status_code == 409
        assert [error["pointer"] for error in answer.json()["errors"]] == [
            "#/bulkId",
            "#/messages/0/destinations/1/messageId",
            "#/messages/0/destinations/3/messageId",
        ]
        for name in "xyopqrs":
            assert await gateway.status(client, name) is None
        # What was refused took none of the ids.
        assert (await client.post(gateway.BULK, json=bulk("second", *"xyopqrs"))).status_code == 200
    assert len(await gateway.ledger()) == 10


# A few ids for many requests, so that they meet.
plans = st.lists(
    st.tuples(st.sampled_from("ab"), st.lists(st.sampled_from("abcdefgh"), max_size=6, unique=True)),
    max_size=12,
)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plans)
def test_as_one_after_the_other(start: Any, asked: list[tuple[str, list[str]]]) -> None:
    bodies = [
        (bulk(f"bulk-{number}", *ids) if ids else single(name), ids or [name])
        for number, (name, ids) in enumerate(asked)
    ]
    wanted: list[list[str]] = []
    used: set[str] = set()
    codes: list[int] = []
    for _, ids in bodies:
        codes.append(409 if used & set(ids) else 200)
        if codes[-1] == 200:
            used |= set(ids)
            wanted.append(ids)

    async def run() -> None:
        gateway = start()
        async with gateway.signed_in() as client:
            answers = await asyncio.gather(
                *(
                    client.post(gateway.BULK if "bulkId" in body else gateway.SINGLE, json=body)
                    for body, _ in bodies
                )
            )
        assert [answer.status_code for answer in answers] == codes
        kept = [message.message_id for message in await gateway.ledger()]
        assert kept == [name for ids in wanted for name in ids]

    asyncio.run(run())


async def test_a_lenient_gateway_takes_ids_again(fresh: Any) -> None:
    gateway = fresh(profile="lenient")
    async with gateway.signed_in() as client, gateway.signed_in("other") as other:
        first = (await client.post(gateway.SINGLE, json=single("m"))).json()
        gateway.clock.advance(0.4)
        second = (await client.post(gateway.SINGLE, json=single("m"))).json()
        assert second["data"]["messageId"] == "m"
        # By its id the later one is found; by the gateway's ids both are.
        assert await gateway.status(client, "m") == "QUEUED"
        assert await gateway.status(client, first["correlationId"]) == "SENT"
        assert await gateway.status(client, second["correlationId"]) == "QUEUED"
        assert await gateway.status(other, "m") is None

        bulks = [
            (await client.post(gateway.BULK, json=bulk("b", *names))).json()
            for names in (["m", "n"], ["n", "o", "o"], ["p"])
        ]
        for sent, names in zip(bulks, (["m", "n"], ["n", "o", "o"], ["p"]), strict=True):
            found = await client.get(gateway.BULK_STATUS.format(sent["correlationId"]))
            assert [status["messageId"] for status in found.json()] == names
        latest = await client.get(gateway.BULK_STATUS.format("b"))
        assert [status["messageId"] for status in latest.json()] == ["p"]
    ledger = await gateway.ledger()
    assert [message.message_id for message in ledger] == ["m", "m", "m", "n", "n", "o", "o", "p"]
    assert [message.number for message in ledger] == list(range(1, 9))
    assert len({message.uuid for message in ledger}) == 8


async def test_many_with_one_id_at_a_lenient_gateway(fresh: Any) -> None:
    gateway = fresh(profile="lenient")
    async with gateway.signed_in() as client:
        answers = await asyncio.gather(*(client.post(gateway.SINGLE, json=single("m")) for _ in range(50)))
        ids = [answer.json()["correlationId"] for answer in answers]
        assert len(set(ids)) == 50
        for sought in ids:
            assert await gateway.status(client, sought) == "QUEUED"
    assert [message.correlation_id for message in await gateway.ledger()] == ids


async def test_tenants_share_no_ids(fresh: Any) -> None:
    gateway = fresh()
    async with gateway.signed_in() as client, gateway.signed_in("other") as other:
        answers = await asyncio.gather(
            *(
                asker.post(gateway.SINGLE, json=single(f"m{n}"))
                for n in range(20)
                for asker in (client, other)
            )
        )
        assert {answer.status_code for answer in answers} == {200}
        uuids = {(await asker.get(gateway.STATUS.format("m3"))).json()["uuid"] for asker in (client, other)}
    assert len(uuids) == 2
