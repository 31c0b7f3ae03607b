"""Sends that are answered without a task: over HTTP, with a head that is known."""

import json
import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Any

import pytest
from blackkonnect_emulator import ManualClock, Running, Settings, running

SEND, BULK = "/api/sms/send-message/v1", "/api/sms/send-bulk-messages/v1"
TEXT, TO = "Hello", "+233200000001"
GIVEN_ANEW = {"correlationId", "conversationId", "requestId", "messageId", "bulkId"}
CASES: list[tuple[str, bytes | dict[str, Any]]] = [
    (SEND, {"text": TEXT, "destination": TO}),
    (SEND, {"text": TEXT, "destination": TO, "messageId": "chosen"}),
    (SEND, {"text": TEXT, "destination": TO, "messageId": "chosen"}),
    (SEND, {"text": TEXT, "destination": "nobody"}),
    (SEND, {"text": TEXT, "destination": "+12025550110"}),
    (SEND, {"text": "x" * 100_000, "destination": TO}),
    (SEND, {"text": "ɛ" * 10_000, "destination": TO}),
    (SEND, {"text": TEXT, "destination": TO, "unknown": 1}),
    (SEND, {"text": TEXT, "destination": TO, "validityPeriodMinutes": 5, "priority": 3}),
    (SEND, b"{"),
    (SEND, b""),
    (SEND, b'{"text": "a", "text": "b", "destination": "+233200000001"}'),
    (SEND, b"[" * 1000 + b"]" * 1000),
    (BULK, {"messages": [{"text": TEXT, "destinations": [{"destination": TO}] * 3}]}),
    (BULK, {"messages": [{"text": TEXT, "destinations": [{"destination": TO, "messageId": "twice"}] * 2}]}),
    (BULK, {"bulkId": "bulk-of-mine", "messages": [{"text": TEXT, "destinations": [{"destination": TO}]}]}),
    (BULK, {"bulkId": "bulk-of-mine", "messages": [{"text": TEXT, "destinations": [{"destination": TO}]}]}),
    (BULK, {"messages": [{"text": TEXT, "destinations": [{"destination": "+12025550110"}]}]}),
    (BULK, {"messages": [{"text": TEXT, "destinations": [{"destination": TO}] * 500}]}),
    (BULK, {"messages": []}),
]


@pytest.fixture
def served() -> Iterator[Running]:
    with running(Settings(clock=ManualClock(), seed=7)) as server:
        yield server


class Caller:
    """Asks over one connection, with the same head each time but for the length."""

    def __init__(self, server: Running) -> None:
        port = int(server.base_url.rpartition(":")[2])
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        form = (
            f"grant_type=client_credentials&client_id={server.client_id}&client_secret={server.client_secret}"
        )
        path = "/api/sms/authenticate/access-token/token/v1"
        answer = self.ask(path, form.encode(), {"Content-Type": "application/x-www-form-urlencoded"})
        self.headers = {
            "Authorization": f"Bearer {json.loads(answer[2])['token']}",
            "Content-Type": "application/json",
        }

    def ask(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str | None, bytes]:
        lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        # In one piece: what comes in two is whole only later, and then needs a task.
        self._connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        answer = HTTPResponse(self._connection, method="POST")
        answer.begin()
        return answer.status, answer.headers["Content-Type"], answer.read()

    def close(self) -> None:
        self._connection.close()


def blurred(content: Any) -> Any:
    """Leave out what is another each time."""
    if isinstance(content, dict):
        return {name: blurred(value) for name, value in content.items() if name not in GIVEN_ANEW}
    return [blurred(value) for value in content] if isinstance(content, list) else content


def answers(server: Running, way: str, *, known: bool) -> list[Any]:
    caller = Caller(server)
    found: list[Any] = []
    try:
        for path, body in CASES:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            for mine in (b"chosen", b"bulk-of-mine"):
                content = content.replace(mine, way.encode())
            # A header that is another each time makes a head that nobody knows.
            more = {} if known else {"X-Number": str(len(found))}
            if known:
                caller.ask(path, b"?" * len(content), caller.headers)
            status, kind, answer = caller.ask(path, content, {**caller.headers, **more})
            found.append((status, kind, blurred(json.loads(answer.replace(way.encode(), b"")))))
    finally:
        caller.close()
    return found


def test_they_are_answered_as_others_are(served: Running) -> None:
    told = answers(served, "way-a", known=True)
    assert told == answers(served, "way-b", known=False)
    assert {status for status, _, _ in told} == {200, 400, 409}


def test_no_task_is_made_for_them(served: Running) -> None:
    caller = Caller(served)
    body = json.dumps({"text": TEXT, "destination": TO}).encode()
    heads = served.app._endpoints
    made: list[object] = []
    endpoint = heads._endpoints["sendMessage"]
    handler = endpoint._handler

    async def watched(gateway: Any, call: Any) -> Any:
        made.append(call)
        return await handler(gateway, call)

    endpoint._handler = watched
    try:
        assert [caller.ask(SEND, body, caller.headers)[0] for _ in range(5)] == [200] * 5
    finally:
        caller.close()
    # The first one's head was not known yet.
    assert len(made) == 1
