"""The wire layer finds faults: each of these gateways has one, and is found out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, MutableMapping
from contextlib import AbstractContextManager
from importlib.resources import files
from typing import Any

import pytest
from blackkonnect_contract.target import Target
from blackkonnect_contract.wire import run

EDITION = "2026-02-25"
Serve = Callable[..., AbstractContextManager[Target]]
Change = Callable[[str, int, Any], tuple[int, Any]]
"""From the path, status and JSON of an answer to its status and JSON."""


def pattern(operation: str) -> re.Pattern[str]:
    """Find an operation's path in the edition's document; what stands for its parameter is a group."""
    document = json.loads((files("blackkonnect_sms_documents") / f"{EDITION}.json").read_text("utf-8"))
    for template, item in document["paths"].items():
        if any(isinstance(held, dict) and held.get("operationId") == operation for held in item.values()):
            return re.compile(re.sub(r"\\\{.*?\\\}", "(.*)", re.escape(template)), re.DOTALL)
    raise LookupError(operation)


SEND = pattern("sendMessage")
BULK = pattern("sendBulkMessages")
STATUS = pattern("getMessageStatus")
BULK_STATUS = pattern("getBulkMessageStatus")

DELIVERED = {
    "uuid": "095be615-a8ad-4c33-8e9c-c7612fbf6c9f",
    "destination": "+233200000001",
    "deliveryStatus": "DELIVERED",
    "deliveryTimestamp": "2026-03-02T08:00:04.211Z",
}


def faulty(change: Change) -> Callable[[Any], Any]:
    """Wrap a gateway so that its answers are changed."""

    def wrap(app: Any) -> Any:
        async def wrapped(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
            start: dict[str, Any] = {}
            parts: list[bytes] = []

            async def changed(message: MutableMapping[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    start.update(message)
                    return
                parts.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                status, value = change(scope["path"], start["status"], json.loads(b"".join(parts)))
                body = json.dumps(value).encode()
                headers = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
                headers.append((b"content-length", str(len(body)).encode()))
                await send({**start, "status": status, "headers": headers})
                await send({"type": "http.response.body", "body": body})

            await app(scope, receive, changed)

        return wrapped

    return wrap


def without_correlation_id(path: str, status: int, answer: Any) -> tuple[int, Any]:
    if SEND.fullmatch(path) and status == 200:
        del answer["correlationId"]
    return status, answer


def status_in_small_letters(path: str, status: int, answer: Any) -> tuple[int, Any]:
    if BULK_STATUS.fullmatch(path) and status == 200:
        for one in answer:
            one["deliveryStatus"] = one["deliveryStatus"].lower()
    return status, answer


def success_for_bad_data(path: str, status: int, answer: Any) -> tuple[int, Any]:
    if BULK.fullmatch(path) and status == 400:
        return 409, {**answer, "status": 409}
    return status, answer


def failure_for_unknown_ids(path: str, status: int, answer: Any) -> tuple[int, Any]:
    if STATUS.fullmatch(path) and status == 404:
        return 500, {**answer, "status": 500}
    return status, answer


def open_to_all(path: str, status: int, answer: Any) -> tuple[int, Any]:
    if (asked := STATUS.fullmatch(path)) and status == 401:
        return 200, {**DELIVERED, "messageId": asked[1]}
    return status, answer


def closed_to_all(path: str, status: int, answer: Any) -> tuple[int, Any]:
    if SEND.fullmatch(path):
        return 401, {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": "No."}
    return status, answer


@pytest.mark.parametrize(
    ("change", "operations"),
    [
        (without_correlation_id, ["sendMessage"]),
        (status_in_small_letters, ["sendBulkMessages", "getBulkMessageStatus"]),
        (success_for_bad_data, ["sendBulkMessages"]),
        (failure_for_unknown_ids, ["getMessageStatus"]),
        (open_to_all, ["getMessageStatus"]),
        (closed_to_all, ["sendMessage"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_faulty_gateway_is_found_out(change: Change, operations: list[str], serve: Serve) -> None:
    chosen = [part for operation in operations for part in ("--include-operation-id", operation)]
    with serve(EDITION, faulty(change)) as target:
        report = run(target, arguments=["--phases", "examples,coverage", "--max-failures", "1", *chosen])
    assert not report.passed, report.output
    assert report.count() > 0, "it was not even asked"
