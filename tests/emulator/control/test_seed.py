"""Putting data in."""

import json
from pathlib import Path
from typing import Any

import pytest
from blackkonnect_emulator.seeding import SeedError, apply, read_seed, read_seed_file
from blackkonnect_emulator.views import MessageFilter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.anyio

MANUAL = (Path(__file__).parents[3] / "docs" / "emulator.md").read_text("utf-8")

STATUSES = ["QUEUED", "SENT", "DELIVERED", "UNDELIVERED", "EXPIRED", "REJECTED", "FAILED"]
TO = "+233200000001"


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("minutes", [0, 5, 10_000])
async def test_a_message_is_in_the_status_that_it_was_given(control: Any, status: str, minutes: int) -> None:
    message = {"destination": TO, "text": "x", "status": status, "minutesAgo": minutes}
    seeded = await control("POST", "seed", {"messages": [message]})
    assert seeded == {"tenants": 0, "messages": 1, "outcomes": 0, "faults": 0, "secrets": {}}
    shown = await control("GET", "messages/1")
    assert shown["status"] == status
    assert shown["tenant"] == "acme"
    times = [one["at"] for one in (*shown["timeline"], *shown["ahead"])]
    assert times == sorted(times)
    if status in ("QUEUED", "SENT"):
        await control("POST", "clock", {"advance": 60})
        assert (await control("GET", "messages/1"))["status"] == "DELIVERED"
    else:
        assert shown["final"]


async def test_a_message_without_a_status_goes_its_way_by_its_number(control: Any) -> None:
    numbers = {TO: "DELIVERED", "+12025550101": "UNDELIVERED", "+12025550107": None}
    messages = [{"destination": number, "text": "x", "minutesAgo": 60} for number in numbers]
    assert (await control("POST", "seed", {"messages": messages}))["messages"] == 2
    found = (await control("GET", "messages"))["messages"]
    assert {one["destination"]: one["status"] for one in found} == {
        number: status for number, status in numbers.items() if status
    }


async def test_seeded_messages_are_like_sent_ones(control: Any) -> None:
    bulk = [
        {"destination": TO, "text": "one", "bulkId": "b", "messageId": "m1", "callbackData": "c"},
        {"destination": TO, "text": "two", "bulkId": "b", "sender": "ACME", "validityPeriodMinutes": 30},
    ]
    single = {"destination": TO, "text": "three", "referenceId1": "r", "at": "2026-03-01T00:00:00Z"}
    await control("POST", "seed", {"messages": [*bulk, single]})
    found = (await control("GET", "messages"))["messages"]
    # In the order of time, the oldest first.
    assert [one["text"] for one in found] == ["two", "one", "three"]
    assert [one["bulkId"] for one in found] == ["b", "b", None]
    assert (await control("GET", "messages/2"))["details"] == {"callbackData": "c"}
    assert (await control("GET", "messages/1"))["details"] == {"referenceId1": "r"}
    async with control.gateway.signed_in() as client:
        path = control.gateway.STATUS.format("m1")
        assert (await client.get(path)).json()["deliveryStatus"] == "QUEUED"
        path = control.gateway.BULK_STATUS.format("b")
        assert {one["messageId"] for one in (await client.get(path)).json()} == {
            one["messageId"] for one in found if one["bulkId"]
        }


async def test_tenants_and_rules_are_put_in(control: Any) -> None:
    seed = {
        "tenants": [
            {"name": "new", "clock": "manual", "start": "2030-01-01T00:00:00Z"},
            {"name": "own", "secret": "s"},
        ],
        "messages": [{"tenant": "new", "destination": TO, "text": "x", "at": "2029-12-31T00:00:00Z"}],
        "outcomes": [{"pattern": "*", "outcome": "failed", "tenant": "new"}],
        "faults": [{"kind": "closed", "tenant": "own"}],
    }
    seeded = await control("POST", "seed", seed)
    assert set(seeded["secrets"]) == {"new"}
    assert (await control("GET", "messages?tenant=new"))["messages"][0]["status"] == "DELIVERED"
    for path in ("outcomes", "faults"):
        assert len((await control("GET", path))[path]) == 1


WRONG = [
    ({"messages": [{}]}, {"#/messages/0/destination", "#/messages/0/text"}),
    ({"messages": [{"destination": "12", "text": "x"}]}, {"#/messages/0/destination"}),
    ({"messages": [{"destination": TO, "text": "x", "sender": "much too long"}]}, {"#/messages/0/sender"}),
    ({"messages": [{"destination": TO, "text": 5}]}, {"#/messages/0/text"}),
    ({"messages": [{"destination": TO, "text": "x", "status": "LOST"}]}, {"#/messages/0/status"}),
    ({"messages": [{"destination": TO, "text": "x", "tenant": "nobody"}]}, {"#/messages/0/tenant"}),
    ({"messages": [{"destination": TO, "text": "x", "at": "2030-01-01T00:00:00Z"}]}, {"#/messages/0/at"}),
    ({"messages": [{"destination": TO, "text": "x", "at": "yesterday"}]}, {"#/messages/0/at"}),
    ({"messages": [{"destination": TO, "text": "x", "minutesAgo": -1}]}, {"#/messages/0/minutesAgo"}),
    (
        {"messages": [{"destination": TO, "text": "x", "sendAt": "2026-03-02T08:00:00Z"}]},
        {"#/messages/0/sendAt"},
    ),
    (
        {"messages": [{"destination": TO, "text": "x", "bulkId": "b", "priority": "high"}]},
        {"#/messages/0/priority"},
    ),
    ({"messages": [{"destination": TO, "text": "x", "messageId": "m"}] * 2}, {"#/messages/1/messageId"}),
    (
        {"messages": [{"destination": TO, "text": "x", "bulkId": "b", "minutesAgo": n} for n in (1, 2)]},
        {"#/messages/1/minutesAgo"},
    ),
    ({"messages": {}}, {"#/messages"}),
    ({"tenants": [{}]}, {"#/tenants/0/name"}),
    ({"tenants": [{"name": "x", "callback": "http://example.com"}]}, {"#/tenants/0/callback"}),
    ({"outcomes": [{"pattern": "x", "outcome": "failed"}]}, {"#/outcomes/0/pattern"}),
    ({"faults": [{"kind": "closed"}, {"kind": "x"}]}, {"#/faults/1/kind"}),
    ({"faults": [{"kind": "closed", "operation": "noSuchOperation"}]}, {"#/faults/0/operation"}),
    ({"odd": []}, {"#/odd"}),
]
GOOD = {
    "tenants": [{"name": "new"}],
    "messages": [{"destination": TO, "text": "x", "messageId": "good"}],
    "outcomes": [{"pattern": "*", "outcome": "failed"}],
    "faults": [{"kind": "closed"}],
}


async def nothing_is_there(control: Any) -> None:
    for path in ("messages", "outcomes", "faults"):
        assert (await control("GET", path))[path] == []
    await control("GET", "tenants/new", status=404)


@pytest.mark.parametrize(("seed", "places"), WRONG)
async def test_what_is_wrong_is_named_and_nothing_is_put_in(
    control: Any, seed: dict[str, Any], places: set[str]
) -> None:
    assert await control.wrong("POST", "seed", seed) == places
    beside = {**GOOD, **seed}
    for name, entries in seed.items():
        if isinstance(entries, list):
            beside[name] = [*GOOD.get(name, []), *entries]
    await control("POST", "seed", beside, 400)
    await nothing_is_there(control)


@pytest.mark.parametrize("field", ["messageId", "bulkId"])
async def test_ids_that_were_used_are_a_conflict(control: Any, field: str) -> None:
    message = {"destination": TO, "text": "x", field: "used"}
    await control("POST", "seed", {"messages": [message]})
    problem = await control("POST", "seed", {**GOOD, "messages": [message]}, 409)
    assert [place["pointer"] for place in problem["errors"]] == [f"#/messages/0/{field}"]
    await control("GET", "tenants/new", status=404)
    assert (await control("GET", "faults"))["faults"] == []


PLAIN = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=5)
JSON = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(st.text(max_size=5), PLAIN, max_size=3)
FIELDS = [
    "tenant",
    "destination",
    "text",
    "sender",
    "messageId",
    "bulkId",
    "status",
    "at",
    "minutesAgo",
    "priority",
]
SEEDS = st.fixed_dictionaries(
    {},
    optional={
        "messages": JSON | st.lists(st.dictionaries(st.sampled_from(FIELDS), JSON), max_size=3),
        "tenants": JSON
        | st.lists(st.dictionaries(st.sampled_from(["name", "secret", "clock"]), JSON), max_size=2),
        "outcomes": JSON,
        "faults": JSON,
    },
)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(SEEDS)
async def test_whatever_is_put_in_the_answer_is_a_plain_yes_or_no(control: Any, seed: Any) -> None:
    content = json.dumps(seed).encode()
    headers = {"Content-Type": "application/json"}
    answer = await control.client.post("/_emulator/seed", content=content, headers=headers)
    assert answer.status_code in (200, 400), answer.text
    if answer.status_code == 400:
        assert answer.json()["errors"]


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "seed.json"
    file.write_text(json.dumps(GOOD))
    seed = read_seed_file(file)
    assert (len(seed.tenants), len(seed.messages), len(seed.outcomes), len(seed.faults)) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "must not be empty"),
        (b'{\n  "messages": [,]}', "line 2, column"),
        (b"\xff", "must be valid JSON"),
        (b"[]", "must be an object"),
        (b'{"messages": [{"destination": "+233200000001"}]}', "/messages/0/text: is needed"),
        (b'{"messages": [{}, {}]}', "(and 3 more)"),
        (b'{"faults": [{"kind": "x"}]}', "/faults/0/kind: there is no such kind"),
    ],
)
def test_a_broken_file_is_refused_in_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "seed.json"
    file.write_bytes(content)
    with pytest.raises(SeedError) as refused:
        read_seed_file(file)
    told = str(refused.value)
    assert told.startswith(f"{file}: ")
    assert words in told
    assert "\n" not in told


@pytest.mark.parametrize("name", ["missing.json", ".", "a\0b"])
def test_a_file_that_is_not_there_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(SeedError) as refused:
        read_seed_file(f"{tmp_path}/{name}")
    assert "\n" not in str(refused.value)


async def test_what_does_not_fit_the_emulator_names_the_file(tmp_path: Path, gateway: Any) -> None:
    file = tmp_path / "seed.json"
    file.write_text(json.dumps({"messages": [{"destination": "1", "text": "x"}]}))
    with pytest.raises(SeedError, match=r"seed\.json: /messages/0/destination: "):
        await apply(gateway.inside, read_seed_file(file))


async def test_seeding_is_the_same_each_time(start: Any) -> None:
    seen = []
    for _ in range(2):
        inside = start(seed=7).inside
        await apply(inside, read_seed({"messages": [{"destination": "+12025550120", "text": "x"}] * 20}))
        found = await inside.queries.messages(MessageFilter())
        seen.append([(one.message_id, one.plan) for one in found])
    assert seen[0] == seen[1]


async def test_the_manuals_example_can_be_put_in(control: Any) -> None:
    example = MANUAL.partition("<!-- seed -->")[2].partition("```json")[2].partition("```")[0]
    await control("PUT", "tenants/acme", {})
    seeded = await control("POST", "seed", json.loads(example))
    assert (seeded["tenants"], seeded["messages"], seeded["outcomes"], seeded["faults"]) == (1, 2, 1, 1)
    await control("PUT", "tenants/acme", {"callback": ""})
