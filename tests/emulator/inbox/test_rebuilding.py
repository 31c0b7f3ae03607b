"""The request and the answer behind a message that the journal has let go of."""

import html
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from blackkonnect_emulator import ManualClock, Settings
from blackkonnect_emulator.document import editions
from blackkonnect_emulator.outcome_kinds import OUTCOMES
from blackkonnect_emulator.statuses import group

from .conftest import CLIENTS, Inbox

pytestmark = pytest.mark.anyio

TEXT = "Akwaaba! Yɛn adwumayɛbea no bebue ɔkyena. " * 3
REFUSED = OUTCOMES["refused"].number

SINGLES: dict[str, dict[str, Any]] = {
    "gateway's id": {"destination": "+233200000001", "text": TEXT},
    "client's ids": {
        "destination": "233200000001",
        "text": "hello",
        "sourceAddress": "ACME",
        "messageId": "order-1",
        "priority": 2,
        "requestId": "request-1",
        "referenceId1": "r1",
    },
    "outcome": {"destination": "+12025550101", "text": "hello"},
}
BULKS: dict[str, dict[str, Any]] = {
    "gateway's ids": {
        "messages": [
            {
                "destinations": [{"destination": "+233200000001"}, {"destination": "+233200000002"}],
                "text": TEXT,
            },
            {"destinations": [{"destination": "+233200000001"}], "text": "hello"},
        ]
    },
    "client's ids": {
        "bulkId": "bulk-1",
        "messages": [
            {
                "destinations": [
                    {"destination": "+233200000001", "messageId": "a"},
                    {"destination": "+233200000002", "messageId": "b"},
                ],
                "text": "hello",
                "callbackData": "mine",
            }
        ],
    },
    "some of each, some refused": {
        "messages": [
            {
                "destinations": [
                    {"destination": REFUSED},
                    {"destination": "+233200000001", "messageId": "yes"},
                ],
                "text": TEXT,
            },
            {
                "destinations": [
                    {"destination": "+233200000001"},
                    {"destination": REFUSED, "messageId": "no"},
                    {"destination": "+12025550101"},
                ],
                "text": "hello",
            },
            {"destinations": [{"destination": REFUSED}], "text": "hello"},
        ]
    },
}
CASES = [("sendMessage", name) for name in SINGLES] + [("sendBulkMessages", name) for name in BULKS]


async def send(inbox: Inbox, operation: str, body: dict[str, Any]) -> str:
    paths = {one.operation_id: one.path for one in inbox.gateway.document.operations}
    form = {"grant_type": "client_credentials", "client_id": "acme", "client_secret": CLIENTS["acme"]}
    token = (await inbox.client.post(paths["retrieveAccessToken"], data=form)).json()["token"]
    answer = await inbox.client.post(
        paths[operation], json=body, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 200, answer.text
    return str(token)


async def forget(inbox: Inbox) -> None:
    assert (await inbox.client.delete("/_emulator/requests")).status_code == 200


async def page(inbox: Inbox, number: int = 1) -> str:
    return (await inbox.get("/", "detail", message=number)).text


def shown(page: str) -> tuple[str, Any, Any]:
    """Read the request's line and both bodies from the page."""
    request, answer = (
        html.unescape(found) for found in re.findall(r"<pre [^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    )
    line = request.partition("\n")[0]
    return line, json.loads(request.partition("\n\n")[2]), json.loads(answer.partition("\n\n")[2])


@asynccontextmanager
async def open_inbox(settings: Settings) -> AsyncIterator[Inbox]:
    inbox = Inbox(settings)
    try:
        yield inbox
    finally:
        await inbox.client.aclose()
        inbox.gateway.close()


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize(("operation", "name"), CASES)
async def test_what_is_rebuilt_is_what_the_journal_held(
    settings: Settings, operation: str, name: str, edition: str
) -> None:
    body = (SINGLES if operation == "sendMessage" else BULKS)[name]
    async with open_inbox(replace(settings, edition=edition)) as inbox:
        # The ids that a message gets must not depend on its being the first.
        await send(inbox, "sendMessage", {"destination": "+233200000009", "text": "before"})
        token = await send(inbox, operation, body)
        last = (await inbox.client.get("/_emulator/messages")).json()["messages"][0]["number"]
        held = [await page(inbox, number) for number in range(2, last + 1)]
        await forget(inbox)
        rebuilt = [await page(inbox, number) for number in range(2, last + 1)]
        assert held
        assert [shown(one) for one in rebuilt] == [shown(one) for one in held]
        for one in rebuilt:
            assert shown(one)[1] == body
            assert "Rebuilt from what is stored" in one
            assert token not in one
        assert "Rebuilt" not in "".join(held)


async def test_a_thousand_requests_later_it_is_the_same(inbox: Inbox) -> None:
    await send(inbox, "sendMessage", SINGLES["client's ids"])
    held = await page(inbox)
    for _ in range(500):
        await send(inbox, "sendMessage", SINGLES["gateway's id"])
    later = await page(inbox)
    assert "Rebuilt" in later
    assert shown(later) == shown(held)


@pytest.mark.parametrize(("operation", "name"), CASES)
async def test_a_restart_changes_nothing(
    settings: Settings, tmp_path: Path, operation: str, name: str
) -> None:
    body = (SINGLES if operation == "sendMessage" else BULKS)[name]
    on_file = replace(settings, database=tmp_path / "messages.db")
    async with open_inbox(on_file) as inbox:
        await send(inbox, operation, body)
        held = shown(await page(inbox))
    async with open_inbox(replace(on_file, clock=ManualClock())) as inbox:
        assert shown(await page(inbox)) == held


async def test_the_control_api_has_it_too(inbox: Inbox) -> None:
    await send(inbox, "sendBulkMessages", BULKS["some of each, some refused"])
    seen = (await inbox.client.get("/_emulator/messages/1")).json()
    assert seen["rebuilt"] is None
    await forget(inbox)
    again = (await inbox.client.get("/_emulator/messages/1")).json()
    assert again["exchange"] is None
    assert again["rebuilt"] == {
        "operation": "sendBulkMessages",
        "request": seen["exchange"]["request"]["body"],
        "answer": seen["exchange"]["answer"]["body"],
    }


async def test_a_long_bulk_shows_what_the_journal_showed(inbox: Inbox) -> None:
    listed = [{"destination": f"+2332{number:08d}"} for number in range(2_000)]
    await send(inbox, "sendBulkMessages", {"messages": [{"destinations": listed, "text": "hello"}]})
    held = (await inbox.client.get("/_emulator/messages/2000")).json()["exchange"]
    await forget(inbox)
    again = (await inbox.client.get("/_emulator/messages/2000")).json()["rebuilt"]
    assert again["request"] == held["request"]["body"]
    assert again["answer"] == held["answer"]["body"]
    assert len(again["answer"]) == 32 * 1024


async def test_messages_of_a_seed_show_the_request_that_they_would_have_come_by(inbox: Inbox) -> None:
    seed = {
        "messages": [
            {"tenant": "acme", "destination": "+233200000001", "text": "single"},
            {"tenant": "acme", "destination": "+233200000001", "text": "one", "bulkId": "b"},
            {"tenant": "acme", "destination": REFUSED, "text": "two", "bulkId": "b"},
            {"tenant": "acme", "destination": "+233200000003", "text": "three", "bulkId": "b"},
        ]
    }
    taken = await inbox.client.post(
        "/_emulator/seed", json=seed, headers={"Origin": str(inbox.client.base_url)}
    )
    assert taken.status_code == 200, taken.text
    for message in (await inbox.client.get("/_emulator/messages")).json()["messages"]:
        _, request, answer = shown(await page(inbox, message["number"]))
        assert message["correlationId"] == answer["correlationId"]
        if message["bulkId"]:
            assert len(request["messages"]) == 3
            fates = {one["destination"]: one for one in answer["smsMessageDeliveryStatuses"]}
            assert fates[message["destination"]]["messageId"] == message["messageId"]
            assert fates[message["destination"]]["messageGroupStatus"] == group("QUEUED")
            assert fates[REFUSED]["messageGroupStatus"] == group("REJECTED")
        else:
            assert answer["data"]["messageId"] == message["messageId"]


async def test_what_does_not_fit_is_said_so(inbox: Inbox) -> None:
    await send(inbox, "sendBulkMessages", BULKS["client's ids"])
    await forget(inbox)
    await inbox.gateway.store.write(
        lambda connection: connection.execute("UPDATE messages SET destination = 'other' WHERE id = 1")
    )
    found = await page(inbox)
    assert "not enough to rebuild the answer" in found
    assert "&#34;messageId&#34;: &#34;b&#34;" in found


async def test_an_operation_of_another_edition_has_its_request_shown(inbox: Inbox) -> None:
    await send(inbox, "sendMessage", SINGLES["outcome"])
    await forget(inbox)
    await inbox.gateway.store.write(
        lambda connection: connection.execute("UPDATE requests SET operation = 'sendPostcard'")
    )
    found = await page(inbox)
    assert "sendPostcard" in found
    assert "not enough to rebuild the answer" in found
    assert "&#34;destination&#34;: &#34;+12025550101&#34;" in found


async def test_a_message_that_is_not_there_has_nothing_behind_it(inbox: Inbox) -> None:
    assert "No such message" in await page(inbox, 7)
